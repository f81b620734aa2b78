"""Builds the window: settings, looks, lanes and library adapter once, and hands them down."""

import gc
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from refman import __version__
from refman.app.ending import Ending
from refman.app.places import places
from refman.app.settings_file import SettingsFile
from refman.app.wiring import Wiring
from refman.domain.errors import NotSupportedHere, RefmanError
from refman.domain.plain_traces import plain_error, plain_trace
from refman.domain.settings import Settings
from refman.ui.backup_timer import BackupTimer
from refman.ui.icons import Icons, app_icon
from refman.ui.index_tender import IndexTender
from refman.ui.library import LibraryAdapter
from refman.ui.live_settings import LiveSettings, show_in_theme
from refman.ui.main_window import MainWindow, WindowParts
from refman.ui.messages import MessageKind
from refman.ui.tasks import Lanes
from refman.ui.theme import ThemeController
from refman.ui.window_state import WindowState

if TYPE_CHECKING:
    # For types only: a start makes no backup.
    from refman.services.backing_up import Backups

_log = logging.getLogger(__name__)

_SWITCH_S = 0.0004
_CLOSE_MS = 10_000
"""How long a write that is under way may take when the window is closed; then it is taken back."""


def create_window(location: str) -> MainWindow:
    """The whole main window on a library, inside a running QApplication; opens no modal dialog.

    The library is read by a lane, and a page tells when it cannot be opened. At the default place an empty one is
    made where there is none. `close()` ends threads and database.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a window needs a QApplication")
    wiring = Wiring()
    settings_file = wiring.settings_file()
    settings, problems = settings_file.load()
    # The window gives Python away with each call of Qt, and a lane that computes keeps it for so long each time.
    sys.setswitchinterval(_SWITCH_S)
    lanes = Lanes()
    live = LiveSettings(settings)
    themes = ThemeController(
        application, mode=settings.theme, font_scale=settings.font_scale_percent / 100, is_dressed=False
    )
    show_in_theme(live, themes)
    adapter = LibraryAdapter(lanes, wiring, settings)
    # First of all: a lane reads while the window is built; what it found is told by the event loop.
    adapter.open(location, or_create=location == str(places().library))
    backups = BackupTimer(adapter, lanes, partial(_backups, wiring, live))
    IndexTender(adapter, lanes)
    kept = WindowState(str(places().settings.with_name("window.ini")))
    window = MainWindow(
        WindowParts(
            adapter=adapter,
            live=live,
            themes=themes,
            icons=Icons(themes),
            kept=kept,
            sample_location=str(places().library.with_name("sample.refman")),
            settle=lanes.settle,
            is_idle=lambda: lanes.is_idle,
            close=partial(_close, adapter, lanes, backups),
            keep_text=_keep_text,
        )
    )
    themes.dress()
    live.changed.connect(partial(_save_settings, settings_file, lanes, window))
    lanes.unexpected.connect(Crashes(window, themes).show)
    for problem in problems:
        window.context.voice.say(problem.message, MessageKind.WARNING)
    _tell_unsaved(window, kept)
    window.context.backups = backups
    backups.failed.connect(window.context.voice.refuse)
    window.context.wanted_location = location
    return window


def run_gui(location: str, *, quit_after_start: bool = False) -> int:
    """The program: one QApplication, one window, until it is closed; the exit status.

    With `quit_after_start` it ends by itself: 0 once the first rows are painted, 1 when the library cannot be opened.

    Raises:
        NotSupportedHere: there is no display to open a window on.
    """
    _check_display()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("refman")
    application.setApplicationDisplayName("refman")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("refman")
    application.setWindowIcon(app_icon())
    window = create_window(location)
    # The one window lives as long as the process: full collections need not walk over it (docs/decisions/0060).
    gc.freeze()
    sys.excepthook = partial(_catch, window, Crashes(window, window.themes))
    ending = Ending(application, window)
    ending.ended.connect(QApplication.exit)
    if quit_after_start:
        # After the first rows are painted.
        window.context.feed.listed.connect(lambda: QTimer.singleShot(0, window.close))
        window.context.adapter.not_opened.connect(lambda *_: _give_up(window))
    window.show()
    status = application.exec()
    ending.let_go()
    return status


def _give_up(window: MainWindow) -> None:
    """Ends a trial start whose library could not be opened, with status 1."""
    window.close()
    QApplication.exit(1)


class Crashes(QObject):
    """Shows bugs of ours; the window goes on. GUI thread only."""

    def __init__(self, window: MainWindow, themes: ThemeController) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._icons = Icons(themes)
        self._add: Callable[[str], None] | None = None

    def show(self, trace: str) -> None:
        """Tells a bug, below the one that is shown already."""
        _log.error("a fault of refman\n%s", trace)
        if self._add is not None:
            self._add(trace)
            return
        # Late: a start need not pay for it.
        from refman.ui.dialogs.crash import CrashDialog, CrashReport

        dialog = CrashDialog(CrashReport(trace), themes=self._themes, icons=self._icons, window=self._window)
        dialog.destroyed.connect(self._forget)
        self._add = dialog.add
        dialog.show()

    def _forget(self) -> None:
        self._add = None


def _catch(
    window: MainWindow,
    crashes: Crashes,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    crashes.show(plain_trace(error.with_traceback(trace)))


def _close(adapter: LibraryAdapter, lanes: Lanes, backups: BackupTimer) -> None:
    location = adapter.location if adapter.is_writable else ""
    adapter.close()
    backups.finish(location)
    if not lanes.close(_CLOSE_MS):
        _log.warning("work did not end in %s ms", 2 * _CLOSE_MS)


def _keep_text(text: str) -> str:
    """Writes what was typed and could not be stored into a file of its own (0600); where, "" when no disk takes it."""
    # Late: a start need not pay for it.
    from refman.services.private_files import make_private_folder, write_private

    name = f"{datetime.now():%Y-%m-%d %H.%M.%S}.txt"
    # Where the logs are, else beside the library, else where anything can be written: never into the log.
    for folder in (
        places().logs.with_name("unsaved"),
        places().library.parent / "unsaved",
        Path(tempfile.gettempdir()),
    ):
        path = folder / (name if folder.name == "unsaved" else f"refman-unsaved {name}")
        try:
            make_private_folder(folder)
            write_private(path, lambda put: put(text))
            return str(path)
        except RefmanError as error:
            _log.error("what was typed cannot be kept in %s: %s", folder, plain_error(error))
    return ""


def _tell_unsaved(window: MainWindow, kept: WindowState) -> None:
    """Says once where that is which could not be stored when the window was closed last."""
    path = kept.text("unsaved")
    if path:
        kept.keep_text("unsaved", "")
        said = window.tr("Something typed could not be saved when refman was closed last; it stands in {0}.")
        window.context.voice.say(said.format(path), MessageKind.WARNING)


def _backups(wiring: Wiring, live: LiveSettings, location: str) -> "Backups":
    """The backups of a library by the present preferences; on a lane."""
    # Late: a start need not pay for it.
    from refman.app.safety import FileSafety

    return FileSafety(wiring.clock, second=live.value.second_backup_folder).of(location)


def _save_settings(file: SettingsFile, lanes: Lanes, window: MainWindow, settings: Settings) -> None:
    def refuse(error: Exception) -> None:
        if isinstance(error, RefmanError):
            window.context.voice.refuse(error)

    lanes.submit_write(lambda _: file.save(settings), lambda _: None, failed=refuse, owner=window)


def _check_display() -> None:
    """Without a display Qt ends the process before anything could be said."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in names):
        raise NotSupportedHere(
            "no-display",
            "There is no display to open a window on; the command line works without one: refman --help.",
        )
