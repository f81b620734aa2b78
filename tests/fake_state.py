"""The state of a library in memory (`tests/fakes.py`), its clock, and what lies between two states."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from refman.domain.changes import Changes, Operation, OperationState
from refman.domain.discards import Discard, DiscardId
from refman.domain.listing import (
    HistoryEntry,
    SavedSearch,
)
from refman.domain.paper import (
    Attachment,
    Note,
    Paper,
    PaperId,
    SourceId,
)
from refman.domain.profile import AuthorProfile
from refman.domain.sources import Block, SourceText


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def pass_seconds(self, seconds: int) -> None:
        """Moves the clock on."""
        self.moment += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Lying:
    """Something in the trash: what it is, and the note, the file, or the papers that carried the tag."""

    discard: Discard
    thing: Note | Attachment | tuple[PaperId, ...]
    look: tuple[str, int, int] = ("", 0, 0)


@dataclass
class State:
    """Everything that undo brings back. Values are immutable, so copies of the dicts are enough."""

    papers: dict[PaperId, Paper] = field(default_factory=dict)
    tags: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    profiles: dict[str, AuthorProfile] = field(default_factory=dict)
    searches: dict[str, SavedSearch] = field(default_factory=dict)
    sources: dict[SourceId, SourceText] = field(default_factory=dict)
    blocks: tuple[tuple[SourceId, Block], ...] = ()
    discards: dict[DiscardId, "Lying"] = field(default_factory=dict)

    def copied(self) -> "State":
        state = copy(self)
        for name in ("papers", "tags", "profiles", "searches", "sources", "discards"):
            setattr(state, name, dict(getattr(self, name)))
        return state


@dataclass
class Step:
    operation: Operation
    before: State
    after: State


class FakeMemory:
    """What every read and write of one library in memory shares."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.exported: dict[str, tuple[str, PaperId]] = {}
        self.steps: list[Step] = []
        self.hashes: dict[SourceId, str] = {}
        self.pieces: dict[SourceId, list[bytes]] = {}
        self.writes = 0
        self.chunks = 0
        self._ids = 0

    def new_id(self) -> int:
        """An id that nothing had before."""
        self._ids += 1
        return self._ids


def changes_between(before: State, after: State) -> Changes:
    old, new = before.papers, after.papers
    return Changes(
        added=frozenset(new.keys() - old.keys()),
        changed=frozenset(one for one in new.keys() & old.keys() if new[one] != old[one]),
        removed=frozenset(old.keys() - new.keys()),
        tags=before.tags != after.tags or any(old[one].tags != new[one].tags for one in old.keys() & new.keys()),
        profiles=before.profiles != after.profiles,
        saved_searches=before.searches != after.searches,
    )


def entries_of(step: Step, paper_id: PaperId) -> Iterator[HistoryEntry]:
    old, new = step.before.papers.get(paper_id), step.after.papers.get(paper_id)
    if step.operation.state is not OperationState.DONE or old is None or new is None:
        return
    when, name, first = step.operation.when, step.operation.name, step.operation.id * 1000
    if old.type != new.type:
        yield HistoryEntry(when, name, "type", old.type, new.type, first, is_restorable=True)
    for place, one in enumerate(sorted(old.fields.keys() | new.fields.keys()), 1):
        if old.plain(one) != new.plain(one):
            yield HistoryEntry(when, name, one, old.plain(one), new.plain(one), first + place, is_restorable=True)
