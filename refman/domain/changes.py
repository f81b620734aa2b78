"""What an operation did: the summary for the views, and its record in the journal."""

from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId

OperationId = NewType("OperationId", int)


class OperationKind(StrEnum):
    """The fixed word stored with an operation; edits of one kind on one target may merge within 2 s."""

    IMPORT = "import"
    CREATE = "create"
    EDIT = "edit"
    RENAME_KEY = "rename-key"
    MAKE_KEYS = "make-keys"
    TRASH = "trash"
    RESTORE = "restore"
    PURGE = "purge"
    TAG = "tag"
    TAG_TREE = "tag-tree"
    NOTE = "note"
    ATTACH = "attach"
    SAVED_SEARCH = "saved-search"
    PROFILE = "profile"


class OperationState(StrEnum):
    """`running` is a bulk operation between its transactions; after a crash it is taken back at the next start.

    `undoing` and `redoing` are a big step between the transactions of its undo or redo; after a crash it is undone.
    """

    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"
    UNDOING = "undoing"
    REDOING = "redoing"


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the journal. `name` is English (`Tag 3 papers with rl`), `papers` how many papers it touched."""

    id: OperationId
    when: datetime
    kind: OperationKind
    name: str
    state: OperationState
    papers: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What views have to refresh. Empty sets and False mean untouched.

    `everything` is set instead of ids when an operation touched more papers than is worth listing (over 10,000).
    """

    added: frozenset[PaperId] = field(default_factory=frozenset)
    changed: frozenset[PaperId] = field(default_factory=frozenset)
    removed: frozenset[PaperId] = field(default_factory=frozenset)
    tags: bool = False
    profiles: bool = False
    saved_searches: bool = False
    everything: bool = False
    operation: Operation | None = None

    @property
    def is_empty(self) -> bool:
        """True when no view has anything to do and no step was made."""
        return self == Changes()
