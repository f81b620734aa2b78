"""The words of a search are marked in a title, and nothing beyond what is shown of it."""

import pytest
from PySide6.QtGui import QImage

from refman.ui.table.columns import TITLE_COLUMN
from refman.ui.table.hit_marks import hit_places
from refman.ui.table.selection import Relist
from refman.ui.theme import ThemeController, qcolor
from refman.ui.widgets.text_face import TextFace
from tests.ui.table.conftest import Shown
from tests.ui.table.rows import row

LONG = "A paper of many words " * 12


@pytest.fixture
def face(themes: ThemeController) -> TextFace:
    return TextFace(themes.metrics.font())


def _marked(picture: QImage, themes: ThemeController) -> list[int]:
    """The columns of pixels that have the colour of a mark."""
    mark = qcolor(themes.theme.mark)
    return [x for x in range(picture.width()) if any(picture.pixelColor(x, y) == mark for y in range(picture.height()))]


def test_a_hit_in_what_was_cut_away_has_no_mark(face: TextFace) -> None:
    cut = face.cut(LONG + "sought", 200)
    assert hit_places(face, LONG + "sought", cut.shown, [(len(LONG), len(LONG) + 6)]) == []


def test_the_mark_of_a_word_that_is_cut_ends_with_its_last_letter(face: TextFace) -> None:
    title = "Reinforcement learning"
    cut = face.cut(title, face.measure.horizontalAdvance("Reinforcement lea…"))
    assert cut.shown.endswith("…")
    ((first, last),) = hit_places(face, title, cut.shown, [(14, 22)])
    letters = cut.shown.removesuffix("…")
    assert (first, last) == (
        face.measure.horizontalAdvance("Reinforcement "),
        face.measure.horizontalAdvance(letters),
    )


def test_a_title_that_ends_in_dots_of_its_own_is_marked_whole(face: TextFace) -> None:
    title = "and so on…"
    assert hit_places(face, title, title, [(7, 10)]) == [
        (face.measure.horizontalAdvance(title[:7]), face.measure.horizontalAdvance(title))
    ]


def test_a_word_that_runs_from_the_right_is_marked_where_it_stands(face: TextFace) -> None:
    # Painted the words change their places: the first one stands at the right.
    title = "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd"
    ((first, last),) = hit_places(face, title, title, [(0, 4)])
    ((other_first, other_last),) = hit_places(face, title, title, [(5, 9)])
    assert other_first < other_last <= first < last
    assert other_first == pytest.approx(0, abs=2)
    assert last == pytest.approx(face.measure.horizontalAdvance(title), abs=2)


def test_letters_that_qt_counts_twice_move_no_mark(face: TextFace) -> None:
    title = "\U0001d4d0\U0001d4d1 two"
    ((first, last),) = hit_places(face, title, title, [(3, 6)])
    assert first == pytest.approx(face.measure.horizontalAdvance(title[:3]), abs=2)
    assert last == pytest.approx(face.measure.horizontalAdvance(title), abs=2)


@pytest.mark.parametrize("title", ["sought and " + LONG, LONG + "sought"])
def test_the_list_marks_only_what_it_shows(shown: Shown, themes: ThemeController, title: str) -> None:
    shown.rows[1] = row(1, title)
    start = title.index("sought")
    shown.table.delegate.hit_spans = lambda _: [(start, start + 6)]
    shown.show([1], why=Relist.SEARCH)
    table = shown.table
    cell = table.visualRect(shown.model.index(0, TITLE_COLUMN))
    columns = _marked(table.viewport().grab(cell).toImage(), themes)
    assert bool(columns) == (start == 0)
    assert not columns or max(columns) < _width(themes, "sought") + 24


def _width(themes: ThemeController, text: str) -> int:
    return TextFace(themes.metrics.font()).measure.horizontalAdvance(text)


def test_the_dots_of_a_cut_title_stand_on_plain_ground(shown: Shown, themes: ThemeController) -> None:
    shown.rows[1] = row(1, "l" * 900)
    shown.table.delegate.hit_spans = lambda _: [(0, 900)]
    shown.show([1], why=Relist.SEARCH)
    cell = shown.table.visualRect(shown.model.index(0, TITLE_COLUMN))
    picture = shown.table.viewport().grab(cell).toImage()
    dark = [x for x in range(picture.width()) if any(picture.pixelColor(x, y).lightness() < 120 for y in range(28))]
    assert 0 < max(_marked(picture, themes)) < max(dark)


def test_the_first_word_of_a_cut_title_from_the_right_is_marked_at_its_right_end(face: TextFace) -> None:
    title = "\u05e9\u05dc\u05d5\u05dd " * 40
    cut = face.cut(title, 200)
    ((first, last),) = hit_places(face, title, cut.shown, [(0, 4)])
    assert last == pytest.approx(face.measure.horizontalAdvance(cut.shown), abs=2)
    assert last - first == pytest.approx(face.measure.horizontalAdvance(title[:4]), abs=2)
