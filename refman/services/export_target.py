"""Where an export goes: a regular file is replaced as a whole or not at all, pipes and devices are written to."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from refman.domain.errors import DiskFull, ExportRefused, RefmanError
from refman.services.disk import is_no_room, remove_if_there, sync_folder
from refman.services.file_traits import copy_traits
from refman.services.left_overs import remove_left_overs, temporary_prefix
from refman.services.library_files import belongs_to_library, is_library_name

_BLOCK_CHARACTERS = 1 << 20
_LIVE_FOLDERS = ("/dev/", "/proc/")


def check_target(path: Path, library: str) -> None:
    """Raises: ExportRefused when the target is a folder, this library, any other library or what stands beside it."""
    if belongs_to_library(path, library) or is_library_name(path):
        raise ExportRefused(
            "export-over-library",
            f"{path} is a refman library or belongs to one, and no export replaces it; choose another file.",
            str(path),
        )
    if os.path.isdir(path):
        raise ExportRefused("target-is-folder", f"{path} is a folder; name a file in it.", str(path))
    if os.path.isfile(path) and not (os.access(path, os.W_OK) and os.stat(path).st_mode & 0o222):
        # A rename would replace it all the same: whoever takes the right to write away does not want that.
        raise ExportRefused(
            "target-read-only",
            f"{path} is write-protected, so it is as it was; make it writable or choose another file.",
            str(path),
        )


def is_replaced(path: Path) -> bool:
    """True for a regular file, or none yet; False for what is written to as it stands (a pipe, `/dev/stdout`)."""
    if os.path.abspath(path).startswith(_LIVE_FOLDERS):
        return False
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        # Nothing there, or a link that leads nowhere: a file will be made.
        return True


def write_through(path: Path, pieces: Iterable[str]) -> None:
    """Writes to a pipe or a device. Raises: ExportRefused, DiskFull, BrokenPipeError when its reader went away."""
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refusal(path, error) from error


def replace_file(path: Path, pieces: Iterable[str], *, check: Callable[[Iterable[str]], None]) -> None:
    """Writes beside the target, reads it again, then renames over it; links lead to their target.

    Mode, owner and extended attributes stay. What is read again must be what was written, byte for byte.
    `check` gets the text as it was read again, a megabyte at a time, and raises when it is not what was meant: then,
    as after any error, the old file is as it was.
    Raises: ExportRefused, DiskFull, whatever `pieces` and `check` raise.
    """
    target = Path(os.path.realpath(path))
    try:
        temporary = _write_beside(target, pieces, check)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        os.replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        remove_if_there(temporary)
        raise _refusal(path, error) from error


def _write_beside(target: Path, pieces: Iterable[str], check: Callable[[Iterable[str]], None]) -> str:
    start = f".{target.name}."
    remove_left_overs(target.parent, start)
    descriptor, temporary = tempfile.mkstemp(prefix=temporary_prefix(start), suffix=".tmp", dir=target.parent)
    try:
        meant, found = hashlib.sha256(), hashlib.sha256()
        with open(descriptor, "wb") as file:
            file.writelines(_summed(meant.update, pieces))
            file.flush()
            copy_traits(target, temporary, file.fileno())
            os.fsync(file.fileno())
        with open(temporary, encoding="utf-8", errors="surrogateescape", newline="") as written:
            blocks = _noted(found.update, iter(lambda: written.read(_BLOCK_CHARACTERS), ""))
            check(blocks)
            # A check need not read on to the end.
            for _ in blocks:
                pass
        if meant.digest() != found.digest():
            raise ExportRefused(
                "export-unsound",
                f"The new {target} does not read back as it was written, so the old file, if there was one, is as it "
                "was. Check the disk.",
                str(target),
            )
    except BaseException:
        remove_if_there(temporary)
        raise
    return temporary


def _summed(add: Callable[[bytes], None], pieces: Iterable[str]) -> Iterator[bytes]:
    for piece in pieces:
        data = piece.encode()
        add(data)
        yield data


def _noted(add: Callable[[bytes], None], blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        # The file may hold what is no text any more.
        add(block.encode("utf-8", "surrogateescape"))
        yield block


def _refusal(path: Path, error: OSError) -> RefmanError:
    if is_no_room(error):
        return DiskFull(
            "no-room-for-export",
            f"There is no room to write {path}; the old file, if there was one, is as it was. Free some space first.",
            str(path),
        )
    reason = error.strerror or str(error)
    return ExportRefused(
        "cannot-write", f"{path} cannot be written: {reason}. Choose another place.", str(path), reason
    )
