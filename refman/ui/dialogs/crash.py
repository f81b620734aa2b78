"""The dialog of a bug of ours: a calm sentence and a report to copy."""

import platform
import sys
from dataclasses import dataclass

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from refman import __version__
from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE = (680, 480)
_ICON = 24
_MOST_ADDED = 10


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What a person may send us; nothing of their library is in it but what the traceback names.

    `sqlite` is the version of the SQLite in use, which only storage knows.
    """

    trace: str
    sqlite: str = ""

    def text(self) -> str:
        """The whole report as plain text."""
        versions = [f"refman {__version__}", f"Python {sys.version.split()[0]}", f"Qt {qVersion()}"]
        versions.append(f"PySide {PySide6.__version__}")
        if self.sqlite:
            versions.append(f"SQLite {self.sqlite}")
        return f"{', '.join(versions)}\n{platform.platform()}\n\n{self.trace.strip()}\n"


class CrashDialog(QDialog):
    """Never blocks: the window behind it goes on. A further bug is added to the report that is open."""

    def __init__(self, report: CrashReport, *, themes: ThemeController, icons: Icons, window: QWidget | None) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("crashDialog")
        self.setWindowTitle(self.tr("Something went wrong"))
        m = themes.metrics
        open_at(self, _SIZE, themes=themes)
        self._added = 0
        self._report = self._report_field(report.text(), themes)
        head = QHBoxLayout()
        head.setSpacing(m.m)
        picture = IconLabel(IconName.BUG, Tint.DANGER, icons=icons, themes=themes, design_px=_ICON)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(m.xs)
        words.addWidget(label(self.tr("Something went wrong in refman"), TextRole.TITLE))
        words.addWidget(label(self._sentence(), wrap=True))
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(m.xl, m.xl, m.xl, m.lg)
        column.setSpacing(m.lg)
        column.addLayout(head)
        column.addWidget(self._report, 1)
        column.addLayout(self._buttons(m.s))

    def add(self, trace: str) -> None:
        """Adds another traceback below; after some, more of them say nothing new."""
        self._added += 1
        if self._added <= _MOST_ADDED:
            self._report.appendPlainText(f"\n{trace.strip()}\n")

    def report_text(self) -> str:
        """What `Copy report` copies."""
        return self._report.toPlainText()

    def _sentence(self) -> str:
        return self.tr("This is our mistake. What was saved is safe, and you can go on working.")

    def _report_field(self, text: str, themes: ThemeController) -> QPlainTextEdit:
        field = QPlainTextEdit(text)
        field.setReadOnly(True)
        field.setProperty("kind", "field")
        field.setFont(themes.metrics.font(TextRole.MONO))
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        field.setTabChangesFocus(True)
        field.setAccessibleName(self.tr("Report"))
        return field

    def _buttons(self, gap: int) -> QHBoxLayout:
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        copy = button(self.tr("Copy report"), ButtonKind.PRIMARY)
        copy.clicked.connect(lambda: self._copy(copy))
        copy.setDefault(True)
        copy.setFocus()
        row = QHBoxLayout()
        row.setSpacing(gap)
        row.addStretch()
        row.addWidget(close)
        row.addWidget(copy)
        return row

    def _copy(self, pressed: QPushButton) -> None:
        QGuiApplication.clipboard().setText(self.report_text())
        pressed.setText(self.tr("Copied"))
        announce(pressed, self.tr("Copied"))
