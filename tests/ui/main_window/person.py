"""Somebody in front of a window: looks at what is shown, presses keys, clicks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from refman.domain.query_parser import parse_query
from refman.services.library import Library
from refman.ui.commands.context import CommandContext
from refman.ui.main_window import MainWindow
from refman.ui.messages import MessageBar
from refman.ui.table.columns import column_named

W = TypeVar("W", bound=QWidget)

PAGE = Path("tests/data/profile/lars-buesing.txt")
ENTRY = """@article{knuth1984,
  author = {Knuth, Donald E.}, title = {Literate Programming}, year = 1984, doi = {10.1093/comjnl/27.2.97}
}"""
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Waits for what they expect to see, never for a time."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    @property
    def context(self) -> CommandContext:
        return self.window.context

    # Looking -----------------------------------------------------------------------------------------------------

    def find(self, kind: type[W], name: str) -> W:
        """A widget by its object name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def sees(self, what: Callable[[], bool]) -> None:
        """Waits until it is so."""
        self.qtbot.waitUntil(what)

    def sees_papers(self, count: int) -> None:
        """Waits for a list of this many papers, all of them read."""
        self.sees(lambda: self.context.feed.count == count and self.context.table.papers.rowCount() == count)

    def sees_searched(self, text: str) -> None:
        """Waits until the list answers this search."""
        wanted = parse_query(text, today=date(2026, 11, 22)).root
        self.sees(lambda: self.context.feed.listing.query == wanted)

    def cells(self, column: str) -> list[str]:
        """What the cells of a column say; waits until all are read."""
        model, section = self.context.table.papers, column_named(column) or 0
        self.sees(lambda: all(model.row_at(row) is not None for row in range(model.rowCount())))
        return [str(model.index(row, section).data() or "") for row in range(model.rowCount())]

    @property
    def message(self) -> str:
        """What the message bar says."""
        message = self.find(MessageBar, "messageBar").message
        return message.text if message else ""

    def sees_message(self, part: str) -> None:
        """Waits for a message with these words."""
        self.sees(lambda: part in self.message)

    @property
    def clipboard(self) -> str:
        """The text of the clipboard."""
        return QGuiApplication.clipboard().text()

    def knows(self, read: Callable[[Library], W | object]) -> object:
        """Asks the library in passing, as a second program would."""
        answers: list[object] = []
        self.context.adapter.read(read, answers.append, owner=self.window)
        self.sees(lambda: bool(answers))
        return answers[0]

    # Doing -------------------------------------------------------------------------------------------------------

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(self._focused(), key, modifiers)

    def types(self, text: str) -> None:
        """ASCII letters, wherever the focus is."""
        QTest.keyClicks(self._focused(), text)

    def pastes(self, text: str, html: str = "") -> None:
        """Something copied elsewhere, then Ctrl+V in the list."""
        mime = QMimeData()
        mime.setText(text)
        if html:
            mime.setHtml(html)
        QGuiApplication.clipboard().setMimeData(mime)
        self.context.table.setFocus()
        self.presses(Qt.Key.Key_V, CTRL)

    def clicks_row(self, row: int, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """The title of a row."""
        table = self.context.table
        where = table.visualRect(table.papers.index(row, column_named("title") or 0)).center()
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(table.viewport().x() + 80, where.y())
        )

    def clicks_button(self, text: str, inside: QWidget | None = None) -> None:
        """A button that is to be seen, by what it says."""
        where = inside or self.window
        self.sees(lambda: self._button(where, text) is not None)
        button = self._button(where, text)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def drops(self, mime: QMimeData) -> None:
        """Something from outside onto the middle of the window."""
        target, action, button = self.window.pages, Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        where = target.rect().center()
        entered = QDragEnterEvent(where, action, mime, button, _NONE)
        QApplication.sendEvent(target, entered)
        assert entered.isAccepted()
        QApplication.sendEvent(target, QDropEvent(QPointF(where), action, mime, button, _NONE))

    def dialog(self, name: str) -> QWidget:
        """Waits for a dialog to be open."""
        self.sees(lambda: self._open_dialog(name) is not None)
        found = self._open_dialog(name)
        assert found is not None
        return found

    def answers(self, text: str) -> None:
        """Types into the question that is open, then Enter."""
        self.sees(lambda: QApplication.activeModalWidget() is not None)
        prompt = QApplication.activeModalWidget()
        field = prompt.findChild(QLineEdit) if prompt is not None else None
        assert field is not None
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def does(self, command_id: str) -> None:
        """A command from the menu; it must be enabled."""
        actions = self.context.actions
        assert actions is not None
        action = actions.action(command_id)
        self.sees(action.isEnabled)
        action.trigger()

    def _focused(self) -> QWidget:
        if QApplication.focusWidget() is None:
            # As a window manager does when a dialog is closed.
            self.window.activateWindow()
            self.sees(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget() or self.window

    def _button(self, inside: QWidget, text: str) -> QPushButton | None:
        buttons = inside.findChildren(QPushButton)
        return next((b for b in buttons if b.isVisible() and b.isEnabled() and b.text() == text), None)

    def _open_dialog(self, name: str) -> QWidget | None:
        return next((w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()), None)
