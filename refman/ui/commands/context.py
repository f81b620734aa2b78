"""What every command gets: the parts of one window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from refman.domain.paper import PaperId
from refman.ui.backup_timer import BackupTimer
from refman.ui.detail.pane import DetailPane
from refman.ui.filter_state import FilterState
from refman.ui.import_flow import ImportFlow
from refman.ui.layout import Panes
from refman.ui.library import LibraryAdapter
from refman.ui.list_feed import ListFeed
from refman.ui.live_settings import LiveSettings
from refman.ui.menus import Actions
from refman.ui.preview import PaperPreview
from refman.ui.search_box import SearchBox
from refman.ui.sidebar.pane import TagSidebar
from refman.ui.table.view import PaperTable
from refman.ui.visits import Visits
from refman.ui.voice import Voice
from refman.ui.window_dialogs import WindowDialogs
from refman.ui.window_state import WindowState


class LinkedFiles(Protocol):
    """What commands want of the linked files."""

    def takers(self) -> list[tuple[str, str]]:
        """The files that take single papers: name and path of each."""
        ...

    def review(self, path: str, put: Sequence[PaperId] = ()) -> None:
        """Opens the review sheet of a file, with papers that are to go into it."""
        ...

    def name_project(self, path: str, folder: Path) -> None:
        """The LaTeX sources of a folder are those that cite what is in a file."""
        ...


@dataclass(eq=False, slots=True)
class CommandContext:
    """Built once by the main window. `actions` are made of the commands, and so come last."""

    window: QMainWindow
    adapter: LibraryAdapter
    live: LiveSettings
    kept: WindowState
    table: PaperTable
    feed: ListFeed
    search: SearchBox
    panes: Panes
    sidebar: TagSidebar
    detail: DetailPane
    preview: PaperPreview
    voice: Voice
    imports: ImportFlow
    dialogs: WindowDialogs
    visits: Visits
    sample_location: str
    """Where the sample library is made."""
    wanted_location: str = ""
    """The library that was asked for last, also when it could not be opened."""
    is_file_here: bool = False
    """The current paper has a file."""
    backups: BackupTimer | None = None
    """Made where library and preferences are joined; a window of a test may have none."""
    links: LinkedFiles | None = None
    """Of the linked files; made after the parts it joins."""
    actions: Actions | None = None
    wanted_paper: PaperId | None = None
    """A paper to select as soon as it is listed."""

    @property
    def selected(self) -> list[PaperId]:
        """The selected papers in the order of the list."""
        return [PaperId(i) for i in self.table.selected_ids]

    def clear_search(self) -> None:
        """All papers: nothing searched, nothing filtered."""
        self.search.clear()
        self.filter(FilterState())

    def filter(self, state: FilterState) -> None:
        """Filters by this, and shows it in the sidebar."""
        self.sidebar.set_filter(state)
        self.feed.set_filter(state)

    def look_at(self, paper_id: PaperId | None) -> None:
        """Selects a paper; one that is not in the list is searched in all papers."""
        if paper_id is None or self.table.select_paper(paper_id):
            return
        self.wanted_paper = paper_id
        self.clear_search()

    def copy_text(self, text: str, *, said: str) -> None:
        """Puts a text into the clipboard and says so."""
        QGuiApplication.clipboard().setText(text)
        self.voice.say(said)
