"""The sheet that makes papers one: which of them stays, what comes along, and whose value is right where two differ."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from refman.domain.fields import field_of
from refman.domain.paper import Paper
from refman.services.merging import MergePlan
from refman.ui.merging.rows import MergeView
from refman.ui.merging.table import MergeTable
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE_PX = (760, 460)
_LONGEST = 90


class MergeSheet(QDialog):
    """Only asks: who made it reads what would happen, and merges."""

    kept_chosen = Signal(int)
    """Another paper is to stay."""
    merge_asked = Signal()

    def __init__(self, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self._themes = themes
        self.setObjectName("mergeSheet")
        self.setWindowTitle(self.tr("Merge papers"))
        open_at(self, _SIZE_PX, themes=themes)
        self.kept = QComboBox()
        self.kept.setAccessibleName(self.tr("The paper that stays"))
        self.kept.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.table = MergeTable(themes)
        self.said = label("", TextRole.SECONDARY, wrap=True)
        self.hint = label("", TextRole.SECONDARY, wrap=True)
        self.merge = button(self.tr("&Merge"), ButtonKind.PRIMARY)
        self.merge.setDefault(True)
        self.kept.activated.connect(lambda _: self.kept_chosen.emit(self.kept.currentData()))
        self.merge.clicked.connect(lambda _=False: self.merge_asked.emit())
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        keep = label(self.tr("&Keep"), TextRole.STRONG)
        keep.setBuddy(self.kept)
        top = QHBoxLayout()
        top.setSpacing(metrics.m)
        top.addWidget(keep)
        top.addWidget(self.kept, 1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(lambda _=False: self.reject())
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.s)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addLayout(top)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)

    def show_view(self, view: MergeView) -> None:
        """What merging would do."""
        self.kept.clear()
        for paper in view.papers:
            self.kept.addItem(_named(paper), int(paper.id))
        self.kept.setCurrentIndex(self.kept.findData(int(view.plan.kept.id)))
        self.table.show_view(view)
        differ = bool(view.rows)
        self.table.setVisible(differ)
        self.hint.setText(
            self.tr("They differ here. Click the value that is right, or press its number.")
            if differ
            else self.tr("They contradict each other nowhere.")
        )
        self.said.setText(self._sentences(view.plan))
        (self.table if differ else self.merge).setFocus()

    def _sentences(self, plan: MergePlan) -> str:
        names = [QCoreApplication.translate("Field", field_of(name).label) for name in plan.fills]
        filled = self.tr("Filled: {0}.").format(", ".join(names)) if names else ""
        come = [
            self._count(len(plan.tags), self.tr("1 tag"), self.tr("{0} tags")),
            self._count(plan.notes, self.tr("1 note"), self.tr("{0} notes")),
            self._count(plan.files, self.tr("1 file"), self.tr("{0} files")),
        ]
        along = ", ".join(text for text in come if text)
        moved = self.tr("Along come {0}.").format(along) if along else ""
        keys = ", ".join(paper.key for paper in plan.others if paper.key)
        gone = self.tr("To the trash: {0}; these keys are never given to other papers.").format(keys) if keys else ""
        return " ".join(text for text in (filled, moved, gone) if text)

    def _count(self, number: int, one: str, many: str) -> str:
        return "" if not number else one if number == 1 else many.format(f"{number:,}")


def _named(paper: Paper) -> str:
    title = " ".join(paper.plain("title").split())[:_LONGEST]
    year = f" ({paper.plain('year')})" if paper.plain("year") else ""
    return f"{paper.key}  {title}{year}".strip()
