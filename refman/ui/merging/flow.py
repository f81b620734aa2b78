"""What happens between the merge sheet and the library."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from refman.domain.errors import RefmanError
from refman.domain.paper import PaperId
from refman.ui.commands.context import CommandContext
from refman.ui.merging.rows import MergeView, read_merge
from refman.ui.merging.sheet import MergeSheet


class MergeFlow(QObject):
    """One for each time that the sheet is asked for; it goes with the sheet."""

    def __init__(self, context: CommandContext, ids: Sequence[PaperId]) -> None:
        super().__init__(context.window)
        self.setObjectName("mergeFlow")
        self._context = context
        self._ids = list(ids)
        self.sheet = MergeSheet(themes=context.sidebar.themes, window=context.window)
        self.sheet.kept_chosen.connect(lambda paper_id: self.begin(PaperId(paper_id)))
        self.sheet.merge_asked.connect(self._merge)
        self.sheet.finished.connect(lambda _: self._end())
        context.adapter.closing.connect(self.sheet.reject)

    def begin(self, kept: PaperId) -> None:
        """Shows what merging into this paper would do."""

        def show(view: MergeView) -> None:
            self._view = view
            self.sheet.show_view(view)
            self.sheet.open()

        self._context.adapter.read(
            lambda library: read_merge(library, kept, self._ids), show, owner=self, failed=self._refuse
        )

    def _refuse(self, error: Exception) -> None:
        self.sheet.reject()
        if isinstance(error, RefmanError):
            self._context.voice.refuse(error)

    def _merge(self) -> None:
        kept, choices = self._view.plan.kept.id, self.sheet.table.choices
        others = [one for one in self._ids if one != kept]
        context = self._context
        context.adapter.write(
            lambda library: library.merge_papers(kept, others, choices),
            lambda _: context.look_at(kept),
            owner=context.table,
        )
        self.sheet.accept()

    def _end(self) -> None:
        self.sheet.deleteLater()
        self.deleteLater()
