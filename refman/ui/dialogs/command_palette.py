"""The command palette: every command by a few letters of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from refman.ui.compositing import can_be_translucent
from refman.ui.dialogs.palette_rows import ROW_HEIGHT, PaletteDelegate, PaletteModel
from refman.ui.menus import Actions
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.looks import label, stand_out

_WIDTH = 560
_ROWS_SHOWN = 10
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS_SHOWN,
    Qt.Key.Key_PageUp: -_ROWS_SHOWN,
}


class CommandPalette(QDialog):
    """Runs one command and closes; also closes when the person turns to something else. Never blocks.

    `lately` are the ids of the commands that were run from here, the last one first.
    """

    ran = Signal(str)
    """The id of the command that is run."""

    def __init__(
        self, actions: Actions, *, themes: ThemeController, window: QWidget, lately: Sequence[str] = ()
    ) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, can_be_translucent())
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Commands"))
        self.setAccessibleName(self.tr("Commands"))
        self._metrics = themes.metrics
        self._model = PaletteModel(actions, self, lately=lately)
        self._card = QFrame(self)
        self._edit = self._search_line()
        self._list = self._command_list(themes)
        self._nothing = label(self.tr("No command has these letters."), TextRole.SECONDARY)
        self._lay_out()
        self._edit.textChanged.connect(self._filter)
        self._list.clicked.connect(self._run)
        self._filter("")

    def open_over(self, window: QWidget) -> None:
        """Shows it in the upper part of the window, with the focus in the search line."""
        # The window is not kept: a dialog with the last reference to its window takes it along when it dies.
        self.setFixedWidth(min(self._metrics.px(_WIDTH), window.width() - 2 * self._metrics.xl))
        offset = QPoint((window.width() - self.width()) // 2, window.height() // 8)
        self.move(window.mapToGlobal(QPoint(0, 0)) + offset)
        self.show()
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._handle_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.close()

    def _search_line(self) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setProperty("kind", "bare")
        edit.setPlaceholderText(self.tr("What do you want to do?"))
        edit.setAccessibleName(self.tr("Find a command"))
        edit.installEventFilter(self)
        return edit

    def _command_list(self, themes: ThemeController) -> QListView:
        view = QListView(self)
        view.setModel(self._model)
        view.setItemDelegate(PaletteDelegate(themes, view))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setUniformItemSizes(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Commands found"))
        view.setProperty("ground", "raised")
        return view

    def _lay_out(self) -> None:
        m = self._metrics
        card = self._card
        stand_out(card, "paletteCard")
        # Round corners want a screen that can show what is behind them.
        card.setProperty("square", not can_be_translucent())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        line = QFrame(card)
        line.setFrameShape(QFrame.Shape.HLine)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(m.xs, m.xs, m.xs, m.xs)
        inner.setSpacing(m.xs)
        self._nothing.setContentsMargins(m.s, m.s, m.s, m.s)
        for widget in (self._edit, line, self._list, self._nothing):
            inner.addWidget(widget)

    def _filter(self, pattern: str) -> None:
        self._model.filter(pattern)
        found = self._model.rowCount()
        self._list.setFixedHeight(min(found, _ROWS_SHOWN) * self._metrics.px(ROW_HEIGHT))
        self._list.setVisible(found > 0)
        self._nothing.setVisible(not found)
        # The card would tell of its new height by an event, which is too late for what is taken here.
        self._card.updateGeometry()
        self.setFixedHeight(self.sizeHint().height())
        self._go_to(0)

    def _handle_key(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._go_to(self._list.currentIndex().row() + _STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        last = self._model.rowCount() - 1
        if last >= 0:
            index = self._model.index(max(0, min(row, last)), 0)
            self._list.setCurrentIndex(index)
            announce(self._edit, self._model.spoken(self._model.row(index)))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid() or not self._model.row(index).action.isEnabled():
            return
        row = self._model.row(index)
        # Closed first: the command may open a dialog or move the focus.
        self.close()
        self.ran.emit(row.id)
        row.action.trigger()
