"""Entries counted quickly are those that are read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.counting import _is_entry, count_entries
from refman.formats.bibtex.windows import split_blocks
from tests.formats.bibtex.bib import DATA

GOOD = "@misc{a,\n  title = {T},\n}\n\n"
_PIECES = [
    GOOD,
    "\n\n",
    "@string{j = {x}}\n\n",
    "@comment{c,\n  a = {b},\n}\n\n",
    "@xdata{x, a = {b}}\n\n",
    '@a{q, b = "c" # d}\n\n',
    "@misc{b, note = {x{y{z{deep{er}}}}},\n}\n\n",
]


def _read(text: str) -> int:
    return sum(map(_is_entry, split_blocks([text])))


@pytest.mark.parametrize("path", sorted((DATA / "bibtex" / "hardcases").glob("*.bib")), ids=lambda path: path.stem)
def test_hard_cases_are_counted_as_they_are_read(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert count_entries([text]) == _read(text)
    assert count_entries([GOOD, text, GOOD]) == _read(GOOD + text + GOOD)


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.integers(1, 40))
def test_what_refman_writes_is_counted_as_it_is_read(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    blocks = [text[start : start + size] for start in range(0, len(text), size)]
    assert count_entries(blocks) == _read(text)


def test_an_entry_without_an_end_is_missed() -> None:
    assert count_entries([GOOD, "@misc{b,\n  title = {{T,\n}\n\n", GOOD]) == 2
    assert count_entries([GOOD * 3]) == 3


def test_an_entry_inside_a_value_is_none() -> None:
    assert count_entries([GOOD, "@misc{b,\n  note = {x\n\n@misc{c,\n  a = {b},\n}\n},\n}\n\n", GOOD]) == 3
