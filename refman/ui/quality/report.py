"""What the quality view shows, counted on a lane: of many findings alike the first ones are kept, all are counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from refman.domain.paper import PaperId
from refman.domain.progress import Progress
from refman.domain.quality import CheckName
from refman.domain.settings import ExportFormat
from refman.formats.bibtex.dialects import Dialect
from refman.services.library import Library
from refman.services.quality.checks import CHECKS
from refman.services.quality.found_in_library import PaperFinding
from refman.services.quality.library_quality import Looking, look, look_at_papers

KEPT = 200
"""How many findings of one check are listed."""


@dataclass(slots=True)
class Group:
    """The findings of one check; `certain` of them can be mended unseen. Ignored ones are kept apart."""

    check: CheckName
    count: int = 0
    certain: int = 0
    kept: list[PaperFinding] = field(default_factory=list)
    ignored: list[PaperFinding] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """True when every finding is listed."""
        return self.count == len(self.kept)

    def add(self, found: PaperFinding) -> None:
        """Counts a finding."""
        if found.reason is not None:
            if len(self.ignored) < KEPT:
                self.ignored.append(found)
            return
        self.count += 1
        self.certain += is_certain(found)
        if len(self.kept) < KEPT:
            self.kept.append(found)

    def drop(self, ids: Collection[PaperId]) -> None:
        """Forgets the listed findings of some papers."""
        gone = [found for found in self.kept if found.paper_id in ids]
        self.kept = [found for found in self.kept if found.paper_id not in ids]
        self.ignored = [found for found in self.ignored if found.paper_id not in ids]
        self.count -= len(gone)
        self.certain -= sum(map(is_certain, gone))


class Report:
    """The groups in the order of the checks. Made on a lane, then handed to the window, which alone changes it."""

    def __init__(self) -> None:
        self.groups = {check: Group(check) for check in CHECKS}

    @property
    def count(self) -> int:
        """All findings that are not ignored."""
        return sum(group.count for group in self.groups.values())

    def add(self, found: PaperFinding) -> None:
        """Counts a finding."""
        self.groups[found.finding.check].add(found)

    def listed_papers(self) -> set[PaperId]:
        """The papers of which something is listed."""
        return {found.paper_id for group in self.groups.values() for found in (*group.kept, *group.ignored)}

    def replace(self, ids: Collection[PaperId], found: Sequence[PaperFinding]) -> None:
        """Puts what is found in some papers now in the place of what was found in them."""
        known = self.listed_papers()
        for group in self.groups.values():
            group.drop(ids)
        for one in found:
            # Where not everything is listed nobody knows what of a paper was counted.
            if one.paper_id in known or self.groups[one.finding.check].is_whole:
                self.add(one)
        for group in self.groups.values():
            group.kept.sort(key=lambda one: (one.key.lower(), one.paper_id))


def is_certain(found: PaperFinding) -> bool:
    """True for what can be mended unseen."""
    return found.finding.fix is not None and found.finding.fix.is_certain


def looking_for(library: Library, checks: Sequence[CheckName] = tuple(CHECKS)) -> Looking:
    """By the dialect that the person exports."""
    is_biblatex = library.settings.export_format is ExportFormat.BIBLATEX
    return Looking(tuple(checks), dialect=Dialect.BIBLATEX if is_biblatex else Dialect.BIBTEX)


def read_report(library: Library, progress: Progress) -> Report:
    """Looks at the whole library. Raises: Cancelled."""
    report = Report()
    for found in look(library.store, looking_for(library), progress):
        report.add(found)
    return report


def read_again(library: Library, ids: Sequence[PaperId]) -> list[PaperFinding]:
    """What is found in some papers now; those in the trash are left out."""
    return look_at_papers(library.store, ids, looking_for(library))
