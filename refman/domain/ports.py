"""What services need from the outside world; storage and workers fulfil these, `app.wiring` joins them.

Every method that takes several ids accepts any order and ignores ids that do not exist unless it says otherwise.
A `Reader` sees one snapshot. A `Writer` is a `Reader` inside the transaction of one operation: every write method
journals its own inverse, and writes nothing (no journal row either) where nothing would change.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from refman.domain.changes import Changes, Operation, OperationKind
from refman.domain.link_ports import LinkReads, LinkWrites
from refman.domain.listing import (
    HistoryEntry,
    Hits,
    Listing,
    PaperRow,
    SavedSearch,
    SidebarCounts,
    TagInfo,
)
from refman.domain.paper import (
    Attachment,
    AttachmentId,
    Draft,
    FieldValue,
    Note,
    NoteId,
    Paper,
    PaperId,
    People,
    SourceId,
    Span,
)
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.progress import Progress
from refman.domain.sources import Block, Candidate, SourceText


class Reader(LinkReads, Protocol):
    """Reads of one snapshot of the library."""

    def paper(self, paper_id: PaperId) -> Paper | None:
        """The whole paper, also from the trash."""

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Whole papers in the order of `ids`."""

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """List rows in the order of `ids`; cost is one page read."""

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Exact citation keys to ids, also in the trash; unknown keys are left out."""

    def first_ids(self, listing: Listing, *, limit: int) -> "array[int]":
        """The first ids in order, without counting: what is painted while `hits` counts.

        Cost: some milliseconds in the order `added`, whatever the library has; otherwise mostly that of `hits`.
        """

    def hits(self, listing: Listing, *, first: int) -> Hits:
        """Exact count and the first ids in order."""

    def ids(self, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
        """Ids in the order of the listing. All ids may be shared with other callers: they are not to be changed."""

    def position(self, listing: Listing, paper_id: PaperId) -> int | None:
        """The row of a paper in the listing, None when it is not in it. Costs as much as all `ids`."""

    def counts(self) -> SidebarCounts:
        """The figures of the sidebar."""

    def tags(self) -> list[TagInfo]:
        """All tags, levels above included, in folded order."""

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        """Tag name to number of papers of the listing with it or a tag below it; tags with none are left out."""

    def tags_of(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Exact tag name to how many of these papers carry it."""

    def notes(self, paper_id: PaperId) -> list[Note]:
        """The notes of a paper, oldest first."""

    def note(self, note_id: NoteId) -> tuple[PaperId, Note] | None:
        """A note with its paper."""

    def attachments(self, paper_id: PaperId) -> list[Attachment]:
        """The attachments of a paper in order."""

    def profiles(self) -> list[AuthorProfile]:
        """Author profiles by folded name, captures newest first."""

    def saved_searches(self) -> list[SavedSearch]:
        """Saved searches by folded name."""

    def source_text(self, source_id: SourceId) -> SourceText | None:
        """A kept source."""

    def source_named_by(self, text: str) -> SourceId | None:
        """The kept source with exactly this text."""

    def source_of_hash(self, sha256: str) -> SourceId | None:
        """The kept source whose text in UTF-8 has this SHA-256 (hexadecimal)."""

    def blocks(self) -> list[tuple[SourceId, Block]]:
        """Strings, preambles and comments of imported .bib files, in order of import and place."""

    def macros(self) -> dict[str, str]:
        """`@string` name in lower case to its value as written (last definition wins)."""

    def candidates(
        self, *, dois: Iterable[str] = (), eprints: Iterable[str] = (), titles: Iterable[str] = ()
    ) -> list[Candidate]:
        """Papers outside the trash with one of these folded DOIs, eprints (without version) or title match keys."""

    def crowded_titles(self, titles: Iterable[str], *, most: int) -> set[str]:
        """Those of the title match keys that more than `most` papers outside the trash have (hashes are compared)."""

    def keys_like(self, folded_stem: str) -> set[str]:
        """Lower-case keys that begin with the stem: of every paper, trash included, and every remembered key."""

    def key_is_free(self, key: str, paper_id: PaperId | None) -> bool:
        """False when another paper has the key (without case) or it was exported for another paper."""

    def taken_keys(self, keys: Iterable[str], paper_id: PaperId | None = None) -> set[str]:
        """Those of the keys, in lower case, of which `key_is_free` says no; one query for any number."""

    def exported_keys(self, paper_id: PaperId) -> list[str]:
        """Every key with which a paper has left. Cost: reads the whole ledger of exported keys."""

    def ids_without_key(self) -> "array[int]":
        """Papers whose citation key was not made yet."""

    def history(self, *, limit: int | None = None) -> list[Operation]:
        """Operations, newest first, those undone included until a new operation drops them."""

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        """Changes of one paper, newest first."""

    def undoable(self) -> Operation | None:
        """The step that `undo` would take back."""

    def redoable(self) -> Operation | None:
        """The step that `redo` would do again."""

    def version(self) -> int:
        """A number that differs after every committed write of any process."""

    def changes_since(self, version: int) -> Changes:
        """What others committed since `version`, at worst with `everything` set."""


