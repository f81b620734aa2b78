"""How a linked file stands, in one word and a few numbers: what the sidebar and `refman links` show."""

from dataclasses import dataclass
from enum import StrEnum

from refman.domain.links import WriteWhen


class LinkState(StrEnum):
    """The one thing to know of a file first."""

    IN_STEP = "in step"
    TO_WRITE = "to write"
    TO_TAKE = "to take"
    MISSING = "missing"
    DIFFERS = "differs"
    CONFLICT = "conflict"
    PAUSED = "paused"
    GONE = "gone"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """Numbers of one file: entries to write and to take, clashes, cited keys that are nowhere, fields that differ.

    `stamp` is what `stamp_of_link` said when it was looked at; `project` the folder that cites it, `cited` how many
    keys are cited there.
    """

    path: str
    state: LinkState
    entries: int
    to_write: int
    to_take: int
    conflicts: int
    missing: tuple[str, ...]
    overlays: int
    reason: str = ""
    when: WriteWhen = WriteWhen.REQUEST
    stamp: str = ""
    project: str = ""
    cited: int = 0
    takes_single: bool = False

    @property
    def badge(self) -> str:
        """`in step`, `2 to write`, `3 missing`, `conflict`."""
        counts = {
            LinkState.TO_WRITE: self.to_write,
            LinkState.TO_TAKE: self.to_take,
            LinkState.MISSING: len(self.missing),
        }
        count = counts.get(self.state)
        return f"{count:,} {self.state}" if count else str(self.state)
