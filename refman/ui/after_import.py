"""What follows an import: its paper is selected, shown although the list is narrowed, put into a linked file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from refman.domain.paper import PaperId
from refman.services.import_plan import ImportReport
from refman.ui.commands.context import CommandContext
from refman.ui.messages import MessageAction

_MOST_PUT = 100


class AfterImport(QObject):
    """GUI thread only."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        context.imports.imported.connect(self._select)
        context.imports.next_deeds = self._next_deeds

    def _select(self, report: ImportReport) -> None:
        added = report.outcome.changes.added
        if len(added) == 1:
            self._context.wanted_paper = next(iter(added))

    def _next_deeds(self, report: ImportReport) -> Sequence[MessageAction]:
        added = sorted(report.outcome.changes.added)
        if not added:
            return ()
        deeds = []
        if self._context.feed.is_narrowed:
            deeds.append(MessageAction(self.tr("Show"), lambda: self._show(added)))
        links = self._context.links
        takers = links.takers() if links is not None and len(added) <= _MOST_PUT else []
        if links is not None and len(takers) == 1:
            name, path = takers[0]
            deeds.append(MessageAction(self.tr("Put into {0}…").format(name), lambda: links.review(path, added)))
        return deeds

    def _show(self, added: list[PaperId]) -> None:
        """Those that do not match what is searched are not in the list."""
        if len(added) == 1:
            self._context.look_at(added[0])
        else:
            self._context.clear_search()
