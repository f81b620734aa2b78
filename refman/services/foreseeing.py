"""What an import would do (`--dry-run`): decided as in `applying`, counted, nothing written."""

from refman.domain.changes import Changes
from refman.domain.ports import Store
from refman.services.import_plan import ImportPlan, ImportReport
from refman.services.import_tally import Keys, chosen_drafts, report_of, tally_of, tell_met, tell_new
from refman.services.matching import Matching, complete_drafts


def foresee(store: Store, plan: ImportPlan, *, pattern: str) -> ImportReport:
    """The report that `applying.apply` would give now, the keys of new papers included."""
    tally = tally_of(plan)
    incoming = chosen_drafts(plan, tally)
    with store.read() as reader:
        matches = Matching().match(reader, incoming)
        complete = complete_drafts([match for match in matches if not match.is_skipped])
        keys = Keys(reader, pattern=pattern, tally=tally)
        keys.look_up([*complete.values()])
        given: dict[int, str] = {}
        for match in matches:
            known, paper = id(match.known), match.paper
            if paper is None:
                given[known] = keys.give(match, complete[known])
                tell_new(tally, match, given[known])
            elif match.is_skipped:
                tally.skip(match.incoming.position, given.get(known) or paper.key)
            else:
                given[known] = given.get(known) or paper.key or keys.give(match, match.after)
                tell_met(tally, match, given[known])
    return report_of(tally, profiles=[planned.profile.name for planned in plan.profiles], changes=Changes())
