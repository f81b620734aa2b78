"""A .bib that is read in windows gives the pieces of the whole text."""

from collections.abc import Iterator

from bibtexparser.model import Entry
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Problem
from refman.formats.bibtex.splitter import Piece, split
from refman.formats.bibtex.windows import split_blocks

_FRAGMENTS = (
    "@article{a,\n  title = {One {Two}},\n  year = 2020\n}\n",
    '@book{b, title = "A quote", author={X and Y}}\n\n',
    "@misc{c, title = {not closed,\n  year = 2020\n}\n",
    "@misc{d, title = {one}\n\n",
    "@misc(e, title = {in parentheses})\r\n",
    '@misc{f, title = "quote not closed,\n}\n',
    "@string{jmlr = {Journal}}\n",
    "@string{broken {Journal}\n",
    "@preamble{ {\\newcommand} }\n",
    "@comment{ a comment }\n",
    "@comment{ not closed \n",
    "@comment without braces\n",
    "% a line\n",
    "free text with me@home {here}\n",
    "}\n",
    '"',
    "{",
    "\r\n",
    "    \n",
    "@misc{g, note = {" + "long " * 60 + "}}\n",
    "@misc{h title = {comma missing}, year = 2001}\n",
    "text",
    "@misc{i, title = {one}}, note = {lost}}\n",
)


def _blocks(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def _shape(piece: Piece | Problem) -> object:
    assert isinstance(piece, Piece)
    fields = (
        [(field.key, field.value, field.start_line) for field in piece.block.fields]
        if isinstance(piece.block, Entry)
        else []
    )
    return type(piece.block), piece.block.raw, piece.span, piece.problems, fields


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=40), st.integers(1, 300), st.integers(200, 1500))
def test_windows_of_any_size_give_the_same_pieces(fragments: list[str], block: int, window: int) -> None:
    text = "".join(fragments)
    found = list(split_blocks(_blocks(text, block), smallest=window, largest=1 << 20))
    assert list(map(_shape, found)) == list(map(_shape, split(text)))


def test_an_entry_beyond_the_largest_window_is_left_out_and_its_neighbours_stay() -> None:
    small = "@misc{%s,\n title = {x}\n}\n"
    text = small % "a" + "@misc{huge, title = {" + "word " * 4_000 + "}}\n" + small % "b"
    found = list(split_blocks(_blocks(text, 100), smallest=400, largest=4_000))
    problems = [one for one in found if isinstance(one, Problem)]
    entries = [one.block.key for one in found if isinstance(one, Piece) and isinstance(one.block, Entry)]
    assert [(one.code, one.line) for one in problems] == [("too-long", 4)]
    assert entries == ["a", "b"]


def test_the_last_entry_beyond_the_largest_window_is_left_out_too() -> None:
    text = "@misc{huge, title = {" + "word " * 4_000 + "}}"
    found = list(split_blocks(_blocks(text, 100), smallest=400, largest=4_000))
    assert [one.code for one in found if isinstance(one, Problem)] == ["too-long"]
    assert len(found) == 1


def test_a_missing_brace_keeps_the_entries_behind_it_when_the_window_cannot_hold_the_rest() -> None:
    small = "@misc{%s,\n title = {x}\n}\n"
    text = "@misc{open,\n title = {x,\n}\n" + "".join(small % f"k{number}" for number in range(2_000))
    found = list(split_blocks(_blocks(text, 100), smallest=400, largest=8_000))
    assert list(map(_shape, found)) == list(map(_shape, split(text)))


def test_blank_megabytes_are_nothing() -> None:
    assert list(split_blocks(_blocks(" \n" * 50_000, 1_000), smallest=400, largest=4_000)) == []
