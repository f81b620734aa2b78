"""The papers a person looked at, to go back and forward among them as in a browser."""

from refman.domain.paper import PaperId

_MOST = 200


class Visits:
    """A list of papers with a place in it. Knows nothing of Qt."""

    def __init__(self) -> None:
        self._papers: list[PaperId] = []
        self._place = -1

    @property
    def can_go_back(self) -> bool:
        """There is a paper before the present one."""
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        """There is a paper after the present one."""
        return self._place < len(self._papers) - 1

    def visit(self, paper_id: PaperId) -> None:
        """The person looks at this paper now; what was ahead is forgotten. The present one again changes nothing."""
        if self._papers and self._papers[self._place] == paper_id:
            return
        self._papers = [*self._papers[: self._place + 1], paper_id][-_MOST:]
        self._place = len(self._papers) - 1

    def back(self) -> PaperId | None:
        """The paper before; None at the beginning."""
        return self._go(-1)

    def forward(self) -> PaperId | None:
        """The paper after; None at the end."""
        return self._go(1)

    def forget(self) -> None:
        """Another library: these papers mean nothing there."""
        self._papers, self._place = [], -1

    def _go(self, step: int) -> PaperId | None:
        if not 0 <= self._place + step < len(self._papers):
            return None
        self._place += step
        return self._papers[self._place]
