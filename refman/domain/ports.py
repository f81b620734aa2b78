"""What services need from the outside world; storage and workers fulfil these, `app.wiring` joins them.

Every method that takes several ids accepts any order and ignores ids that do not exist unless it says otherwise.
A `Reader` sees one snapshot. A `Writer` is a `Reader` inside the transaction of one operation: every write method
journals its own inverse, and writes nothing (no journal row either) where nothing would change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from refman.domain.changes import Changes, Operation, OperationId, OperationKind
from refman.domain.discards import DiscardId
from refman.domain.link_ports import LinkWrites
from refman.domain.listing import (
    SavedSearch,
)
from refman.domain.packing import PackedWrites, Packing
from refman.domain.paper import (
    Attachment,
    AttachmentId,
    Draft,
    FieldValue,
    NoteId,
    PaperId,
    People,
    SourceId,
    Span,
)
from refman.domain.profile import Capture
from refman.domain.progress import Progress
from refman.domain.reading import Reader as Reader
from refman.domain.sources import Block, SourceText
from refman.domain.sqlite_version import SqliteVersion


class Writer(LinkWrites, PackedWrites, Reader, Protocol):
    """Writes inside one operation."""

    def add_papers(self, drafts: Sequence[Draft], *, added: datetime) -> list[PaperId]:
        """Stores drafts; `ids[i]` belongs to `drafts[i]`. Keys must be free (ConflictError) or "" (made later)."""

    def set_field(self, paper_id: PaperId, name: str, value: FieldValue | None) -> None:
        """Sets or (None) drops one field that is not a name field. Indexes, sort columns and `changed` follow."""

    def set_people(self, paper_id: PaperId, name: str, people: People | None) -> None:
        """Sets or (None) drops the people of one role."""

    def set_key(self, paper_id: PaperId, key: str) -> None:
        """Raises: ConflictError when `key_is_free` says no."""

    def set_type(self, paper_id: PaperId, entry_type: str) -> None:
        """Changes the entry type."""

    def set_trashed(self, ids: Sequence[PaperId], when: datetime | None) -> None:
        """Puts papers into the trash, or (None) takes them out."""

    def purge(self, ids: Sequence[PaperId]) -> None:
        """Removes papers for good (the journal keeps their images for undo). Their exported keys stay remembered."""

    def put_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Puts tags on papers; new tags are made. A tag that exists in another case is that tag."""

    def take_tags(self, ids: Sequence[PaperId], names: Sequence[str]) -> None:
        """Takes tags off papers; the tags themselves stay."""

    def create_tag(self, name: str) -> None:
        """Makes an empty tag if there is none of that folded name."""

    def rename_tag(self, old: str, new: str) -> None:
        """Renames a tag and all below it; where the new name exists they are merged. Raises: NotFound."""

    def delete_tag(self, name: str) -> None:
        """Deletes a tag and all below it from everywhere. Raises: NotFound."""

    def set_tag_look(self, name: str, *, colour: int, number_key: int) -> None:
        """Colour 0 or 1-12; number key 0 or 1-9 (taken from the tag that had it). Raises: NotFound."""

    def add_note(self, paper_id: PaperId, text: str, *, when: datetime) -> NoteId:
        """Adds a note. Raises: NotFound."""

    def edit_note(self, note_id: NoteId, text: str, *, when: datetime) -> None:
        """Replaces the text. Raises: NotFound."""

    def delete_note(self, note_id: NoteId) -> None:
        """Raises: NotFound."""

    def add_attachment(self, paper_id: PaperId, attachment: Attachment) -> AttachmentId:
        """Adds an attachment (its id is ignored)."""

    def remove_attachment(self, attachment_id: AttachmentId) -> None:
        """Drops the row; a stored file stays in the attachment folder so that undo works."""

    def put_back(self, paper_id: PaperId, entry_id: int) -> None:
        """Writes the value before an entry of `history_of` again. Raises: NotFound, ConflictError."""

    def restore_discards(self, ids: Iterable[DiscardId]) -> None:
        """Takes notes, tags and files out of the trash. Raises: NotFound."""

    def forget_discards(self, ids: Iterable[DiscardId]) -> None:
        """Deletes notes, tags and files in the trash for good; those that are no longer there are left out."""

    def keep_source(self, source: SourceText) -> SourceId:
        """Keeps a text once; the id of the kept one when it is there already."""

    def begin_source(self, name: str, format: str, *, sha256: str, imported: datetime) -> SourceId:
        """Keeps a new source, of which `source_of_hash` knew nothing; its text follows in pieces."""

    def add_spans(self, source_id: SourceId, spans: Sequence[tuple[PaperId, Span]], *, when: datetime) -> None:
        """Remembers from where papers were read."""

    def add_blocks(self, source_id: SourceId, blocks: Sequence[Block]) -> None:
        """Keeps strings, preambles and comments of a source."""

    def replace_block(self, source_id: SourceId, old: Block, new: Block | None) -> None:
        """Puts a kept block in the place of another, or (None) forgets it. Raises: NotFound."""

    def put_capture(self, name: str, category_code: str, capture: Capture) -> None:
        """Adds a capture; the same profile (folded name) and day is replaced."""

    def save_search(self, search: SavedSearch) -> None:
        """Adds or replaces a saved search."""

    def delete_saved_search(self, name: str) -> None:
        """Raises: NotFound."""

    def remember_exported(self, keys: Mapping[str, PaperId]) -> None:
        """Exported keys belong to their papers for ever. Not journalled: undo does not forget."""

    def release_keys(self, keys: Sequence[str]) -> None:
        """Forgets remembered keys: the papers that left with them are gone, and come back now. Not journalled."""

    def journal(self, kind: OperationKind, name: str, *, merge_key: str = "") -> None:
        """Names the step. A step with the same `merge_key` within 2 s of the last one becomes one with it."""

    def commit_chunk(self) -> None:
        """Ends this transaction of a bulk operation and begins the next; readers see what was written so far.

        Between the two other writers get their turn. The step is `running` until the operation ends.
        """

    def give_turn(self) -> None:
        """`commit_chunk` when another writer waits or this transaction has lasted long; for a bulk operation to call
        after each few hundred papers."""


