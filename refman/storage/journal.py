"""What the journal holds, and the step that is being written.

A row of `change` is one undoable change; `before` and `after` are what has to be written to undo and redo it:

| kind | papers | subject | before, after |
|---|---|---|---|
| added, purged | first to last | | `image` holds their rows while they are gone |
| field | one | field name | `values.field_to_json` |
| people | one | role | `values.people_to_json` |
| key, type | one | | JSON text |
| changed | one | | the time of the last change |
| trashed | first to last | | the time, or NULL |
| tagged | first to last | tag id | the name of the tag, or NULL |
| the others | one or none | primary key as JSON | the row as JSON array, or NULL |

A row without `before` and `after` says that a note, tag or file in the trash was deleted for good, or that its tag
went to one of the same name (docs/decisions/0095).

Papers that a step added need no further rows: what hangs on them comes and goes with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from enum import StrEnum

from refman.domain.changes import Changes, Operation, OperationKind
from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId

LONGEST_RUN = 256
"""How many papers one row of `change` speaks of at most."""
_MOST_LISTED = 10_000


class ChangeKind(StrEnum):
    """The word in `change.kind`."""

    ADDED = "added"
    PURGED = "purged"
    FIELD = "field"
    PEOPLE = "people"
    KEY = "key"
    TYPE = "type"
    CHANGED = "changed"
    TRASHED = "trashed"
    TAGGED = "tagged"
    TAG = "tag"
    NOTE = "note"
    ATTACHMENT = "attachment"
    SPAN = "span"
    BLOCK = "block"
    SOURCE = "source"
    PROFILE = "profile"
    CAPTURE = "capture"
    SAVED_SEARCH = "saved-search"


OF_MANY_PAPERS = (ChangeKind.TAGGED, ChangeKind.TRASHED)
"""What is done to each paper alike; changes that follow one another differ in their papers alone."""


_TAG_KINDS = (ChangeKind.TAG, ChangeKind.TAGGED)
_PROFILE_KINDS = (ChangeKind.PROFILE, ChangeKind.CAPTURE)


@dataclass(frozen=True, slots=True)
class Change:
    """One row of `change` that is to be written or was read (`id` 0 before)."""

    kind: ChangeKind
    first_id: int | None = None
    last_id: int | None = None
    subject: str = ""
    before: str | None = None
    after: str | None = None
    image: bytes | None = None
    id: int = 0

    @property
    def ids(self) -> range:
        """The papers it speaks of."""
        if self.first_id is None or self.last_id is None:
            return range(0)
        return range(self.first_id, self.last_id + 1)

    @property
    def size(self) -> int:
        """About how many bytes the row takes."""
        return 40 + sum(len(part) for part in (self.before, self.after, self.image) if part)


def runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending runs of consecutive ids as (first, last), each at most `LONGEST_RUN` long."""
    first = last = None
    for paper_id in sorted(ids):
        if first is None or last is None or paper_id != last + 1 or paper_id - first >= LONGEST_RUN:
            if first is not None and last is not None:
                yield first, last
            first = paper_id
        last = paper_id
    if first is not None and last is not None:
        yield first, last


def add_run(ranges: list[tuple[int, int]], first: int, last: int) -> None:
    """Appends a run, or lengthens the last one where they touch."""
    if ranges and ranges[-1][1] + 1 == first:
        ranges[-1] = (ranges[-1][0], last)
    else:
        ranges.append((first, last))


@dataclass(slots=True)
class Summary:
    """What the views have to know of the changes made so far."""

    added: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    tags: bool = False
    profiles: bool = False
    saved_searches: bool = False
    unlisted: int = 0

    def note(self, change: Change, *, is_forward: bool = True) -> None:
        """Takes in a change, or (not `is_forward`) that it was taken back."""
        if change.kind in (ChangeKind.ADDED, ChangeKind.PURGED):
            self._came_or_went(change.ids, came=(change.kind is ChangeKind.ADDED) == is_forward)
        elif change.first_id is not None:
            self.changed.update(change.ids)
        self.tags |= change.kind in _TAG_KINDS
        self.profiles |= change.kind in _PROFILE_KINDS
        self.saved_searches |= change.kind is ChangeKind.SAVED_SEARCH

    def _came_or_went(self, ids: range, *, came: bool) -> None:
        if self.papers > _MOST_LISTED:
            # They will not be listed: a million ids need not be held.
            self.unlisted += len(ids)
            return
        (self.added if came else self.removed).update(ids)
        (self.removed if came else self.added).difference_update(ids)

    @property
    def papers(self) -> int:
        """How many papers were touched."""
        return len(self.added | self.changed | self.removed) + self.unlisted

    def changes(self, operation: Operation | None) -> Changes:
        """The summary for the views; ids are left out where there are too many."""
        if self.papers > _MOST_LISTED:
            return Changes(everything=True, tags=True, profiles=True, saved_searches=True, operation=operation)
        return Changes(
            added=frozenset(map(PaperId, self.added)),
            changed=frozenset(map(PaperId, self.changed - self.added - self.removed)),
            removed=frozenset(map(PaperId, self.removed)),
            tags=self.tags,
            profiles=self.profiles,
            saved_searches=self.saved_searches,
            operation=operation,
        )


@dataclass(slots=True)
class Step:
    """The operation that a writer is in: what it is called, and changes that are not in the database yet."""

    kind: OperationKind | None = None
    name: str = ""
    merge_key: str = ""
    is_replay: bool = False
    is_kept: bool = False
    operation_id: int | None = None
    operation: Operation | None = None
    is_in_chunks: bool = False
    waiting: list[Change] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)
    new_papers: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0

    def record(self, change: Change) -> None:
        """Takes a change that was just made; when a step is undone or redone it is in the journal already."""
        if self.is_replay:
            return
        self.summary.note(change)
        if change.kind is ChangeKind.ADDED and change.first_id is not None and change.last_id is not None:
            add_run(self.new_papers, change.first_id, change.last_id)
        elif change.first_id is not None and change.kind is not ChangeKind.PURGED and self.is_new(change.first_id):
            return
        self.waiting.append(change)
        self.size += change.size

    def is_new(self, paper_id: int) -> bool:
        """True for a paper that this step added."""
        return any(first <= paper_id <= last for first, last in self.new_papers)

    def older(self, ids: Iterable[int]) -> list[int]:
        """Those that this step did not add: changes of the others need no row in the journal."""
        return [paper_id for paper_id in ids if not self.is_new(paper_id)]

    @property
    def has_changes(self) -> bool:
        """True when there is anything to undo; a kept source alone is nothing, files that follow the step are."""
        return (
            self.is_kept
            or self.operation_id is not None
            or any(row.kind is not ChangeKind.SOURCE for row in self.waiting)
        )
