"""Slips of syntax and of keys in files and in what papers were read from: told, proposed, mended, undone."""

from pathlib import Path

import pytest

from refman.domain.errors import ExportRefused
from refman.domain.paper import Paper
from refman.domain.quality import CheckName
from refman.formats.bibfile.document import document_of
from refman.services.entries.raw_editing import entry_text
from refman.services.library import Library
from refman.services.quality.file_fixes import fix_file, foresee_fixes
from refman.services.quality.file_quality import FileLooking, look_at
from refman.services.quality.file_slips import Fixes, readable_document
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_fixes import fix_all, fix_one, foresee_all
from refman.services.quality.library_quality import Looking, look
from tests.services.papers import import_texts

_COMMA = "@article{one,\n  author = {A. Ask}\n  title = {On it},\n  journal = {J},\n  year = 2001\n}\n"
_TWICE = "@misc{two,\n  title = {T},\n  keywords = {a},\n  keywords = {b},\n  note = {x},\n  note = {x}\n}\n"
_SYNTAX = FileLooking((CheckName.SYNTAX,))
_OF_LIBRARY = Looking((CheckName.SYNTAX,))


def _mended(text: str, *checks: CheckName, with_unsure: bool = False) -> tuple[str, int]:
    document, count = readable_document(document_of(text), Fixes(checks, with_unsure), FileLooking(checks))
    return document.text, count


def test_a_file_keeps_every_other_byte() -> None:
    before, after = '% first\n@string{j = "J"}\n', "\n@misc{three, title = {T}}\ntail\n"
    text, count = _mended(f"{before}{_COMMA}{after}", CheckName.SYNTAX)
    assert (text, count) == (f"{before}{_COMMA.replace('Ask}', 'Ask},')}{after}", 1)


def test_what_is_not_certain_is_only_mended_when_asked_for() -> None:
    certain = _TWICE.replace(",\n  note = {x}\n", "\n")
    assert _mended(_TWICE, CheckName.SYNTAX) == (certain, 1)
    joined = certain.replace("keywords = {a},\n  keywords = {b}", "keywords = {a, b}")
    assert _mended(_TWICE, CheckName.SYNTAX, with_unsure=True) == (joined, 2)


def test_a_check_that_is_ignored_above_an_entry_mends_nothing_there() -> None:
    text = f"% refman-lint: ignore syntax\n{_COMMA}"
    assert _mended(text, CheckName.SYNTAX, with_unsure=True) == (text, 0)


def test_the_comment_behind_an_entry_that_was_cut_off_stays() -> None:
    text = "@misc{a\n  title = {T}\n}\n% a word\n@misc{b, title = {U}}\n"
    assert _mended(text, CheckName.SYNTAX) == (text.replace("{a\n", "{a,\n"), 1)


@pytest.mark.parametrize(
    ("head", "key"),
    [("@misc{,", "@misc{ask2001on,"), ("@misc{ author = {B},", "@misc{ ask2001on, author = {B},"), ("@misc{}", "")],
)
def test_an_entry_without_a_key_gets_one(head: str, key: str) -> None:
    text = f"{head}\n  author = {{A. Ask}},\n  title = {{On}},\n  year = 2001\n}}\n" if key else f"{head}\n"
    mended, _ = _mended(text, CheckName.KEY)
    assert mended.startswith(key.replace("ask2001on", "b2001on") if "{B}" in head else key)
    if key:
        assert all(one.finding.code != "no-key" for one in look_at(document_of(mended), FileLooking((CheckName.KEY,))))


def test_made_keys_are_never_those_of_others() -> None:
    entry = "@misc{{{0},\n  author = {{A. Ask}},\n  title = {{On}},\n  year = 2001\n}}\n"
    text, count = _mended("".join(map(entry.format, ("ASK2001ON", "", ""))), CheckName.KEY)
    assert count == 2
    assert sorted(one.key for one in document_of(text).entries) == ["ASK2001ON", "ask2001ona", "ask2001onb"]


