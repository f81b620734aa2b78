"""The reading half of the facade."""

from array import array
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from refman.domain.changes import Changes, Operation
from refman.domain.links import LinkedFile
from refman.domain.listing import (
    HistoryEntry,
    Hits,
    Listing,
    PaperRow,
    SavedSearch,
    SidebarCounts,
    TagInfo,
)
from refman.domain.paper import Attachment, Note, NoteId, Paper, PaperId, SourceId
from refman.domain.ports import Clock, Store
from refman.domain.profile import AuthorProfile
from refman.domain.progress import Progress
from refman.domain.query import Query
from refman.domain.query_links import unlinked_parts
from refman.domain.query_match import asks_for_citations, asks_for_links
from refman.domain.query_parser import parse_query
from refman.domain.settings import Settings
from refman.domain.sources import SourceText
from refman.services.library_files import attachment_folder


class LibraryReads:
    """What can be asked of an open library. Any thread; every call sees the newest committed state."""

    def __init__(self, store: Store, *, clock: Clock, settings: Settings) -> None:
        self.store = store
        self.clock = clock
        self.settings = settings
        """The preferences that hold for new keys and copied citations; the window replaces them when they change."""

    @property
    def location(self) -> str:
        """The path of the library file."""
        return self.store.location

    @property
    def name(self) -> str:
        """The name of the library: its file without folder and ending."""
        return Path(self.store.location).stem

    @property
    def is_writable(self) -> bool:
        """False for a library that can only be read."""
        return self.store.is_writable

    @property
    def taken_back(self) -> tuple[str, ...]:
        """What a crash had cut off and was taken back when the library was opened, by name."""
        return self.store.taken_back

    @property
    def needs_check(self) -> bool:
        """True for a big library that was not closed properly and whose file was not checked since."""
        return self.store.needs_check

    def check_file(self, progress: Progress) -> list[str]:
        """What is wrong with the file alone, beside the work of others; empty when sound. Raises: Cancelled.

        Cost: reads the file once, 2 s for 250 MB.
        """
        return self.store.check_file(progress)

    def close(self) -> None:
        """Ends every connection; the library cannot be used afterwards."""
        self.store.close()

    def interrupt_reads(self, thread: int | None = None) -> None:
        """Ends the running reads of a thread (`threading.get_ident`), with None of all, with Cancelled."""
        self.store.interrupt_reads(thread)

    def undisturbed(self) -> AbstractContextManager[None]:
        """Inside, `interrupt_reads` ends no read of this thread."""
        return self.store.undisturbed()

    def limited(self) -> AbstractContextManager[None]:
        """Inside, a search of this thread that takes too much time ends with SearchTooLong (decision 0119)."""
        return self.store.limited()

    def tend_index(self) -> bool:
        """Merges small parts of the search index that edits have left; True while there is more of it.

        Cost: a quarter of a second at most, in many short transactions. What is stored and found stays the same.
        Raises: LibraryBusy when another program writes, DiskFull.
        """
        return self.store.tend_index()

    # Papers

    def parse_query(self, text: str) -> Query:
        """What a typed search means, and which files and projects it names that are not linked; never raises.

        What is said of citations is read from the sources of a project.
        """
        query = parse_query(text, today=self.clock.today())
        if not asks_for_links(query.root):
            return query
        links = self.linked_files()
        said = (*query.misunderstood, *unlinked_parts(text, links))
        query = replace(query, misunderstood=tuple(sorted(said, key=lambda one: one.start)))
        if not asks_for_citations(query.root):
            return query
        # Late: loads the readers of LaTeX.
        from refman.services.linking.cited_search import with_citations

        return replace(query, root=with_citations(query.root, links))

    def first_ids(self, listing: Listing, *, limit: int = 256) -> "array[int]":
        """The first ids in order, without counting: what is painted while `hits` counts."""
        with self.store.read() as reader:
            return reader.first_ids(listing, limit=limit)

    def hits(self, listing: Listing, *, first: int = 256) -> Hits:
        """The exact number of papers of a listing and the first ids in order."""
        with self.store.read() as reader:
            return reader.hits(listing, first=first)

    def ids(self, listing: Listing, offset: int = 0, limit: int | None = None) -> "array[int]":
        """Ids in the order of the listing. All ids may be shared with other callers: they are not to be changed."""
        with self.store.read() as reader:
            return reader.ids(listing, offset=offset, limit=limit)

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """List rows in the order of `ids`; ids that do not exist are left out."""
        with self.store.read() as reader:
            return reader.rows(ids)

    def paper(self, paper_id: PaperId) -> Paper | None:
        """The whole paper, also from the trash."""
        with self.store.read() as reader:
            return reader.paper(paper_id)

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Whole papers in the order of `ids`; ids that do not exist are left out."""
        with self.store.read() as reader:
            return reader.papers(ids)

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Exact citation keys to ids, also in the trash; unknown keys are left out."""
        with self.store.read() as reader:
            return reader.ids_of_keys(keys)

    def position(self, listing: Listing, paper_id: PaperId) -> int | None:
        """The row of a paper in a listing, None when it is not in it. Reads all ids of the listing."""
        with self.store.read() as reader:
            return reader.position(listing, paper_id)

    # Sidebar

    def sidebar_counts(self) -> SidebarCounts:
        """Papers outside the trash, those without a tag, those in the trash."""
        with self.store.read() as reader:
            return reader.counts()

    def tags(self) -> list[TagInfo]:
        """All tags, levels above included, in folded order."""
        with self.store.read() as reader:
            return reader.tags()

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        """Tag name to number of papers of the listing with it or a tag below it; tags with none are left out."""
        with self.store.read() as reader:
            return reader.tag_counts(listing)

    def tags_of(self, ids: Sequence[int]) -> dict[str, int]:
        """Exact tag name to how many of these papers carry it."""
        with self.store.read() as reader:
            return reader.tags_of(ids)

    def profiles(self) -> list[AuthorProfile]:
        """Author profiles by folded name, captures newest first."""
        with self.store.read() as reader:
            return reader.profiles()

    def saved_searches(self) -> list[SavedSearch]:
        """Saved searches by folded name."""
        with self.store.read() as reader:
            return reader.saved_searches()

    def linked_files(self) -> list[LinkedFile]:
        """The linked .bib files by path; how they stand is asked through `links`."""
        with self.store.read() as reader:
            return reader.linked_files()

    # One paper

    def notes(self, paper_id: PaperId) -> list[Note]:
        """The notes of a paper, oldest first."""
        with self.store.read() as reader:
            return reader.notes(paper_id)

    def note(self, note_id: NoteId) -> Note | None:
        """A note by its id."""
        with self.store.read() as reader:
            found = reader.note(note_id)
        return found[1] if found else None

    def source_text(self, source_id: SourceId) -> SourceText | None:
        """A text that an import came from."""
        with self.store.read() as reader:
            return reader.source_text(source_id)

    def attachment_path(self, attachment: Attachment) -> Path:
        """Where the file of an attachment is; it may be gone. A relative link starts at the library's folder."""
        library = Path(self.store.location)
        return (attachment_folder(library) if attachment.is_stored else library.parent) / attachment.path

    # Journal and state

    def history(self, limit: int | None = None) -> list[Operation]:
        """Operations, newest first, those undone included until a new operation drops them."""
        with self.store.read() as reader:
            return reader.history(limit=limit)

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        """Changes of one paper, newest first."""
        with self.store.read() as reader:
            return reader.history_of(paper_id)

    def undoable(self) -> Operation | None:
        """The step that `undo` would take back."""
        with self.store.read() as reader:
            return reader.undoable()

    def redoable(self) -> Operation | None:
        """The step that `redo` would do again."""
        with self.store.read() as reader:
            return reader.redoable()

    def version(self) -> int:
        """A number that differs after every committed write of any process."""
        with self.store.read() as reader:
            return reader.version()

    def changes_since(self, version: int) -> Changes:
        """What others committed since `version`, at worst with `everything` set."""
        with self.store.read() as reader:
            return reader.changes_since(version)

    def check(self) -> list[str]:
        """What is wrong with the file, its rows and its index; empty when sound. Reads the whole file."""
        return self.store.check()
