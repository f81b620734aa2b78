"""Whether the window may close now: nothing typed is lost by it, and no long work is stopped without asking."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from refman.ui.commands.context import CommandContext
from refman.ui.dialogs.files import ask_where_to_save
from refman.ui.messages import MessageKind

if TYPE_CHECKING:
    from refman.ui.detail.unsaved import UnsavedText
    from refman.ui.dialogs.confirm import ConfirmDialog

_QUICK_MS = 2000
"""A write takes some milliseconds. What takes longer waits for a lock or a disk, and the window goes on meanwhile."""
_SHOWN = 3
_SHOWN_LETTERS = 80

Settle = Callable[[int], bool]
"""Waits so many ms at most until what was asked to be written has ended; whether it has."""


class Closing(QObject):
    """Asked each time the person closes the window. It opens questions over the window and never blocks it."""

    agreed = Signal()
    """The person wants it closed although something is not stored: it is kept in a file."""

    def __init__(
        self,
        context: CommandContext,
        *,
        flush: Callable[[], None],
        unsaved: "Callable[[], Sequence[UnsavedText]]",
        settle: Settle,
    ) -> None:
        super().__init__(context.window)
        self._context = context
        self._unsaved = unsaved
        self._flush = flush
        self._settle = settle
        self._is_waiting = False
        self._may_stop = False
        self._refused = 0
        self._asked: ConfirmDialog | None = None
        """The question about work that is open."""
        context.adapter.refused.connect(self._count)
        context.adapter.pending.written.connect(self._look_again)
        context.adapter.pending.settled.connect(self._look_again)
        context.adapter.pending.settled.connect(self._withdraw)

    def may_close(self) -> bool:
        """True when everything is stored and nothing runs that should not be stopped.

        Otherwise the window asks, or waits and closes by itself.
        """
        if any(question.isVisible() for question in self._context.window.findChildren(QDialog, "confirmDialog")):
            return False
        self._is_waiting = False
        if self._is_at_work and not self._may_stop:
            self._ask_about_work()
            return False
        return self._is_all_stored()

    def _is_all_stored(self) -> bool:
        context, refused = self._context, self._refused
        self._flush()
        pending = context.adapter.pending
        if pending.is_writing or self._unsaved():
            self._settle(_QUICK_MS)
        if pending.is_writing:
            self._is_waiting = True
            context.voice.say(self.tr("The window closes as soon as everything is saved."))
            return False
        if any(not text.is_final for text in self._unsaved()):
            self._ask_about_text()
            return False
        # What was refused just now stands in the message bar, and would never be read.
        return self._refused == refused

    @property
    def _is_at_work(self) -> bool:
        return self._context.imports.is_under_way or bool(self._context.voice.careful_work)

    def _count(self, _: object) -> None:
        self._refused += 1

    def _look_again(self) -> None:
        if self._is_waiting and not (self._is_at_work and not self._may_stop):
            self._is_waiting = False
            # Not from inside the end of the work itself.
            QTimer.singleShot(0, self._close_by_itself)

    def _close_by_itself(self) -> None:
        # The preview of what was read, for instance, has come up meanwhile: somebody is at work.
        if QApplication.activeModalWidget() is None:
            self._close()

    def _close(self) -> None:
        self._context.window.close()

    # Long work ---------------------------------------------------------------------------------------------------

    def _ask_about_work(self) -> None:
        # Late: a start need not pay for it.
        from refman.ui.dialogs.confirm import Question

        if self._context.imports.is_under_way:
            question = Question(
                self.tr("Something is still being imported"),
                self.tr("Closing now takes back what was imported so far. Edits made meanwhile stay."),
                self.tr("Stop and take back"),
                is_destructive=True,
                keep=self.tr("Keep importing"),
                other=self.tr("Close when it is done"),
            )
        else:
            question = Question(
                self.tr("Not finished yet: {0}").format(", ".join(self._context.voice.careful_work)),
                self.tr("Closing now stops it, and what it did so far is taken back. Edits made meanwhile stay."),
                self.tr("Stop and close"),
                is_destructive=True,
                keep=self.tr("Keep open"),
                other=self.tr("Close when it is done"),
            )
        self._asked = self._context.dialogs.ask(question, self._stop)
        self._asked.other_chosen.connect(self._wait)
        self._asked.finished.connect(self._forget_question)

    def _forget_question(self) -> None:
        self._asked = None

    def _withdraw(self) -> None:
        """The work has ended under the question: nothing can be stopped any more, and what it did stays."""
        if self._asked is not None and not self._is_at_work:
            self._asked.reject()

    def _stop(self) -> None:
        self._may_stop = True
        self._close()
        self._may_stop = False

    def _wait(self) -> None:
        self._is_waiting = True
        self._look_again()

    # Text that is not stored -------------------------------------------------------------------------------------

    def _ask_about_text(self) -> None:
        # Late: a start need not pay for it.
        from refman.ui.dialogs.confirm import Question

        left = self._unsaved()
        reasons = dict.fromkeys(text.reason for text in left if text.reason)
        lines = [f"{text.what}: “{_cut(text.text)}”" for text in left[:_SHOWN]]
        if len(left) > _SHOWN:
            lines.append(self.tr("and {0} more").format(len(left) - _SHOWN))
        question = Question(
            self.tr("What you typed is not saved yet"),
            "\n".join([*reasons, *lines]),
            self.tr("Try again"),
            keep=self.tr("Keep open"),
            other=self.tr("Save the text to a file…"),
        )
        self._context.dialogs.ask(question, self._close).other_chosen.connect(self._ask_where)

    def _ask_where(self) -> None:
        ask_where_to_save(
            self._context.window,
            self.tr("Save the text to a file"),
            self.tr("Text (*.txt);;All files (*)"),
            suffix="txt",
            verb=self.tr("Save text"),
            chosen=self._save,
        )

    def _save(self, path: Path) -> None:
        text = as_text(self._unsaved())

        def write(_: object) -> None:
            # Late: a start need not pay for it.
            from refman.services.private_files import write_private

            write_private(path, lambda put: put(text))

        adapter = self._context.adapter
        adapter.read(write, lambda _: self.agreed.emit(), owner=self, failed=self._not_written)

    def _not_written(self, error: Exception) -> None:
        self._context.voice.say(str(error), MessageKind.ERROR)


def as_text(left: "Sequence[UnsavedText]") -> str:
    """Everything that is not stored, to be read and copied by a person."""
    return "\n".join(f"{text.what}\n{text.reason}\n\n{text.text}\n" for text in left)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LETTERS else f"{line[:_SHOWN_LETTERS]}…"
