"""What an import would do (`--dry-run`): the plan, counted, with the keys that new papers would get."""

from refman.domain.changes import Changes
from refman.domain.ports import Store
from refman.services.citekeys import KeyMaker
from refman.services.import_plan import ImportPlan, ImportReport, OnDuplicate, PlannedDraft
from refman.services.import_tally import Tally, report_of
from refman.services.importing import difference_problem, key_problem


def foresee(store: Store, plan: ImportPlan, *, pattern: str) -> ImportReport:
    """Counts the plan; writes nothing."""
    tally = Tally(problems=list(plan.problems))
    with store.read() as reader:
        maker = KeyMaker(reader, pattern)
        for position, item in enumerate(plan.items):
            _foresee_draft(plan, position, item=item, maker=maker, tally=tally)
    return report_of(tally, plan, changes=Changes())


def _foresee_draft(plan: ImportPlan, position: int, *, item: PlannedDraft, maker: KeyMaker, tally: Tally) -> None:
    policy = item.on_duplicate or plan.options.on_duplicate
    is_repeat = item.repeat_of is not None and plan.items[item.repeat_of].source_index == item.source_index
    is_here = is_repeat or (policy is not OnDuplicate.KEEP and (item.match or item.repeat_of) is not None)
    key = item.match_key if item.repeat_of is None else tally.keys[item.repeat_of]
    if not item.chosen or (is_here and policy is OnDuplicate.SKIP and not is_repeat):
        tally.skip(position, key)
    elif is_here:
        file = plan.sources[item.source_index].name
        tally.meet(position, key, is_update=bool(item.fills) and not is_repeat)
        tally.problems += [difference_problem(found, item.draft, which=key, file=file) for found in item.differences]
    else:
        tally.add(position, _new_key(plan, item, maker=maker, tally=tally))


def _new_key(plan: ImportPlan, item: PlannedDraft, *, maker: KeyMaker, tally: Tally) -> str:
    if not item.draft.key:
        return maker.make(item.draft)
    key = maker.keep(item.draft.key)
    if key != item.draft.key:
        tally.problems.append(key_problem(item.draft, key, file=plan.sources[item.source_index].name))
    return key
