"""Hundreds of authors: the first ones, all of them on demand, and the rest of the paper stays in sight."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from refman.domain.names import Name
from refman.ui.detail.all_authors import AllAuthors
from tests.ui.detail.conftest import Shown
from tests.ui.world import press


@pytest.fixture
def many(shown: Shown) -> Shown:
    """The first paper has 300 authors and is selected in a pane as it stands under the list."""
    people = tuple(Name(given="Given", family=f"Family{number}") for number in range(300))
    shown.world.elsewhere(lambda library: library.edit_names(shown.ids[0], "author", people, truncated=False))
    shown.pane.resize(1060, 284)
    shown.select(0)
    return shown


def _all(shown: Shown) -> QScrollArea | None:
    return shown.pane.head.findChild(AllAuthors)


def _follows(shown: Shown, target: str) -> None:
    shown.pane.head.authors.linkActivated.emit(target)


def test_all_authors_scroll_and_leave_the_tabs_in_sight(many: Shown) -> None:
    head = many.pane.head
    assert "Family11<" in head.authors.text() and "Family12<" not in head.authors.text()
    _follows(many, "more:")
    assert "Family299<" in head.authors.text()
    area = _all(many)
    assert area is not None
    many.world.until(lambda: area.height() < head.authors.height())
    assert area.height() <= 7 * head.authors.fontMetrics().lineSpacing()
    bar = many.pane.tabs.tabBar()
    many.world.until(lambda: many.pane.rect().contains(bar.mapTo(many.pane, QPoint(0, bar.height()))))


def test_fewer_are_shown_again(many: Shown) -> None:
    _follows(many, "more:")
    _follows(many, "fewer:")
    head = many.pane.head
    assert "Family12<" not in head.authors.text() and "288 more" in head.authors.text()
    many.world.until(lambda: _all(many) is None)
    assert head.authors.isVisible() and head.authors.parentWidget() is head


def test_another_paper_begins_with_few(many: Shown) -> None:
    _follows(many, "more:")
    many.select(1)
    many.select(0)
    many.world.until(lambda: _all(many) is None)
    assert "288 more" in many.pane.head.authors.text()
    assert many.pane.head.authors.isVisible()


def test_the_author_that_tab_comes_to_is_in_sight(many: Shown) -> None:
    many.pane.window().activateWindow()
    authors = many.pane.head.authors
    authors.setFocus(Qt.FocusReason.TabFocusReason)
    many.world.until(authors.hasFocus)
    _follows(many, "more:")
    area = _all(many)
    assert area is not None
    many.world.until(lambda: area.height() < authors.height())
    assert QApplication.focusWidget() is authors
    while authors.selectedText() != "Given Family150":
        press(authors, Qt.Key.Key_Tab)
        assert authors.hasFocus()
    assert area.verticalScrollBar().value() > 0
    seen = area.viewport().rect().translated(0, area.verticalScrollBar().value())
    assert seen.contains(authors.link_place())
