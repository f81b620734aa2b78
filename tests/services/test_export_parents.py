"""Parents that exported papers name by `crossref` leave behind their children."""

import re
from pathlib import Path

import pytest

from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.library import Library
from tests.services.papers import draft, import_texts, store_draft


def _stored(library: Library) -> dict[str, PaperId]:
    """A child, its parent, the parent of that one, and a stranger; keys differ in case from those that are named."""
    named = {"k1": "PAR", "par": "Gran", "gran": "", "other": ""}
    return {
        key: store_draft(library, draft(key, key=key, year="2020", **({"crossref": to} if to else {})))
        for key, to in named.items()
    }


def _starts(text: str) -> list[str]:
    return [line.partition("{")[2].rstrip(",") for line in text.splitlines() if line.startswith("@")]


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_parents_come_along_behind_their_children(library: Library, tmp_path: Path, format: str) -> None:
    ids = _stored(library)
    assert _starts(library.export_text([ids["k1"]], format)) == ["k1", "par", "gran"]
    assert _starts(library.export_text([ids["gran"]], format)) == ["gran"]
    report = library.export_file([ids["k1"]], format, tmp_path / "refs.bib")
    assert (report.count, report.parents) == (1, 2)
    assert _starts((tmp_path / "refs.bib").read_text()) == ["k1", "par", "gran"]
    assert library.export_difference([ids["k1"]], format, tmp_path / "refs.bib").entries == ()
    both = library.export_file([ids["k1"], ids["gran"]], format, tmp_path / "refs.bib")
    assert (both.count, both.parents) == (2, 1)


def test_parents_that_name_one_another_leave_once(library: Library) -> None:
    ids = {key: store_draft(library, draft(key, key=key, crossref=to)) for key, to in ("ab", "ba", "cc")}
    assert sorted(_starts(library.export_text([ids["a"]], "bibtex"))) == ["a", "b"]
    assert _starts(library.export_text([ids["c"]], "bibtex")) == ["c"]


def test_what_leaves_without_its_crossref_needs_no_parent(library: Library) -> None:
    ids = _stored(library)
    profile = ExportProfile(name="x", left_out="crossref")
    assert _starts(library.export_text([ids["k1"]], "bibtex", profile=profile)) == ["k1"]
    assert library.export_text([ids["k1"]], "csl-json").count('"id"') == 1


def test_a_parent_that_is_not_here_is_told(library: Library, tmp_path: Path) -> None:
    ids = _stored(library)
    library.trash([ids["gran"]])
    ids["lost"] = store_draft(library, draft("Lost", key="lost", year="2020", crossref="nobody"))
    report = library.export_file([ids["k1"], ids["lost"]], "bibtex", tmp_path / "refs.bib")
    told = [(one.key, one.problem.message) for one in report.problems if one.problem.code == "missing-parent"]
    assert told == [
        ("lost", "It names the crossref nobody, which is not here."),
        ("par", "It names the crossref Gran, which is not here."),
    ]
    assert (report.count, report.parents) == (2, 1)


_CHILD = "@inproceedings{ch, title = {C}, crossref = {PAR}, %s}\n@proceedings{par, title = {P}, %s}\n"


def test_a_parent_in_another_case_is_named_for_biber_as_it_is_called(library: Library, tmp_path: Path) -> None:
    import_texts(library, _CHILD % ("year = 2001", "year = 2001"))
    written = library.export_text(Listing(), "biblatex")
    assert "crossref = {par}" in written and "PAR" not in written
    assert "crossref = {PAR}" in library.export_text(Listing(), "bibtex")
    assert library.export_file(Listing(), "biblatex", tmp_path / "out.bib").problems == ()


def test_what_says_nothing_of_its_dialect_keeps_its_text_but_for_the_case(library: Library) -> None:
    text = _CHILD % ("pages = {1}", "note = {N}")
    import_texts(library, text)
    written = library.export_text(Listing(), "biblatex")
    assert written.replace("\n\n", "\n") == text.replace("PAR", "par")


def test_a_parent_that_biber_does_not_find_is_told_where_the_text_stays(library: Library, tmp_path: Path) -> None:
    import_texts(library, _CHILD % ("date = {2001}", "date = {2001}"))
    report = library.export_file(Listing(), "biblatex", tmp_path / "out.bib")
    assert "crossref = {PAR}" in (tmp_path / "out.bib").read_text()
    told = [(one.key, one.problem.code, one.problem.arguments) for one in report.problems]
    assert ("ch", "parent-otherwise", ("PAR", "par")) in told
    bibtex = library.export_file(Listing(), "bibtex", tmp_path / "out.bib")
    assert all(one.problem.code != "parent-otherwise" for one in bibtex.problems)


_ALIASES = """@xdata{pub, ids = {house, home}, publisher = {P}, location = {L}}
@collection{col2001, ids = {col}, title = {Collected}, editor = {Ed Itor}, date = {2001}}
@incollection{one, author = {Ann Lee}, title = {One}, crossref = {col}, xdata = {home}, date = {2001}}
"""


def _keys(text: str) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)


def test_biber_finds_parents_by_their_other_keys(library: Library) -> None:
    import_texts(library, _ALIASES)
    one = library.ids_of_keys(["one"])["one"]
    [paper] = library.papers([one])
    assert (paper.plain("booktitle"), paper.plain("publisher")) == ("Collected", "P")
    text = library.export_text([one], "biblatex")
    assert set(_keys(text)) == {"one", "col2001", "pub"}
    assert "publisher = {P}" in library.export_text([one], "bibtex")


def test_a_key_goes_before_the_other_key_of_another(library: Library) -> None:
    import_texts(
        library, _ALIASES.replace("@incollection", "@collection{col, title = {Mine}, date = {2000}}\n@incollection")
    )
    one = library.ids_of_keys(["one"])["one"]
    assert library.papers([one])[0].plain("booktitle") == "Mine"
    assert _keys(library.export_text([one], "biblatex")) == ["one", "col", "pub"]
