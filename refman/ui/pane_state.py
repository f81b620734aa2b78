"""What is kept of the panes: what is shown, where, how wide."""

from dataclasses import field
from enum import StrEnum

from PySide6.QtCore import QByteArray

from refman.domain.frozen import dataclass


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
    sidebar_width: int = 220
    is_sidebar_torn: bool = False
    """In a window of its own."""
    is_detail_shown: bool = True
    detail_place: DetailPlace = DetailPlace.AUTO
    detail_width: int = 0
    detail_height: int = 0
    fourth: Fourth = Fourth.NONE
    fourth_width: int = 380
    is_fourth_torn: bool = False
    sidebar_window: QByteArray = field(default_factory=QByteArray)
    """Where the windows of torn off panes were, as Qt keeps it."""
    detail_window: QByteArray = field(default_factory=QByteArray)
    fourth_window: QByteArray = field(default_factory=QByteArray)

    @property
    def is_detail_torn(self) -> bool:
        """The details are wanted in a window of their own."""
        return self.detail_place is DetailPlace.WINDOW
