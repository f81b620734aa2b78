"""The table of bad input: one clear sentence, status 1, and the library as it was."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from refman.storage.opener import SqliteOpener
from tests.cli.conftest import PAGE, Cli
from tests.lock_holder import held


def _sentence(done_err: str) -> str:
    """The one line on standard error."""
    (line,) = done_err.splitlines()
    assert line.startswith("refman: ")
    return line.removeprefix("refman: ")


def _content(cli: Cli) -> tuple[str, str, str]:
    """Everything the library says of itself."""
    return cli("search", "", "--json").out, cli("history", "--json").out, cli("profile", "list", "--json").out


@pytest.fixture
def unchanged(cli: Cli, page: list[str]) -> Iterator[None]:
    """The library with the page is afterwards what it was before."""
    before = _content(cli)
    yield
    assert _content(cli) == before
    assert cli("check").out.endswith("is sound\n")


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
    sentence = _sentence(done.err)
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
    assert "is a folder; name the files in it" in _sentence(cli("import", tmp_path, fails=1).err)
    assert "There is no file" in _sentence(cli("import", tmp_path / "nope.txt", fails=1).err)
    too_long = tmp_path / ("x" * 300)
    assert "cannot be read: File name too long" in _sentence(cli("import", too_long, fails=1).err)
    link = tmp_path / "link.txt"
    link.symlink_to(library)
    for path in (library, link):
        assert "is a refman library, not a file to import" in _sentence(cli("import", path, fails=1).err)


def test_a_missing_library_is_named_and_not_made(cli: Cli, library: Path, tmp_path: Path) -> None:
    commands = (
        "search x|show a|edit a b=c|export|tag add t a|tag remove t a|tag list|tag rename a b|tag merge a b|"
        "tag delete a|note add a x|note list a|note edit 1 x|note delete 1|delete a|trash list|trash restore a|"
        "trash empty|profile list|profile show a|undo|redo|history|check|backup b"
    )
    for command in commands.split("|"):
        sentence = _sentence(cli(*command.split(), fails=1).err)
        assert f"There is no library at {library}" in sentence, command
    assert not library.exists()
    other = tmp_path / "other.refman"
    assert str(other) in _sentence(cli("search", "x", "--library", other, fails=1).err)
    assert not other.exists()


def test_a_team_library_is_not_opened_yet(cli: Cli) -> None:
    address = "postgresql+psycopg://host/papers"
    for command in (("init",), ("search", ""), ("import", PAGE), ("restore", PAGE)):
        assert address in _sentence(cli("--library", address, *command, fails=1).err)


def test_init_over_something_that_is_there(cli: Cli, library: Path) -> None:
    cli("init")
    before = library.stat()
    assert f"There is a file at {library} already" in _sentence(cli("init", fails=1).err)
    assert library.stat() == before


@pytest.mark.parametrize("content", [b"Dear diary", b"", b"SQLite format 3\0" + b"x" * 100])
def test_what_is_no_library(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    for command in (("search", ""), ("import", PAGE), ("export",), ("check",)):
        assert str(path) in _sentence(cli("--library", path, *command, fails=1).err)
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.usefixtures("page")
def test_a_newer_library_is_refused_and_not_one_byte_changes(cli: Cli, library: Path) -> None:
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = _digest(library), sorted(os.listdir(library.parent))
    for command in (("search", ""), ("import", PAGE), ("edit", "a", "b=c"), ("check",)):
        assert "newer refman" in _sentence(cli(*command, fails=1).err)
    assert (_digest(library), sorted(os.listdir(library.parent))) == before


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.usefixtures("page")
def test_a_library_that_cannot_be_written_can_be_read(cli: Cli, library: Path, tmp_path: Path) -> None:
    before = _content(cli)
    cli("show", "zheng2026ai")
    library.chmod(0o444)
    folder = library.parent
    folder.chmod(0o555)
    try:
        assert _content(cli) == before
        for command in (("edit", "zheng2026ai", "title=x"), ("delete", "zheng2026ai"), ("undo",)):
            assert "cannot be written" in _sentence(cli(*command, fails=1).err)
        changed = tmp_path / "page.txt"
        changed.write_text(PAGE.read_text("utf-8").replace("AI Co-Math", "Co-Math"))
        done = cli("import", changed, "--json", fails=1)
        assert done.json["added"] == 0
        assert "cannot be written" in done.json["problems"][-1]["message"]
        assert cli("export", "--format", "ris", "--output", tmp_path / "x.ris").out == ""
    finally:
        folder.chmod(0o700)
        library.chmod(0o600)


@pytest.mark.usefixtures("unchanged")
def test_a_library_in_use_names_its_holder(cli: Cli, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))
    with held(library) as pid:
        for command in (("edit", "zheng2026ai", "title=x"), ("tag", "add", "rl", "zheng2026ai"), ("undo",)):
            assert f"process {pid} on elsewhere" in _sentence(cli(*command, fails=1).err)
        assert cli("search", "co-mathematician").out.startswith("zheng2026ai")


@pytest.mark.usefixtures("unchanged")
def test_an_export_over_the_library(cli: Cli, library: Path, tmp_path: Path) -> None:
    link = tmp_path / "refs.bib"
    link.symlink_to(library)
    wal = Path(f"{library}-wal")
    for target in (library, link, wal, Path(f"{library}.lock")):
        assert "no export replaces it" in _sentence(cli("export", "--output", target, fails=1).err)
    before = _digest(library)
    hard = tmp_path / "hard.bib"
    hard.hardlink_to(library)
    assert "no export replaces it" in _sentence(cli("export", "--output", hard, fails=1).err)
    assert _digest(library) == before
    assert cli("search", "co-mathematician").out.startswith("zheng2026ai")
    hard.unlink()


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk(cli: Cli, tmp_path: Path) -> None:
    assert "There is no room to write /dev/full" in _sentence(cli("export", "--output", "/dev/full", fails=1).err)
    target = tmp_path / "refs.ris"
    target.write_text("old")
    done = _limited(33_000, "export", "--format", "ris", "--output", str(target))
    assert "no room" in done
    assert target.read_text() == "old"


def _limited(most_bytes: int, *arguments: str) -> str:
    """What a command says in whose process no file can grow beyond some bytes; it must fail."""
    script = (
        "import resource, sys; from refman.app.main import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True)
    assert done.returncode == 1
    return _sentence(done.stderr)


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_under_the_library() -> None:
    assert "nothing was changed" in _limited(1_000, "edit", "zheng2026ai", "abstract=" + "x" * 100_000)


@pytest.mark.usefixtures("unchanged")
def test_places_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    assert "is a folder; name a file in it" in _sentence(cli("export", "--output", tmp_path, fails=1).err)
    missing = tmp_path / "no" / "refs.bib"
    assert "No such file or directory" in _sentence(cli("export", "--output", missing, fails=1).err)
    _sentence(cli("backup", tmp_path / "no" / "copy.refman", fails=1).err)


@pytest.mark.usefixtures("unchanged")
def test_a_backup_that_is_none_is_not_restored(cli: Cli, tmp_path: Path, library: Path) -> None:
    for content in (b"Dear diary", b""):
        (tmp_path / "diary.txt").write_bytes(content)
        _sentence(cli("restore", tmp_path / "diary.txt", fails=1).err)
    _sentence(cli("restore", tmp_path / "nope", fails=1).err)
    _sentence(cli("backup", library, fails=1).err)


@pytest.mark.usefixtures("page")
def test_a_backup_replaces_no_file_of_another_program(cli: Cli, tmp_path: Path) -> None:
    backup = tmp_path / "backup.refman"
    cli("backup", backup)
    diary, other, named = tmp_path / "diary.txt", tmp_path / "other.db", tmp_path / "other.refman"
    diary.write_text("Dear diary")
    for path in (other, named):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE mine (x)")
    for path in (diary, other, named, tmp_path):
        before = sorted(os.listdir(tmp_path)), path.is_file() and path.read_bytes()
        assert f"{path} is not a refman library" in _sentence(cli("--library", path, "restore", backup, fails=1).err)
        assert (sorted(os.listdir(tmp_path)), path.is_file() and path.read_bytes()) == before
    broken = tmp_path / "broken.refman"
    broken.write_bytes(b"\0" * 5000)
    cli("--library", broken, "restore", backup)
    assert len(cli("--library", broken, "search", "", "--json").json) == 23


@pytest.mark.usefixtures("unchanged")
def test_an_export_over_a_file_that_is_write_protected(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "refs.ris"
    target.write_text("mine")
    target.chmod(0o444)
    said = _sentence(cli("export", "--format", "ris", "--output", target, fails=1).err)
    assert f"{target} is write-protected" in said
    assert target.read_text() == "mine"


def test_a_library_whose_folder_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    location = tmp_path / "file" / "papers.refman"
    assert "Traceback" not in cli("--library", location, "init", fails=1).err
    done = cli("--library", location, "import", PAGE, "--json", fails=1)
    assert done.json["added"] == 0
    assert str(tmp_path / "file") in done.json["problems"][-1]["message"]


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
    assert said in _sentence(cli(*arguments, fails=1).err)


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
    assert said in _sentence(cli(*arguments, fails=1).err)


@pytest.mark.usefixtures("page")
def test_an_import_that_the_library_refuses_says_so_once(
    cli: Cli, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refman.app.wiring.SqliteOpener", partial(SqliteOpener, wait_s=0.05))
    with held(library):
        done = cli("import", "-", stdin=b"@misc{new, title={New}, author={Roe, R.}}", fails=1)
    assert "is being changed by" in _sentence(done.err)
