"""What a synchronisation did, in words and as JSON."""

from pathlib import Path

from refman.cli.output import say, say_changed, tell
from refman.domain.links import LinkedFile
from refman.services.linking.link_status import LinkStatus
from refman.services.linking.plan_lines import lines_of
from refman.services.linking.status import status_of
from refman.services.linking.sync_plan import Clash, SyncPlan
from refman.services.linking.syncing import counts_of

_SIGNS = {-1: "-", 0: " ", 1: "+"}


def say_plan(plan: SyncPlan, *, is_dry: bool) -> None:
    """`refs.bib: 3 added, 1 field changed, 0 conflicts; 2 entries written`, then conflicts and what is missing.

    A dry run shows the lines of the file that would go and come.
    """
    name = Path(plan.link.path).name
    if plan.is_paused:
        tell(f"{name}: left alone, {plan.look.reason}.")
        return
    say(f"{name}: {counts_of(plan)}{' (dry run)' if is_dry else ''}")
    if is_dry:
        for line in lines_of(plan, len(plan.now.parts) + len(plan.written)):
            say_changed(_SIGNS[line.sign], line.text)
    for clash in plan.clashes:
        _say_clash(name, clash)
    if plan.clashes:
        tell(f"{name}: nothing was done; refman sync --take mine or --take theirs, or choose in the window.")
    for key in plan.kept:
        tell(f"{name}: {key} stays, the project cites it; --remove-cited takes it out.")
    for key in plan.missing:
        tell(f"{name}: {key} is cited and nowhere to be found.")


def _say_clash(name: str, clash: Clash) -> None:
    field = clash.field.removeprefix("@") or "the entry"
    tell(
        f"{name}: conflict in {clash.key}, {field}: {clash.mine or 'nothing'} here, {clash.theirs or 'nothing'} there."
    )


def plan_json(plan: SyncPlan) -> dict[str, object]:
    """A plan as `sync --json` prints it."""
    return {
        "file": plan.link.path,
        "state": str(status_of(plan).state),
        "reason": plan.look.reason,
        "added": plan.added,
        "fields_changed": plan.fields_changed,
        "gone": list(plan.gone),
        "macros": [one.new.name for one in plan.strings_taken],
        "taken": [{"key": one.key, "fields": list(one.changed), "new": one.paper_id is None} for one in plan.taken],
        "written": [
            {"key": one.key, "what": one.what, "fields": sorted(name.removeprefix("@") for name in one.names)}
            for one in plan.written
        ],
        "conflicts": [
            {
                "key": one.key,
                "field": one.field.removeprefix("@"),
                "base": one.base,
                "mine": one.mine,
                "theirs": one.theirs,
            }
            for one in plan.clashes
        ],
        "lines": [
            f"{_SIGNS[line.sign]} {line.text}" for line in lines_of(plan, len(plan.now.parts) + len(plan.written))
        ],
        "missing": list(plan.missing),
        "kept": list(plan.kept),
    }


def status_json(link: LinkedFile, status: LinkStatus) -> dict[str, object]:
    """A link as `links --json` prints it."""
    return {
        "file": link.path,
        "state": str(status.state),
        "reason": status.reason,
        "entries": status.entries,
        "to_write": status.to_write,
        "to_take": status.to_take,
        "conflicts": status.conflicts,
        "missing": list(status.missing),
        "differing": status.overlays,
        "query": link.query,
        "project": link.project,
        "direction": str(link.direction),
        "write": str(link.when),
    }
