"""The detail pane: one paper with everything known of it, many papers, or none."""

from array import array
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from refman.domain.changes import Changes
from refman.domain.listing import PaperRow
from refman.domain.paper import PaperId
from refman.ui.detail.beside import TabBeside
from refman.ui.detail.bibtex_tab import BibtexTab
from refman.ui.detail.deeds import DetailDeeds
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.files_tab import FilesTab
from refman.ui.detail.head import PaperHead
from refman.ui.detail.more_tab import MoreTab
from refman.ui.detail.new_paper import NewPaper
from refman.ui.detail.notes_tab import NotesTab
from refman.ui.detail.other_pages import ManySelected, NothingSelected
from refman.ui.detail.paper_tab import PaperTab
from refman.ui.detail.questions import DetailQuestions
from refman.ui.detail.record import Head, PaperRecord, head_of, head_of_row, read_record
from refman.ui.detail.tabs import DetailTabs
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import Surface, stand_on


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
        self._record: PaperRecord | None = None
        self._deeds = DetailDeeds(library, self)
        self.head = PaperHead(themes, icons)
        self.paper_tab = PaperTab(themes, icons)
        self.notes_tab = NotesTab(library, themes, icons=icons)
        self.bibtex_tab = BibtexTab(library, themes, icons=icons)
        self.files_tab = FilesTab(library, themes, icons=icons)
        self.more_tab = MoreTab(library, themes, icons=icons)
        self.many = ManySelected(themes, icons)
        self.nothing = NothingSelected(themes)
        self._questions = DetailQuestions(self._deeds, themes, icons=icons, parent=self)
        self.new_paper = NewPaper(library, self.head.title, parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tabs = DetailTabs()
        for tab, words in (
            (self.paper_tab, self.tr("Paper")),
            (self.notes_tab, self.tr("Notes")),
            (self.bibtex_tab, self.tr("BibTeX")),
            (self.files_tab, self.tr("Files")),
            (self.more_tab, self.tr("More")),
        ):
            self.tabs.add(tab, words)
        self.beside = TabBeside(self.tabs)
        one = self._one = QWidget()
        column = QVBoxLayout(one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self._pages = QStackedWidget()
        for page in (self.nothing, one, self.many):
            self._pages.addWidget(page)
        self._pages.currentChanged.connect(lambda _: self.beside.set_idle(self._pages.currentWidget() is not one))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusProxy(self.head.title.control)

    def _connect(self) -> None:
        self._deeds.failed_later.connect(self.told)
        self.head.title.committed.connect(self._save)
        self.paper_tab.committed.connect(self._save)
        self.head.title.resting.connect(self.left)
        self.paper_tab.abstract.resting.connect(self.left)
        self.paper_tab.form.resting.connect(self.left)
        self.head.author_chosen.connect(self.author_chosen)
        self.head.people_asked.connect(self.edit_people)
        self.head.cite_asked.connect(self.cite_asked)
        self.head.file_asked.connect(self.file_asked)
        self.head.menu_asked.connect(self.menu_asked)
        self.head.copied.connect(lambda text: self.told.emit(self.tr("Copied {0}").format(text)))
        self.bibtex_tab.copied.connect(lambda: self.told.emit(self.tr("Copied the entry")))
        self.paper_tab.form.people_asked.connect(self.edit_people)
        self.paper_tab.form.other_field_asked.connect(self._questions.ask_for_field)
        self._questions.field_named.connect(lambda name: self.paper_tab.form.box(name).control.setFocus())
        self.notes_tab.link_chosen.connect(self.link_chosen)
        self.many.cite_asked.connect(self.cite_asked)
        self.many.export_asked.connect(self.export_asked)
        self.many.trash_asked.connect(self.trash_asked)
        for chips in (self.paper_tab.tags, self.many.tags, self.many.partial):
            chips.added.connect(lambda name: self._deeds.tag(self.paper_ids, name))
            chips.removed.connect(lambda name: self._deeds.untag(self.paper_ids, name))
            chips.names_wanted.connect(partial(self._deeds.tell_names, chips.set_known))
        for chips in (self.paper_tab.tags, self.many.tags):
            chips.chosen.connect(self.tag_chosen)
        # A tag that only some carry is put on all of them.
        self.many.partial.chosen.connect(lambda name: self._deeds.tag(self.paper_ids, name))

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
            self._pages.setCurrentWidget(self.many)
            self.many.show_count(len(ids))
            self._read_many()
        else:
            self._leave_one()
            self._pages.setCurrentWidget(self.nothing)
            self._read_counts()

    def begin_new(self) -> None:
        """A paper is being made: its title can be typed at once. `take_new` or `new_paper.refuse` follows."""
        self._leave()
        self._ids = array("q")
        self._pages.setCurrentWidget(self._one)
        self.head.show_head(Head(PaperId(0)), is_other=True)
        self.paper_tab.set_blank(True)
        self._leave_one()
        self.new_paper.begin()
        self.edit_title()

    def take_new(self, paper_id: PaperId) -> None:
        """The paper is stored; whatever of its title is typed by now stays and is saved."""
        if self.new_paper.take(paper_id):
            self._ids = array("q", [paper_id])
            self._read_one(paper_id)

    def _leave(self) -> None:
        """Something else will be shown: what is typed is saved first."""
        self.flush()
        self.new_paper.leave()
        for box in self._boxes():
            box.leave()
        self._record = None

    def refresh(self, changes: Changes) -> None:
        """The library changed: what is shown is read anew, what is being typed stays."""
        if len(self._ids) == 1:
            if changes.everything or changes.tags or self._ids[0] in (*changes.changed, *changes.added):
                self._read_one(PaperId(self._ids[0]))
        elif self._ids:
            self._read_many()
        else:
            self._read_counts()

    def forget(self) -> None:
        """Another library is open."""
        self._ids = array("q")
        self._record = None
        self._leave_one()
        self._pages.setCurrentWidget(self.nothing)
        self._read_counts()

    def flush(self) -> None:
        """Saves whatever is typed and not saved yet."""
        for box in self._boxes():
            box.commit()
        self.notes_tab.flush()

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self.head.set_writable(is_writable)
        self.paper_tab.set_writable(is_writable)
        self.notes_tab.set_writable(is_writable)
        self.files_tab.set_writable(is_writable)
        self.many.set_writable(is_writable)

    def _begin_one(self, paper_id: PaperId, row: PaperRow | None) -> None:
        self._pages.setCurrentWidget(self._one)
        if row is not None and row.id == paper_id:
            self.head.show_head(head_of_row(row), is_other=True)
        # Nothing of the paper before may be seen, or typed into, under this one's title.
        self.paper_tab.set_blank(True)
        self._leave_one()
        self._read_one(paper_id)

    def _read_one(self, paper_id: PaperId) -> None:
        self._library.read(
            lambda library: read_record(library, paper_id), self._show_one, owner=self, slot="detail.paper"
        )

    def _show_one(self, record: PaperRecord | None) -> None:
        if record is None or list(self._ids) != [record.paper.id]:
            return
        is_other = self._record is None or self._record.paper.id != record.paper.id
        self._record = record
        paper = record.paper
        if paper.id == self.new_paper.paper_id:
            self.new_paper.shown(lambda: self.head.show_head(head_of(paper), is_other=False))
        else:
            self.head.show_head(head_of(paper), is_other=is_other)
        self.paper_tab.show_paper(paper, record.badges, is_other=is_other)
        self.paper_tab.set_blank(False)
        self.notes_tab.show_notes(paper.id, record.notes, is_other=is_other)
        self.bibtex_tab.show_paper(paper)
        self.files_tab.show_paper(paper)
        self.more_tab.show_paper(paper)
        self.tabs.number(self.notes_tab, self.tr("Notes"), len(record.notes))
        self.tabs.number(self.files_tab, self.tr("Files"), len(paper.attachments))

    def _leave_one(self) -> None:
        self.notes_tab.clear()
        self.bibtex_tab.show_paper(None)
        self.files_tab.show_paper(None)
        self.more_tab.show_paper(None)

    def _read_many(self) -> None:
        ids = self.paper_ids

        def show(found: tuple[dict[str, int], dict[str, int]]) -> None:
            if len(ids) == len(self._ids):
                self.many.show_tags(*found)

        self._library.read(
            lambda library: (library.tags_of(ids), {tag.name: tag.colour for tag in library.tags()}),
            show,
            owner=self,
            slot="detail.paper",
        )

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
        if tab is not self.beside.tab:
            self.tabs.setCurrentWidget(tab)

    def write_note(self) -> None:
        """The focus goes to the editor of the notes."""
        self.show_tab(self.notes_tab)
        self.notes_tab.editor.setFocus()

    def edit_people(self, role: str) -> None:
        """Asks for the names of a role, one a row."""
        if self._record is not None:
            self._questions.ask_for_people(self._record.paper, role)

    def _save(self, box: FieldBox) -> None:
        if self._record is not None:
            self._deeds.save(self._record.paper.id, box)

    def _boxes(self) -> list[FieldBox]:
        return [self.head.title, self.paper_tab.abstract, *self.paper_tab.form.boxes()]