class Store(Protocol):
    """One open library."""

    @property
    def taken_back(self) -> tuple[str, ...]:
        """The names of the steps that a crash had cut off and that were taken back when this was opened."""

    @property
    def location(self) -> str:
        """The path of the library file, or the address of a team database."""

    @property
    def is_writable(self) -> bool:
        """False for a library that can only be read."""

    @property
    def sqlite(self) -> SqliteVersion:
        """What stores the library, and what is known to be wrong with it."""

    @property
    def packing(self) -> Packing:
        """What a worker process needs to prepare drafts for `PackedWrites`."""

    def read(self) -> AbstractContextManager[Reader]:
        """One snapshot. Any thread; cheap. `interrupt` of another thread ends its running query with Cancelled."""

    def write(self) -> AbstractContextManager[Writer]:
        """One operation: commits at the end, takes everything back (all chunks too) when an exception passes.

        Raises: LibraryBusy after 5 s, LibraryReadOnly, DiskFull.
        """

    def last_changes(self) -> Changes:
        """What the last `write`, `undo` or `redo` of this store did (same thread)."""

    def undo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        """Takes back the last step, with `only` that one or none. Raises: NothingToUndo, ConflictError."""

    def redo(self, progress: Progress, *, only: OperationId | None = None) -> Operation:
        """Does the last undone step again, with `only` that one or none. Raises: NothingToRedo, ConflictError."""

    def interrupt_reads(self, thread: int | None = None) -> None:
        """Ends the running reads of a thread (`threading.get_ident`), with None of all, with Cancelled."""

    def undisturbed(self) -> AbstractContextManager[None]:
        """Inside, `interrupt_reads` ends no read of this thread: what writes reads too, and must not fail by it."""

    def limited(self) -> AbstractContextManager[None]:
        """Inside, a read of this thread that takes much more time than a search should ends with SearchTooLong."""

    def check(self) -> list[str]:
        """What is wrong with the file, its rows and its index; empty when sound."""

    @property
    def needs_check(self) -> bool:
        """True for a big library that was not closed properly and whose file was not checked since."""

    def check_file(self, progress: Progress) -> list[str]:
        """What is wrong with the file alone, beside the work of others; empty when sound. Raises: Cancelled."""

    def tend_index(self) -> bool:
        """Merges small parts of the search index for a quarter of a second at most; True while there is more of it.

        Raises: LibraryBusy at once when another program writes, LibraryMissing, DiskFull.
        """

    def backup(self, target: str) -> None:
        """A verified copy at `target`, written beside it and renamed. Raises: ExportRefused, DiskFull."""

    def close(self) -> None:
        """Ends every connection; checkpoints when this was the last one."""


class StoreOpener(Protocol):
    """Makes and opens libraries; fulfilled by storage, called by services through `app.wiring`."""

    def create(self, location: str) -> None:
        """An empty library. Raises: LibraryExists, NotSupportedHere, DiskFull, LibraryReadOnly."""

    def open(self, location: str) -> Store:
        """Opens and, if need be, migrates (verified backup first).

        Raises: LibraryMissing, NotALibrary, LibraryTooNew, LibraryDamaged, LibraryBusy, NotSupportedHere.
        """

    def restore(self, backup: str, location: str) -> str:
        """Verified copy in; the present state stays beside it, its path is returned. Raises: as `open`."""


class Workers(Protocol):
    """Runs work in processes of its own, so that parsing neither slows the program nor brings it down."""

    def stream(
        self, task: Callable[..., Iterator[bytes]], *arguments: object
    ) -> AbstractContextManager[Iterator[bytes | None]]:
        """What a generator function of a module gives, in order; None each time there was nothing for 50 ms.

        At most two values are on their way. The process ends with the block, whatever it was doing.
        Raises: UnreadableInput when it cannot be started, its memory is used up or somebody ended it (the last two
        while iterating), RuntimeError when it broke.
        """


class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> datetime:
        """The present moment in UTC, whole seconds."""

    def today(self) -> date:
        """The present day where the person is."""