class Writer(LinkWrites, Reader, Protocol):
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

    def keep_source(self, source: SourceText) -> SourceId:
        """Keeps a text once; the id of the kept one when it is there already."""

    def begin_source(self, name: str, format: str, *, sha256: str, imported: datetime) -> SourceId:
        """Keeps a new source, of which `source_of_hash` knew nothing; its text follows in pieces."""

    def add_source_pieces(self, source_id: SourceId, first: int, pieces: Sequence[bytes]) -> None:
        """Adds pieces of its text in UTF-8, numbered from `first`: 64 KiB each, the last one shorter."""

    def add_spans(self, source_id: SourceId, spans: Sequence[tuple[PaperId, Span]], *, when: datetime) -> None:
        """Remembers from where papers were read."""

    def add_blocks(self, source_id: SourceId, blocks: Sequence[Block]) -> None:
        """Keeps strings, preambles and comments of a source."""

    def put_capture(self, name: str, category_code: str, capture: Capture) -> None:
        """Adds a capture; the same profile (folded name) and day is replaced."""

    def save_search(self, search: SavedSearch) -> None:
        """Adds or replaces a saved search."""

    def delete_saved_search(self, name: str) -> None:
        """Raises: NotFound."""

    def remember_exported(self, keys: Mapping[str, PaperId]) -> None:
        """Exported keys belong to their papers for ever. Not journalled: undo does not forget."""

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
    def location(self) -> str:
        """The path of the library file, or the address of a team database."""

    @property
    def is_writable(self) -> bool:
        """False for a library that can only be read."""

    def read(self) -> AbstractContextManager[Reader]:
        """One snapshot. Any thread; cheap. `interrupt` of another thread ends its running query with Cancelled."""

    def write(self) -> AbstractContextManager[Writer]:
        """One operation: commits at the end, takes everything back (all chunks too) when an exception passes.

        Raises: LibraryBusy after 5 s, LibraryReadOnly, DiskFull.
        """

    def last_changes(self) -> Changes:
        """What the last `write`, `undo` or `redo` of this store did (same thread)."""

    def undo(self, progress: Progress) -> Operation:
        """Takes back the last step. Raises: NothingToUndo, ConflictError."""

    def redo(self, progress: Progress) -> Operation:
        """Does the last undone step again. Raises: NothingToRedo, ConflictError."""

    def interrupt_reads(self) -> None:
        """Ends running reads of other threads with Cancelled."""

    def check(self) -> list[str]:
        """What is wrong with the file, its rows and its index; empty when sound."""

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
        Raises (while iterating): UnreadableInput when its memory is used up, RuntimeError when it broke.
        """


class Clock(Protocol):
    """The time, so that tests can set it."""

    def now(self) -> datetime:
        """The present moment in UTC, whole seconds."""

    def today(self) -> date:
        """The present day where the person is."""
