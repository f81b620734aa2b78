"""Says that a library is still being opened: an empty list without a word looks like a library without papers."""

from PySide6.QtCore import QObject, QTimer

from refman.ui.library import LibraryAdapter
from refman.ui.messages import Message, MessageBar, MessageKind

PATIENCE_MS = 1_500
"""A start takes less; only an import that was killed, a long undo or an old library needs more."""


class SlowOpening(QObject):
    """Watches the first opening of a window; the message goes with the answer."""

    def __init__(self, adapter: LibraryAdapter, bar: MessageBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._told: Message | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        adapter.opened.connect(self.stop)
        adapter.not_opened.connect(self.stop)
        self._timer.start(PATIENCE_MS)

    def _tell(self) -> None:
        text = self.tr(
            "The library is being opened. What was cut off by a crash is taken back first, and an older library is "
            "brought up to date; a large one takes a minute."
        )
        # One that stays: it is true as long as it is shown.
        self._told = Message(text, MessageKind.WARNING, ())
        self._bar.show_message(self._told)

    def stop(self) -> None:
        """Nobody waits any more."""
        self._timer.stop()
        if self._told is not None and self._bar.message is self._told:
            self._bar.dismiss()
        self._told = None
