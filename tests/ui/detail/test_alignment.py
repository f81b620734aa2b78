"""What stands in one column or one line of the details begins at one edge and is written at one height."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from refman.domain.listing import TagBadge
from refman.ui.theme import ThemeController
from tests.ui.detail.conftest import Shown


def _picture(widget: QWidget) -> QImage:
    """A widget on white, also one that is scrolled out of sight."""
    picture = QPixmap(widget.size())
    picture.fill(Qt.GlobalColor.white)
    widget.render(picture)
    return picture.toImage()


def _inked(picture: QImage) -> list[tuple[int, int]]:
    """The places of what is written in a picture."""
    ground = picture.pixelColor(0, picture.height() // 2).lightness()
    return [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if abs(picture.pixelColor(x, y).lightness() - ground) > 60
    ]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_values_of_one_line_and_of_several_begin_at_one_edge(
    shown: Shown, themes: ThemeController, scale: float
) -> None:
    themes.set_font_scale(scale)
    values = {"journal": "Letters of many", "booktitle": "Letters of many words " * 20, "pages": "Letters"}
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], values))
    shown.select(0)
    lefts = {name: min(x for x, _ in _inked(_picture(shown.box(name).control))) for name in values}
    themes.set_font_scale(1.0)
    assert max(lefts.values()) - min(lefts.values()) <= 1, lefts


def test_the_citation_key_is_written_in_letters_of_one_width(shown: Shown) -> None:
    shown.select(0)
    measure = QFontMetrics(shown.box("key").control.font())
    assert measure.horizontalAdvance("iiii") == measure.horizontalAdvance("MMMM")


def test_how_many_tags_are_not_shown_stands_in_the_line_of_the_tags(shown: Shown) -> None:
    shown.select(0)
    tags = shown.pane.paper_tab.tags
    tags.show_tags([TagBadge(f"tag {number:02}", 0) for number in range(40)])
    shown.world.until(lambda: tags.rest.isVisible() and tags.rest.y() > tags.chips[0].y())
    beside = [widget for widget in (*tags.chips, tags.field) if widget.y() == tags.rest.y()]
    assert beside
    assert {widget.geometry().center().y() for widget in beside} == {tags.rest.geometry().center().y()}
