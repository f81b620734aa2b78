"""Tags behind a title: dots in their colours, sharp on every screen."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from refman.domain.listing import TagBadge
from refman.domain.settings import ThemeMode
from refman.ui.table.tag_marks import TagMarks
from refman.ui.theme import ThemeController

_ROOM = 100
_TAGS = (TagBadge("rl", 3), TagBadge("to read", 0))


def _painted(marks: TagMarks, ratio: float, height: int) -> QPixmap:
    pixmap = QPixmap(round(_ROOM * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    marks.paint(painter, QRect(0, 0, _ROOM, height), marks.fitting(_TAGS, _ROOM))
    painter.end()
    return pixmap


def _middle(marks: TagMarks, ratio: float, number: int) -> QColor:
    """The colour in the middle of the n-th dot."""
    each = marks.fitting(_TAGS, _ROOM)[0].width
    image = _painted(marks, ratio, 30).toImage()
    return image.pixelColor(round((each * (number + 1) - 5) * ratio), round(15 * ratio))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_dot_has_the_colour_of_its_tag_in_both_themes(themes: ThemeController, ratio: float) -> None:
    marks = TagMarks(themes)
    for mode in (ThemeMode.LIGHT, ThemeMode.DARK, ThemeMode.LIGHT):
        themes.set_mode(mode)
        assert _middle(marks, ratio, 0) == QColor(themes.theme.tag(3).dot)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_tag_without_a_colour_is_a_ring(themes: ThemeController, ratio: float) -> None:
    themes.set_mode(ThemeMode.LIGHT)
    assert _middle(TagMarks(themes), ratio, 1) == QColor(Qt.GlobalColor.white)


def test_dots_stand_in_the_middle_of_their_row(themes: ThemeController) -> None:
    image = _painted(TagMarks(themes), 1.0, 30).toImage()
    white = QColor(Qt.GlobalColor.white)
    lines = [y for y in range(30) if any(image.pixelColor(x, y) != white for x in range(_ROOM))]
    assert abs(lines[0] + lines[-1] - 29) <= 1
