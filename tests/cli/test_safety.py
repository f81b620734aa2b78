"""Backup, restore, check, rescue and rebuild on the command line."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cut_off import cut_off


def backups_of(library: Path) -> list[str]:
    folder = library.with_name("library.backups")
    return sorted(path.name for path in folder.glob("*.refman")) if folder.exists() else []


def test_what_a_command_changed_is_backed_up_when_it_is_due(cli: Cli, library: Path, page: list[str]) -> None:
    assert len(backups_of(library)) == 1
    cli("tag", "add", "rl", page[0])
    # A quarter of an hour must pass.
    assert len(backups_of(library)) == 1
    written = cli("backup").out
    assert written.startswith("Wrote ")
    assert len(backups_of(library)) == 2


def test_a_backup_is_found_previewed_and_restored_by_its_number(cli: Cli, library: Path, page: list[str]) -> None:
    cli("delete", page[0])
    cli("trash", "empty")
    listed = cli("restore", "--list").out.splitlines()
    assert len(listed) == 1
    assert cli("restore", "--list", "--json").json[0]["number"] == 1
    preview = cli("restore", "1", "--preview").out
    assert preview.splitlines()[:2] == ["22 papers now, 23 in the backup", "1 paper would come back"]
    assert cli("restore", "1", "--preview", "--json").json == {
        "here": 22, "there": 23, "going": 0, "coming": 1, "changing": 0, "others": [],
    }  # fmt: skip
    restored = cli("restore", "1").out
    kept = restored.strip().rpartition(" ")[2]
    assert len(cli("search", "", "--json").json) == 23
    # The restore itself can be taken back.
    cli("restore", kept)
    assert len(cli("search", "", "--json").json) == 22
    # What was there was backed up first.
    assert any("-restore." in name for name in backups_of(library))


def test_a_library_that_is_gone_comes_back_from_a_backup(cli: Cli, library: Path, page: list[str]) -> None:
    cli("backup", library.parent / "copy.refman")
    library.unlink()
    assert cli("restore", library.parent / "copy.refman").out == f"Restored {library}\n"
    assert len(cli("search", "", "--json").json) == len(page)


def test_no_backup_of_that_number(cli: Cli, page: list[str]) -> None:
    assert "There is no backup 77" in cli("restore", "77", fails=1).err


def test_no_backups_yet(cli: Cli, library: Path) -> None:
    cli("init")
    assert "no backups yet" in cli("restore").out
    assert cli("restore", "--list", "--json").json == []


def test_on_a_terminal_a_restore_that_takes_many_papers_asks(
    cli: Cli, library: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("init")
    empty = own_home / "empty.refman"
    cli("backup", empty)
    bib = own_home / "many.bib"
    bib.write_text("".join(f"@misc{{k{n}, title={{Paper {n}}}}}\n" for n in range(30)))
    cli("import", bib)
    monkeypatch.setattr("refman.cli.safety_commands.is_terminal", lambda _: True)
    refused = cli("restore", empty, stdin=b"n\n", fails=1)
    assert "30 papers would go" in refused.out
    assert len(cli("search", "", "--json").json) == 30
    cli("restore", empty, stdin=b"y\n")
    assert cli("search", "", "--json").json == []


def test_text_and_back(cli: Cli, library: Path, page: list[str], own_home: Path) -> None:
    cli("note", "add", page[0], "Mine")
    assert "library.json" in cli("backup", "--text").out
    again = own_home / "again.refman"
    assert "23 papers" in cli("rebuild", library.with_name("library.backups"), again).out
    assert cli("--library", again, "show", page[0], "--json").json[0]["notes"][0]["text"] == "Mine"
    assert "already" in cli("rebuild", library.with_name("library.backups"), again, fails=1).err


def test_rescue(cli: Cli, library: Path, page: list[str], own_home: Path) -> None:
    assert "Rescued 23 papers" in cli("rescue", library, own_home / "out.bib").out
    assert (own_home / "out.bib").read_text().count("@") >= 23


def test_a_deep_check_is_remembered_and_stops_backups(cli: Cli, library: Path, page: list[str]) -> None:
    assert "is sound" in cli("check", "--deep").out
    pdf = library.with_name("a.pdf")
    pdf.write_bytes(b"%PDF")
    record = library.with_name("library.backups") / "safety.json"
    assert '"was_deep": true' in record.read_text()
    # A page in the middle is lost.
    data = bytearray(library.read_bytes())
    data[8 * 4096 : 12 * 4096] = bytes(4 * 4096)
    library.write_bytes(data)
    for name in ("-wal", "-shm"):
        if os.path.exists(f"{library}{name}"):
            os.unlink(f"{library}{name}")
    before = backups_of(library)
    assert "not sound" in cli("check", "--deep", fails=1).err
    cli("backup", fails=1)
    assert backups_of(library) == before


def test_a_command_is_done_when_its_backup_cannot_be_made(cli: Cli, library: Path, own_home: Path) -> None:
    library.with_name("library.backups").write_text("in the way")
    bib = own_home / "one.bib"
    bib.write_text("@misc{a, title={b}}")
    done = cli("import", bib)
    assert "no backup was made" in done.err
    assert len(cli("search", "", "--json").json) == 1


def test_modes_are_private_whatever_the_umask(cli: Cli, library: Path, own_home: Path) -> None:
    old = os.umask(0)
    try:
        bib = own_home / "one.bib"
        bib.write_text("@misc{a, title={b}}")
        cli("import", bib)
        cli("backup", "--text")
        cli("backup", own_home / "copy.refman")
    finally:
        os.umask(old)
    files = [*own_home.glob("*.refman*"), *library.with_name("library.backups").iterdir()]
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files} == {path.name: "0o600" for path in files}
    assert library.with_name("library.backups").stat().st_mode & 0o777 == 0o700


def test_a_library_that_is_gone_comes_back_from_its_backup(cli: Cli, library: Path, page: list[str]) -> None:
    cli("backup")
    for path in library.parent.glob(f"{library.name}*"):
        path.unlink()
    assert "make one with" in cli("search", "", fails=1).err
    assert cli("restore", "1").out == f"Restored {library}\n"
    assert len(cli("search", "", "--json").json) == 23


def test_a_library_in_a_risky_place_is_made_and_told(cli: Cli, own_home: Path) -> None:
    folder = own_home / "OneDrive"
    location = folder / "papers.refman"
    for command in (("init",), ("check",)):
        done = cli("--library", location, *command)
        assert "is in a folder that OneDrive keeps in step" in done.err
    assert "cloud" not in cli("--library", own_home / "papers.refman", "init").err


def test_what_a_crash_had_cut_off_is_told_once(cli: Cli, library: Path) -> None:
    cli("import", "-", stdin=b"@misc{one, title = {One}}")
    cut_off(library)
    told = "refman: Big: was cut off before its end, so nothing of it is left; do it again if you still want it.\n"
    done = cli("search", "")
    assert (done.err, done.out.count("\n")) == (told, 1)
    assert cli("search", "").err == ""


@pytest.mark.parametrize(("version", "told"), [((3, 51, 2), [0, 1]), ((3, 52, 0), [1, 1]), ((3, 51, 3), [0, 0])])
def test_a_version_of_sqlite_that_loses_something_is_told(
    cli: Cli, page: list[str], monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], told: list[int]
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    name = f"SQLite {version[0]}.{version[1]}.{version[2]} "
    assert [cli(*words).err.count(name) for words in (("search", "x"), ("check",))] == told
