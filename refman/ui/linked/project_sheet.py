"""A LaTeX project: what it cites that nobody has, with the likeliest key, and what the last build said of entries."""

import os
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from refman.services.linking.project_report import ProjectReport
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip

_SIZE = (860, 520)
_MOST = 2000
_KEY = 1


class RowKind(StrEnum):
    """What a row of the sheet is about."""

    MISSING = "missing"
    RENAMED = "renamed"
    IN_LIBRARY = "in library"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """`fix` is the key that Enter writes in place of `key`, "" when Enter shows the paper instead."""

    kind: RowKind
    key: str
    place: str
    said: str
    fix: str = ""
    path: str = ""
    line: int = 0
    """Where it stands, for an editor; 0 for nowhere."""


class ProjectSheet(QDialog):
    """Opens with `open()`, is filled by `show_report`. Enter does what the button says for the current row."""

    mend_asked = Signal(str, str)
    """The wrong key and the right one."""
    paper_asked = Signal(str)
    """The key of a paper to show."""
    review_asked = Signal()
    place_asked = Signal(str, int)
    """A file and a line to show in the editor."""

    def __init__(self, name: str, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("projectSheet")
        self.setWindowTitle(name)
        open_at(self, _SIZE, themes=themes)
        self._themes = themes
        self._rows: list[ProjectRow] = []
        self.head = label(self.tr("Reading…"), TextRole.STRONG, wrap=True)
        self.table = self._table()
        self.deed = button(self.tr("Mend"), ButtonKind.PRIMARY)
        self.deed.setEnabled(False)
        self.deed.clicked.connect(self._do)
        self.table.currentCellChanged.connect(lambda *_: self._show_deed())
        self.table.cellDoubleClicked.connect(lambda *_: self._do())
        metrics = themes.metrics
        self.review = button(self.tr("&Review the file…"))
        self.review.clicked.connect(self.review_asked)
        self.jump = button(self.tr("&Open in the editor"))
        self.jump.setEnabled(False)
        self.jump.clicked.connect(self._jump)
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(self.review)
        row.addWidget(self.jump)
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setObjectName("projectTable")
        table.setAccessibleName(self.tr("Citations and warnings of the project"))
        table.setProperty("framed", True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._themes.metrics.px(26))
        table.setHorizontalHeaderLabels([self.tr("What"), self.tr("Key"), self.tr("Where"), self.tr("What is said")])
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        return table

    def show_report(self, report: ProjectReport) -> None:
        """Shows what was found; the row stays where it was."""
        current = max(self.table.currentRow(), 0)
        project = report.project
        count = len(report.warnings)
        self.head.setText(
            self.tr("{0}: {1} cited, {2} missing, {3} unused, {4}").format(
                project.folder.name,
                f"{len(project.cited):,}",
                f"{len(project.missing):,}",
                f"{len(project.unused):,}",
                self.tr("1 warning") if count == 1 else self.tr("{0} warnings").format(f"{count:,}"),
            )
        )
        self._rows = rows_of(report)[:_MOST]
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            said = self._said(row)
            for column, text in enumerate((self._word(row.kind), row.key, row.place, said)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 0:
                    item.setForeground(qcolor(self._colour(row.kind)))
                if column == _KEY:
                    item.setFont(self._themes.metrics.font(TextRole.MONO))
                self.table.setItem(number, column, item)
        for column in (0, 1, 2):
            self.table.resizeColumnToContents(column)
        if self._rows:
            self.table.setCurrentCell(min(current, len(self._rows) - 1), 0)
        self._show_deed()
        self.table.setFocus()

    def fail(self, message: str) -> None:
        """Says why nothing can be shown."""
        self.head.setText(message)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
            return
        super().keyPressEvent(event)

    @property
    def _row(self) -> ProjectRow | None:
        number = self.table.currentRow()
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def _jump(self) -> None:
        row = self._row
        if row is not None and row.line:
            self.place_asked.emit(row.path, row.line)

    def _show_deed(self) -> None:
        row = self._row
        self.jump.setEnabled(row is not None and row.line > 0)
        self.deed.setEnabled(row is not None and bool(row.fix or self._has_paper(row)))
        if row is not None and row.fix:
            self.deed.setText(self.tr("Write {0}").format(row.fix))
        else:
            self.deed.setText(self.tr("Show the paper"))
        why_not = self.tr("No paper of the library has this key") if row is not None else ""
        self.deed.setToolTip("" if self.deed.isEnabled() else plain_tip(why_not))

    def _has_paper(self, row: ProjectRow) -> bool:
        return bool(row.key) and row.kind is not RowKind.MISSING

    def _do(self) -> None:
        row = self._row
        if row is None or not self.deed.isEnabled():
            return
        if row.fix:
            self.deed.setEnabled(False)
            self.mend_asked.emit(row.key, row.fix)
        else:
            self.paper_asked.emit(row.key)
            self.accept()

    def _said(self, row: ProjectRow) -> str:
        if row.fix:
            return f"→ {row.fix}?  {row.said}".rstrip()
        return row.said if self._has_paper(row) or row.said else self.tr("Nowhere to be found")

    def _word(self, kind: RowKind) -> str:
        return {
            RowKind.MISSING: self.tr("Missing"),
            RowKind.RENAMED: self.tr("Renamed"),
            RowKind.IN_LIBRARY: self.tr("Not in the .bib"),
            RowKind.WARNING: self.tr("Warning"),
            RowKind.ERROR: self.tr("Error"),
        }[kind]

    def _colour(self, kind: RowKind) -> str:
        theme = self._themes.theme
        return theme.danger if kind in (RowKind.MISSING, RowKind.ERROR) else theme.warning


def rows_of(report: ProjectReport) -> list[ProjectRow]:
    """Missing keys first, those that Enter mends at the top; then what the build said."""
    folder = report.project.folder
    retired = {one.old for one in report.retired}
    rows = []
    for one in report.project.missing:
        path, line = (str(one.places[0].path), one.places[0].line) if one.places else ("", 0)
        places = [f"{os.path.relpath(place.path, folder)}:{place.line}" for place in one.places]
        where = places[0] + (f" +{len(places) - 1}" if len(places) > 1 else "") if places else ""
        if one.key in report.in_library:
            rows.append(ProjectRow(RowKind.IN_LIBRARY, one.key, where, "", "", path, line))
        else:
            kind = RowKind.RENAMED if one.key in retired else RowKind.MISSING
            said = f"{os.path.relpath(one.elsewhere.path, folder)}: {one.elsewhere.title}" if one.elsewhere else ""
            rows.append(ProjectRow(kind, one.key, where, said, report.fix_for(one) if places else "", path, line))
    rows.sort(key=lambda row: not row.fix)
    for warning in report.warnings:
        kind = RowKind.ERROR if warning.note.is_error else RowKind.WARNING
        place = f"{os.path.relpath(warning.bib, folder)}:{warning.line}" if warning.bib else warning.said_by.name
        bib = str(warning.bib) if warning.bib else ""
        rows.append(ProjectRow(kind, warning.note.key, place, warning.note.message, "", bib, warning.line))
    return rows
