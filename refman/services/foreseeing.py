"""What an import would do (`--dry-run`): decided as in `applying`, counted, nothing written."""

from refman.domain.changes import Changes
from refman.domain.ports import Store
from refman.services.import_plan import ImportPlan, ImportReport
from refman.services.import_tally import Keys, Tally, chosen_drafts, report_of, tell_met
from refman.services.matching import Matching, complete_drafts


def foresee(store: Store, plan: ImportPlan, *, pattern: str) -> ImportReport:
    """The report that `applying.apply` would give now, the keys of new papers included."""
    tally = Tally(problems=list(plan.problems))
    incoming = chosen_drafts(plan, tally)
    with store.read() as reader:
        matches = Matching().match(reader, incoming)
        complete = complete_drafts([match for match in matches if not match.is_skipped])
        keys = Keys(reader, plan, pattern=pattern, tally=tally)
        given: dict[int, str] = {}
        for match in matches:
            known, paper = id(match.known), match.paper
            if paper is None:
                given[known] = keys.give(match, complete[known])
                tally.add(match.incoming.position, given[known])
            elif match.is_skipped:
                tally.skip(match.incoming.position, given.get(known) or paper.key)
            else:
                given[known] = given.get(known) or paper.key or keys.give(match, match.after)
                tell_met(tally, plan, match=match, key=given[known])
    return report_of(tally, plan, changes=Changes())
