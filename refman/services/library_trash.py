"""The part of the facade that deletes and takes back: trash, undo, older values."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from refman.domain.changes import OperationId
from refman.domain.discards import Discard, DiscardId
from refman.domain.paper import AttachmentId, NoteId, PaperId
from refman.domain.progress import NoProgress, Progress
from refman.services import notes, operations, trashing
from refman.services.guarding import Guard, Protect, no_protection
from refman.services.library_exports import LibraryExports
from refman.services.outcome import Outcome

_consent = threading.local()


class LibraryTrash(LibraryExports):
    """What removes something of a library, and what brings it back.

    What removes over 100 papers, or over a fifth of a library, raises NotAgreed and does nothing, but inside `agreed`,
    where a backup is made first.
    """

    protect: Protect = staticmethod(no_protection)
    """Called before much of the library is removed; who opened the library sets it."""

    @contextmanager
    def agreed(self) -> Iterator[None]:
        """Inside, in this thread: a person was told how much would go, and wants it."""
        before = getattr(_consent, "is_given", False)
        _consent.is_given = True
        try:
            yield
        finally:
            _consent.is_given = before

    def trash(self, ids: Sequence[PaperId], progress: Progress | None = None) -> Outcome:
        """Puts papers into the trash. Raises: NotAgreed; as `protect`; Cancelled (all is taken back)."""
        self._guard.before(len(set(ids)))
        return trashing.trash(self.store, self.clock, ids, progress or NoProgress())

    def restore_from_trash(self, ids: Sequence[PaperId], progress: Progress | None = None) -> Outcome:
        """Takes papers out of the trash. Raises: Cancelled (all is taken back)."""
        return trashing.restore(self.store, ids, progress or NoProgress())

    def delete_for_good(self, ids: Sequence[PaperId], progress: Progress | None = None) -> Outcome:
        """Removes those of the papers that are in the trash; undo still brings them back. Raises: as `trash`."""
        self._guard.before(len(set(ids)))
        return trashing.delete_for_good(self.store, ids, progress or NoProgress())

    def merge_papers(
        self, kept: PaperId, others: Sequence[PaperId], choices: Mapping[str, PaperId] | None = None
    ) -> Outcome:
        """Makes papers one: `kept` takes what the others know, they go to the trash (`services/merging.py`).

        Raises: NotFound, InvalidValue; NotAgreed; as `protect`.
        """
        # Late: loads what compares papers.
        from refman.services import merging

        self._guard.before(len(set(others)))
        return merging.merge(self.store, kept, others, choices, clock=self.clock)

    def empty_trash(self, progress: Progress | None = None) -> Outcome:
        """Removes all papers, notes, tags and files in the trash; undo still brings them back. Raises: as `trash`."""
        self._guard.before(self.sidebar_counts().trashed)
        return trashing.empty(self.store, progress or NoProgress())

    # Notes, tags and files

    def discards(self) -> list[Discard]:
        """Notes, tags and files in the trash, newest first."""
        with self.store.read() as reader:
            return reader.discards()

    def restore_discards(self, ids: Sequence[DiscardId]) -> Outcome:
        """Takes notes, tags and files out of the trash. Raises: NotFound."""
        # Late: hardly ever needed.
        from refman.services import discarding

        return discarding.restore(self.store, ids)

    def forget_discards(self, ids: Sequence[DiscardId]) -> Outcome:
        """Deletes notes, tags and files in the trash for good; undo still brings them back. Raises: NotFound."""
        # Late: hardly ever needed.
        from refman.services import discarding

        return discarding.delete_for_good(self.store, ids)

    def delete_note(self, note_id: NoteId) -> Outcome:
        """Puts a note into the trash. Raises: NotFound."""
        return notes.delete_note(self.store, note_id)

    def remove_attachment(self, attachment_id: AttachmentId) -> Outcome:
        """Puts an attachment into the trash; the file stays where it is."""
        # Late: only a few commands need it.
        from refman.services import attachments

        return attachments.remove(self.store, attachment_id)

    # The journal

    def undo(self, progress: Progress | None = None, *, only: OperationId | None = None) -> Outcome:
        """Takes back the last step, whoever made it; with `only` that or none.

        Raises: NothingToUndo, ConflictError, NotAgreed.
        """
        self._guard.before_replay(self.undoable(), is_forward=False)
        return operations.undo(self.store, progress, only=only)

    def redo(self, progress: Progress | None = None, *, only: OperationId | None = None) -> Outcome:
        """Does the last undone step again; with `only` that one or none.

        Raises: NothingToRedo, ConflictError, NotAgreed.
        """
        self._guard.before_replay(self.redoable(), is_forward=True)
        return operations.redo(self.store, progress, only=only)

    def put_back(self, paper_id: PaperId, entry_id: int) -> Outcome:
        """Gives a paper the value before an entry of `history_of`, as a step of its own.

        Raises: NotFound, ConflictError for a key that another paper has by now.
        """
        # Late: hardly ever needed.
        from refman.services import putting_back

        return putting_back.put_back(self.store, paper_id, entry_id)

    @property
    def _guard(self) -> Guard:
        return Guard(self.store, self.protect, is_agreed=getattr(_consent, "is_given", False))
