"""Renaming a key everywhere: the new key, every place that changes, one button."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.errors import RefmanError
from refman.services.linking.renaming import RenamePlan
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.looks import ButtonKind, button, label, set_look
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip
from refman.ui.wording import sentence

_SIZE = (760, 480)
_SETTLE_MS = 200
_MOST = 2000

Ask = Callable[[str, bool, Callable[[RenamePlan], None], Callable[[Exception], None]], None]
"""Makes the plan for a new key, with or without comments, on a lane; then one of the two is called."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of the preview; `is_left` is a comment that stays."""

    path: Path
    line: int
    text: str
    is_left: bool = False


class RenameSheet(QDialog):
    """Opens with `open()`; `agreed` carries the plan that was shown. Enter does it once a plan is shown."""

    agreed = Signal(object)

    def __init__(self, old: str, ask: Ask, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("renameSheet")
        self.setWindowTitle(self.tr("Rename the key {0}").format(old))
        open_at(self, _SIZE, themes=themes)
        self._old = old
        self._ask = ask
        self._themes = themes
        self._plan: RenamePlan | None = None
        self.field = QLineEdit(old)
        self.field.setObjectName("newKey")
        self.field.setAccessibleName(self.tr("New key"))
        self.comments = QCheckBox(self.tr("Also in comments"))
        self.said = label("", TextRole.SECONDARY, wrap=True)
        self.places = self._table()
        self.deed = button(self.tr("Rename"), ButtonKind.PRIMARY)
        self.deed.setDefault(True)
        self.deed.setEnabled(False)
        self.deed.clicked.connect(self._agree)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self.field.textChanged.connect(self._wait)
        self.comments.toggled.connect(self._wait)
        self._lay_out()
        self.field.selectAll()
        self.field.setFocus()
        self._wait()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setObjectName("renamePlaces")
        table.setAccessibleName(self.tr("Places that change"))
        table.setProperty("framed", True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._themes.metrics.px(26))
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Line"), self.tr("What stands there")])
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        asked = label(self.tr("New key"))
        asked.setBuddy(self.field)
        typed = QHBoxLayout()
        typed.setSpacing(metrics.s)
        typed.addWidget(asked)
        typed.addWidget(self.field, 1)
        typed.addWidget(self.comments)
        close = button(self.tr("Cancel"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addLayout(typed)
        column.addWidget(self.said)
        column.addWidget(self.places, 1)
        column.addLayout(row)

    def _wait(self) -> None:
        self._plan = None
        self.deed.setEnabled(False)
        self._settle.start()

    def _look(self) -> None:
        new = self.field.text().strip()
        # The places are seen before a letter is typed.
        self._ask(new, self.comments.isChecked(), lambda plan: self._show(new, plan), self._refuse)

    def _show(self, asked: str, plan: RenamePlan) -> None:
        if asked != self.field.text().strip() or self._settle.isActive():
            return
        self._plan = plan
        places = _places_of(plan)
        self.places.setRowCount(len(places))
        root = os.path.commonpath([place.path.parent for place in places]) if places else ""
        for row, place in enumerate(places):
            texts = (os.path.relpath(place.path, root), str(place.line), place.text)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text if column else str(place.path)))
                if place.is_left:
                    item.setForeground(qcolor(self._themes.theme.text_secondary))
                self.places.setItem(row, column, item)
        self.places.resizeColumnToContents(0)
        self.places.resizeColumnToContents(1)
        self._say(self._counts(plan), is_error=False)
        is_new = plan.new != plan.old
        self.deed.setText(self._deed(plan))
        self.deed.setEnabled(is_new)

    def _counts(self, plan: RenamePlan) -> str:
        places = self.tr("1 place") if plan.places == 1 else self.tr("{0} places").format(f"{plan.places:,}")
        files = self.tr("1 file") if len(plan.files) == 1 else self.tr("{0} files").format(f"{len(plan.files):,}")
        said = self.tr("{0} in {1}").format(places, files)
        left = len(plan.comments)
        if left and not plan.with_comments:
            more = self.tr("1 comment stays as it is") if left == 1 else self.tr("{0} comments stay as they are")
            said += " · " + more.format(left)
        return said

    def _deed(self, plan: RenamePlan) -> str:
        if plan.places == 1:
            return self.tr("Rename in 1 place")
        return self.tr("Rename in {0} places").format(f"{plan.places:,}") if plan.places else self.tr("Rename")

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, RefmanError):
            self._say(sentence(error), is_error=True)

    def _say(self, text: str, *, is_error: bool) -> None:
        self.said.setText(text)
        set_look(self.said, "role", (TextRole.ERROR if is_error else TextRole.SECONDARY).value)
        set_look(self.field, "invalid", is_error)

    def _agree(self) -> None:
        if self._plan is not None and self.deed.isEnabled():
            self.agreed.emit(self._plan)
            self.accept()


def _places_of(plan: RenamePlan) -> list[_Place]:
    places = [
        _Place(one.path, line, text) for one in plan.files for line, text in zip(one.lines, one.line_texts, strict=True)
    ]
    if not plan.with_comments:
        places += [_Place(one.path, one.line, one.text, is_left=True) for one in plan.comments]
    return places[:_MOST]