def test_a_key_that_stands_there_is_only_changed_when_asked_for() -> None:
    text = "@misc{a#b, title = {T}}\n@misc{c, title = {U}}\n@misc{C, title = {V}}\n"
    assert _mended(text, CheckName.KEY) == (text, 0)
    mended, count = _mended(text, CheckName.KEY, with_unsure=True)
    assert ([one.key for one in document_of(mended).entries], count) == (["ab", "c", "v"], 2)


def test_a_file_is_shown_then_mended_then_content(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_COMMA)
    fixes = Fixes((CheckName.SYNTAX, CheckName.PAGES))
    assert "+  author = {A. Ask},\n" in foresee_fixes(path, _SYNTAX, fixes).difference
    assert path.read_text() == _COMMA
    report = fix_file(path, _SYNTAX, fixes)
    assert (report.fixed, report.findings) == (1, ())
    assert path.read_text() == _COMMA.replace("Ask}", "Ask},")


def test_nothing_is_mended_in_a_merge(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(f"<<<<<<< ours\n{_COMMA}=======\n>>>>>>> theirs\n")
    with pytest.raises(ExportRefused, match="Conflict markers"):
        fix_file(path, _SYNTAX, Fixes((CheckName.SYNTAX,)))


# The library


def _paper(library: Library, key: str) -> Paper:
    paper = library.paper(library.ids_of_keys([key])[key])
    assert paper is not None
    return paper


def _text(library: Library, paper: Paper) -> str:
    return entry_text(library.store, paper.id, pattern=library.pattern)


def _found(library: Library) -> list[PaperFinding]:
    return list(look(library.store, _OF_LIBRARY))


def test_papers_tell_what_their_entries_lacked(library: Library) -> None:
    import_texts(library, _COMMA + _TWICE)
    found = [
        (one.key, one.finding.code, bool(one.finding.fix and one.finding.fix.is_certain)) for one in _found(library)
    ]
    assert found == [
        ("one", "missing-comma", True),
        ("two", "duplicate-field", False),
        ("two", "duplicate-field", True),
    ]


def test_what_stood_behind_a_missing_comma_leaves_once_it_is_mended(library: Library) -> None:
    import_texts(library, _COMMA)
    before = _paper(library, "one")
    assert before.fields["title"].is_guess
    outcome = fix_one(library.store, _found(library)[0], dialect=_OF_LIBRARY.dialect, clock=library.clock)
    assert outcome.message == "Syntax of one fixed"
    assert _found(library) == []
    assert _text(library, before) == _COMMA.replace("Ask}", "Ask},").rstrip()
    library.undo()
    assert _paper(library, "one") == before


def test_the_edits_of_a_person_stand(library: Library) -> None:
    import_texts(library, _COMMA)
    library.edit(_paper(library, "one").id, {"year": "1999", "note": "mine"})
    fix_all(library.store, _OF_LIBRARY, clock=library.clock)
    paper = _paper(library, "one")
    assert [paper.plain(name) for name in ("title", "year", "note")] == ["On it", "1999", "mine"]
    assert not paper.fields["title"].is_guess
    assert _found(library) == []


def test_joined_keywords_are_stored_when_that_is_wanted(library: Library) -> None:
    import_texts(library, _TWICE)
    fix_all(library.store, _OF_LIBRARY, clock=library.clock)
    assert _text(library, _paper(library, "two")) == _TWICE.replace(",\n  note = {x}\n", "\n").rstrip()
    [shown] = foresee_all(library.store, _OF_LIBRARY, with_unsure=True)
    assert (shown.key, shown.field) == ("two", "entry")
    fix_all(library.store, _OF_LIBRARY, clock=library.clock, with_unsure=True)
    assert _paper(library, "two").fields["keywords"].source == "{a, b}"
    assert _found(library) == []


def test_children_of_a_crossref_have_no_slips(library: Library) -> None:
    parent = "@proceedings{p, title = {P}, year = 2001}\n"
    import_texts(library, f"@inproceedings{{c, title = {{C}}, crossref = {{p}}}}\n{parent}")
    assert _found(library) == []
