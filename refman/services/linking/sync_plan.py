"""What a synchronisation would do: their changes into the library, mine into the file, and what clashes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from refman.domain.links import LinkedEntry, LinkedFile
from refman.domain.paper import Draft, FieldValue, PaperId, People
from refman.domain.query import Node
from refman.domain.sources import Block
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.file_edits import Edits
from refman.formats.bibfile.string_edits import StringEdit
from refman.services.linking.looking import FileState, Look


class Side(StrEnum):
    """Whose value counts: that of the library, or that of the file."""

    MINE = "mine"
    THEIRS = "theirs"


Choices = Mapping[tuple[str, str], Side]
"""(key in the file, field) to the side that a person chose; ("", "") is the side for all others."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for. `members` is the query of the link, understood; `cited` are the keys its project cites,
    `elsewhere` those that other .bib files of the project have; `put` are papers that go into the file now, once."""

    choices: Choices = field(default_factory=dict)
    members: Node | None = None
    cited: frozenset[str] = frozenset()
    removes_cited: bool = False
    elsewhere: frozenset[str] = frozenset()
    put: frozenset[PaperId] = frozenset()

    @property
    def lacked(self) -> frozenset[str]:
        """The cited keys that this file has to have."""
        return self.cited - self.elsewhere


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that file and library changed differently, or ("" as field) an entry that one side no longer has.

    Texts are plain, as shown to people; None means that it is not there. `base` is what the file had.
    """

    key: str
    field: str
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry of the file that changes the library. Without a paper it is new; None takes a field away.

    `draft` is the entry as it is in the file now; `old_key` the key it had there before.
    """

    key: str
    draft: Draft
    paper_id: PaperId | None = None
    fields: Mapping[str, FieldValue | None] = field(default_factory=dict)
    people: Mapping[str, People | None] = field(default_factory=dict)
    type: str | None = None
    old_key: str = ""

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the fields that change."""
        return (*(("type",) if self.type else ()), *self.fields, *self.people)


STRING = "macro"
"""What is written where an `@string` changes; its key is `@string NAME`, and it has no paper."""


@dataclass(frozen=True, slots=True)
class StringTaken:
    """An `@string` that others added to the file or changed there: what the library keeps of it, before and after."""

    old: Block | None
    new: Block


@dataclass(frozen=True, slots=True)
class Written:
    """A paper whose entry the file gets, loses or gets changed; `names` are the fields concerned."""

    key: str
    paper_id: PaperId
    what: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """Everything that one file needs. `now` is the file as it is, `result` as it would be written.

    `gone` are keys that others took out of the file; `clashes` those that wait for a choice: while there are any,
    nothing at all is done. `missing` are keys that the project cites and the file lacks, `kept` entries that would
    leave it if the project did not cite them; `held` are fields that others changed in a file that only follows.
    `strings` are macros that the file gets, `strings_taken` those that the library does; `said` are fields that the
    library changed and that are right in the file once its macros are.
    """

    link: LinkedFile
    look: Look
    base: Document
    now: Document
    result: Document
    entries: Mapping[str, LinkedEntry]
    taken: tuple[Taken, ...] = ()
    gone: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    edits: Edits = field(default_factory=Edits)
    clashes: tuple[Clash, ...] = ()
    missing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    overlays: int = 0
    strings: tuple[StringEdit, ...] = ()
    strings_taken: tuple[StringTaken, ...] = ()
    said: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_paused(self) -> bool:
        """True when the file cannot be worked with now; `look.reason` says why."""
        return self.look.state in (FileState.PAUSED, FileState.GONE, FileState.UNREADABLE)

    @property
    def added(self) -> int:
        """How many entries are new in the file."""
        return sum(one.paper_id is None for one in self.taken)

    @property
    def fields_changed(self) -> int:
        """How many fields others changed."""
        return sum(len(one.changed) for one in self.taken if one.paper_id is not None)

    @property
    def removals(self) -> int:
        """How many entries would leave the file."""
        return sum(one.what == "removed" for one in self.written)

    @property
    def is_in_step(self) -> bool:
        """True when there is nothing to do."""
        return not (self.taken or self.gone or self.written or self.clashes or self.strings_taken or self.is_paused)
