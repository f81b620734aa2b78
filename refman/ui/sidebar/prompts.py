"""The small questions of the sidebar: a name for a new tag, which tag to merge into, an author's numbers."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.profile import AuthorProfile, Capture
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.completing import dress_popup
from refman.ui.widgets.looks import ButtonKind, button, label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NamePrompt(QDialog):
    """Asks for a name, with completion. Open it with `open()`.

    Where it `waits`, it stays open until `accept()` says that the answer was taken; `refuse` tells why it was not.
    """

    answered = Signal(str)

    def __init__(
        self,
        themes: ThemeController,
        *,
        title: str,
        question: str,
        verb: str,
        text: str = "",
        known: Sequence[str] = (),
        waits: bool = False,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        metrics = themes.metrics
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(metrics.px(360))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        layout.setSpacing(metrics.s)
        asked = label(question, wrap=True)
        layout.addWidget(asked)
        self._question = question
        self._at_first = text.strip()
        self.field = QLineEdit(text)
        self.field.setAccessibleName(question)
        if not text.endswith("/"):
            # A name is replaced by typing; a level that others hang under is gone on from.
            self.field.selectAll()
        asked.setBuddy(self.field)
        if known:
            completer = QCompleter(list(known), self.field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            dress_popup(completer, themes=themes)
            self.field.setCompleter(completer)
        layout.addWidget(self.field)
        self.error = label("", TextRole.ERROR, wrap=True)
        self.error.hide()
        layout.addWidget(self.error)
        layout.addSpacing(metrics.s)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addStretch()
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = button(verb, ButtonKind.PRIMARY)
        self.go.setDefault(True)
        self.go.clicked.connect(self._answer if waits else self.accept)
        row.addWidget(cancel)
        row.addWidget(self.go)
        layout.addLayout(row)
        self.field.textChanged.connect(self._check)
        if not waits:
            self.accepted.connect(self._answer)
        self._check()

    def typed(self) -> Iterator[UnsavedText]:
        """The name, when it is another than was proposed."""
        text = self.field.text().strip()
        if text and text != self._at_first:
            yield UnsavedText(self._question, text)

    def refuse(self, reason: str) -> None:
        """The answer was not taken: what is typed stays, with the reason under it."""
        self.error.setText(reason)
        self.error.show()
        self.field.setAccessibleDescription(reason)
        announce(self.field, reason)
        self.field.setFocus()

    def _answer(self) -> None:
        self.answered.emit(self.field.text().strip())

    def _check(self) -> None:
        self.go.setEnabled(bool(self.field.text().strip().strip("/")))


class CapturesDialog(QDialog):
    """What the pages of an author said on each day they were captured."""

    def __init__(self, profile: AuthorProfile, themes: ThemeController, *, parent: QWidget) -> None:
        super().__init__(parent)
        metrics = themes.metrics
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Numbers of {0}").format(profile.name))
        self.resize(metrics.px(560), metrics.px(260))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        layout.setSpacing(metrics.m)
        layout.addWidget(label(profile.name, TextRole.TITLE))
        layout.addWidget(self._table(profile, themes), 1)
        row = QHBoxLayout()
        row.addStretch()
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        row.addWidget(close)
        layout.addLayout(row)

    def _table(self, profile: AuthorProfile, themes: ThemeController) -> QTableWidget:
        headings = [
            self.tr("Captured"),
            self.tr("h-index"),
            self.tr("Papers"),
            self.tr("Citations"),
            self.tr("Novelty"),
            self.tr("AI score"),
        ]
        table = QTableWidget(len(profile.captures), len(headings))
        table.setAccessibleName(self.windowTitle())
        table.setProperty("framed", True)
        table.setHorizontalHeaderLabels(headings)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(themes.metrics.px(28))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for place, capture in enumerate(profile.captures):
            for column, text in enumerate(_cells(capture)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(_RIGHT)
                table.setItem(place, column, item)
        for column in range(1, len(headings)):
            # Over its numbers, which stand under each other.
            role = Qt.ItemDataRole.TextAlignmentRole
            table.model().setHeaderData(column, Qt.Orientation.Horizontal, _RIGHT, role)
        return table


def _cells(capture: Capture) -> list[str]:
    percent = "" if capture.novelty_percent is None else f"{capture.novelty_percent} %"
    numbers = (capture.h_index, capture.paper_count, capture.citation_count)
    score = "" if capture.ai_score is None else f"{capture.ai_score:g}"
    return [capture.captured_on.isoformat(), *("" if n is None else f"{n:,}" for n in numbers), percent, score]
