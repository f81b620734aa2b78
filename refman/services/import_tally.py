"""Counting what an import does."""

from dataclasses import dataclass, field

from refman.domain.changes import Changes
from refman.domain.paper import Draft
from refman.domain.ports import Reader
from refman.services.citekeys import KeyMaker
from refman.services.import_plan import FileProblem, ImportPlan, ImportReport
from refman.services.importing import difference_problem, key_problem
from refman.services.matching import Incoming, Match
from refman.services.outcome import Outcome, Sentence, outcome_of


@dataclass(slots=True)
class Tally:
    """The figures and keys so far; each draft is told once, by its position."""

    problems: list[FileProblem]
    keys: dict[int, str] = field(default_factory=dict)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    def add(self, position: int, key: str) -> None:
        """A new paper."""
        self.added += 1
        self.keys[position] = key

    def meet(self, position: int, key: str, *, is_update: bool) -> None:
        """A paper that is here already."""
        self.updated += is_update
        self.unchanged += not is_update
        self.keys[position] = key

    def skip(self, position: int, key: str) -> None:
        """A draft that nobody wants."""
        self.skipped += 1
        self.keys[position] = key


class Keys:
    """Gives keys to the new papers of an import; a key that was read and is taken becomes a problem."""

    def __init__(self, reader: Reader, plan: ImportPlan, *, pattern: str, tally: Tally) -> None:
        self._maker = KeyMaker(reader, pattern)
        self._plan = plan
        self._tally = tally

    def give(self, match: Match, draft: Draft) -> str:
        """The key as it was read when it is free, else that with a letter more; a made one where none was read."""
        if not draft.key:
            return self._maker.make(draft)
        key = self._maker.keep(draft.key)
        if key != draft.key:
            self._tally.problems.append(key_problem(draft, key, file=file_of(self._plan, match)))
        return key


def file_of(plan: ImportPlan, match: Match) -> str:
    """The input that a draft stood in."""
    return plan.sources[match.incoming.source].name


def tell_met(tally: Tally, plan: ImportPlan, *, match: Match, key: str) -> None:
    """Counts a draft whose paper is here and tells what differs; a repeat in one source is never an update."""
    tally.meet(match.incoming.position, key, is_update=bool(match.fills) and match.repeat_of is None)
    draft, file = match.incoming.draft, file_of(plan, match)
    tally.problems += [difference_problem(found, draft, which=key, file=file) for found in match.filling.differences]


def chosen_drafts(plan: ImportPlan, tally: Tally) -> list[Incoming]:
    """The drafts that somebody wants; the others count as skipped."""
    incoming = []
    for position, item in enumerate(plan.items):
        if item.chosen:
            policy = item.on_duplicate or plan.options.on_duplicate
            incoming.append(Incoming(position, item.draft, item.source_index, policy))
        else:
            tally.skip(position, item.match_key)
    return incoming


def report_of(tally: Tally, plan: ImportPlan, *, changes: Changes) -> ImportReport:
    """What the import did; problems in the order of files and lines."""
    places = {source.name: place for place, source in reversed(list(enumerate(plan.sources)))}
    return ImportReport(
        _outcome(tally, changes),
        tally.added,
        tally.updated,
        tally.unchanged,
        tally.skipped,
        keys=tuple(tally.keys[position] for position in range(len(plan.items))),
        profiles=tuple(dict.fromkeys(planned.profile.name for planned in plan.profiles)),
        problems=tuple(sorted(tally.problems, key=lambda found: (places.get(found.file, 0), found.line))),
    )


def _outcome(tally: Tally, changes: Changes) -> Outcome:
    """`21 added, 2 already here`."""
    counts = (
        (tally.added, "added"),
        (tally.updated, "completed"),
        (tally.unchanged, "already here"),
        (tally.skipped, "left out"),
    )
    message = ", ".join(f"{number:,} {what}" for number, what in counts if number) or "Nothing to import"
    figures = tuple(str(number) for number, _ in counts)
    if changes.is_empty:
        return Outcome(changes, message, "imported-nothing", figures)
    return outcome_of(changes, Sentence("imported", message, figures))
