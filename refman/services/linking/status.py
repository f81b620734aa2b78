"""How a linked file stands, in one word and a few numbers: what the sidebar and `refman links` show."""

from dataclasses import dataclass
from enum import StrEnum

from refman.services.linking.looking import FileState
from refman.services.linking.sync_plan import SyncPlan


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
    """Numbers of one file: entries to write and to take, clashes, cited keys that are nowhere, fields that differ."""

    path: str
    state: LinkState
    entries: int
    to_write: int
    to_take: int
    conflicts: int
    missing: tuple[str, ...]
    overlays: int
    reason: str = ""

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


def status_of(plan: SyncPlan) -> LinkStatus:
    """The status of the file of a plan."""
    return LinkStatus(
        plan.link.path,
        _state_of(plan),
        sum("@gone" not in entry.seen for entry in plan.entries.values()),
        len(plan.written),
        len(plan.taken) + len(plan.gone),
        len(plan.clashes),
        plan.missing,
        plan.overlays,
        plan.look.reason,
    )


def _state_of(plan: SyncPlan) -> LinkState:
    stopped = {
        FileState.PAUSED: LinkState.PAUSED,
        FileState.GONE: LinkState.GONE,
        FileState.UNREADABLE: LinkState.UNREADABLE,
    }
    if plan.look.state in stopped:
        return stopped[plan.look.state]
    if plan.clashes:
        # After an undo no base is known: file and library just differ.
        return LinkState.CONFLICT if any(one.base is not None for one in plan.clashes) else LinkState.DIFFERS
    if plan.taken or plan.gone:
        return LinkState.TO_TAKE
    if plan.written:
        return LinkState.TO_WRITE
    return LinkState.MISSING if plan.missing else LinkState.IN_STEP
