"""Linked .bib files: what the library remembers of a file that it follows."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId

LinkId = NewType("LinkId", int)


class Direction(StrEnum):
    """Which side learns from the other."""

    BOTH = "both"
    TO_FILE = "to-file"
    FROM_FILE = "from-file"


class WriteWhen(StrEnum):
    """When changes of the library go into the file by themselves; `request` is never."""

    REQUEST = "request"
    IDLE = "idle"
    FOCUS_OUT = "focus-out"


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A linked file. `path` is absolute; `query` names the papers that belong into it, `project` the folder that cites.

    `sha256` and `stamp` (size, time, inode) are those of the file as it was last read or written; `version` is the
    library's version up to which the file has been brought; `head` the commit of its git repository at that time;
    `taken` the step of the journal that last took changes from it, 0 for none.
    """

    path: str
    query: str = ""
    project: str = ""
    direction: Direction = Direction.BOTH
    when: WriteWhen = WriteWhen.REQUEST
    sha256: str = ""
    stamp: str = ""
    version: int = 0
    head: str = ""
    taken: int = 0
    linked: datetime = datetime.min
    id: LinkId = LinkId(0)

    @property
    def takes_single(self) -> bool:
        """True where a paper can be put into the file by itself: no query decides, and the file learns."""
        return not self.query and self.direction is not Direction.FROM_FILE


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """A key of a file belongs to a paper. The paper may be gone: then undo or purge took it.

    `seen` has for each field of the paper what it was when file and library last met (`services/linking/seen.py`).
    """

    key: str
    paper_id: PaperId
    seen: Mapping[str, str] = field(default_factory=dict)
