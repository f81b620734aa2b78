"""The authors as links: Tab goes through them, and the ring of the theme shows which one the keyboard is at."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from refman.domain.names import Name
from refman.domain.settings import ThemeMode
from refman.ui.theme import ThemeController, qcolor
from refman.ui.widgets.link_label import LinkLabel
from tests.ui.detail.conftest import Shown
from tests.ui.world import press


def _picture(label: LinkLabel) -> QImage:
    """As it is seen, on the ground of the pane."""
    window = label.window()
    return window.grab(QRect(label.mapTo(window, QPoint(0, 0)), label.size())).toImage()


def _changed(before: QImage, after: QImage) -> dict[tuple[int, int], tuple[QColor, QColor]]:
    """The pixels that are others now, by place, each before and after."""
    assert before.size() == after.size()
    places = [(x, y) for x in range(after.width()) for y in range(after.height())]
    pairs = {(x, y): (before.pixelColor(x, y), after.pixelColor(x, y)) for x, y in places}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def _extent(changed: dict[tuple[int, int], tuple[QColor, QColor]]) -> QRect:
    across, down = [x for x, _ in changed], [y for _, y in changed]
    return QRect(min(across), min(down), max(across) - min(across) + 1, max(down) - min(down) + 1)


def _authors(shown: Shown, *names: str) -> LinkLabel:
    """The label of a paper with these authors, while something else has the keyboard."""
    people = tuple(Name(literal=name) for name in names)
    shown.world.elsewhere(lambda library: library.edit_names(shown.ids[0], "author", people, truncated=False))
    shown.select(0)
    shown.pane.window().activateWindow()
    shown.pane.head.title.control.setFocus()
    shown.world.until(shown.pane.head.title.control.hasFocus)
    return shown.pane.head.authors


def _goes_to_links(label: LinkLabel) -> None:
    label.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is label


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_the_ring_of_the_theme_shows_the_author_and_no_dots_of_qt(
    shown: Shown, themes: ThemeController, mode: ThemeMode
) -> None:
    themes.set_mode(mode)
    label = _authors(shown, "Ingrid von Glehn", "Yori Zwols")
    before = _picture(label)
    _goes_to_links(label)
    changed = _changed(before, _picture(label))
    accent = qcolor(themes.theme.accent)
    assert accent in [after for _, after in changed.values()]
    # Each pixel is on its way from what it was to the accent; dots would be in the colour of the text.
    for was, now in changed.values():
        assert min(was.blue(), accent.blue()) - 4 <= now.blue() <= max(was.blue(), accent.blue()) + 4
        assert min(was.red(), accent.red()) - 4 <= now.red() <= max(was.red(), accent.red()) + 4
    # It goes round the whole name, and leaves the other one alone.
    name = label.fontMetrics().horizontalAdvance("Ingrid von Glehn")
    assert name <= _extent(changed).width() <= name + 12


def test_tab_goes_on_to_the_next_author_and_the_ring_with_it(shown: Shown) -> None:
    label = _authors(shown, "Ingrid von Glehn", "Yori Zwols")
    before = _picture(label)
    _goes_to_links(label)
    first = _extent(_changed(before, _picture(label)))
    press(label, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is label and label.selectedText() == "Yori Zwols"
    second = _extent(_changed(before, _picture(label)))
    assert second.left() > first.right() - 4
    press(label, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not label
    assert _picture(label) == before


def test_a_name_on_two_lines_has_a_ring_on_both(shown: Shown) -> None:
    label = _authors(shown, *["Ingrid von Glehn " + "und zu " * 12 + "Zwols"])
    assert label.height() > label.fontMetrics().height() * 2
    before = _picture(label)
    _goes_to_links(label)
    assert _extent(_changed(before, _picture(label))).height() > label.fontMetrics().height() * 2 - 4


def test_the_ring_goes_round_a_name_of_letters_that_qt_counts_twice(shown: Shown) -> None:
    old = "\U00020000" * 6
    label = _authors(shown, old, "Yori Zwols")
    before = _picture(label)
    _goes_to_links(label)
    assert _extent(_changed(before, _picture(label))).width() >= label.fontMetrics().horizontalAdvance(old)


def test_commas_between_authors_are_seen(shown: Shown, themes: ThemeController) -> None:
    one, two = (_picture(_authors(shown, *names)) for names in (("l", "l"), ("l",)))
    comma_and_name = _changed(one, two)
    assert _extent(comma_and_name).bottom() > _extent(_changed(two, _blank(two, themes))).bottom()


def _blank(picture: QImage, themes: ThemeController) -> QImage:
    blank = QImage(picture.size(), picture.format())
    blank.fill(qcolor(themes.theme.surface))
    return blank
