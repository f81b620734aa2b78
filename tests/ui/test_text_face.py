"""Texts that are cut to their room: what is seen of them is the same however often it is painted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from refman.ui.table.columns import fit_authors
from refman.ui.theme import Metrics, TextRole
from refman.ui.widgets.text_face import TextFace

_ROOM = 200
_TEXTS = (
    "AVATAR: To fit a Waffle into an office",
    "Überschätzung der Größe in naïven Modellen",
    "日本語のテキスト",
    "שלום world",
    "2013",
    "",
)


def _painted(face: TextFace, text: str, ratio: float) -> QImage:
    image = QImage(round(300 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    # As on a widget; on a picture it would be that of the text.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    face.paint(painter, face.cut(text, _ROOM), left=13, baseline=face.baseline(4, 50))
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("role", [TextRole.BODY, TextRole.MONO, TextRole.TITLE])
def test_no_pixel_moves_when_a_text_is_painted_again(qtbot: QtBot, role: TextRole, ratio: float) -> None:
    for scale in (1.0, 1.2):
        face = TextFace(Metrics(scale).font(role))
        for text in _TEXTS:
            first, second, third = (_painted(face, text, ratio) for _ in range(3))
            assert first == second == third, text


def test_a_text_is_laid_out_when_it_stays(qtbot: QtBot) -> None:
    face = TextFace(Metrics().font())
    for expected in (False, True, True):
        _painted(face, "A title", 1.0)
        assert (face.cut("A title", _ROOM).laid_out is not None) is expected


def test_a_text_that_fits_is_as_wide_as_it_is_and_a_cut_one_as_its_room(qtbot: QtBot) -> None:
    face = TextFace(Metrics().font())
    short, long = face.cut("A title", _ROOM), face.cut("A title " * 20, _ROOM)
    assert (short.shown, short.width) == ("A title", face.measure.horizontalAdvance("A title"))
    assert long.shown.endswith("…") and face.measure.horizontalAdvance(long.shown) <= long.width == _ROOM


def test_a_font_may_shorten_in_its_own_way(qtbot: QtBot) -> None:
    face = TextFace(Metrics().font(), fit=lambda text, fits: next(cut for cut in (text, "one", "") if fits(cut)))
    assert face.cut("one two three " * 20, _ROOM).shown == "one"


def test_what_was_shortened_in_its_own_way_keeps_its_end_at_every_room(qtbot: QtBot) -> None:
    """Where a part of a pixel was missing, "et al." became "et …"."""
    face = TextFace(Metrics().font(TextRole.BODY), fit=fit_authors)
    least = face.measure.horizontalAdvance("Hamrick et al.")
    for text in ("Hamrick, Bapst et al.", "Hamrick, Bapst, Sanchez-Gonzalez, Pfaff"):
        for room in range(least, face.measure.horizontalAdvance(text)):
            assert face.cut(text, room).shown.endswith(" et al."), room


@pytest.mark.parametrize(("letter", "is_right"), [("l", True), ("\u05dc", False), ("\u0644", False)])
def test_the_dots_of_a_cut_text_stand_where_reading_it_ends(qtbot: QtBot, letter: str, is_right: bool) -> None:
    face = TextFace(Metrics(1.0).font(TextRole.BODY))
    picture = _painted(face, letter * 200, 1.0)
    inked = [
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).lightness() < 160
    ]
    edge = max(x for x, _ in inked) if is_right else min(x for x, _ in inked)
    # Dots are low, letters are not.
    at_edge = [y for x, y in inked if abs(x - edge) < 5]
    other = max(x for x, _ in inked) if not is_right else min(x for x, _ in inked)
    at_other = [y for x, y in inked if abs(x - other) < 5]
    assert max(at_edge) - min(at_edge) <= 2 < max(at_other) - min(at_other)
