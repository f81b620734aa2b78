"""What an import would do, before it does it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from refman.services.import_plan import ImportPlan, Status
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import ButtonKind, button

_SIZE = (880, 560)


class ImportPreview(QDialog):
    """Never blocks: `open()`, then `confirmed` with the plan as the person left it, or nothing."""

    confirmed = Signal(object)
    """The narrowed ImportPlan."""

    def __init__(self, plan: ImportPlan, themes: ThemeController, *, icons: Icons, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("importPreview")
        self.setWindowTitle(self.tr("Import"))
        metrics = themes.metrics
        self.resize(metrics.px(_SIZE[0]), metrics.px(_SIZE[1]))
        self._plan = plan
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Papers to import"))
        words = {
            Status.NEW: self.tr("new"),
            Status.HERE: self.tr("here already"),
            Status.DIFFERS: self.tr("differs"),
        }
        for item in plan.items:
            row = QListWidgetItem(f"{item.draft.plain('title')} · {words[item.status]}", self._list)
            row.setCheckState(Qt.CheckState.Checked if item.chosen else Qt.CheckState.Unchecked)
        self._do = button(self._deed(), ButtonKind.PRIMARY, parent=self)
        self._do.setDefault(True)
        self._do.clicked.connect(self.accept)
        keep = button(self.tr("Cancel"), parent=self)
        keep.clicked.connect(self.reject)
        self._list.itemChanged.connect(lambda _: self._do.setText(self._deed()))
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(keep)
        row_of_buttons.addWidget(self._do)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(self._list)
        column.addLayout(row_of_buttons)
        self.accepted.connect(lambda: self.confirmed.emit(self._narrowed()))

    def _chosen(self) -> list[bool]:
        return [self._list.item(i).checkState() is Qt.CheckState.Checked for i in range(self._list.count())]

    def _deed(self) -> str:
        return self.tr("Import {0} papers").format(sum(self._chosen()))

    def _narrowed(self) -> ImportPlan:
        items = zip(self._plan.items, self._chosen(), strict=True)
        return replace(self._plan, items=tuple(replace(item, chosen=is_chosen) for item, is_chosen in items))
