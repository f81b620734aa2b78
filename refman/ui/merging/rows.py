"""The fields about which papers that are merged disagree, as rows of plain values; made on a lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from refman.domain.fields import field_of
from refman.domain.names import short_list
from refman.domain.paper import Paper, PaperId
from refman.services.library import Library
from refman.services.merging import MergePlan, plan_merge

_TYPE = "type"


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A field and what each paper says; papers that say nothing are left out."""

    field: str
    values: Mapping[PaperId, str]


@dataclass(frozen=True, slots=True)
class MergeView:
    """What the sheet shows: the papers in the order in which they were given, and the plan for the one that stays."""

    papers: tuple[Paper, ...]
    plan: MergePlan
    rows: tuple[MergeRow, ...]


def read_merge(library: Library, kept: PaperId, ids: Sequence[PaperId]) -> MergeView:
    """What merging these papers into one of them would do. Any thread. Raises: NotFound, InvalidValue."""
    with library.store.read() as reader:
        plan = plan_merge(reader, kept, [one for one in ids if one != kept])
    by_id = {paper.id: paper for paper in (plan.kept, *plan.others)}
    papers = tuple(by_id[one] for one in ids)
    names = dict.fromkeys(one.difference.field for one in plan.differing)
    return MergeView(papers, plan, tuple(MergeRow(name, _values(papers, name)) for name in names))


def _values(papers: Sequence[Paper], name: str) -> dict[PaperId, str]:
    shown = {paper.id: _shown(paper, name) for paper in papers}
    return {paper_id: text for paper_id, text in shown.items() if text}


def _shown(paper: Paper, name: str) -> str:
    if name == _TYPE:
        return paper.type
    if name in paper.people:
        return short_list(paper.people[name].names, truncated=paper.people[name].truncated)
    return field_of(name).show(paper.plain(name)) if paper.plain(name) else ""
