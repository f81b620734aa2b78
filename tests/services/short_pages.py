"""Short author pages of one paper, and the figures of a report: what several tests of importing use."""

from refman.domain.paper import Paper, PaperId
from refman.services.import_plan import ImportReport
from refman.services.library import Library

HEAD = "LGNov 29, 2024\nA Paper on Things\n\nAnn Smith, Bob Jones"
SHORT = f"{HEAD} et al.\n\nFirst words.\n"
LONG = f"{HEAD}, Carl Young\n\nFirst words.\n"
OTHER = f"{HEAD} et al.\n\nOther words.\n"
"""The same paper: as it is, with all its authors, with another abstract."""


def figures(report: ImportReport) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, skipped."""
    return report.added, report.updated, report.unchanged, report.skipped


def all_papers(library: Library) -> list[Paper]:
    """Every paper, those in the trash included."""
    with library.store.read() as reader:
        count = reader.counts().papers + reader.counts().trashed
        papers = reader.papers([PaperId(one) for one in range(1, 10_000)])
    assert len(papers) == count
    return papers
