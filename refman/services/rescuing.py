"""Getting papers out of what is left: a damaged library, or the text of a library."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from refman.domain.errors import ExportRefused, UnreadableInput
from refman.domain.keeping import Keeper, Rescue
from refman.domain.progress import NoProgress
from refman.services.library_files import LIBRARY_SUFFIX
from refman.services.safety_net import JSON_NAME, write_bib

BIB_SUFFIX = ".bib"


def rescue(keeper: Keeper, damaged: Path, target: Path) -> Rescue:
    """Writes every readable paper of a damaged library to a new library, or to a .bib by the name of `target`.

    The damaged file stays as it is. Raises: ExportRefused, LibraryExists, LibraryDamaged when nothing can be read.
    """
    if target.suffix.lower() == LIBRARY_SUFFIX:
        return keeper.rescue(str(damaged), str(target))
    if target.suffix.lower() != BIB_SUFFIX:
        raise ExportRefused(
            "rescue-target",
            f"{target} is neither a .bib nor a .refman; give the rescued papers a name with one of these endings.",
            str(target),
        )
    if os.path.lexists(target):
        raise ExportRefused("target-exists", f"There is a file at {target} already; choose another name.", str(target))
    with tempfile.TemporaryDirectory(prefix="refman-rescue-") as folder:
        copy = str(Path(folder, "rescued.refman"))
        found = keeper.rescue(str(damaged), copy)
        write_bib(keeper, copy, target, progress=NoProgress())
        with keeper.view(copy) as store, store.read() as reader:
            # A .bib has neither the trash nor what lies there.
            papers = reader.counts().papers
    return replace(found, papers=papers, discards=0)


def rebuild(keeper: Keeper, text: Path, location: Path) -> int:
    """Makes a new library of a `library.json` (or of the folder that holds one); how many papers it has.

    Raises: UnreadableInput, LibraryExists, DiskFull.
    """
    path = text / JSON_NAME if text.is_dir() else text
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            return keeper.rebuild(lines, str(location))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise UnreadableInput(
            "cannot-read", f"{path} cannot be read: {reason}. Choose another file.", str(path), reason
        ) from error
