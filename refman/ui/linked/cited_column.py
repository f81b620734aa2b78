"""The column "Cited": how often the current project cites each paper; it follows the sources."""

from pathlib import Path

from PySide6.QtCore import QObject

from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.ui.library import LibraryAdapter
from refman.ui.table.model import PaperTableModel


class CitedColumn(QObject):
    """Fills the column. GUI thread only."""

    def __init__(self, adapter: LibraryAdapter, papers: PaperTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._adapter = adapter
        self._papers = papers

    def show(self, project: str) -> None:
        """Counts the citations of a project anew; "" empties the column."""
        if not project:
            self._papers.show_cited({})
            return
        self._adapter.read(
            lambda library: _read(library, Path(project)), self._papers.show_cited, owner=self, slot="cited"
        )


def _read(library: Library, project: Path) -> dict[PaperId, int]:
    # Late: loads the formats, which a library without projects need not pay for.
    from refman.services.linking.cited_counts import cited_papers

    with library.store.read() as reader:
        return cited_papers(reader, project)
