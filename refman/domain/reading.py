"""What can be asked of one snapshot of a library; `ports.py` has the other Protocols and the rules for all."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Protocol

from refman.domain.changes import Changes, Operation, OperationId
from refman.domain.discards import Discard
from refman.domain.link_ports import LinkReads
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
    Note,
    NoteId,
    Paper,
    PaperId,
    SourceId,
)
from refman.domain.profile import AuthorProfile
from refman.domain.sources import Block, Candidate, SourceText


class Reader(LinkReads, Protocol):
    """Reads of one snapshot of the library."""

    def paper(self, paper_id: PaperId) -> Paper | None:
        """The whole paper, also from the trash."""

    def papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Whole papers in the order of `ids`."""

    def bare_papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Papers in the order of `ids` with type, key, fields, people and places in sources alone, for exports.

        They have no tags, notes and files, and their times are 1970; two thirds of the time of `papers`.
        """

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """List rows in the order of `ids`; cost is one page read."""

    def keys_of(self, ids: Sequence[PaperId]) -> dict[PaperId, str]:
        """Ids to citation keys, "" for one without, also in the trash, in the order of `ids`."""

    def ids_of_keys(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Exact citation keys to ids, also in the trash; unknown keys are left out."""

    def ids_of_keys_in_any_case(self, keys: Iterable[str]) -> dict[str, PaperId]:
        """Each of the keys, as it is given, to the paper with it in any case, also in the trash; others left out."""

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

    def tags_of(self, ids: Sequence[int]) -> dict[str, int]:
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

    def source_names(self) -> dict[SourceId, str]:
        """The names of all kept sources, in order of import."""

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

    def owner_of_exported(self, key: str) -> PaperId | None:
        """The paper with which a key (without case) left; it may have another key now, or be gone."""

    def exported_keys(self, paper_id: PaperId) -> list[str]:
        """Every key with which a paper has left. Cost: reads the whole ledger of exported keys."""

    def former_keys(self, ids: Sequence[PaperId]) -> dict[PaperId, list[str]]:
        """Keys with which these papers left before they got another one, and which no other paper outside the trash
        has now, in any case; papers without any are left out. Cost: reads the whole ledger of exported keys, once."""

    def ids_without_key(self) -> "array[int]":
        """Papers whose citation key was not made yet."""

    def history(self, *, limit: int | None = None) -> list[Operation]:
        """Operations, newest first, those undone included until a new operation drops them."""

    def history_of(self, paper_id: PaperId) -> list[HistoryEntry]:
        """Changes of one paper, newest first."""

    def discards(self) -> list[Discard]:
        """Notes, tags and files in the trash, newest first."""

    def papers_leaving(self, operation_id: OperationId, *, is_forward: bool) -> int:
        """How many papers undoing a step, or (`is_forward`) doing it again, would remove or put into the trash."""

    def undoable(self) -> Operation | None:
        """The step that `undo` would take back."""

    def redoable(self) -> Operation | None:
        """The step that `redo` would do again."""

    def version(self) -> int:
        """A number that differs after every committed write of any process."""

    def changes_since(self, version: int) -> Changes:
        """What others committed since `version`, at worst with `everything` set."""
