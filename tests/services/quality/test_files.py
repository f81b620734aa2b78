"""Files: places of findings, syntax, what is ignored in a comment, fixes and tidying on disk."""

import os
from pathlib import Path

import pytest

from refman.domain.errors import ExportRefused, UnreadableInput
from refman.domain.quality import CheckName, Severity
from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.tidy_rules import USUAL_RULES, Rule
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.file_fixes import fix_file, lint_file
from refman.services.quality.file_quality import FileLooking, dialect_of, look_at
from refman.services.quality.file_slips import Fixes
from refman.services.quality.tidying_files import tidy_file

_MARKERS = "<<<<<<< ours\n@misc{b, pages={1-2}}\n=======\n@misc{b, pages={1-3}}\n>>>>>>> theirs\n"
_PAGES = FileLooking((CheckName.PAGES,))


def _places(text: str, *checks: CheckName) -> list[tuple[int, int, str, str]]:
    found = look_at(document_of(text), FileLooking(checks))
    return [(one.line, one.column, one.key, one.finding.code) for one in found]


def _written(path: Path) -> tuple[int, ...]:
    """What every write changes; the time of reading, which changes too, is left out."""
    stat = path.stat()
    return stat.st_ino, stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_are_lines_and_columns_from_one(newline: str) -> None:
    text = newline.join(["% words", "", "@misc{ü,", "  note = {ö}, pages = {1-2},", "  isbn = {1}", "}"])
    assert _places(text, CheckName.PAGES, CheckName.ISBN) == [
        (4, 23, "ü", "pages-form"),
        (5, 10, "ü", "no-isbn"),
    ]


def test_syntax_names_the_line_and_how_bad_it_is() -> None:
    text = (
        "@misc{a,\n  note = {x},\n  note = {y},\n  journal = jx}\n@misc{b, title = {T}\n  year = 1}\n"
        "@misc{c, title = {T\n\n@comment{\n@misc{d}}\n@string{= 1}\n"
    )
    found = look_at(document_of(text), FileLooking((CheckName.SYNTAX,)))
    assert [(one.line, one.column, one.finding.code, one.finding.severity) for one in found] == [
        (3, 3, "duplicate-field", Severity.WARNING),
        (4, 3, "undefined-macro", Severity.WARNING),
        (6, 1, "missing-comma", Severity.ERROR),
        (7, 1, "value-not-closed", Severity.ERROR),
        (9, 1, "entry-in-comment", Severity.WARNING),
        (11, 1, "broken-block", Severity.ERROR),
    ]


def test_strings_count_from_where_they_stand() -> None:
    text = '@misc{a, journal = jx}\n@string{jx = "X"}\n@misc{b, journal = JX}\n'
    assert [place[2] for place in _places(text, CheckName.SYNTAX)] == ["a"]


def test_a_comment_right_above_an_entry_leaves_checks_out() -> None:
    text = (
        "% refman-lint: ignore pages, isbn\n@misc{a, pages={1-2}, isbn={1}, issn={2}}\n"
        "% refman-lint: ignore pages\n\n@misc{b, pages={1-2}}\n"
    )
    assert [(place[2], place[3]) for place in _places(text, CheckName.PAGES, CheckName.ISBN, CheckName.ISSN)] == [
        ("a", "no-issn"),
        ("b", "pages-form"),
    ]


def test_year_and_date_that_differ() -> None:
    assert _places("@misc{a, date = {2006},\n year = {2007}}", CheckName.DATE) == [(1, 1, "a", "year-overruled")]


def test_the_dialect_is_that_of_the_file() -> None:
    assert dialect_of(document_of("@article{a, journaltitle={J}, date={2001}}")) is Dialect.BIBLATEX
    assert dialect_of(document_of("@misc{a}")) is Dialect.BIBTEX


def test_a_fix_changes_the_bytes_of_its_field_only(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    data = b'\xef\xbb\xbf% words\r\n@MISC{a,\r\n\tpages   = "1-2" ,\r\n  note={M\xc3\xbc}}\r\n@misc{b, pages=1}\r\n'
    path.write_bytes(data)
    os.chmod(path, 0o640)
    link = tmp_path / "link.bib"
    link.symlink_to(path)
    report = fix_file(link, _PAGES, Fixes((CheckName.PAGES,)))
    assert (report.fixed, report.findings) == (1, ())
    assert path.read_bytes() == data.replace(b"1-2", b"1--2")
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_nothing_to_fix_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, pages={1--2}}")
    before = _written(path)
    assert fix_file(path, _PAGES, Fixes((CheckName.PAGES,))).fixed == 0
    assert _written(path) == before


def test_several_fixes_of_one_field_are_all_done(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {On DNA &amp; u\u0308ber & all}}")
    checks = [CheckName.HTML, CheckName.LATEX, CheckName.NFC, CheckName.CAPITALS]
    report = fix_file(path, FileLooking(tuple(checks)), Fixes(tuple(checks)))
    assert path.read_text() == "@misc{a, title = {On {DNA} \\& über \\& all}}"
    assert (report.fixed, report.findings) == (4, ())


def test_letters_that_the_encoding_lacks_become_tex(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("@misc{a, title = {M\xfc &#269;a}, note={\xe9}}".encode("latin-1"))
    fix_file(path, FileLooking((CheckName.HTML,), Dialect.BIBLATEX), Fixes((CheckName.HTML,)))
    assert path.read_bytes() == '@misc{a, title = {M{\\"u} {\\v{c}}a}, note={\xe9}}'.encode("latin-1")


def test_conflict_markers_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_MARKERS)
    assert [one.finding.code for one in lint_file(path, FileLooking((CheckName.SYNTAX,))).findings][:1] == [
        "conflict-markers"
    ]
    with pytest.raises(ExportRefused, match="Conflict markers"):
        fix_file(path, _PAGES, Fixes((CheckName.PAGES,)))
    with pytest.raises(ExportRefused, match="Conflict markers"):
        tidy_file(path, USUAL_RULES)
    assert path.read_text() == _MARKERS


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"\xff\xfe@\x00m\x00i")
    with pytest.raises(UnreadableInput):
        lint_file(path, _PAGES)


def test_tidying_keeps_link_mode_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("@misc{b,note={ü}}\r\n@misc{a}\r\n".encode("latin-1"))
    os.chmod(path, 0o600)
    link = tmp_path / "link.bib"
    link.symlink_to(path)
    report = tidy_file(link, USUAL_RULES)
    assert path.read_bytes() == "@misc{a,\r\n}\r\n\r\n@misc{b,\r\n  note = {ü},\r\n}\r\n".encode("latin-1")
    assert path.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()
    assert (report.changed, report.entries) == (2, 2)
    assert report.rules == (Rule.SORT, Rule.INDENT, Rule.COMMAS, Rule.BLANK_LINES)


def test_checking_writes_nothing_and_a_tidy_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{b}\n@misc{a}\n")
    before = _written(path)
    assert not tidy_file(path, USUAL_RULES, is_check=True).is_tidy
    assert _written(path) == before
    tidy_file(path, USUAL_RULES)
    after = _written(path)
    assert tidy_file(path, USUAL_RULES).is_tidy
    assert _written(path) == after
