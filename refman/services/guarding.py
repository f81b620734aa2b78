"""Before much of a library goes at once, a person is asked and a backup is made."""

from collections.abc import Callable
from dataclasses import replace

from refman.domain.backups import MANY_PAPERS, is_big_removal
from refman.domain.changes import Operation, OperationKind
from refman.domain.errors import LibraryBusy, NotAgreed
from refman.domain.frozen import dataclass
from refman.domain.ports import Store

Protect = Callable[[], None]
"""Backs the library up unless the last backup is of its present state. Raises: LibraryError, ExportRefused."""

_GO_BY_UNDO = (OperationKind.IMPORT, OperationKind.CREATE, OperationKind.RESTORE)
_GO_BY_REDO = (OperationKind.TRASH, OperationKind.PURGE)


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before whatever removes papers. `is_agreed`: a person was told how many, and wants it."""

    store: Store
    protect: Protect
    is_agreed: bool = False

    def before(self, removed: int) -> None:
        """Lets few papers go, many only after consent and a backup.

        Raises: NotAgreed, as `protect`; nothing was done then.
        """
        if not is_big_removal(removed, removed):
            return
        with self.store.read() as reader:
            counts = reader.counts()
        present = counts.papers + counts.trashed
        if not is_big_removal(removed, present):
            return
        if not self.is_agreed:
            raise not_agreed(removed, present)
        if self.store.is_writable:
            # Else the write says why nothing can be done, and not the folder of the backups.
            _protect(self.protect)

    def before_replay(self, step: Operation | None, *, is_forward: bool) -> None:
        """The same for undoing a step, or (`is_forward`) doing it again, as far as it takes papers.

        A fifth is no reason to ask then: the library was without these papers before. Raises: as `before`.
        """
        if step is None or step.kind not in (_GO_BY_REDO if is_forward else _GO_BY_UNDO):
            return
        with self.store.read() as reader:
            leaving = reader.papers_leaving(step.id, is_forward=is_forward)
        replace(self, is_agreed=self.is_agreed or leaving <= MANY_PAPERS).before(leaving)


def not_agreed(removed: int, present: int) -> NotAgreed:
    """The refusal, with its figures."""
    return NotAgreed(
        "much-would-go",
        f"This would remove {removed:,} of {present:,} papers, so nothing was done; "
        "if it is meant, repeat it with --yes.",
        f"{removed:,}",
        f"{present:,}",
    )


def _protect(protect: Protect) -> None:
    try:
        protect()
    except LibraryBusy:
        # Another program makes a backup at this moment.
        return


def no_protection() -> None:
    """For a library that nobody keeps backups of: one in memory."""
