"""The main window: builds the parts, joins them, and keeps what it looked like."""

from array import array
from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from refman.domain.frozen import dataclass
from refman.domain.listing import PaperRow
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.ui.closing import Closing, as_text
from refman.ui.commands import all_commands
from refman.ui.commands.context import CommandContext
from refman.ui.detail.pane import DetailPane
from refman.ui.editor_keys import EditorKeys
from refman.ui.icons import Icons
from refman.ui.import_flow import ImportFlow
from refman.ui.layout import Panes
from refman.ui.library import LibraryAdapter
from refman.ui.list_feed import ListFeed
from refman.ui.live_settings import LiveSettings
from refman.ui.long_search import LongSearch
from refman.ui.menus import Actions
from refman.ui.messages import MessageBar
from refman.ui.pages.list_pages import ListPages, PageDeeds
from refman.ui.preview import PaperPreview
from refman.ui.search_box import SearchBox
from refman.ui.sidebar.pane import TagSidebar
from refman.ui.slow_opening import SlowOpening
from refman.ui.state_watch import StateWatch
from refman.ui.status_bar import StatusBar
from refman.ui.table.model import PaperTableModel
from refman.ui.table.view import PaperTable
from refman.ui.theme import ThemeController
from refman.ui.tool_bar import ToolBar
from refman.ui.visits import Visits
from refman.ui.voice import Voice
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tab_walk import go_on
from refman.ui.window_dialogs import WindowDialogs
from refman.ui.window_joints import WindowJoints
from refman.ui.window_menus import WindowMenus
from refman.ui.window_state import WindowState

