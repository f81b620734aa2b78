"""The icons of the window: Lucide's outlines in the colours of the theme.

An icon keeps no pixels of its own: it is drawn when it is painted, in the colours then in force and at the resolution
of the screen, so nobody has to set icons again when the theme changes.
"""

import weakref
from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from refman.domain.resources import resource_path
from refman.ui.theme import Theme, ThemeController


class IconName(StrEnum):
    """Every icon by the name of its file. Stroke 2 on a grid of 24, which is 1.5 px at the 18 px of a toolbar."""

    ARCHIVE_RESTORE = "archive-restore"
    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    ARROW_UP_DOWN = "arrow-up-down"
    BOOK_OPEN = "book-open"
    BOOK_PLUS = "book-plus"
    BOOKMARK = "bookmark"
    BOOKMARK_PLUS = "bookmark-plus"
    BRACES = "braces"
    BUG = "bug"
    CALENDAR = "calendar"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_UP = "chevron-up"
    CIRCLE_ALERT = "circle-alert"
    CIRCLE_CHECK = "circle-check"
    CIRCLE_HELP = "circle-help"
    CIRCLE_X = "circle-x"
    CLIPBOARD_PASTE = "clipboard-paste"
    CLOCK = "clock"
    CODE = "code"
    COLUMNS_3 = "columns-3"
    COMMAND = "command"
    COPY = "copy"
    COPY_CHECK = "copy-check"
    DATABASE = "database"
    DOWNLOAD = "download"
    ELLIPSIS = "ellipsis"
    EXTERNAL_LINK = "external-link"
    EYE = "eye"
    FILE_PEN = "file-pen"
    FILE_PLUS = "file-plus"
    FILE_SEARCH = "file-search"
    FILE_TEXT = "file-text"
    FOLDER = "folder"
    FOLDER_OPEN = "folder-open"
    FUNNEL = "funnel"
    HASH = "hash"
    HISTORY = "history"
    INBOX = "inbox"
    INFO = "info"
    KEY = "key"
    KEYBOARD = "keyboard"
    LAYERS = "layers"
    LIBRARY = "library"
    LINK = "link"
    LIST_FILTER = "list-filter"
    LOG_OUT = "log-out"
    MERGE = "merge"
    MONITOR = "monitor"
    MOON = "moon"
    NOTEBOOK_PEN = "notebook-pen"
    PALETTE = "palette"
    PANEL_BOTTOM = "panel-bottom"
    PANEL_LEFT = "panel-left"
    PANEL_RIGHT = "panel-right"
    PAPERCLIP = "paperclip"
    PENCIL = "pencil"
    PLUS = "plus"
    QUOTE = "quote"
    REDO_2 = "redo-2"
    REFRESH_CW = "refresh-cw"
    ROTATE_CCW = "rotate-ccw"
    ROWS_3 = "rows-3"
    SAVE = "save"
    SEARCH = "search"
    SEND = "send"
    SETTINGS = "settings"
    SQUARE_PEN = "square-pen"
    STAR = "star"
    STICKY_NOTE = "sticky-note"
    SUN = "sun"
    TAG = "tag"
    TAGS = "tags"
    TEXT_QUOTE = "text-quote"
    TRASH_2 = "trash-2"
    TRIANGLE_ALERT = "triangle-alert"
    UNDO_2 = "undo-2"
    UPLOAD = "upload"
    USER = "user"
    USERS = "users"
    X = "x"


class Tint(StrEnum):
    """What colour an icon has while it is enabled; disabled ones are all of one grey."""

    NORMAL = "icon"
    TEXT = "text"
    ACCENT = "accent"
    ON_ACCENT = "accent_text"
    ON_DANGER = "danger_text"
    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"


class Icons:
    """Makes icons. Built once, passed down, lives as long as the widgets that show its icons; GUI thread only."""

    def __init__(self, themes: ThemeController) -> None:
        self._themes = themes
        self._sources: dict[IconName, str] = {}
        self._icons: dict[tuple[IconName, Tint], QIcon] = {}
        self._clones: list[QIconEngine] = []
        self._pixmaps: dict[tuple[IconName, str, int], QPixmap] = {}
        themes.changed.connect(self._pixmaps.clear)

    def icon(self, name: IconName, tint: Tint = Tint.NORMAL) -> QIcon:
        """The icon, sharp at any size; the file is read when it is first painted."""
        if (name, tint) not in self._icons:
            # A copy, and the original forgotten: PySide ties an engine to the very QIcon it was given to, and when the
            # garbage collector finds both in a cycle it may free the engine first, and QIcon frees it again.
            self._icons[name, tint] = QIcon(QIcon(_Engine(weakref.ref(self), name, tint)))
        return self._icons[name, tint]

    def pixmap(self, name: IconName, colour: str, *, device_px: int) -> QPixmap:
        """A square of `device_px` physical pixels in one colour (`#rrggbb`)."""
        key = (name, colour, device_px)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(name, colour, device_px)
        return self._pixmaps[key]

    def keep(self, engine: QIconEngine) -> None:
        """Keeps what Qt asked for as a copy: PySide would free it while Qt uses it."""
        self._clones.append(engine)

    def colour(self, tint: Tint, mode: QIcon.Mode) -> str:
        """The colour of a tint in the theme in force."""
        theme: Theme = self._themes.theme
        if mode is QIcon.Mode.Disabled:
            return theme.text_disabled
        # Asked for each time an icon is painted: a list of all colours takes longer than the painting.
        colour: str = getattr(theme, tint.value)
        return colour

    def _drawn(self, name: IconName, colour: str, device_px: int) -> QPixmap:
        pixmap = QPixmap(device_px, device_px)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(self._source(name).replace("currentColor", colour).encode()).render(painter)
        painter.end()
        return pixmap

    def _source(self, name: IconName) -> str:
        if name not in self._sources:
            self._sources[name] = resource_path(f"icons/{name}.svg").read_text("utf-8")
        return self._sources[name]


class _Engine(QIconEngine):
    """Draws one icon in one tint. Qt owns it; it must hold nothing that holds its icon, see `Icons.icon`."""

    def __init__(self, icons: "weakref.ref[Icons]", name: IconName, tint: Tint) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._tint = tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(0, 0, side, side)
        square.moveCenter(rect.center())
        painter.drawPixmap(square, self._pixmap(round(side * painter.device().devicePixelRatio()), mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        square = self._pixmap(side, mode)
        if size.width() <= side or square.isNull():
            return square
        # A place that is wider than the icon stays as wide: it sets the icon off the text of a button.
        wide = QPixmap(size)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap((size.width() - side) // 2, (size.height() - side) // 2, square)
        painter.end()
        return wide

    def clone(self) -> QIconEngine:
        engine = _Engine(self._icons, self._name, self._tint)
        icons = self._icons()
        if icons is not None:
            icons.keep(engine)
        return engine

    def _pixmap(self, device_px: int, mode: QIcon.Mode) -> QPixmap:
        icons = self._icons()
        if icons is None:
            return QPixmap()
        return icons.pixmap(self._name, icons.colour(self._tint, mode), device_px=max(1, device_px))


def app_icon() -> QIcon:
    """The icon of the program itself."""
    return QIcon(str(resource_path("icons/app.svg")))
