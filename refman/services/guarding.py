"""A backup before many papers go at once."""

from collections.abc import Callable

from refman.domain.backups import is_big_removal
from refman.domain.changes import Operation, OperationKind
from refman.domain.errors import LibraryBusy
from refman.domain.ports import Store

Protect = Callable[[], None]
"""Backs the library up unless the last backup is of its present state. Raises: LibraryError, ExportRefused."""

_BRINGS_PAPERS = (OperationKind.IMPORT, OperationKind.CREATE)


def before_removal(store: Store, protect: Protect, removed: int) -> None:
    """Protects when so many papers are much of the library. Raises: as `protect`, and nothing was removed then."""
    if not is_big_removal(removed, removed):
        return
    with store.read() as reader:
        counts = reader.counts()
    if is_big_removal(removed, counts.papers + counts.trashed):
        _protect(protect)


def before_undo(store: Store, protect: Protect, step: Operation | None) -> None:
    """The same for undoing a step that brought papers. Raises: as `protect`."""
    if step is not None and step.kind in _BRINGS_PAPERS:
        before_removal(store, protect, step.papers)


def _protect(protect: Protect) -> None:
    try:
        protect()
    except LibraryBusy:
        # Another program makes a backup at this moment.
        return


def no_protection() -> None:
    """For a library that nobody keeps backups of: one in memory."""
