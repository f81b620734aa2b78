"""Where the panes of the main window stand: sidebar, list, details.

Splitters and not dock widgets: the edge of a dock is as thick as it is easy to catch, the edge of a `LineSplitter` is a
hairline that is caught 8 px wide. Panes are moved by commands; every pane but the list can have a window of its own.
"""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from refman.ui.detail.pane import DetailPane
from refman.ui.pane_state import DetailPlace, PaneState, Side
from refman.ui.pane_window import TornOff
from refman.ui.sidebar.pane import TagSidebar
from refman.ui.theme import ThemeController
from refman.ui.widgets.splitter import LineSplitter

WIDE_PX = 1440
"""From this width of the window on the details stand beside the list."""

FOURTH_PX = 1800
"""From this width on there is room for a tab of the details beside them."""

FOLDED_PX = 44
_LIST_PX = 940
"""Room for all default columns of a wide window with whole citation keys; the details grow only beyond it."""
_DETAIL_PX = 380
_DETAIL_MOST_PX = 720
_DETAIL_LEAST_PX = 280
_DETAIL_LEAST_HEIGHT_PX = 120
_DETAIL_SHARE_BELOW = 0.4
_MOST_BELOW = 0.55
"""The share that larger text gets."""
_DETAIL_SHARE_BESIDE = 0.3


