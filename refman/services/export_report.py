"""What an export did."""

from pathlib import Path

from refman.domain.errors import Problem
from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """Something that a format cannot say about a paper, or that would not compile."""

    paper_id: PaperId
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How many papers were written to where; `problems` in the order of the file.

    `parents` came along for their children's `crossref` and are not among the `count`.
    """

    count: int
    path: Path
    problems: tuple[PaperProblem, ...] = ()
    parents: int = 0
