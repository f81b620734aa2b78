"""A note of any size and shape is shown without holding up the window, and the usual ones with their looks."""

from time import process_time

import pytest
from pytestqt.qtbot import QtBot

from refman.ui.detail.note_editor import NotePreview
from refman.ui.detail.note_size import beginning_of, is_shown_at_once
from refman.ui.theme import ThemeController

_PIECES = (
    "*", "_", "`", "[", "![", "<", ">", "~", "|a", "# a\n", "* ", "- ", "1. ", "* a\n", "- a\n", "1. a\n",
    "a*", "*_", "`a` ", "[a](b) ", "![a](b) ", "<http://a> ", "www.a.b ", "http://a.b ",
    "a@b.c ", "word ", "x", "a\n\n", "> a\n", "|a|b|\n",
    "&amp;", "\\", "\u202e", "\u202e\n", "\0", "\t", "    a\n", "*a*\n\n", "[a]: b\n", "[^a] ",
)  # fmt: skip
_MOST_S = 2.0
"""Of the processor, for 1,000,000 characters; on the machine of the first measurement the slowest took 0.02."""


@pytest.fixture
def preview(themes: ThemeController, qtbot: QtBot) -> NotePreview:
    made = NotePreview(themes)
    qtbot.addWidget(made)
    made.resize(300, 400)
    return made


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("size", [3_000, 40_000, 1_000_000])
def test_no_note_holds_up_the_window(preview: NotePreview, piece: str, size: int) -> None:
    began = process_time()
    preview.show_note(piece * (size // len(piece)))
    preview.height_for(300)
    preview.grab()
    assert process_time() - began < _MOST_S


def test_a_usual_note_is_shown_with_its_looks(preview: NotePreview) -> None:
    text = "\n\n".join(
        f"## Section {number}\n\n- **bold** and [link](https://a.b/c)\n- `code`" for number in range(200)
    )
    assert is_shown_at_once(text)
    preview.show_note(text)
    assert preview.toPlainText().startswith("Section 0\nbold and link")


def test_a_note_that_is_longer_than_its_place_is_shown_from_its_beginning(preview: NotePreview, qtbot: QtBot) -> None:
    preview.show_note("# Why\n\n" + "A line.\n\n" * 200)
    preview.show()
    qtbot.waitExposed(preview)
    assert preview.verticalScrollBar().maximum() > 0
    assert preview.verticalScrollBar().value() == 0
    preview.verticalScrollBar().setValue(50)
    preview.show_note("# Why\n\n" + "A line.\n\n" * 201)
    assert preview.verticalScrollBar().value() == 50


def test_of_another_one_its_beginning_is_shown_as_it_was_typed(preview: NotePreview) -> None:
    preview.show_note("# Mine\n" + "*" * 3_000)
    assert preview.toPlainText().startswith("This note is too long")
    assert "\n# Mine\n***" in preview.toPlainText()


def test_long_lines_are_broken_and_no_letter_is_lost() -> None:
    text = "a\n\n" + "b" * 2_500
    assert beginning_of(text).split("\n") == ["a", "", "b" * 1_000, "b" * 1_000, "b" * 500]
    assert len(beginning_of("x\n" * 1_000_000).split("\n")) == 2_000
