"""Files and folders that are for this person alone, written so that a crash leaves the old or the new one."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from refman.domain.errors import DiskFull, ExportRefused
from refman.services.disk import is_no_room, remove_if_there, sync_folder

Write = Callable[[str], object]
"""Takes the next piece of a text."""


def make_private_folder(folder: Path) -> None:
    """Makes a folder (0700) and those above it that are missing. Raises: ExportRefused, DiskFull."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def write_private(path: Path, produce: Callable[[Write], object]) -> None:
    """Writes a text file (UTF-8, 0600) whole or not at all; `produce` gives its pieces.

    Raises: ExportRefused, DiskFull, whatever `produce` raises.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            produce(file.write)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        sync_folder(path.parent)
    except OSError as error:
        remove_if_there(name)
        raise cannot_write(path, error) from error
    except BaseException:
        remove_if_there(name)
        raise


def cannot_write(path: Path, error: OSError) -> DiskFull | ExportRefused:
    """What the system says of a file that refman keeps for safety."""
    if is_no_room(error):
        return DiskFull("no-room-beside", f"There is no room to write {path}. Free some space first.", str(path))
    reason = error.strerror or str(error)
    return ExportRefused(
        "cannot-write", f"{path} cannot be written: {reason}. Choose another place.", str(path), reason
    )
