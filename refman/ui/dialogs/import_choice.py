"""What is known of the current draft whose paper is in the library already, and what shall become of it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from refman.domain.fields import field_of
from refman.services.import_plan import OnDuplicate, PlannedDraft, Status
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.looks import label

_ROWS_MOST = 4


class DuplicateChoice(QWidget):
    """The fields that differ, here and as read, and three ways."""

    chosen = Signal(object)
    """OnDuplicate."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        metrics = themes.metrics
        self.title = label("", TextRole.SECONDARY)
        self.ways = QComboBox()
        self.ways.setAccessibleName(self.tr("What becomes of this one"))
        self.ways.addItem(self.tr("Fill its empty fields"), OnDuplicate.UPDATE)
        self.ways.addItem(self.tr("Leave it as it is"), OnDuplicate.SKIP)
        self.ways.addItem(self.tr("Add as a new paper"), OnDuplicate.KEEP)
        self.ways.activated.connect(lambda _: self.chosen.emit(OnDuplicate(self.ways.currentData())))
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics.m)
        self._grid.setVerticalSpacing(metrics.xs)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(self.title, 1)
        row.addWidget(self.ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.m, metrics.s, metrics.m, metrics.s)
        column.setSpacing(metrics.s)
        column.addLayout(row)
        column.addWidget(self._table)

    def show_item(self, item: PlannedDraft | None, way: OnDuplicate) -> None:
        """Shows a draft; hides itself for one that is new."""
        self.setVisible(item is not None and (item.status is not Status.NEW or item.repeat_of is not None))
        if item is None:
            return
        self.ways.setCurrentIndex(self.ways.findData(way))
        where = self.tr("In the library as {0}").format(item.match_key) if item.match_key else self.tr("Already there")
        self.title.setText(where)
        self._fill(item)

    def _fill(self, item: PlannedDraft) -> None:
        while (cell := self._grid.takeAt(0)) is not None:
            widget = cell.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._table.setVisible(bool(item.differences))
        if not item.differences:
            return
        for column, words in enumerate((self.tr("Field"), self.tr("Here"), self.tr("Read"))):
            self._grid.addWidget(label(words, TextRole.HEADING), 0, column)
        for row, one in enumerate(item.differences[:_ROWS_MOST], start=1):
            name = QCoreApplication.translate("Field", field_of(one.field).label)
            self._grid.addWidget(label(name, TextRole.SECONDARY), row, 0)
            self._grid.addWidget(ElidedLabel(one.here), row, 1)
            self._grid.addWidget(ElidedLabel(one.read), row, 2)
        rest = len(item.differences) - _ROWS_MOST
        if rest > 0:
            self._grid.addWidget(label(self.tr("and {0} more").format(rest), TextRole.SECONDARY), _ROWS_MOST + 1, 0)
