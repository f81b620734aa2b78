"""Where an export goes: files whole or not at all, pipes and devices as they stand, never a library."""

import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from refman.domain.errors import DiskFull, ExportRefused
from refman.services.export_target import check_target, is_replaced, replace_file, write_through


def _accept(blocks: Iterable[str]) -> None:
    """Nothing is wrong."""


def _refuse(blocks: Iterable[str]) -> None:
    raise ExportRefused("miscounted", f"not {''.join(blocks)}")


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_usual_mode_and_exact_bytes(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    mask = os.umask(0o027)
    try:
        replace_file(target, ["é\n", "\r\nx"], check=_accept)
    finally:
        os.umask(mask)
    assert target.read_bytes() == "é\n\r\nx".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert _left(tmp_path) == ["refs.bib"]


def test_what_is_replaced_keeps_its_mode_and_owner(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    target.chmod(0o604)
    before = target.stat()
    replace_file(target, ["new"], check=_accept)
    after = target.stat()
    assert target.read_text() == "new"
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert after.st_ino != before.st_ino


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.bib", tmp_path / "link.bib"
    real.write_text("old")
    link.symlink_to("real.bib")
    replace_file(link, ["new"], check=_accept)
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_link_that_leads_nowhere_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.bib"
    link.symlink_to("later.bib")
    assert is_replaced(link)
    replace_file(link, ["new"], check=_accept)
    assert (tmp_path / "later.bib").read_text() == "new"


def _failing() -> Iterator[str]:
    yield "half"
    raise KeyboardInterrupt


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        replace_file(target, _failing(), check=_accept)
    with pytest.raises(ExportRefused, match="not new"):
        replace_file(target, ["new"], check=_refuse)
    assert target.read_text() == "old"
    assert _left(tmp_path) == ["refs.bib"]


def test_the_text_is_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def seen_fsync(descriptor: int) -> None:
        order.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        fsync(descriptor)

    def seen_replace(source: str, target: str) -> None:
        order.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "replace", seen_replace)
    replace_file(tmp_path / "refs.bib", ["new"], check=lambda _: order.append("check"))
    assert order == ["sync file", "check", "rename", "sync folder"]


def test_a_failing_rename_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")

    def fail(source: str, destination: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(ExportRefused, match="Input/output error"):
        replace_file(target, ["new"], check=_accept)
    assert target.read_text() == "old"
    assert _left(tmp_path) == ["refs.bib"]


def test_a_file_of_another_owner_that_cannot_be_given_away_becomes_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")

    def refuse(descriptor: int, owner: int, group: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    replace_file(target, ["new"], check=_accept)
    assert target.read_text() == "new"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="No such file or directory"):
        replace_file(tmp_path / "no" / "refs.bib", ["new"], check=_accept)
    with pytest.raises(ExportRefused, match="Not a directory"):
        write_through(Path("/dev/null/x"), ["new"])


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(DiskFull, match="no room"):
            replace_file(target, ["x" * 10_000], check=_accept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_text() == "old"
    assert _left(tmp_path) == ["refs.bib"]
    with pytest.raises(DiskFull):
        write_through(Path("/dev/full"), ["x"])


def test_pipes_and_devices_are_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert [is_replaced(path) for path in (pipe, Path("/dev/null"), Path("/dev/stdout"))] == [False] * 3
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        write_through(pipe, ["a", "b"])
        assert reader.communicate()[0] == "ab"
    assert pipe.is_fifo()


def test_a_reader_that_went_away_is_no_refusal(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from refman.services.export_target import write_through\n"
        "try: write_through(pathlib.Path('/dev/stdout'), ('x' * 100_000 for _ in range(100)))\n"
        "except BrokenPipeError: sys.exit(7)"
    )
    shell = f'{sys.executable} -c "$0" | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", shell, script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "7"


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal", ".lock"])
@pytest.mark.parametrize("way", ["itself", "symlink", "hard link"])
def test_a_library_and_its_companions_are_never_written_over(tmp_path: Path, ending: str, way: str) -> None:
    library = tmp_path / "papers.refman"
    victim, link = Path(f"{library}{ending}"), tmp_path / "refs.bib"
    victim.write_text("precious")
    if way == "symlink":
        link.symlink_to(victim)
    elif way == "hard link":
        link.hardlink_to(victim)
    with pytest.raises(ExportRefused, match="refman library"):
        check_target(victim if way == "itself" else link, str(library))


def test_other_libraries_and_folders_are_refused_too(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="refman library"):
        check_target(tmp_path / "other.refman", str(tmp_path / "papers.refman"))
    with pytest.raises(ExportRefused, match="is a folder"):
        check_target(tmp_path, str(tmp_path / "papers.refman"))
    check_target(tmp_path / "refs.bib", str(tmp_path / "papers.refman"))


def test_extended_attributes_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.a"])
    monkeypatch.setattr(os, "getxattr", lambda _, name: b"v")
    monkeypatch.setattr(os, "setxattr", lambda _, name, value: kept.update({name: value}))
    replace_file(target, ["new"], check=_accept)
    assert kept == {"user.a": b"v"}


@pytest.mark.parametrize("there", [b"neW", b"ne\xff", b"ne", b"new "])
def test_a_disk_that_gives_back_something_else_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes
) -> None:
    target = tmp_path / "refs.bib"
    target.write_text("old")
    real = os.fsync

    def spoil(descriptor: int) -> None:
        real(descriptor)
        if written := list(tmp_path.glob(".refs.bib.*")):
            written[0].write_bytes(there)

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(ExportRefused) as caught:
        replace_file(target, ["n", "ew"], check=_accept)
    assert caught.value.code == "export-unsound"
    assert target.read_text() == "old"
    assert _left(tmp_path) == ["refs.bib"]
