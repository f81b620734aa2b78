"""Reading a .bib that belongs to somebody, and replacing it only while it is what was read."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import ConflictError, DiskFull, ExportRefused, RefmanError, UnreadableInput
from refman.services.disk import is_no_room, remove_if_there, sync_folder
from refman.services.file_traits import copy_traits
from refman.services.left_overs import remove_left_overs, temporary_prefix


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of a file and what tells quickly whether it may have changed: size, time, inode."""

    data: bytes
    sha256: str
    stamp: str


def sha256_of(data: bytes) -> str:
    """The name under which a state of a file is known."""
    return hashlib.sha256(data).hexdigest()


def stamp_of(path: Path) -> str:
    """Size, time and inode of the file a path leads to; "" when there is none that can be looked at."""
    try:
        status = os.stat(path)
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def read_bytes(path: Path) -> Snapshot:
    """The file as it is now. Raises: UnreadableInput, also for what is no regular file."""
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableInput("not-a-file", f"{path} is no regular file; name a .bib file.", str(path))
            data = file.read()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableInput(
            "cannot-read", f"{path} cannot be read: {reason}. Check the path.", str(path), reason
        ) from error
    return Snapshot(data, sha256_of(data), f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}")


def replace_bytes(path: Path, data: bytes, *, expected: str | None, check: Callable[[bytes], None]) -> str:
    """Puts `data` in place of the file whose bytes have the hash `expected` (None: there is no file); its new stamp.

    Written beside it, read again and given to `check`, synced, renamed; a link leads to its target, mode, owner and
    extended attributes stay. A file with a second name (hard link) is refused: the rename would part them.
    Raises: ConflictError when the file is no longer the expected one, ExportRefused, DiskFull, what `check` raises.
    """
    target = Path(os.path.realpath(path))
    try:
        _check_target(target)
        temporary = _write_beside(target, data, check)
        try:
            _check_expected(target, path, expected)
            os.replace(temporary, target)
        except BaseException:
            remove_if_there(temporary)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise refusal(path, error) from error
    return stamp_of(target)


def _check_target(target: Path) -> None:
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return
    if status.st_nlink > 1:
        raise ExportRefused(
            "hard-link",
            f"{target} has a second name (hard link), which a safe write would cut off; copy the file first.",
            str(target),
        )
    if not os.access(target, os.W_OK):
        raise ExportRefused("read-only-file", f"{target} is read-only; make it writable first.", str(target))


def _check_expected(target: Path, path: Path, expected: str | None) -> None:
    present = sha256_of(target.read_bytes()) if target.exists() else None
    if present != expected:
        raise ConflictError("file-changed", f"{path} was changed meanwhile; nothing was written; try again.", str(path))


def remove_temporaries(path: Path) -> None:
    """Removes what a killed program left beside a file that it was about to replace; never raises."""
    target = Path(os.path.realpath(path))
    remove_left_overs(target.parent, _start(target))


def _start(target: Path) -> str:
    return f".{target.name}."


def _write_beside(target: Path, data: bytes, check: Callable[[bytes], None]) -> str:
    remove_temporaries(target)
    start = temporary_prefix(_start(target))
    descriptor, temporary = tempfile.mkstemp(prefix=start, suffix=".tmp", dir=target.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            copy_traits(target, temporary, file.fileno())
            os.fsync(file.fileno())
        check(Path(temporary).read_bytes())
    except BaseException:
        remove_if_there(temporary)
        raise
    return temporary


def refusal(path: Path, error: OSError) -> RefmanError:
    """What is told of a file that could not be written."""
    if is_no_room(error):
        return DiskFull(
            "no-room-for-file", f"There is no room to write {path}; it is as it was. Free some space.", str(path)
        )
    reason = error.strerror or str(error)
    return ExportRefused("cannot-write", f"{path} cannot be written: {reason}; it is as it was.", str(path), reason)
