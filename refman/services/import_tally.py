"""Counting what an import does."""

from dataclasses import dataclass, field

from refman.domain.changes import Changes
from refman.services.import_plan import FileProblem, ImportPlan, ImportReport
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
