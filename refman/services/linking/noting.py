"""What is remembered of the entries that refman has just written into a linked file, or taken out of it."""

from collections.abc import Iterator, Mapping

from refman.domain.links import LinkedEntry
from refman.domain.paper import Paper, PaperId
from refman.services.linking.entry_memory import taken_out, taken_out_of, with_text_before
from refman.services.linking.seen import OURS, overlays_of, seen_of
from refman.services.linking.sync_plan import STRING, SyncPlan, Written


def noted_entries(
    plan: SyncPlan, papers: Mapping[PaperId, Paper], present: Mapping[str, LinkedEntry]
) -> list[LinkedEntry]:
    """One for each entry that was written; `papers` are as they are now, `present` what was known until now."""
    entries = []
    for one in plan.written:
        if one.what == STRING:
            continue
        paper, before = papers.get(one.paper_id), present.get(one.key)
        if one.what == "removed":
            seen = taken_out_of(plan.now, plan.now.by_id[(one.key, 0)], before.seen if before else {})
        elif paper is None:
            continue
        elif one.what == "added":
            seen = _added(paper, before)
        else:
            assert before is not None
            seen = _changed(plan, one, paper, before=before)
        entries.append(LinkedEntry(one.key, one.paper_id, {name: value for name, value in seen.items() if value}))
    return [*entries, *_said(plan, papers, present)]


def _said(plan: SyncPlan, papers: Mapping[PaperId, Paper], present: Mapping[str, LinkedEntry]) -> Iterator[LinkedEntry]:
    """Entries that were right without an edit of their own: their macro says now what the library does."""
    for key, names in plan.said.items():
        before = present.get(key)
        paper = papers.get(before.paper_id) if before else None
        if before is not None and paper is not None:
            now = seen_of(paper)
            seen = {**before.seen, **{name: now.get(name, "") for name in names}}
            yield LinkedEntry(key, paper.id, {name: value for name, value in seen.items() if value})


def _added(paper: Paper, before: LinkedEntry | None) -> dict[str, str]:
    """A new entry, or one that comes back as it was: with what the file said otherwise."""
    out = taken_out(before.seen) if before else None
    if out is None:
        return {**seen_of(paper), OURS: "1"}
    if out.is_for(paper):
        return dict(out.seen)
    return {**seen_of(paper), **({OURS: "1"} if OURS in out.seen else {})}


def _changed(plan: SyncPlan, one: Written, paper: Paper, *, before: LinkedEntry) -> dict[str, str]:
    held = overlays_of(before.seen)
    now = {name: value for name, value in seen_of(paper).items() if name not in held}
    place = (one.key, 0)
    old, new = plan.now.raw(plan.now.by_id[place]), plan.result.raw(plan.result.by_id[place])
    seen = with_text_before(before.seen, old, new)
    return {**seen, **{name: now.get(name, "") for name in one.names}}
