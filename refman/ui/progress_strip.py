"""Work in the background as the status bar shows it: a thin bar, what is done, and a way to stop it."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from refman.domain.progress import Pace
from refman.ui.cancelling import ProgressReport
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.announce import announce
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.tips import plain_tip

_BAR = 120
_TEXT = 320
_ICON = 14
_STEPS = 1000


class WorkItem:
    """One piece of work in the strip. `report` fits the `progress` of `Lanes`, `finish` must come at its end."""

    def __init__(self, text: str, cancel: Callable[[], object] | None, *, changed: Callable[[], None]) -> None:
        self.text = text
        self.done = 0
        self.total: int | None = None
        self.is_cancelling = False
        self.is_finished = False
        self._cancel = cancel
        self._changed = changed
        self._pace = Pace()

    @property
    def seconds_left(self) -> int | None:
        """How long it will take still, None while nobody can tell."""
        return self._pace.seconds_left

    @property
    def a_second(self) -> float:
        """How many units a second, 0 while nobody can tell."""
        return self._pace.a_second

    @property
    def can_cancel(self) -> bool:
        """Whether asking it to stop does anything."""
        return self._cancel is not None and not self.is_cancelling

    def report(self, report: ProgressReport) -> None:
        """Shows how far it is; a report without a text keeps the last one."""
        self.done, self.total = report.done, report.total
        self.text = report.text or self.text
        self._pace.note(report.done, report.total, monotonic())
        self._changed()

    def cancel(self) -> None:
        """Asks it to stop; it goes from the strip when it has."""
        if self._cancel is not None and not self.is_cancelling:
            self.is_cancelling = True
            self._changed()
            self._cancel()

    def finish(self) -> None:
        """Takes it from the strip. Done, failed or cancelled, told by somebody else."""
        self.is_finished = True
        self._changed()


class ProgressStrip(QWidget):
    """Shows the newest work; empty while nothing takes longer than `delay_ms`."""

    def __init__(self, *, icons: Icons, themes: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delay_ms = 300
        self._themes = themes
        self._items: list[WorkItem] = []
        self.setAccessibleName(self.tr("Work in the background"))
        self._text = ElidedLabel(role=TextRole.SECONDARY, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._stop = self._stop_button(icons)
        self._row = QHBoxLayout(self)
        for widget in (self._bar, self._text, self._stop):
            self._row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._appear)
        self._resize()
        themes.changed.connect(self._resize)
        self.hide()

    def begin(self, text: str, cancel: Callable[[], object] | None = None) -> WorkItem:
        """Adds work; `cancel` is called when the person asks to stop it."""
        item = WorkItem(text, cancel, changed=self._refresh)
        self._items.append(item)
        self._refresh()
        if self.isHidden():
            self._timer.start(self.delay_ms)
        return item

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _appear(self) -> None:
        if self._items:
            self.show()
            announce(self, self._items[-1].text)

    def _refresh(self) -> None:
        self._items = [item for item in self._items if not item.is_finished]
        if self._items:
            self._show(self._items[-1])
        else:
            self._timer.stop()
            self.hide()

    def _show(self, item: WorkItem) -> None:
        text = self.tr("Stopping: {0}").format(item.text) if item.is_cancelling else item.text
        others = len(self._items) - 1
        self._text.setText(self.tr("{0} (and {1} more)").format(text, others) if others else text)
        self.setToolTip(plain_tip(self._pace_text(item)))
        if item.total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(min(item.done * _STEPS // item.total, _STEPS))
        else:
            self._bar.setRange(0, 0)
        self._stop.setEnabled(item.can_cancel)

    def _pace_text(self, item: WorkItem) -> str:
        """How far, how fast, how long still: for who looks closer."""
        if not item.total or item.seconds_left is None:
            return ""
        minutes, seconds = divmod(item.seconds_left, 60)
        words = self.tr("{0} of {1} · {2} a second · {3} left")
        return words.format(f"{item.done:,}", f"{item.total:,}", f"{item.a_second:,.0f}", f"{minutes}:{seconds:02}")

    def _stop_newest(self) -> None:
        if self._items:
            self._items[-1].cancel()

    def _stop_button(self, icons: Icons) -> QToolButton:
        stop = QToolButton(self)
        stop.setIcon(icons.icon(IconName.X))
        stop.setProperty("kind", "bare")
        stop.setToolTip(self.tr("Stop"))
        stop.setAccessibleName(self.tr("Stop the work"))
        stop.clicked.connect(self._stop_newest)
        return stop

    def _resize(self) -> None:
        m = self._themes.metrics
        self._row.setContentsMargins(m.s, 0, m.s, 0)
        self._row.setSpacing(m.s)
        self._bar.setFixedWidth(m.px(_BAR))
        self._text.setMaximumWidth(m.px(_TEXT))
        self._stop.setIconSize(m.icon_size(_ICON))
        self._stop.setFixedSize(m.icon_size(20))
