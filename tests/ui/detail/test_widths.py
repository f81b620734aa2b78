"""How narrow the details can be."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextCursor

from refman.ui.detail.head import PaperHead
from refman.ui.detail.paper_tab import PaperTab
from refman.ui.detail.value_editors import TextEditor
from refman.ui.theme import ThemeController
from refman.ui.widgets.chip import Chip
from tests.ui.detail.conftest import Shown


@pytest.mark.parametrize("width", [380, 900])
def test_every_paper_leaves_the_window_as_narrow_as_the_others(shown: Shown, width: int) -> None:
    shown.pane.resize(width, 700)
    least = set()
    shown.select(0)
    for place in range(1, len(shown.ids)):
        shown.select(place)
        least.add(shown.pane.minimumSizeHint().width())
    assert len(least) == 1, least


@pytest.mark.parametrize("width", [640, 900, 1400])
def test_a_venue_of_any_length_leaves_the_key_and_the_buttons_their_room(shown: Shown, width: int) -> None:
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"journal": "Journal of Journals " * 20}))
    shown.pane.resize(width, 700)
    shown.select(0)
    head = shown.pane.findChildren(PaperHead)[0]
    head.grab()
    chip = head.findChildren(Chip)[0]
    assert head.line.text().count("Journals") == 20
    assert chip.width() >= chip.sizeHint().width()
    assert head.line.height() >= head.line.heightForWidth(head.line.width())
    assert head.more.geometry().right() <= head.width()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_texts_that_are_edited_in_place_begin_where_the_others_do(
    shown: Shown, themes: ThemeController, scale: float
) -> None:
    shown.select(0)
    themes.set_font_scale(scale)
    pane = shown.pane
    head, tab = pane.findChildren(PaperHead)[0], pane.findChildren(PaperTab)[0]
    pane.grab()
    begins = {
        editor.viewport().mapTo(pane, editor.cursorRect(QTextCursor(editor.document())).topLeft()).x()
        for part in (head, tab)
        for editor in part.findChildren(TextEditor)[:1]
    }
    authors = head.authors.mapTo(pane, QPoint()).x() + head.authors.contentsMargins().left()
    assert begins == {authors}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [640, 760, 950, 1400])
def test_facts_beside_a_long_key_have_room_for_their_words(
    shown: Shown, themes: ThemeController, width: int, scale: float
) -> None:
    themes.set_font_scale(scale)
    values = {"key": "a-key-that-somebody-made-with-a-script-of-their-own", "journal": "Journal of Journals " * 8}
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], values))
    shown.pane.resize(width, 900)
    shown.select(0)
    head = shown.pane.findChildren(PaperHead)[0]
    shown.world.until(lambda: head.line.width() >= round(200 * scale))
    assert len({made.mapTo(head, QPoint()).y() for made in (head.cite, head.open_file, head.more)}) == 1
    themes.set_font_scale(1.0)
