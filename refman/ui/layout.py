"""Where the panes of the main window stand: sidebar, list, details.

Splitters and not dock widgets: the edge of a dock is as thick as it is easy to catch, the edge of a `LineSplitter` is a
hairline that is caught 8 px wide. Panes are moved by commands, and the details can have a window of their own.
"""

from dataclasses import field, replace
from enum import StrEnum

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from refman.domain.frozen import dataclass
from refman.ui.detail.pane import DetailPane
from refman.ui.sidebar.pane import TagSidebar
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import Surface, stand_on
from refman.ui.widgets.splitter import LineSplitter

WIDE_PX = 1440
"""From this width of the window on the details stand beside the list."""

FOURTH_PX = 1800
"""From this width on there is room for a tab of the details beside them."""

FOLDED_PX = 44
_SIDEBAR_PX = 220
_LIST_PX = 940
"""Room for all default columns of a wide window with whole citation keys; the details grow only beyond it."""
_DETAIL_PX = 380
_DETAIL_MOST_PX = 720
_DETAIL_LEAST_PX = 280
_DETAIL_LEAST_HEIGHT_PX = 120
_DETAIL_SHARE_BELOW = 0.4
_DETAIL_SHARE_BESIDE = 0.3


class DetailPlace(StrEnum):
    """Where the details are shown."""

    AUTO = "auto"
    """Beside the list in a wide window, else below it."""
    BESIDE = "beside"
    BELOW = "below"
    WINDOW = "window"
    """In a window of their own, on a second screen for instance."""


class Side(StrEnum):
    """The side of the window a pane stands at."""

    LEFT = "left"
    RIGHT = "right"


class Fourth(StrEnum):
    """The tab of the details that stands beside them where there is room."""

    NONE = "none"
    NOTES = "notes"
    BIBTEX = "bibtex"


@dataclass(frozen=True, slots=True)
class PaneState:
    """What is kept of the panes. Sizes in design pixels, 0 for what the window finds itself."""

    is_sidebar_shown: bool = True
    is_sidebar_folded: bool = False
    sidebar_side: Side = Side.LEFT
    sidebar_width: int = _SIDEBAR_PX
    is_detail_shown: bool = True
    detail_place: DetailPlace = DetailPlace.AUTO
    detail_width: int = 0
    detail_height: int = 0
    fourth: Fourth = Fourth.NONE
    fourth_width: int = _DETAIL_PX
    detail_window: QByteArray = field(default_factory=QByteArray)


class PaneWindow(QWidget):
    """The window of a pane that was torn off; closing it puts the pane back."""

    closed = Signal()

    def __init__(self, pane: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        stand_on(self, Surface.SURFACE)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(pane)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


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
        self._window: PaneWindow | None = None
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
        themes.changed.connect(self._lay_out)
        self._lay_out()

    @property
    def state(self) -> PaneState:
        """What is kept for the next start."""
        if self._window is not None:
            return replace(self._state, detail_window=self._window.saveGeometry())
        return self._state

    def apply(self, state: PaneState) -> None:
        """Lays everything out as the state says."""
        if state != self._state:
            self._state = state
            self._lay_out()
            self.changed.emit()

    def show_detail(self) -> None:
        """Brings the details into sight."""
        self.apply(replace(self.state, is_detail_shown=True))

    def show_sidebar(self) -> None:
        """Brings the whole sidebar into sight."""
        self.apply(replace(self.state, is_sidebar_shown=True, is_sidebar_folded=False))

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

    def close_window(self) -> None:
        """Takes the window of the details from the screen; where it was is kept."""
        if self._window is not None:
            self._state = self.state
            self._window.hide()

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
        self._outer.insertWidget(0 if state.sidebar_side is Side.LEFT else 1, self._sidebar)
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
        self._place_detail(in_window=state.detail_place is DetailPlace.WINDOW and is_shown)
        self._detail.setVisible(is_shown)
        self._detail.beside.show_tab(self._fourth_tab() if is_shown else None)
        if self._window is not None:
            return
        beside = self.is_detail_beside
        self._inner.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        px = self._themes.metrics.px
        self._detail.setMinimumSize(px(_DETAIL_LEAST_PX) if beside else 0, 0 if beside else px(_DETAIL_LEAST_HEIGHT_PX))
        whole = self._inner.width() if beside else self.height()
        own = self._detail_width() if beside else self._detail_height()
        fourth = self._fourth_width()
        self._inner.setSizes([max(1, whole - own - fourth), own, fourth])

    def _fourth_tab(self) -> QWidget | None:
        has_room = self.is_detail_beside and self.width() >= self._themes.metrics.px(FOURTH_PX)
        tabs = {Fourth.NOTES: self._detail.notes_tab, Fourth.BIBTEX: self._detail.bibtex_tab}
        return tabs.get(self._state.fourth) if has_room else None

    def _fourth_width(self) -> int:
        return 0 if self._detail.beside.tab is None else self._themes.metrics.px(self._state.fourth_width)

    def _detail_width(self) -> int:
        px, kept = self._themes.metrics.px, self._state.detail_width
        if kept:
            return px(kept)
        left = self.width() - self._sidebar_width() - self._fourth_width() - px(_LIST_PX)
        most = min(px(_DETAIL_MOST_PX), round(self.width() * _DETAIL_SHARE_BESIDE))
        return max(px(_DETAIL_PX), min(left, most))

    def _sidebar_width(self) -> int:
        state = self._state
        if not state.is_sidebar_shown:
            return 0
        return self._themes.metrics.px(FOLDED_PX if state.is_sidebar_folded else state.sidebar_width)

    def _detail_height(self) -> int:
        kept = self._state.detail_height
        return self._themes.metrics.px(kept) if kept else round(self.height() * _DETAIL_SHARE_BELOW)

    def _place_detail(self, *, in_window: bool) -> None:
        if in_window and self._window is None:
            self._window = PaneWindow(self._detail, self.window())
            self._window.setWindowTitle(self.tr("Details"))
            self._window.closed.connect(self._take_back)
            if not self._window.restoreGeometry(self._state.detail_window):
                self._window.resize(self._themes.metrics.px(480), self._themes.metrics.px(720))
            self._window.show()
        elif not in_window and self._window is not None:
            window, self._window = self._window, None
            self._state = replace(self._state, detail_window=window.saveGeometry())
            self._inner.insertWidget(1, self._detail)
            window.deleteLater()

    def _take_back(self) -> None:
        """The window of the details was closed: they come back to where they would be."""
        if self._window is not None:
            self.apply(replace(self.state, detail_place=DetailPlace.AUTO))

    # Dragged edges -----------------------------------------------------------------------------------------------

    def _remember_sidebar(self) -> None:
        if not self._state.is_sidebar_folded:
            width = round(self._sidebar.width() / self._themes.metrics.scale)
            self._state = replace(self._state, sidebar_width=width)
        self._lay_out_detail()
        self.changed.emit()

    def _remember_detail(self) -> None:
        scale = self._themes.metrics.scale
        if self._detail.beside.tab is not None:
            self._state = replace(self._state, fourth_width=round(self._detail.beside.width() / scale))
        if self.is_detail_beside:
            self._state = replace(self._state, detail_width=round(self._detail.width() / scale))
        else:
            self._state = replace(self._state, detail_height=round(self._detail.height() / scale))
        self.changed.emit()
