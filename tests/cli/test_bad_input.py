"""The table of bad input: one clear sentence, status 1, and the library as it was."""

from functools import partial
from pathlib import Path

import pytest

from refman.storage.opener import SqliteOpener
from tests.cli.conftest import PAGE, Cli
from tests.cli.refusals import digest_of, limited, sentence_of
from tests.lock_holder import held


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n\x00\x01", "is a PDF, not text"),
        (b"\x00\x01\x02\xff" * 100, "is a binary file, not text"),
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"Dear diary, nothing to cite today.", "the formats tried are author page (profile), BibTeX (bibtex)"),
        (b"TY  - JOUR\nER  - ", "looks like RIS"),
        (b"@comment{only a comment}", "holds no paper"),
    ],
)
def test_a_file_that_gives_no_paper(cli: Cli, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)
    done = cli("import", path, "--json", fails=1)
    sentence = sentence_of(done.err)
    assert said in sentence
    assert str(path) in sentence
    assert done.json["problems"] == [{"file": str(path), "line": 0, "message": sentence}]


@pytest.mark.usefixtures("unchanged")
def test_a_page_without_papers(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE.read_text("utf-8").split("23 Papers")[0])
    done = cli("import", path, "--captured-on", "2026-11-22", fails=1)
    assert f"{path} was read as author page (profile) and holds no paper" in done.err


@pytest.mark.usefixtures("unchanged")
def test_folders_missing_and_unreadable_files(cli: Cli, tmp_path: Path, library: Path) -> None:
    assert "is a folder; name the files in it" in sentence_of(cli("import", tmp_path, fails=1).err)
    assert "There is no file" in sentence_of(cli("import", tmp_path / "nope.txt", fails=1).err)
    too_long = tmp_path / ("x" * 300)
    assert "cannot be read: File name too long" in sentence_of(cli("import", too_long, fails=1).err)
    link = tmp_path / "link.txt"
    link.symlink_to(library)
    for path in (library, link):
        assert "is a refman library, not a file to import" in sentence_of(cli("import", path, fails=1).err)


@pytest.mark.usefixtures("unchanged")
def test_an_export_over_the_library(cli: Cli, library: Path, tmp_path: Path) -> None:
    link = tmp_path / "refs.bib"
    link.symlink_to(library)
    wal = Path(f"{library}-wal")
    for target in (library, link, wal, Path(f"{library}.lock")):
        assert "no export replaces it" in sentence_of(cli("export", "--output", target, fails=1).err)
    before = digest_of(library)
    hard = tmp_path / "hard.bib"
    hard.hardlink_to(library)
    assert "no export replaces it" in sentence_of(cli("export", "--output", hard, fails=1).err)
    assert digest_of(library) == before
    assert cli("search", "co-mathematician").out.startswith("zheng2026ai")
    hard.unlink()


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk(cli: Cli, tmp_path: Path) -> None:
    assert "There is no room to write /dev/full" in sentence_of(cli("export", "--output", "/dev/full", fails=1).err)
    target = tmp_path / "refs.ris"
    target.write_text("old")
    done = limited(33_000, "export", "--format", "ris", "--output", str(target))
    assert "no room" in done
    assert target.read_text() == "old"


@pytest.mark.usefixtures("unchanged")
def test_places_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    assert "is a folder; name a file in it" in sentence_of(cli("export", "--output", tmp_path, fails=1).err)
    missing = tmp_path / "no" / "refs.bib"
    assert "No such file or directory" in sentence_of(cli("export", "--output", missing, fails=1).err)
    sentence_of(cli("backup", tmp_path / "no" / "copy.refman", fails=1).err)


@pytest.mark.usefixtures("unchanged")
def test_an_export_over_a_file_that_is_write_protected(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "refs.ris"
    target.write_text("mine")
    target.chmod(0o444)
    said = sentence_of(cli("export", "--format", "ris", "--output", target, fails=1).err)
    assert f"{target} is write-protected" in said
    assert target.read_text() == "mine"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "zheng2026ai", "nope", "neither"), "no papers with the keys nope, neither"),
        (("delete", "zheng2026ai", "nope"), "no paper with the key nope"),
        (("tag", "add", "rl", "zheng2026ai", "nope"), "no paper with the key nope"),
        (("tag", "remove", "rl", "zheng2026ai"), 'no tag "rl"'),
        (("tag", "rename", "rl", "x"), 'no tag "rl"'),
        (("tag", "delete", "rl"), 'no tag "rl"'),
        (("note", "list", "nope"), "no paper with the key nope"),
        (("note", "edit", "9", "x"), "no note 9"),
        (("note", "delete", "9"), "no note 9"),
        (("note", "add", "zheng2026ai", " "), "The note is empty"),
        (("profile", "show", "Nobody"), 'no author profile "Nobody"; those here are: Lars Buesing'),
        (("export", "--key", "nope"), "no paper with the key nope"),
        (("redo",), "no step to do again"),
        (("edit", "zheng2026ai", "year=soon"), '"soon" is not a year'),
        (("edit", "zheng2026ai", "title=x", "key=archer2015black"), "archer2015black"),
        (("edit", "zheng2026ai", "year=2020", "year=2021"), "year= is given twice, so nothing was changed"),
        (("edit", "zheng2026ai", "year=2020", "fields.year=2021"), "fields.year= is given twice"),
        (("show", "id=999"), "no paper with the key id=999"),
        (("edit", "zheng2026ai", "a b=x"), '"a b" cannot be the name of a BibTeX field'),
    ],
)
def test_what_is_not_there_or_cannot_be(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    assert said in sentence_of(cli(*arguments, fails=1).err)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("edit", "zheng2026ai", "key=archer2015black"), "or did in an export; choose another one."),
        (("edit", "zheng2026ai", "key=a\nb"), 'The key "a b" holds a blank'),
        (("tag", "delete", "rl"), 'There is no tag "rl" in this library; check its name.'),
        (("note", "edit", "9", "x"), "; check its number."),
        (("note", "delete", "9"), "; check its number."),
        (("show", "nope"), "nothing was done; check the key."),
    ],
)
def test_a_refusal_is_one_line_that_ends_with_what_to_do(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    assert said in sentence_of(cli(*arguments, fails=1).err)


@pytest.mark.usefixtures("page")
def test_an_import_that_the_library_refuses_says_so_once(
    cli: Cli, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))
    with held(library):
        done = cli("import", "-", stdin=b"@misc{new, title={New}, author={Roe, R.}}", fails=1)
    assert "is being changed by" in sentence_of(done.err)