class Panes(QWidget):
    """The area between toolbar and status bar."""

    changed = Signal()
    """Something was shown, hidden, moved, folded or resized."""
    widened = Signal(bool)
    """The window has become wide (True) or narrow."""

    def __init__(self, sidebar: TagSidebar, centre: QWidget, detail: DetailPane, *, themes: ThemeController) -> None:
        super().__init__()
        self._sidebar = sidebar
        self._centre = centre
        self._detail = detail
        self._themes = themes
        self._state = PaneState()
        self._is_laying_out = False
        self._is_list_alone = False
        self._was_wide: bool | None = None
        self._outer = LineSplitter(Qt.Orientation.Horizontal)
        self._inner = LineSplitter(Qt.Orientation.Horizontal)
        self._torn_sidebar = TornOff(sidebar, self.tr("Sidebar"), parent=self)
        self._torn_detail = TornOff(detail, self.tr("Details"), parent=self)
        self._torn_fourth = TornOff(detail.beside, self.tr("Beside the details"), parent=self)
        for pane in (centre, detail, detail.beside):
            self._inner.addWidget(pane)
        self._inner.setStretchFactor(0, 1)
        self._outer.addWidget(sidebar)
        self._outer.addWidget(self._inner)
        self._outer.splitterMoved.connect(self._remember_sidebar)
        self._inner.splitterMoved.connect(self._remember_detail)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._outer)
        self._torn_sidebar.closed.connect(lambda: self.apply(replace(self.state, is_sidebar_torn=False)))
        self._torn_detail.closed.connect(lambda: self.apply(replace(self.state, detail_place=DetailPlace.AUTO)))
        self._torn_fourth.closed.connect(lambda: self.apply(replace(self.state, is_fourth_torn=False)))
        themes.changed.connect(self._lay_out)
        self._lay_out()

    @property
    def state(self) -> PaneState:
        """What is kept for the next start."""
        return replace(
            self._state,
            sidebar_window=self._torn_sidebar.geometry(self._state.sidebar_window),
            detail_window=self._torn_detail.geometry(self._state.detail_window),
            fourth_window=self._torn_fourth.geometry(self._state.fourth_window),
        )

    def apply(self, state: PaneState) -> None:
        """Lays everything out as the state says."""
        if state != self._state:
            self._state = state
            self._lay_out()
            self.changed.emit()

    def show_detail(self) -> None:
        """Brings the details into sight."""
        self.apply(replace(self.state, is_detail_shown=True))
        self._torn_detail.raise_up()

    def show_sidebar(self) -> None:
        """Brings the whole sidebar into sight."""
        self.apply(replace(self.state, is_sidebar_shown=True, is_sidebar_folded=False))
        self._torn_sidebar.raise_up()

    @property
    def is_wide(self) -> bool:
        """Whether the window has the wide layout."""
        return self.width() >= self._themes.metrics.px(WIDE_PX)

    @property
    def is_detail_beside(self) -> bool:
        """Whether the details stand beside the list."""
        place = self._state.detail_place
        return place is DetailPlace.BESIDE or (place is DetailPlace.AUTO and self.is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self.is_wide != self._was_wide:
            self._was_wide = self.is_wide
            self.widened.emit(self.is_wide)

    def set_list_alone(self, is_alone: bool) -> None:
        """Without a library there is nothing for the other panes to show; what was chosen for them stays."""
        self._is_list_alone = is_alone
        self._lay_out()

    def close_windows(self) -> None:
        """Takes the windows of torn off panes from the screen; where they were is kept."""
        self._state = self.state
        for torn in (self._torn_sidebar, self._torn_detail, self._torn_fourth):
            torn.hide()

    # Laying out --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        if self._is_laying_out:
            return
        self._is_laying_out = True
        self._lay_out_sidebar()
        self._lay_out_detail()
        self._is_laying_out = False

    def _lay_out_sidebar(self) -> None:
        state = self._state
        if self._is_sidebar_out:
            self._sidebar.set_folded(False)
            self._torn_sidebar.tear_off(state.sidebar_window, size=self._size_of_window())
            self._sidebar.show()
            return
        self._outer.insertWidget(0 if state.sidebar_side is Side.LEFT else 1, self._sidebar)
        self._torn_sidebar.come_back()
        self._outer.setStretchFactor(self._outer.indexOf(self._inner), 1)
        self._outer.setStretchFactor(self._outer.indexOf(self._sidebar), 0)
        self._sidebar.setVisible(state.is_sidebar_shown and not self._is_list_alone)
        if state.is_sidebar_folded != self._sidebar.is_folded:
            self._sidebar.set_folded(state.is_sidebar_folded)
        width = self._sidebar_width()
        rest = max(1, self.width() - width)
        self._outer.setSizes([width, rest] if state.sidebar_side is Side.LEFT else [rest, width])

    def _lay_out_detail(self) -> None:
        state = self._state
        is_shown = state.is_detail_shown and not self._is_list_alone
        self._place(self._torn_detail, self._detail, is_out=state.is_detail_torn and is_shown)
        self._detail.setVisible(is_shown)
        self._detail.beside.show_tab(self._fourth_tab() if is_shown else None)
        self._place(self._torn_fourth, self._detail.beside, is_out=self._is_fourth_out)
        if self._torn_detail.is_out:
            return
        beside = self.is_detail_beside
        self._inner.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        px = self._themes.metrics.px
        self._detail.setMinimumSize(px(_DETAIL_LEAST_PX) if beside else 0, 0 if beside else px(_DETAIL_LEAST_HEIGHT_PX))
        whole = self._inner.width() if beside else self.height()
        own = self._detail_width() if beside else self._detail_height()
        fourth = self._fourth_width()
        self._inner.setSizes([max(1, whole - own - fourth), own, fourth])

    @property
    def _is_sidebar_out(self) -> bool:
        return self._state.is_sidebar_torn and self._state.is_sidebar_shown and not self._is_list_alone

    @property
    def _is_fourth_out(self) -> bool:
        return self._state.is_fourth_torn and self._detail.beside.tab is not None

    def _place(self, torn: TornOff, pane: QWidget, *, is_out: bool) -> None:
        """Puts the details, or what stands beside them, into a window or back among the panes."""
        if is_out:
            is_detail = pane is self._detail
            kept = self._state.detail_window if is_detail else self._state.fourth_window
            torn.tear_off(kept, size=self._size_of_window())
        elif torn.is_out:
            self._inner.insertWidget(1 if pane is self._detail else self._inner.count(), pane)
            torn.come_back()

    def _size_of_window(self) -> QSize:
        px = self._themes.metrics.px
        return QSize(px(480), px(720))

    def _fourth_tab(self) -> QWidget | None:
        is_wide = self.is_detail_beside and self.width() >= self._themes.metrics.px(FOURTH_PX)
        has_room = is_wide or self._state.is_fourth_torn
        return self._detail.place_of(self._state.fourth) if has_room else None

    def _fourth_width(self) -> int:
        is_here = self._detail.beside.tab is not None and not self._state.is_fourth_torn
        return 0 if not is_here else self._themes.metrics.px(self._state.fourth_width)

    def _detail_width(self) -> int:
        px, kept = self._themes.metrics.px, self._state.detail_width
        if kept:
            return px(kept)
        left = self.width() - self._sidebar_width() - self._fourth_width() - px(_LIST_PX)
        most = min(px(_DETAIL_MOST_PX), round(self.width() * _DETAIL_SHARE_BESIDE))
        return max(px(_DETAIL_PX), min(left, most))

    def _sidebar_width(self) -> int:
        state = self._state
        if not state.is_sidebar_shown or state.is_sidebar_torn:
            return 0
        return self._themes.metrics.px(FOLDED_PX if state.is_sidebar_folded else state.sidebar_width)

    def _detail_height(self) -> int:
        kept = self._state.detail_height
        metrics = self._themes.metrics
        return (
            metrics.px(kept) if kept else round(self.height() * min(_DETAIL_SHARE_BELOW * metrics.scale, _MOST_BELOW))
        )

    # Dragged edges -----------------------------------------------------------------------------------------------

    def _remember_sidebar(self) -> None:
        if not self._state.is_sidebar_folded:
            width = round(self._sidebar.width() / self._themes.metrics.scale)
            self._state = replace(self._state, sidebar_width=width)
        self._lay_out_detail()
        self.changed.emit()

    def _remember_detail(self) -> None:
        scale = self._themes.metrics.scale
        if self._detail.beside.tab is not None and not self._torn_fourth.is_out:
            self._state = replace(self._state, fourth_width=round(self._detail.beside.width() / scale))
        if self.is_detail_beside:
            self._state = replace(self._state, detail_width=round(self._detail.width() / scale))
        else:
            self._state = replace(self._state, detail_height=round(self._detail.height() / scale))
        self.changed.emit()
