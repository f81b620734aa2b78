"""The lines of a review: entry, field, base, mine and theirs; a conflict is settled by one key or a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from refman.services.linking.sync_plan import Side
from refman.ui.linked.review import LineKind, ReviewLine
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.tips import plain_tip

_MINE, _THEIRS = 4, 5
_SIDES = {_MINE: Side.MINE, _THEIRS: Side.THEIRS}
_ROW_PX = 26
_KEY = 1


class ReviewTable(QTableWidget):
    """GUI thread only."""

    choices_changed = Signal()
    everywhere_asked = Signal(str, str)
    """Key and field whose value in the file is to be that of the library."""

    def __init__(self, themes: ThemeController) -> None:
        super().__init__(0, 6)
        self._themes = themes
        self._lines: list[ReviewLine] = []
        self.choices: dict[tuple[str, str], Side] = {}
        """The side of every conflict that is settled, by key and field."""
        self.setObjectName("reviewTable")
        self.setAccessibleName(self.tr("Changes of the linked file"))
        self.setProperty("framed", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(themes.metrics.px(_ROW_PX))
        self.setHorizontalHeaderLabels(
            [self.tr("What"), self.tr("Entry"), self.tr("Field"), self.tr("Before"), self.tr("Mine"), self.tr("Theirs")]
        )
        for column in (3, _MINE, _THEIRS):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.cellClicked.connect(self._click)

    def show_lines(self, lines: Sequence[ReviewLine]) -> None:
        """Other lines; a choice that was made stays for a conflict that is still there."""
        self._lines = list(lines)
        conflicts = {(line.key, _whole(line)) for line in lines if line.kind is LineKind.CONFLICT}
        self.choices = {key: side for key, side in self.choices.items() if key in conflicts}
        self.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            texts = (self._word(line), line.key, line.field, line.base, line.mine, line.theirs)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == _KEY:
                    item.setFont(self._themes.metrics.font(TextRole.MONO))
                self.setItem(row, column, item)
            self._dress(row)
        for column in (0, 1, 2):
            self.resizeColumnToContents(column)
        if self._lines:
            self.setCurrentCell(0, 0)
        self.choices_changed.emit()

    def choose(self, row: int, side: Side) -> None:
        """Settles the conflict of a row; nothing on other rows."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        if line is None or line.kind is not LineKind.CONFLICT:
            return
        self.choices[(line.key, _whole(line))] = side
        self._dress(row)
        self.choices_changed.emit()

    def choose_all(self, side: Side) -> None:
        """Settles every conflict."""
        for row in range(len(self._lines)):
            self.choose(row, side)

    @property
    def differing(self) -> ReviewLine | None:
        """The current line, where it is a field that the file says otherwise."""
        row = self.currentRow()
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if line is not None and line.kind is LineKind.DIFFERS else None

    def use_everywhere(self) -> None:
        """Asks that the current field of the file counts everywhere; nothing on other lines."""
        if (line := self.differing) is not None:
            self.everywhere_asked.emit(line.key, line.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_U and not event.modifiers():
            self.use_everywhere()
            return
        sides = {Qt.Key.Key_M: Side.MINE, Qt.Key.Key_T: Side.THEIRS}
        side = sides.get(Qt.Key(event.key())) if not event.modifiers() else None
        if side is None:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        self.choose(row, side)
        if row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, 0)

    def _click(self, row: int, column: int) -> None:
        if column in _SIDES:
            self.choose(row, _SIDES[column])

    def _dress(self, row: int) -> None:
        """What was chosen is bold with a tick, the other side is struck; what wants a deed is red."""
        line = self._lines[row]
        if line.kind is LineKind.MISSING and (told := self.item(row, 0)) is not None:
            told.setForeground(qcolor(self._themes.theme.danger))
        if line.kind is not LineKind.CONFLICT:
            return
        chosen = self.choices.get((line.key, _whole(line)))
        first = self.item(row, 0)
        if first is not None:
            first.setForeground(qcolor(self._themes.theme.success if chosen else self._themes.theme.danger))
            first.setText(self.tr("✓ Settled") if chosen else self._word(line))
        for column, side in _SIDES.items():
            item = self.item(row, column)
            if item is not None:
                font = QFont(self.font())
                font.setBold(chosen is side)
                font.setStrikeOut(chosen is not None and chosen is not side)
                item.setFont(font)

    def _word(self, line: ReviewLine) -> str:
        match line.kind:
            case LineKind.CONFLICT:
                return self.tr("Conflict (M or T)")
            case LineKind.DIFFERS:
                return self.tr("Says otherwise (U)")
            case LineKind.TAKE:
                return self._taken(line)
            case LineKind.WRITE:
                return self._written(line)
            case LineKind.MISSING:
                return self.tr("Missing")
        # It left the library, and stays in the file for the project's sake.
        return self.tr("Stays, is cited")

    def _taken(self, line: ReviewLine) -> str:
        if line.field:
            return self.tr("Comes in")
        return self.tr("New here") if line.theirs else self.tr("Gone from file")

    def _written(self, line: ReviewLine) -> str:
        if line.field:
            return self.tr("Goes out")
        return self.tr("New in file") if line.mine else self.tr("Leaves file")


def _whole(line: ReviewLine) -> str:
    """The field as the plan calls it."""
    return "@type" if line.field == "type" else line.field
