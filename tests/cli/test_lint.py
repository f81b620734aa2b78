"""`lint` and `tidy`: for people at a terminal, for CI and for pre-commit."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.source import ROOT

_ODD = "@article{a, author={A}, title={On it}, journal={J}, year={2001},\n  pages={1-2}, isbn={0306406153}}\n"
_TIDY = "@misc{a,\n  title = {T},\n}\n"


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    """A file with a single hyphen and a wrong check digit."""
    path = tmp_path / "refs.bib"
    path.write_text(_ODD)
    return path


def test_findings_have_places_and_fail(cli: Cli, refs: Path) -> None:
    done = cli("lint", refs, fails=1)
    assert done.out == (
        f"{refs}:2:9: notice: a: The pages 1-2 are written 1--2 for BibTeX. [pages*]\n"
        f"{refs}:2:21: warning: a: The check digit of the ISBN 0306406153 is wrong: a digit was mistyped. [isbn]\n"
    )
    assert done.err == "refman: 2 findings.\n"


def test_findings_as_json(cli: Cli, refs: Path) -> None:
    assert cli("lint", "--check", "pages", "--json", refs, fails=1).json == [
        {
            "file": str(refs),
            "line": 2,
            "column": 9,
            "key": "a",
            "check": "pages",
            "severity": "notice",
            "field": "pages",
            "code": "pages-form",
            "message": "The pages 1-2 are written 1--2 for BibTeX.",
            "fix": {"before": "1-2", "after": "1--2", "certain": True},
        }
    ]


def test_a_fix_is_shown_before_it_is_done(cli: Cli, refs: Path) -> None:
    done = cli("lint", "--fix", "pages", "--dry-run", refs, fails=1)
    assert done.out == (
        f"--- {refs}\n+++ {refs}\n@@ -1,2 +1,2 @@\n {_ODD.splitlines()[0]}\n"
        "-  pages={1-2}, isbn={0306406153}}\n+  pages={1--2}, isbn={0306406153}}\n"
    )
    assert done.err == f"refman: {refs}: 1 place would be fixed\n"
    assert [one["check"] for one in cli("lint", "--fix", "pages", "--dry-run", "--json", refs, fails=1).json] == [
        "pages",
        "isbn",
    ]
    assert refs.read_text() == _ODD
    assert cli("lint", "--fix", "isbn", "--dry-run", refs).out == ""
    assert "name the checks" in cli("lint", "--dry-run", refs, fails=1).err


def test_fixes_of_the_library_are_shown_before_they_are_done(cli: Cli, refs: Path) -> None:
    cli("import", refs)
    done = cli("lint", "--fix", "pages", "--dry-run", fails=1)
    assert done.out == "a: pages: {1-2} -> {1--2}\n"
    assert done.err == "refman: 1 place would be fixed\n"
    seen = cli("lint", "--fix", "pages", "--dry-run", "--json", "--query", "key:a", fails=1).json
    assert [(one["key"], one["before"], one["after"]) for one in seen] == [("a", "{1-2}", "{1--2}")]
    cli("lint", "--fix", "pages", fails=1)
    assert cli("lint", "--fix", "pages", "--dry-run").out == ""


def test_a_clean_file_is_0(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "clean.bib"
    path.write_text("@misc{a, author={A}, title={T}}")
    assert cli("lint", path).out == ""
    assert cli("lint", path, "--json").json == []


def test_fixing_mends_and_names_what_is_left(cli: Cli, refs: Path) -> None:
    done = cli("lint", "--fix", "pages,isbn", refs, fails=1)
    assert "[isbn]" in done.out
    assert "pages" not in done.out
    assert f"{refs}: 1 place fixed" in done.err
    assert refs.read_text() == _ODD.replace("1-2", "1--2")
    assert cli("lint", "--fix", "all", "--skip", "isbn", refs).out == ""


def test_unknown_checks_and_rules_are_named(cli: Cli, refs: Path) -> None:
    assert "there is no check commas; the checks are syntax, key" in cli("lint", "--fix", "commas", refs, fails=2).err
    assert "there is no rule isbn; the rules are sort" in cli("tidy", "--rules", "isbn", refs, fails=2).err


def test_of_several_files_each_is_looked_at(cli: Cli, refs: Path, tmp_path: Path) -> None:
    done = cli("lint", tmp_path / "none.bib", refs, fails=1)
    assert "none.bib cannot be read" in done.err
    assert "[pages*]" in done.out
    assert "none.bib cannot be read" in cli("tidy", tmp_path / "none.bib", refs, fails=1).err


def test_strings_of_a_file_hold_in_those_behind_it(cli: Cli, tmp_path: Path) -> None:
    strings, refs = tmp_path / "strings.bib", tmp_path / "refs.bib"
    strings.write_text('@string{jx = "Journal of X"}')
    refs.write_text("@misc{a, author={A}, title={T}, howpublished=jx}")
    assert cli("lint", strings, refs).out == ""
    assert "No @string defines jx" in cli("lint", refs, strings, fails=1).out


def test_the_dialect_can_be_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, author={A}, title={T}, month={Spring}}")
    assert cli("lint", path).out == ""
    assert "“Spring” is no month" in cli("lint", "--dialect", "biblatex", path, fails=1).out


def test_the_library_is_checked_without_a_file(cli: Cli, refs: Path, library: Path) -> None:
    cli("import", refs)
    done = cli("lint", fails=1)
    assert done.out.splitlines() == [
        "a: warning: The check digit of the ISBN 0306406153 is wrong: a digit was mistyped. [isbn]",
        "a: notice: The pages 1-2 are written 1--2 for BibTeX. [pages*]",
    ]
    assert cli("lint", "--query", "key:b").out == ""
    assert [found["check"] for found in cli("lint", "--json", fails=1).json] == ["isbn", "pages"]
    fixed = cli("lint", "--fix", "all", "--skip", "isbn")
    assert "1 paper fixed" in fixed.err
    assert "1--2" in cli("export").out
    assert cli("undo").out.startswith("Undone: Fix ")
    assert "[pages*]" in cli("lint", fails=1).out
    assert library.exists()


def test_what_is_ignored_is_no_finding(cli: Cli, refs: Path) -> None:
    cli("import", refs)
    cli("edit", "a", "ignored_checks=isbn: as printed; pages: so it is")
    assert cli("lint").out == ""
    cli("edit", "a", "ignored_checks=")
    assert "[isbn]" in cli("lint", fails=1).out


def test_without_a_library_it_says_so(cli: Cli, library: Path) -> None:
    assert str(library) in cli("lint", fails=1).err


def test_tidy_says_what_it_does(cli: Cli, refs: Path) -> None:
    before = refs.read_text()
    checked = cli("tidy", "--check", refs, fails=1)
    assert checked.out == f"{refs}: would change 1 of 1 entry by indent, commas\n"
    assert refs.read_text() == before
    assert cli("tidy", "--check", "--json", refs, fails=1).json == [
        {"file": str(refs), "tidy": False, "rules": ["indent", "commas"], "changed": 1, "entries": 1}
    ]
    assert cli("tidy", refs).out == f"{refs}: tidied 1 of 1 entry by indent, commas\n"
    assert refs.read_text().startswith("@article{a,\n  author = {A},\n")
    assert cli("tidy", "--check", refs).out == ""


def test_rules_can_be_chosen(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text('@misc{b, note="x"}\n@misc{a, title={T}, x={1}}\n')
    cli("tidy", "--rules", "sort", path)
    assert path.read_text() == '@misc{a, title={T}, x={1}}\n@misc{b, note="x"}\n'
    cli("tidy", "--rules", "all", "--skip", "sort,delimiters", path)
    assert path.read_text() == '@misc{a,\n  title = {T},\n  x     = {1},\n}\n\n@misc{b,\n  note = "x",\n}\n'


def test_conflict_markers_stop_both(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    text = f"<<<<<<< a\n{_ODD}=======\n{_TIDY}>>>>>>> b\n"
    path.write_text(text)
    assert "Conflict markers" in cli("lint", "--fix", "all", path, fails=1).err
    assert "Conflict markers" in cli("tidy", path, fails=1).err
    assert path.read_text() == text
    assert "[syntax]" in cli("lint", path, fails=1).out


def test_hooks_of_pre_commit_name_commands_that_exist() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    entries = [line.partition(":")[2].split() for line in text.splitlines() if line.strip().startswith("entry:")]
    assert entries == [["refman", "lint"], ["refman", "tidy"], ["refman", "tidy", "--check"]]


def test_no_window_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, author={A}, title={T}}\n")
    code = (
        "import sys; from refman.app.main import main; "
        f"main(['tidy', {str(path)!r}]); main(['lint', {str(path)!r}]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_entries_that_an_import_could_not_read_are_listed(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    lines = "  a\n" * 9
    path.write_text("@misc{ok, title={T}, author={A B}}\n\n@article{bad,\n  title = {x,\n" + lines)
    cli("import", path)
    assert cli("lint", fails=1).out == (
        f"{path}:3: error: bad: The value of title is not closed; the entry is kept as text. [syntax]\n"
        "    @article{bad,\n      title = {x,\n" + "      a\n" * 6 + "    ... 3 more lines\n"
    )
    (found,) = cli("lint", "--json", fails=1).json
    assert (found["id"], found["key"], found["file"], found["line"]) == (None, "bad", str(path), 3)
    assert found["text"].startswith("@article{bad,\n  title = {x,\n")


def test_macros_of_the_project_are_known(cli: Cli, tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    text = "@article{a, author={A B}, title={T}, journal=jmlr, year={2001}, note=nobody}\n"
    refs.write_text(text)
    assert "No @string defines jmlr" in cli("lint", refs, fails=1).out
    (tmp_path / "own.bst").write_text('MACRO {jmlr} {"Journal of Machine Learning Research"}\n')
    (tmp_path / "main.tex").write_text("\\bibliographystyle{own}\\bibliography{refs}\n")
    said = cli("lint", refs, fails=1).out
    assert "jmlr" not in said and "No @string defines nobody" in said
    cli("lint", refs, "--fix", "syntax", "--unsure")
    assert refs.read_text() == text.replace("note=nobody", "note={nobody}")
    cli("link", refs)
    assert "Journal of Machine Learning Research" in cli("show", "a").out
    assert cli("links", "--differing").out.strip().startswith("in step")
