"""What every durable write to a disk needs."""

import errno
import os
from contextlib import suppress
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_no_room(error: OSError) -> bool:
    """True when the disk, the quota or the allowed size of a file is used up."""
    return error.errno in _NO_ROOM


def sync_folder(folder: Path) -> None:
    """Makes a rename in a folder durable; without it a power cut can bring the old name back."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_if_there(name: str) -> None:
    """Takes a temporary file away, if it was made at all."""
    with suppress(FileNotFoundError):
        os.unlink(name)
