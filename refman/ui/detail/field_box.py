"""One field: its control, whether what is in it was saved, and why not."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from refman.domain.errors import ConflictError, InvalidValue, RefmanError
from refman.ui.detail.value_editors import ValueEditor
from refman.ui.theme import TextRole
from refman.ui.widgets.looks import label, set_look
from refman.ui.wording import sentence


class FieldBox(QWidget):
    """Keeps what was typed until it is saved or given up; a value from elsewhere never replaces it.

    `name` is that of the table of fields, `type` or `key`.
    """

    committed = Signal(object)
    """This box has a new value: `value()` should become that of the field; `saved` or `refuse` answers."""
    kept = Signal()
    """What was typed here is stored."""
    resting = Signal()
    """Esc with nothing to give up: the focus may go."""

    def __init__(self, name: str, title: str, *, editor: ValueEditor, widget: QWidget) -> None:
        super().__init__()
        self.name = name
        self.title = title
        self.editor = editor
        self.control = widget
        self._stored = ""
        self._sent: str | None = None
        self._is_held = False
        self._is_commit_wanted = False
        self.is_refused = False
        """The field cannot hold what is typed, and says so."""
        self.turn = 0
        """Another number as soon as another value is shown: answers to an older one mean nothing to this box."""
        widget.setAccessibleName(title)
        self.error = label("", TextRole.ERROR, wrap=True)
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(widget)
        layout.addWidget(self.error)
        self.setFocusProxy(widget)
        editor.finished.connect(self.commit)
        editor.given_up.connect(self.give_up)

    @property
    def stored(self) -> str:
        """The value that the person saw before they typed."""
        return self._stored

    @property
    def reason(self) -> str:
        """Why what is typed was not stored, "" while nobody knows."""
        return self.error.text()

    @property
    def is_unsent(self) -> bool:
        """True while something typed is neither stored nor on its way."""
        return self.is_dirty and self.editor.value() != self._sent

    @property
    def is_dirty(self) -> bool:
        """True while something typed is not saved."""
        return self.editor.value() != self._stored

    def begin(self, value: str) -> None:
        """Another paper's value, whatever is in the control."""
        self._stored, self._sent = value, None
        self.turn += 1
        self._say("")
        if self.editor.value() != value:
            self.editor.set_value(value)

    def hold(self) -> None:
        """What is typed waits: its paper is not stored yet."""
        self._is_held, self._is_commit_wanted = True, False

    def release(self) -> None:
        """What is typed can be saved, and is if that was wanted meanwhile."""
        self._is_held = False
        if self._is_commit_wanted:
            self.commit()

    def leave(self) -> None:
        """Another paper's value will be shown: answers to what was saved are no longer for this box."""
        self.turn += 1

    def refresh(self, value: str) -> None:
        """The same paper's value, maybe changed elsewhere; what is typed stays, and the person is told."""
        was_dirty, before = self.is_dirty, self._stored
        self._stored = value
        if not was_dirty or self.editor.value() == value:
            self.begin(value)
        elif self._sent == value:
            # Our own save came back while more was typed.
            self._sent = None
        elif value != before:
            self._say(self.tr("Changed elsewhere to “{0}”. Enter keeps yours, Esc takes that.").format(value))

    def commit(self) -> None:
        """Saves what is typed, once."""
        self._is_commit_wanted = self._is_held
        if self.is_unsent and not self._is_held:
            self._sent = self.editor.value()
            self.committed.emit(self)

    def give_up(self) -> None:
        """Back to the stored value."""
        if self.is_dirty:
            self.begin(self._stored)
        else:
            self.resting.emit()

    def saved(self, value: str) -> None:
        """`value` was stored."""
        if self._sent == value:
            self._sent = None
        self._stored = value
        self._say("")
        self.kept.emit()

    def refuse(self, error: Exception) -> None:
        """It was not stored: the text stays and the reason stands under it."""
        self._sent = None
        self.is_refused = isinstance(error, InvalidValue)
        if isinstance(error, ConflictError):
            self._say(self.tr("It was changed elsewhere meanwhile. Enter keeps yours, Esc takes the other."))
        elif isinstance(error, RefmanError):
            self._say(sentence(error))

    def _say(self, reason: str) -> None:
        self.is_refused = self.is_refused and bool(reason)
        self.error.setText(reason)
        self.error.setVisible(bool(reason))
        set_look(self.control, "invalid", bool(reason))
        self.control.setAccessibleDescription(reason)


Flush = Callable[[], None]
"""Saves what is typed and not saved yet."""