_FIRST_SIZE = (1280, 800)
_STORE_MS = 5000
"""How long the end of a session waits for what was typed to be stored."""


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What app makes for the window. `close` ends what app made: the lanes and with them the threads."""

    adapter: LibraryAdapter
    live: LiveSettings
    themes: ThemeController
    icons: Icons
    kept: WindowState
    sample_location: str
    settle: Callable[[int], bool]
    """Waits until what was asked to be written has ended, so many ms at most."""
    is_idle: Callable[[], bool]
    """Whether nothing that was asked or given to write is under way."""
    close: Callable[[], None]
    keep_text: Callable[[str], str]
    """Keeps what could not be stored at the very end, where there is nobody to ask; the file it stands in."""


class MainWindow(QMainWindow):
    """Complete once it is made; the library comes when `parts.adapter.open` has read it."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("refman")
        self._parts = parts
        self._is_closed = False
        self._is_end_agreed = False
        self._is_kept = False
        self._bar = MessageBar(icons=parts.icons, themes=parts.themes)
        self.status = StatusBar(parts.themes, parts.icons)
        self.context = self._build()
        self.actions_by_id = self._build_actions()
        self.joints = WindowJoints(self.context, self.pages, self.status)
        self._watch = StateWatch(self.context)
        self._closing = Closing(self.context, flush=self.joints.flush, unsaved=self.joints.unsaved, settle=parts.settle)
        self._closing.agreed.connect(self._end_kept)
        self._long_search = LongSearch(self.context.feed, self.context.voice)
        self._slow_opening = SlowOpening(parts.adapter, self._bar)
        self._menus = WindowMenus(self.context, self.actions_by_id)
        self._join_menus()
        self._editor_keys = EditorKeys(self)
        self._follow_settings(parts.live.value)
        parts.live.changed.connect(self._follow_settings)
        self._restore()
        self._watch.refresh()
        self.context.table.setFocus()

    @property
    def themes(self) -> ThemeController:
        """The looks of the window."""
        return self._parts.themes

    @property
    def is_at_rest(self) -> bool:
        """True while nothing is read or written: what is shown is what there is."""
        return self._parts.is_idle()

    # Building ----------------------------------------------------------------------------------------------------

    def _build(self) -> CommandContext:
        parts = self._parts
        adapter, themes, icons = parts.adapter, parts.themes, parts.icons
        table = PaperTable(PaperTableModel(self._read_rows, self), themes, icons=icons)
        voice = Voice(adapter, self._bar, self.status.progress, themes=themes, icons=icons)
        sidebar = TagSidebar(adapter, themes, icons=icons)
        detail = DetailPane(adapter, themes, icons=icons)
        self.pages = ListPages(table, self._bar, self._page_deeds(), themes=themes, icons=icons)
        panes = Panes(sidebar, self.pages, detail, themes=themes)
        return CommandContext(
            window=self,
            adapter=adapter,
            live=parts.live,
            kept=parts.kept,
            table=table,
            feed=ListFeed(adapter, table),
            search=SearchBox(themes, icons),
            panes=panes,
            sidebar=sidebar,
            detail=detail,
            preview=PaperPreview(adapter, themes, base=panes),
            voice=voice,
            imports=ImportFlow(adapter, voice, parts.live, themes=themes, icons=icons),
            dialogs=WindowDialogs(self, adapter, voice, live=parts.live, kept=parts.kept, themes=themes, icons=icons),
            visits=Visits(),
            sample_location=parts.sample_location,
        )

    def _read_rows(self, ids: "array[int]", done: Callable[[list[PaperRow]], None], failed: Callable[[], None]) -> None:
        wanted = [PaperId(i) for i in ids]
        self._parts.adapter.read(lambda library: library.rows(wanted), done, owner=self, failed=lambda _: failed())

    def _page_deeds(self) -> PageDeeds:
        def do(command_id: str) -> Callable[[], None]:
            return lambda: self.actions_by_id.action(command_id).trigger()

        return PageDeeds(
            paste=do("edit.paste"),
            import_file=do("file.import"),
            try_sample=do("help.sample"),
            clear_search=do("edit.clear_search"),
            locate=do("file.open_library"),
            restore=do("file.restore"),
            new_library=do("file.new_library"),
        )

    def _build_actions(self) -> Actions:
        context, parts = self.context, self._parts
        actions = Actions(all_commands(), context, icons=parts.icons, window=self)
        context.actions = actions
        actions.add_list_keys(context.table)
        actions.fill(self.menuBar())
        self.addToolBar(ToolBar(actions, context.search, themes=parts.themes, parent=self))
        self.setCentralWidget(context.panes)
        self.setStatusBar(self.status)
        context.imports.window = self
        return actions

    def _join_menus(self) -> None:
        context, menus = self.context, self._menus
        context.detail.menu_asked.connect(menus.show_paper_menu)
        context.table.customContextMenuRequested.connect(
            lambda place: menus.show_paper_menu(context.table.viewport().mapToGlobal(place))
        )

    # Looks -------------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, next: bool) -> bool:
        return go_on(self, forwards=next)

    def _follow_settings(self, settings: Settings) -> None:
        self.context.table.set_density(settings.row_height)
        self.context.detail.follow(settings)
        self._bar.stay_ms = settings.undo_message_seconds * 1000
        self._parts.adapter.apply_settings(settings)

    def _restore(self) -> None:
        kept, context = self._parts.kept, self.context
        if not self.restoreGeometry(kept.geometry):
            open_at(self, _FIRST_SIZE, themes=self._parts.themes)
        context.panes.apply(kept.panes)
        context.table.columns.restore(kept.columns)
        context.feed.restore_sort(kept.sort)
        context.sidebar.restore_state(kept.text("sidebar"))

    def store(self) -> None:
        """Stores the layout and what is typed and waits for it, as before the end of a session that may yet go on."""
        if not self._is_closed:
            self._keep()
            self.joints.flush()
            self._parts.settle(_STORE_MS)

    def _keep(self) -> None:
        kept, context = self._parts.kept, self.context
        kept.geometry = self.saveGeometry()
        kept.panes = context.panes.state
        kept.columns = context.table.columns.choice
        kept.sort = context.feed.sort
        kept.keep_text("sidebar", context.sidebar.state())
        kept.sync()

    # The end -----------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Closes without asking, as when the system ends the program."""
        self._is_end_agreed = True
        self.close()

    def _end_kept(self) -> None:
        self._is_kept = True
        self.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves what is typed, finishes what is being written, then ends threads and database.

        Where something could be lost by it the window stays and asks (`closing`).
        """
        if not self._is_closed and not self._is_end_agreed and not self._closing.may_close():
            event.ignore()
            return
        if not self._is_closed:
            self._is_closed = True
            self._slow_opening.stop()
            self._keep()
            self.joints.flush()
            self.context.panes.close_windows()
            self._parts.close()
            self._keep_unsaved()
        super().closeEvent(event)

    def _keep_unsaved(self) -> None:
        """Nobody could be asked: the text is told of at the next start."""
        left = self.joints.unsaved()
        if left and not self._is_kept:
            self._parts.kept.keep_text("unsaved", self._parts.keep_text(as_text(left)))
            self._parts.kept.sync()
