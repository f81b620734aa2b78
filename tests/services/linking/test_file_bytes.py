"""Replacing a file: as a whole or not at all, only while it is the one that was read, with everything it had."""

import errno
import os
import subprocess
from pathlib import Path

import pytest

from refman.domain.errors import ConflictError, DiskFull, ExportRefused, UnreadableInput
from refman.services.linking.builds import is_building
from refman.services.linking.file_bytes import read_bytes, remove_temporaries, replace_bytes, sha256_of, stamp_of


def _accept(_: bytes) -> None:
    """Any bytes will do."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds `old`."""
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    return path


def test_a_file_is_replaced_and_its_stamp_told(path: Path) -> None:
    stamp = replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)
    assert path.read_bytes() == b"new"
    assert stamp == stamp_of(path) == read_bytes(path).stamp
    assert os.listdir(path.parent) == ["refs.bib"]


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_bytes(tmp_path / "new.bib", b"x", expected=None, check=_accept)
    finally:
        os.umask(mask)
    assert (tmp_path / "new.bib").stat().st_mode & 0o777 == 0o640


def test_another_file_than_expected_is_left_alone(path: Path) -> None:
    with pytest.raises(ConflictError, match="changed meanwhile"):
        replace_bytes(path, b"new", expected=sha256_of(b"other"), check=_accept)
    with pytest.raises(ConflictError):
        replace_bytes(path, b"new", expected=None, check=_accept)
    assert path.read_bytes() == b"old"
    assert os.listdir(path.parent) == ["refs.bib"]


def test_what_does_not_read_back_is_not_written(path: Path) -> None:
    def refuse(data: bytes) -> None:
        raise ExportRefused("x", f"no: {data!r}")

    with pytest.raises(ExportRefused, match="new"):
        replace_bytes(path, b"new", expected=sha256_of(b"old"), check=refuse)
    assert path.read_bytes() == b"old"
    assert os.listdir(path.parent) == ["refs.bib"]


def _failing(number: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("call", "number", "error"),
    [
        ("fsync", errno.ENOSPC, DiskFull),
        ("fsync", errno.EIO, ExportRefused),
        ("replace", errno.EDQUOT, DiskFull),
        ("replace", errno.EROFS, ExportRefused),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: type[Exception]
) -> None:
    monkeypatch.setattr(os, call, _failing(number))
    with pytest.raises(error):
        replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(path.parent) == ["refs.bib"]


def test_extended_attributes_stay(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.a"])
    monkeypatch.setattr(os, "getxattr", lambda _, name: b"v")
    monkeypatch.setattr(os, "setxattr", lambda _, name, value: kept.update({name: value}))
    replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)
    assert kept == {"user.a": b"v"}


def test_the_owner_stays_where_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    real = path.stat()
    monkeypatch.setattr(os, "geteuid", lambda: real.st_uid + 1)
    monkeypatch.setattr(os, "fchown", lambda _, user, group: asked.append((user, group)))
    replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)
    assert asked == [(real.st_uid, real.st_gid)]


def test_a_read_only_file_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ExportRefused, match="read-only"):
        replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_bytes(tmp_path / "none.bib")
    with pytest.raises(UnreadableInput, match="no regular file"):
        read_bytes(Path("/dev/null"))
    assert stamp_of(tmp_path / "none.bib") == ""


def test_a_young_aux_file_means_that_latex_is_at_work(tmp_path: Path) -> None:
    assert not is_building(tmp_path)
    (tmp_path / "main.aux").write_text("")
    assert is_building(tmp_path)
    old = (tmp_path / "main.aux").stat().st_mtime - 60
    os.utime(tmp_path / "main.aux", (old, old))
    assert not is_building(tmp_path)
    assert not is_building(tmp_path / "nowhere")


def test_what_a_killed_program_left_goes_with_the_next_write_and_that_of_a_living_one_stays(path: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    left = path.with_name(f".refs.bib.{gone.pid}-abc.tmp")
    living = path.with_name(f".refs.bib.{os.getppid()}-abc.tmp")
    other = path.with_name(f".other.bib.{gone.pid}-abc.tmp")
    for one in (left, living, other):
        one.write_bytes(b"half")
    replace_bytes(path, b"new", expected=sha256_of(b"old"), check=_accept)
    assert sorted(os.listdir(path.parent)) == sorted([path.name, living.name, other.name])
    left.write_bytes(b"half")
    remove_temporaries(path)
    assert not left.exists()
