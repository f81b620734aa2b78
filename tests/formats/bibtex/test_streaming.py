"""A .bib that is read in parts gives the drafts, blocks and problems of the whole text."""

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Problem
from refman.domain.paper import Draft
from refman.domain.sources import Block
from refman.formats.bibtex.reading import PART_CHARACTERS, read_text
from refman.formats.bibtex.streaming import read_blocks

_DATA = Path(__file__).parents[2] / "data" / "bibtex"
_ENTRIES = (
    "@inproceedings{child, title = {A child}, crossref = {Proc}}\n",
    "@proceedings{proc, title = {The proceedings}, year = 2001, editor = {Ed Itor}}\n",
    "@collection{proc, title = {A child that is a parent}, crossref = {BOOK}}\n",
    "@misc{own, crossref = {own}, title = {Names itself}}\n",
    "@xdata{data, publisher = {House # 1}, location = {Town}}\n",
    "@book{book, xdata = {data}, title = {A book}}\n",
    '@string{jmlr = "Journal"}\n',
    "@article{art, journal = jmlr, title = {An article}, author = {Ann Other and others}, month = jan}\n",
    "@article{art, title = {The key stands twice}}\n",
    "@comment{jabref-meta: databaseType:biblatex;}\n",
    "@misc{broken, title = {x}\n",
    "free text\n",
)

_All = tuple[list[Draft], list[Block], list[Problem]]


def _whole(text: str) -> _All:
    result = read_text(text)
    return list(result.drafts), sorted(result.blocks, key=_place), list(result.problems)


def _in_parts(text: str, *, size: int, block: int) -> _All:
    def blocks() -> Iterator[str]:
        return (text[start : start + block] for start in range(0, len(text), block))

    parts = list(read_blocks(blocks, size=size))
    found = [one for part in parts for one in part.blocks]
    problems = [one for part in parts for one in part.problems]
    return [draft for part in parts for draft in part.drafts], sorted(found, key=_place), problems


def _place(block: Block) -> tuple[int, str]:
    return block.span.start, block.kind


@given(st.lists(st.sampled_from(_ENTRIES), max_size=12), st.integers(1, 4), st.integers(1, 200))
def test_parts_of_any_size_give_the_whole(entries: list[str], size: int, block: int) -> None:
    text = "".join(entries)
    assert _in_parts(text, size=size, block=block) == _whole(text)


def test_the_samples_give_the_same_in_parts() -> None:
    samples = [path for path in _DATA.rglob("*.bib") if path.stat().st_size < 1_000_000]
    assert samples
    for path in samples:
        text = path.read_bytes().decode("utf-8", "replace")
        assert _in_parts(text, size=3, block=500) == _whole(text), path


def test_a_part_of_long_entries_ends_before_its_size() -> None:
    long = [f"@misc{{k{number}, abstract = {{{'word ' * (PART_CHARACTERS // 8)}}}}}\n" for number in range(5)]
    parts = list(read_blocks(lambda: iter(long), size=500))
    assert [len(part.drafts) for part in parts] == [1, 1, 1, 1, 1]
    assert [draft.key for part in parts for draft in part.drafts] == [f"k{number}" for number in range(5)]
