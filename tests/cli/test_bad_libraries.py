"""Libraries that cannot be opened or written: one clear sentence, status 1, and not a byte changed."""

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from refman.storage.opener import SqliteOpener
from tests.cli.conftest import PAGE, Cli, content_of
from tests.cli.refusals import digest_of, limited, sentence_of
from tests.lock_holder import held


def test_a_missing_library_is_named_and_not_made(cli: Cli, library: Path, tmp_path: Path) -> None:
    commands = (
        "search x|show a|edit a b=c|export|tag add t a|tag remove t a|tag list|tag rename a b|tag merge a b|"
        "tag delete a|note add a x|note list a|note edit 1 x|note delete 1|delete a|trash list|trash restore a|"
        "trash empty|profile list|profile show a|undo|redo|history|check|backup b"
    )
    for command in commands.split("|"):
        sentence = sentence_of(cli(*command.split(), fails=1).err)
        assert f"There is no library at {library}" in sentence, command
    assert not library.exists()
    other = tmp_path / "other.refman"
    assert str(other) in sentence_of(cli("search", "x", "--library", other, fails=1).err)
    assert not other.exists()


def test_a_team_library_is_not_opened_yet(cli: Cli) -> None:
    address = "postgresql+psycopg://host/papers"
    for command in (("init",), ("search", ""), ("import", PAGE), ("restore", PAGE)):
        assert address in sentence_of(cli("--library", address, *command, fails=1).err)


def test_init_over_something_that_is_there(cli: Cli, library: Path) -> None:
    cli("init")
    before = digest_of(library), library.stat().st_mtime_ns
    assert f"There is a file at {library} already" in sentence_of(cli("init", fails=1).err)
    assert (digest_of(library), library.stat().st_mtime_ns) == before


@pytest.mark.parametrize("content", [b"Dear diary", b"", b"SQLite format 3\0" + b"x" * 100])
def test_what_is_no_library(cli: Cli, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    for command in (("search", ""), ("import", PAGE), ("export",), ("check",)):
        assert str(path) in sentence_of(cli("--library", path, *command, fails=1).err)
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.usefixtures("page")
def test_a_newer_library_is_refused_and_not_one_byte_changes(cli: Cli, library: Path) -> None:
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = digest_of(library), sorted(os.listdir(library.parent))
    for command in (("search", ""), ("import", PAGE), ("edit", "a", "b=c"), ("check",)):
        assert "newer refman" in sentence_of(cli(*command, fails=1).err)
    assert (digest_of(library), sorted(os.listdir(library.parent))) == before


@pytest.mark.usefixtures("page")
def test_a_library_that_cannot_be_written_can_be_read(cli: Cli, library: Path, tmp_path: Path) -> None:
    before = content_of(cli)
    cli("show", "zheng2026ai")
    library.chmod(0o444)
    folder = library.parent
    folder.chmod(0o555)
    try:
        assert content_of(cli) == before
        for command in (("edit", "zheng2026ai", "title=x"), ("delete", "zheng2026ai"), ("undo",)):
            assert "cannot be written" in sentence_of(cli(*command, fails=1).err)
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
            assert f"process {pid} on elsewhere" in sentence_of(cli(*command, fails=1).err)
        assert cli("search", "co-mathematician").out.startswith("zheng2026ai")


@pytest.mark.usefixtures("unchanged")
def test_a_full_disk_under_the_library() -> None:
    assert "nothing was changed" in limited(1_000, "edit", "zheng2026ai", "abstract=" + "x" * 100_000)


@pytest.mark.usefixtures("unchanged")
def test_a_backup_that_is_none_is_not_restored(cli: Cli, tmp_path: Path, library: Path) -> None:
    for content in (b"Dear diary", b""):
        (tmp_path / "diary.txt").write_bytes(content)
        sentence_of(cli("restore", tmp_path / "diary.txt", fails=1).err)
    sentence_of(cli("restore", tmp_path / "nope", fails=1).err)
    sentence_of(cli("backup", library, fails=1).err)


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
        assert f"{path} is not a refman library" in sentence_of(cli("--library", path, "restore", backup, fails=1).err)
        assert (sorted(os.listdir(tmp_path)), path.is_file() and path.read_bytes()) == before
    broken = tmp_path / "broken.refman"
    broken.write_bytes(b"\0" * 5000)
    cli("--library", broken, "restore", backup)
    assert len(cli("--library", broken, "search", "", "--json").json) == 23


def test_a_library_whose_folder_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    location = tmp_path / "file" / "papers.refman"
    assert "Traceback" not in cli("--library", location, "init", fails=1).err
    done = cli("--library", location, "import", PAGE, "--json", fails=1)
    assert done.json["added"] == 0
    assert str(tmp_path / "file") in done.json["problems"][-1]["message"]
