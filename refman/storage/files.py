"""Files beside a library: made, flushed and renamed so that a crash leaves the old or the new one, never a part."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NEW = ".new-"
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database file."""


@contextmanager
def temporary_beside(target: str) -> Iterator[str]:
    """The path of a new empty file (mode 0600) in the folder of `target`; gone afterwards if it is still there."""
    path = f"{target}{_NEW}{os.getpid()}"
    remove_abandoned(target)
    remove_with_companions(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        remove_with_companions(path)


def remove_abandoned(target: str) -> None:
    """Deletes what `temporary_beside` made for processes that were killed; those of living ones stay."""
    folder, name = os.path.split(os.path.abspath(target))
    start = name + _NEW
    for found in os.listdir(folder):
        # Also a journal alone: the disk may have failed between the two.
        number, _, ending = found.removeprefix(start).partition("-")
        if not found.startswith(start) or (ending and f"-{ending}" not in COMPANIONS):
            continue
        if number.isascii() and number.isdecimal() and not _is_running(int(number)):
            remove_with_companions(os.path.join(folder, f"{start}{number}"))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def remove_with_companions(path: str) -> None:
    """Deletes a database file that nobody has open, if it is there."""
    for ending in ("", *COMPANIONS):
        if os.path.lexists(path + ending):
            os.unlink(path + ending)


def flush_file(path: str) -> None:
    """Waits until the content is on the disk. Never for a library that is open: closing would drop its locks."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def flushed_meanwhile(path: str) -> Iterator[None]:
    """At its end the content is on the disk; until then the file may be read, not changed."""
    # 12 ms to load, and only backups need it.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as other:
        try:
            flushed = other.submit(flush_file, path)
        except RuntimeError:
            # No thread is to be had (a limit of the system): one after the other.
            yield
            flush_file(path)
            return
        yield
        flushed.result()


def flush_folder_of(path: str) -> None:
    """Waits until the names in the folder are on the disk."""
    flush_file(os.path.dirname(os.path.abspath(path)))


def make_private_folder(path: str) -> None:
    """Makes a folder and those above it that are missing, for this person alone."""
    if path and not os.path.isdir(path):
        make_private_folder(os.path.dirname(path))
        os.mkdir(path, 0o700)


def has_content(path: str) -> bool:
    """True for a file that is there and not empty."""
    return os.path.exists(path) and os.stat(path).st_size > 0


def identity(path: str) -> tuple[int, int]:
    """Tells a file from any other that gets its name: device and inode."""
    status = os.stat(path)
    return status.st_dev, status.st_ino


def has_other_names(path: str) -> bool:
    """True when the file stands on the disk under another name too (a hard link)."""
    return os.path.exists(path) and os.stat(path).st_nlink > 1


def rights(path: str) -> tuple[bool, bool]:
    """May a library be written, and must it be opened `immutable`, because nothing can stand beside it?

    A file or folder without any right to write counts as such for root too. A file of several names (hard links) is
    only read: SQLite finds its log by the name it opened, so two names would have two logs (howtocorrupt.html
    section 2.5).
    """
    folder = os.path.dirname(os.path.abspath(path))
    can_write_folder = os.access(folder, os.W_OK) and bool(os.stat(folder).st_mode & 0o222)
    can_write_file = os.access(path, os.W_OK) and bool(os.stat(path).st_mode & 0o222) and not has_other_names(path)
    # A log that was left behind must be read; where there is none the file stands for itself.
    return can_write_folder and can_write_file, not can_write_folder and not has_content(path + "-wal")
