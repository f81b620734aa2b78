"""What a format cannot say about the papers to export, asked of all of them in the background."""

from array import array
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.exporting import exporter_of
from refman.services.library import Library
from refman.ui.door import LibraryDoor

_CHUNK = 500
"""Papers asked about at a time: between two chunks others read, and a check that nobody wants ends."""
_KEPT_MOST = 50


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the check is. `problems` holds the first ones, `problem_count` counts all."""

    done: int = 0
    total: int = 0
    problems: tuple[str, ...] = ()
    problem_count: int = 0

    @property
    def is_over(self) -> bool:
        """All papers were asked about."""
        return self.done >= self.total


class ExportCheck(QObject):
    """Goes through the papers chunk by chunk; a newer `begin` and the end of its parent end it."""

    grown = Signal(object)
    """Checked: after every chunk."""

    def __init__(self, library: LibraryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._turn = 0
        self._profile: ExportProfile | None = None

    def begin(self, papers: "Listing | array[int]", name: str, *, profile: ExportProfile | None = None) -> None:
        """Checks these papers for the format of this name, from the first one on."""
        self._profile = profile
        self._turn += 1
        turn = self._turn

        def start(ids: "array[int]") -> None:
            self._go_on(ids, name, seen=Checked(0, len(ids)), turn=turn)

        self._library.read(partial(_ids_of, papers=papers), start, owner=self, slot="export.check")

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._turn += 1

    def _go_on(self, ids: "array[int]", name: str, *, seen: Checked, turn: int) -> None:
        if turn != self._turn:
            return
        self.grown.emit(seen)
        if not seen.is_over:
            chunk = [PaperId(number) for number in ids[seen.done : seen.done + _CHUNK]]
            profile = self._profile
            self._library.read(
                lambda library: _check(library, chunk, name, profile=profile),
                lambda found: self._go_on(ids, name, seen=_joined(seen, found, len(chunk)), turn=turn),
                owner=self,
                failed=lambda error: self.grown.emit(Checked(problems=(str(error),), problem_count=1)),
                slot="export.check",
            )


def _ids_of(library: Library, papers: "Listing | array[int]") -> "array[int]":
    return library.ids(papers) if isinstance(papers, Listing) else papers


def _check(library: Library, ids: list[PaperId], name: str, *, profile: ExportProfile | None) -> list[str]:
    exporter = exporter_of(name)
    return [
        f"{paper.key or paper.plain('title')}: {problem.message}"
        for paper in library.papers_to_export(ids, profile=profile)
        for problem in exporter.problems(paper)
    ]


def _joined(seen: Checked, found: list[str], count: int) -> Checked:
    return replace(
        seen,
        done=seen.done + count,
        problems=(*seen.problems, *found)[:_KEPT_MOST],
        problem_count=seen.problem_count + len(found),
    )
