"""Entries that inherit from entries that inherit."""

import pytest

from refman.formats.bibfile.document import read_document
from refman.services.quality.file_quality import look_at
from tests.formats.bibtex.bib import read

_CHAIN = (
    "@inproceedings{a1, author = {A B}, title = {Paper}, crossref = {MM}}\n"
    "@proceedings{mm, title = {Proceedings}, crossref = {zz}}\n"
    "@book{zz, title = {Series}, publisher = {Springer}, year = 2001}\n"
)


def _codes(text: str) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.code, one.line, one.arguments) for one in read(text).problems]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_child_shows_what_its_whole_row_gives(order: tuple[int, ...]) -> None:
    lines = _CHAIN.splitlines(keepends=True)
    first = next(one for one in read("".join(lines[place] for place in order)).drafts if one.key == "a1")
    shown = {name: first.plain(name) for name in ("title", "booktitle", "publisher", "year")}
    assert shown == {"title": "Paper", "booktitle": "Proceedings", "publisher": "Springer", "year": "2001"}
    assert all(first.fields[name].is_guess for name in ("booktitle", "publisher", "year"))


def test_bibtex_reads_one_level_which_is_told() -> None:
    assert _codes(_CHAIN) == [("nested-crossref", 1, ("a1", "mm"))]
    found = look_at(read_document(_CHAIN.encode(), "x.bib"))
    told = [(one.line, one.key, str(one.finding.severity)) for one in found if one.finding.code == "nested-crossref"]
    assert told == [(1, "a1", "warning")]


def test_one_level_is_well_and_so_is_any_in_biblatex() -> None:
    assert _codes(_CHAIN[_CHAIN.index("@proc") :]) == []
    assert _codes(_CHAIN.replace("year = 2001", "date = {2001}, location = {B}")) == []


def test_circles_end() -> None:
    text = "".join(f"@book{{k{n}, f{n} = {{x}}, crossref = {{k{(n + 1) % 3}}}}}\n" for n in range(3))
    drafts = read(text + "@book{self, crossref = {self}, title = {T}}\n").drafts
    assert [sorted(set(draft.fields) - {"crossref"}) for draft in drafts] == [["f0", "f1", "f2"]] * 3 + [["title"]]


def test_a_long_row_takes_one_pass() -> None:
    rows = 20_000
    text = (
        "".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(rows)) + f"@book{{k{rows}, year = 2001}}\n"
    )
    assert read(text).drafts[0].plain("year") == "2001"


def test_a_parent_that_biber_does_not_find_is_told_in_a_file_of_biblatex() -> None:
    text = "@incollection{ch, crossref = {PAR}, xdata = {D, e}, date = {2001}}\n@book{par, title = {P}}\n"
    text += "@xdata{d, note = {D}}\n@xdata{e, note = {E}}\n"

    def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
        found = look_at(read_document(text.encode(), "x.bib"))
        return [(one.key, one.finding.arguments) for one in found if one.finding.code == "parent-otherwise"]

    assert told(text) == [("ch", ("PAR", "par")), ("ch", ("D", "d"))]
    assert told(text.replace("PAR", "par").replace("{D,", "{d,")) == []
    assert told("@incollection{ch, crossref = {PAR}, year = 2001}\n@book{par, title = {P}, year = 2001}\n") == []
