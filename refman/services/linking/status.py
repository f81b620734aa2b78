"""From the plan of a file to how it stands."""

from pathlib import Path

from refman.services.linking.cited import cited_keys, stamp_of_sources
from refman.services.linking.file_bytes import stamp_of
from refman.services.linking.link_status import LinkState, LinkStatus
from refman.services.linking.looking import FileState
from refman.services.linking.sync_plan import SyncPlan


def status_of(plan: SyncPlan) -> LinkStatus:
    """The status of the file of a plan."""
    return LinkStatus(
        plan.link.path,
        _state_of(plan),
        sum("@gone" not in entry.seen for entry in plan.entries.values()),
        len(plan.written),
        len(plan.taken) + len(plan.gone) + len(plan.strings_taken),
        len(plan.clashes),
        plan.missing,
        plan.overlays,
        plan.look.reason,
        plan.link.when,
        stamp_of_link(plan.link.path, plan.link.project),
        plan.link.project,
        len(cited_keys(Path(plan.link.project))) if plan.link.project else 0,
        plan.link.takes_single,
    )


def stamp_of_link(path: str, project: str) -> str:
    """Differs after the file or a source of its project changed. Cost: a look at the file and at every source."""
    stamp = stamp_of(Path(path))
    return f"{stamp} {stamp_of_sources(Path(project))}" if project else stamp


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
    if plan.taken or plan.gone or plan.strings_taken:
        return LinkState.TO_TAKE
    if plan.written:
        return LinkState.TO_WRITE
    return LinkState.MISSING if plan.missing else LinkState.IN_STEP
