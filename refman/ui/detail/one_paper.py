"""One paper in the detail pane: its head and the tabs below it."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from refman.domain.paper import Paper, PaperId
from refman.domain.settings import Settings
from refman.ui.detail.bibtex_tab import BibtexTab
from refman.ui.detail.cite_button import name_cite_button
from refman.ui.detail.deeds import DetailDeeds
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.files_tab import FilesTab
from refman.ui.detail.head import PaperHead
from refman.ui.detail.more_tab import MoreTab
from refman.ui.detail.new_paper import NewPaper
from refman.ui.detail.note_editor import NoteEditor
from refman.ui.detail.notes_tab import NotesTab
from refman.ui.detail.paper_tab import PaperTab
from refman.ui.detail.questions import DetailQuestions
from refman.ui.detail.record import Head, PaperRecord
from refman.ui.detail.tabs import DetailTabs
from refman.ui.detail.unsaved import UnsavedText
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.late import Late


class OnePaper(QWidget):
    """Head and fields are made at once, notes with the first paper, every other tab when it is first seen."""

    author_chosen = Signal(str)
    tag_chosen = Signal(str)
    cite_asked = Signal()
    file_asked = Signal()
    menu_asked = Signal(QPoint)
    link_chosen = Signal(str)
    left = Signal()
    told = Signal(str)

    def __init__(self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, editor: NoteEditor) -> None:
        super().__init__()
        self._library = library
        self._themes = themes
        self._icons = icons
        self._editor = editor
        self._record: PaperRecord | None = None
        self._is_writable = True
        self._is_blank = True
        self._deeds = DetailDeeds(library, self)
        self.head = PaperHead(themes, icons)
        self.paper_tab = PaperTab(themes, icons)
        self.notes = Late(self._make_notes)
        self.bibtex = Late(self._make_bibtex)
        self.files = Late(self._make_files)
        self.more = Late(self._make_more)
        self._questions = DetailQuestions(self._deeds, themes, icons=icons, parent=self)
        self.new_paper = NewPaper(library, self.head.title, parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tabs = DetailTabs()
        for tab, words in (
            (self.paper_tab, self.tr("Paper")),
            (self.notes, self.tr("Notes")),
            (self.bibtex, self.tr("BibTeX")),
            (self.files, self.tr("Files")),
            (self.more, self.tr("More")),
        ):
            self.tabs.add(tab, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self.setFocusProxy(self.head.title.control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.set_room(self.height())

    def _connect(self) -> None:
        head, form = self.head, self.paper_tab.form
        self._deeds.failed_later.connect(self.told)
        for boxes in (head.title, self.paper_tab):
            boxes.committed.connect(self._save)
        for resting in (head.title.resting, self.paper_tab.abstract.resting, form.resting):
            resting.connect(self.left)
        head.author_chosen.connect(self.author_chosen)
        head.people_asked.connect(self.edit_people)
        head.cite_asked.connect(self.cite_asked)
        head.file_asked.connect(self.file_asked)
        head.menu_asked.connect(self.menu_asked)
        head.copied.connect(lambda text: self.told.emit(self.tr("Copied {0}").format(text)))
        form.people_asked.connect(self.edit_people)
        form.other_field_asked.connect(self._questions.ask_for_field)
        self._questions.field_named.connect(lambda name: form.box(name).control.setFocus())
        tags = self.paper_tab.tags
        tags.added.connect(lambda names: self._deeds.tag(self._ids(), names))
        tags.removed.connect(lambda name: self._deeds.untag(self._ids(), name))
        tags.names_wanted.connect(lambda: self._deeds.tell_names(tags.set_known))
        tags.chosen.connect(self.tag_chosen)

    # Tabs that are made late -------------------------------------------------------------------------------------

    def _make_notes(self) -> NotesTab:
        made = NotesTab(self._library, self._themes, icons=self._icons, editor=self._editor)
        made.link_chosen.connect(self.link_chosen)
        made.set_writable(self._is_writable)
        return made

    def _make_bibtex(self) -> BibtexTab:
        made = BibtexTab(self._library, self._themes, icons=self._icons)
        made.copied.connect(lambda: self.told.emit(self.tr("Copied the entry")))
        made.told.connect(self.told)
        made.edit_ended.connect(lambda: self._mark_draft(False))
        made.set_writable(self._is_writable)
        made.show_paper(self._paper)
        return made

    def _make_files(self) -> FilesTab:
        made = FilesTab(self._library, self._themes, icons=self._icons)
        made.set_writable(self._is_writable)
        made.show_paper(self._paper)
        return made

    def _make_more(self) -> MoreTab:
        made = MoreTab(self._library, self._themes, icons=self._icons)
        made.show_paper(self._paper)
        return made

    # What is shown -----------------------------------------------------------------------------------------------

    @property
    def _paper(self) -> Paper | None:
        return self._record.paper if self._record else None

    def _ids(self) -> list[PaperId]:
        return [self._record.paper.id] if self._record else []

    @property
    def is_blank(self) -> bool:
        """True until something is shown."""
        return self._is_blank

    def begin(self, head: Head | None) -> None:
        """Another paper is being read: nothing of the one before may be seen, or typed into, under its title."""
        self._is_blank = False
        if head is not None:
            self.head.show_head(head, is_other=True)
        self.paper_tab.set_blank(True)
        self.clear()

    def show_record(self, record: PaperRecord) -> None:
        """Shows what was read: another paper, or the same one anew, where what is being typed stays."""
        paper, self._is_blank = record.paper, False
        is_other = self._record is None or self._record.paper.id != paper.id
        self._record = record
        if paper.id == self.new_paper.paper_id:
            self.new_paper.shown(lambda: self.head.show_head(record.head, is_other=False))
        else:
            self.head.show_head(record.head, is_other=is_other)
        self.paper_tab.show_paper(paper, record.badges, is_other=is_other)
        self.paper_tab.set_blank(False)
        self.notes.part.show_notes(paper.id, record.notes, is_other=is_other)
        self._tell_tabs(paper)
        self.tabs.number(self.notes, self.tr("Notes"), len(record.notes))
        self.tabs.number(self.files, self.tr("Files"), len(paper.attachments))
        self._mark_draft(record.has_draft)

    def _mark_draft(self, has_draft: bool) -> None:
        why = self.tr("What was typed here is not saved yet.")
        self.tabs.mark(self.bibtex, self.tr("BibTeX"), is_marked=has_draft, why=why)

    def leave(self) -> None:
        """Something else will be shown: what is typed is saved first."""
        self.flush()
        self.new_paper.leave()
        for box in self._boxes():
            box.leave()
        if self.bibtex.made:
            self.bibtex.made.leave()
        self._record = None

    def clear(self) -> None:
        """The tabs show no paper."""
        self._record = None
        if self.notes.made:
            self.notes.made.clear()
        self._tell_tabs(None)

    def _tell_tabs(self, paper: Paper | None) -> None:
        for tab in (self.bibtex.made, self.files.made, self.more.made):
            if tab is not None:
                tab.show_paper(paper)

    def flush(self) -> None:
        """Saves whatever is typed and not saved yet."""
        self._deeds.unsaved.try_all()
        for box in self._boxes():
            box.commit()
        for tab in (self.notes.made, self.bibtex.made):
            if tab is not None:
                tab.flush()

    def unsaved(self) -> Iterator[UnsavedText]:
        """What is typed and not stored: in the fields on show, in those that were left, in notes."""
        if self._record is not None or self.new_paper.is_awaited:
            for box in self._boxes():
                if box.is_dirty:
                    yield UnsavedText(box.title, box.editor.value(), box.reason, box.is_refused)
        if self.new_paper.left_title.strip():
            yield UnsavedText(self.head.title.title, self.new_paper.left_title)
        yield from self._deeds.unsaved.texts()
        if self.notes.made:
            yield from self.notes.made.unsaved()

    def follow(self, settings: Settings) -> None:
        """Shows what depends on the preferences."""
        self.paper_tab.set_abstract_size(settings.abstract_font_px)
        name_cite_button(self.head.cite, settings.cite_command)

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self._is_writable = is_writable
        for part in (self.head, self.paper_tab, self.notes.made, self.bibtex.made, self.files.made):
            if part is not None:
                part.set_writable(is_writable)

    # What the person does ----------------------------------------------------------------------------------------

    def show_tab(self, tab: QWidget, *, beside: QWidget | None) -> None:
        """Brings a tab, or the one that holds this, to the front, unless it stands beside the details."""
        place = tab if self.tabs.indexOf(tab) >= 0 else tab.parentWidget()
        if place is not None and place is not beside:
            self.tabs.setCurrentWidget(place)

    def edit_people(self, role: str) -> None:
        """Asks for the names of a role, one a row."""
        if self._record is not None:
            self._questions.ask_for_people(self._record.paper, role)

    def _save(self, box: FieldBox) -> None:
        if self._record is not None:
            self._deeds.save(self._record.paper.id, box)

    def _boxes(self) -> list[FieldBox]:
        return [self.head.title, self.paper_tab.abstract, *self.paper_tab.form.boxes()]
