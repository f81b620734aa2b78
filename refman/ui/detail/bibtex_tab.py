"""The tab BibTeX: the entry as it would be exported, and as text to edit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.domain.paper import Paper, PaperId
from refman.ui.detail.entry_saving import OpenedEntry, has_draft, open_entry
from refman.ui.detail.value_editors import beside_text
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.late import Late
from refman.ui.widgets.looks import button, label
from refman.ui.wording import key_waits

if TYPE_CHECKING:
    from refman.ui.detail.raw_entry import RawEntryPane

_FORMATS = (("bibtex", "BibTeX"), ("biblatex", "biblatex"))


class BibtexTab(QWidget):
    """Asks for the text only while it is seen; the editor is made when somebody first edits."""

    copied = Signal()
    told = Signal(str)
    edit_ended = Signal()
    """What was typed is saved or given up."""

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._paper: Paper | None = None
        self._shown: tuple[Paper | None, str] = (None, "")
        self._format = _FORMATS[0][0]
        self._switches: dict[str, QToolButton] = {}
        self._is_writable = True
        self._is_edit_wanted = False
        self._has_looked: PaperId | None = None
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.setFocusProxy(self.text)
        self.text.setProperty("role", TextRole.MONO.value)
        self.text.setAccessibleName(self.tr("Entry for LaTeX"))
        self.copy = button(self.tr("Copy"))
        self.copy.setIcon(icons.icon(IconName.COPY))
        self.copy.clicked.connect(lambda _=False: self._copy())
        self.edit = button(self.tr("Edit"))
        self.edit.setToolTip(self.tr("Edit this entry as text"))
        self.edit.setIcon(icons.icon(IconName.PENCIL))
        self.edit.clicked.connect(lambda _=False: self.edit_entry())
        self.raw = Late(self._make_raw)
        self.waits = label("", TextRole.SECONDARY, wrap=True)
        self.waits.hide()
        self._bar = QHBoxLayout()
        group = QButtonGroup(self)
        for name, words in _FORMATS:
            switch = QToolButton()
            switch.setText(words)
            switch.setCheckable(True)
            switch.setChecked(name == self._format)
            switch.setAccessibleName(self.tr("Show as {0}").format(words))
            switch.clicked.connect(self._switcher(name))
            group.addButton(switch)
            self._switches[name] = switch
            self._bar.addWidget(switch)
        self._bar.addStretch()
        self._bar.addWidget(self.edit)
        self._bar.addWidget(self.copy)
        self._preview = QWidget()
        column = QVBoxLayout(self._preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.waits)
        column.addWidget(self.text, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._preview)
        self._pages.addWidget(self.raw)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def _make_raw(self) -> "RawEntryPane":
        # Late: most people look at entries and never edit one.
        from refman.ui.detail.raw_entry import RawEntryPane

        made = RawEntryPane(self._library, self._themes)
        made.closed.connect(self._end_edit)
        made.told.connect(self.told)
        return made

    def show_paper(self, paper: Paper | None) -> None:
        """The paper whose entry is wanted."""
        is_other = paper is None or self._paper is None or paper.id != self._paper.id
        # Asked for while the paper was still being read.
        is_edit_wanted = self._paper is None and paper is not None and self._is_edit_wanted
        self._paper = paper
        if is_other:
            self.leave()
        elif self.is_editing:
            self.raw.part.refresh()
        self.edit.setEnabled(paper is not None and self._is_writable)
        self.waits.setText(self.tr("The key is not final yet: {0}.").format(key_waits()))
        self.waits.setVisible(paper is not None and not paper.key)
        self._ask()
        if is_edit_wanted:
            self.edit_entry()

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self._is_writable = is_writable
        self.edit.setEnabled(self._paper is not None and is_writable)

    # Editing -----------------------------------------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        """True while the entry is shown as text to edit."""
        return self._pages.currentWidget() is self.raw

    def edit_entry(self) -> None:
        """Opens the editor as soon as its text was read."""
        if not self._is_writable or self.is_editing:
            return
        self._is_edit_wanted = True
        if self._paper is not None:
            self._open_entry(self._paper.id)

    def flush(self) -> None:
        """Saves what is typed and not saved yet."""
        if self.raw.made is not None:
            self.raw.made.commit()

    def leave(self) -> None:
        """Another paper will be shown."""
        self._is_edit_wanted = False
        self._has_looked = None
        if self.raw.made is not None:
            self.raw.made.leave()
        self._show_page(self._preview)

    def _open_entry(self, paper_id: PaperId) -> None:
        drafts = self.raw.part.drafts
        self._library.read(
            lambda library: open_entry(library, paper_id, drafts),
            lambda opened: self._begin_edit(paper_id, opened),
            owner=self,
            slot="detail.entry-open",
        )

    def _begin_edit(self, paper_id: PaperId, opened: OpenedEntry) -> None:
        if self._paper is None or self._paper.id != paper_id or self.is_editing:
            return
        is_wanted, self._is_edit_wanted = self._is_edit_wanted, False
        self.raw.part.show_entry(paper_id, opened)
        self._show_page(self.raw)
        if is_wanted:
            self.raw.part.editor.setFocus()

    def _end_edit(self) -> None:
        self.edit_ended.emit()
        self.raw.part.leave()
        self._show_page(self._preview)
        self.edit.setFocus()
        self._ask()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(self.raw if page is self.raw else self.text)

    # The preview -------------------------------------------------------------------------------------------------

    def set_format(self, name: str) -> None:
        """`bibtex` or `biblatex`."""
        self._format = name
        self._switches[name].setChecked(True)
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _switcher(self, name: str) -> Callable[[], None]:
        return lambda: self.set_format(name)

    def _ask(self) -> None:
        paper, name = self._paper, self._format
        if paper is None:
            self._shown = (None, "")
            self.text.clear()
        elif self.isVisible() and self._shown != (paper, name) and not self.is_editing:
            self._library.read(
                lambda library: (library.preview(paper, name), has_draft(library, paper.id)),
                lambda found: self._show(paper, name, *found),
                owner=self,
                slot="detail.bibtex",
            )

    def _show(self, paper: Paper, name: str, text: str, has_draft: bool) -> None:
        if (paper, name) != (self._paper, self._format):
            return
        self._shown = (paper, name)
        self.text.setPlainText(text.strip() + "\n")
        if has_draft and self._is_writable and self._has_looked != paper.id:
            # What was typed and could not be saved comes back by itself, once a visit.
            self._has_looked = paper.id
            self._open_entry(paper.id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.emit()

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        for made in (self.copy, self.edit):
            made.setIconSize(beside_text(metrics))
        self._bar.setContentsMargins(metrics.s, metrics.s, metrics.m, metrics.xs)
        self._bar.setSpacing(metrics.xs)
        self.waits.setContentsMargins(metrics.m, 0, metrics.m, metrics.xs)
        self.text.setFont(metrics.font(TextRole.MONO))
        self.text.document().setDocumentMargin(metrics.m)
