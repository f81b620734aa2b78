"""The detail pane: one paper with everything known of it, many papers, or none."""

from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from refman.domain.changes import Changes
from refman.domain.listing import PaperRow
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.ui.detail.beside import TabBeside
from refman.ui.detail.note_editor import NoteEditor
from refman.ui.detail.nothing_selected import NothingSelected
from refman.ui.detail.record import Head, PaperRecord, head_of_row, read_record
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.pane_state import Fourth
from refman.ui.theme import ThemeController
from refman.ui.widgets.late import Late
from refman.ui.widgets.looks import Surface, stand_on

if TYPE_CHECKING:
    from refman.ui.detail.bibtex_tab import BibtexTab
    from refman.ui.detail.files_tab import FilesTab
    from refman.ui.detail.head import PaperHead
    from refman.ui.detail.many_selected import ManySelected
    from refman.ui.detail.more_tab import MoreTab
    from refman.ui.detail.new_paper import NewPaper
    from refman.ui.detail.notes_tab import NotesTab
    from refman.ui.detail.one_paper import OnePaper
    from refman.ui.detail.paper_tab import PaperTab
    from refman.ui.detail.tabs import DetailTabs
    from refman.ui.detail.unsaved import UnsavedText


class DetailPane(QWidget):
    """Call `show_selection` when other papers are selected, `refresh` when the library changed, and `flush` before
    the library is closed, undone or exported."""

    author_chosen = Signal(str)
    tag_chosen = Signal(str)
    cite_asked = Signal()
    file_asked = Signal()
    """Open the file of the paper with the system."""
    export_asked = Signal()
    trash_asked = Signal()
    menu_asked = Signal(QPoint)
    """More: the menu of the selected papers, at a place of the screen."""
    link_chosen = Signal(str)
    left = Signal()
    """Esc: the focus should go to the list."""
    told = Signal(str)
    """A sentence for the message bar."""

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detailPane")
        self.setAccessibleName(self.tr("Details"))
        stand_on(self, Surface.SURFACE)
        self._library = library
        self._themes = themes
        self._icons = icons
        self._ids: array[int] = array("q")
        self._is_writable, self._settings = True, Settings()
        self._editor = NoteEditor(self)
        self._editor.setReadOnly(True)
        self._editor.hide()
        self.nothing = NothingSelected(themes)
        self._one = Late(self._make_one)
        self._many = Late(self._make_many)
        self._steps: Iterator[bool] | None = None
        self.beside = TabBeside(lambda: self.tabs)
        self._pages = QStackedWidget()
        for page in (self.nothing, self._one, self._many):
            self._pages.addWidget(page)
        self._pages.currentChanged.connect(lambda _: self._follow_page())
        self._follow_page()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _follow_page(self) -> None:
        self.setFocusProxy(self._pages.currentWidget() or self.nothing)  # Never what is typed into unseen.
        self.beside.set_idle(self._pages.currentWidget() is not self._one)

    def _make_one(self) -> "OnePaper":
        # Late: no paper is selected at the start.
        from refman.ui.detail.one_paper import OnePaper

        made = OnePaper(self._library, self._themes, icons=self._icons, editor=self._editor)
        made.set_writable(self._is_writable)
        made.follow(self._settings)
        made.author_chosen.connect(self.author_chosen)
        made.tag_chosen.connect(self.tag_chosen)
        made.cite_asked.connect(self.cite_asked)
        made.file_asked.connect(self.file_asked)
        made.menu_asked.connect(self.menu_asked)
        made.link_chosen.connect(self.link_chosen)
        made.left.connect(self.left)
        made.told.connect(self.told)
        return made

    def _make_many(self) -> "ManySelected":
        # Late: most sessions begin with one paper.
        from refman.ui.detail.many_selected import ManySelected

        made = ManySelected(self._library, self._themes, icons=self._icons)
        made.set_writable(self._is_writable)
        made.follow(self._settings)
        made.cite_asked.connect(self.cite_asked)
        made.export_asked.connect(self.export_asked)
        made.trash_asked.connect(self.trash_asked)
        made.tag_chosen.connect(self.tag_chosen)
        return made

    def prepare(self) -> bool:
        """Makes a part of what the first paper needs; False when nothing is left."""
        if self._steps is None:
            # Late: a start does without it.
            from refman.ui.detail.preparing import steps

            self._steps = steps(self._one, self._many)
        return next(self._steps, False)

    @property
    def head(self) -> "PaperHead":
        """Title, authors, key."""
        return self._one.part.head

    @property
    def tabs(self) -> "DetailTabs":
        """The tabs below the head."""
        return self._one.part.tabs

    @property
    def paper_tab(self) -> "PaperTab":
        """Tags, abstract, fields."""
        return self._one.part.paper_tab

    @property
    def notes_tab(self) -> "NotesTab":
        """The notes of the paper."""
        return self._one.part.notes.part

    @property
    def bibtex_tab(self) -> "BibtexTab":
        """Its entry."""
        return self._one.part.bibtex.part

    @property
    def files_tab(self) -> "FilesTab":
        """What is attached to it."""
        return self._one.part.files.part

    @property
    def more_tab(self) -> "MoreTab":
        """Where it came from, and its history."""
        return self._one.part.more.part

    @property
    def many(self) -> "ManySelected":
        """What is shown of several papers."""
        return self._many.part

    @property
    def new_paper(self) -> "NewPaper":
        """The paper that is being stored."""
        return self._one.part.new_paper

    def place_of(self, tab: Fourth) -> QWidget | None:
        """The place of a tab that can stand beside the details."""
        if tab is Fourth.NONE:
            return None
        return self._one.part.notes if tab is Fourth.NOTES else self._one.part.bibtex

    # What is shown -----------------------------------------------------------------------------------------------

    @property
    def paper_ids(self) -> list[PaperId]:
        """The papers that are shown."""
        return [PaperId(number) for number in self._ids]

    def show_selection(self, ids: "array[int]", current: PaperRow | None = None) -> None:
        """Shows these papers; `current` is what the list knows of the only one, shown at once."""
        if ids == self._ids:
            return
        self._leave()
        self._ids = ids
        if len(ids) == 1:
            self._begin_one(PaperId(ids[0]), current)
        elif ids:
            self._leave_one()
            self._pages.setCurrentWidget(self._many)
            self.many.show_papers(self._ids)
        else:
            self.forget()

    def begin_new(self) -> None:
        """A paper is being made: its title can be typed at once. `take_new` or `new_paper.refuse` follows."""
        self._leave()
        self._ids = array("q")
        self._one.part.begin(Head(PaperId(0)))
        self._pages.setCurrentWidget(self._one)
        self.new_paper.begin()
        self.edit_title()

    def take_new(self, paper_id: PaperId) -> None:
        """The paper is stored; whatever of its title is typed by now stays and is saved."""
        if self.new_paper.take(paper_id):
            self._ids = array("q", [paper_id])
            self._read_one(paper_id)

    def _leave(self) -> None:
        # Something else will be shown: what is typed is saved first.
        if self._one.made:
            self._one.made.leave()

    def refresh(self, changes: Changes) -> None:
        """The library changed: what is shown is read anew, what is being typed stays."""
        if len(self._ids) == 1:
            if changes.everything or changes.tags or self._ids[0] in (*changes.changed, *changes.added):
                self._read_one(PaperId(self._ids[0]))
        elif self._ids:
            self.many.show_papers(self._ids)
        else:
            self._read_counts()

    def forget(self) -> None:
        """Shows none, as when another library is open."""
        self._ids = array("q")
        self._leave_one()
        self._pages.setCurrentWidget(self.nothing)
        self._read_counts()

    def flush(self) -> None:
        """Saves whatever is typed and not saved yet."""
        if self._one.made:
            self._one.made.flush()

    def unsaved(self) -> "list[UnsavedText]":
        """What is typed and not stored, also while it is on its way."""
        return list(self._one.made.unsaved()) if self._one.made else []

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self._is_writable = is_writable
        for page in (self._one.made, self._many.made):
            if page is not None:
                page.set_writable(is_writable)

    def follow(self, settings: Settings) -> None:
        """Preferences say how large the abstract is and what is copied as a citation."""
        self._settings = settings
        for page in (self._one.made, self._many.made):
            if page is not None:
                page.follow(settings)

    def _begin_one(self, paper_id: PaperId, row: PaperRow | None) -> None:
        self._one.part.begin(head_of_row(row) if row is not None and row.id == paper_id else None)
        self._pages.setCurrentWidget(self._one)
        self._read_one(paper_id)

    def _read_one(self, paper_id: PaperId) -> None:
        self._library.read(
            lambda library: read_record(library, paper_id), self._show_one, owner=self, slot="detail.paper"
        )

    def _show_one(self, record: PaperRecord | None) -> None:
        if record is not None and list(self._ids) == [record.paper.id]:
            self._one.part.show_record(record)

    def _leave_one(self) -> None:
        if self._one.made:
            self._one.made.clear()

    def _read_counts(self) -> None:
        self._library.read(
            lambda library: library.sidebar_counts(), self.nothing.show_counts, owner=self, slot="detail.paper"
        )

    # What the person does ----------------------------------------------------------------------------------------

    def edit_title(self) -> None:
        """The focus goes to the title, also in a window of its own."""
        self.window().activateWindow()
        self.head.title.control.setFocus()

    def show_tab(self, tab: QWidget) -> None:
        """Brings a tab (`notes_tab`, `bibtex_tab`, ...) to the front, unless it stands beside the details."""
        self._one.part.show_tab(tab, beside=self.beside.tab)

    def write_note(self) -> None:
        """The focus goes to the editor of the notes."""
        self.show_tab(self.notes_tab)
        self.notes_tab.editor.setFocus()
