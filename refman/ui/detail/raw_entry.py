"""The entry of a paper as text to edit: checked while it is typed, saved as one step."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from refman.domain.errors import ConflictError, Problem, RefmanError
from refman.domain.paper import PaperId
from refman.services.entries.raw_editing import EntryCheck
from refman.services.entries.typed_drafts import TypedDrafts
from refman.services.library import Library
from refman.ui.detail.bibtex_highlight import BibtexHighlighter
from refman.ui.detail.entry_editor import EntryEditor
from refman.ui.detail.entry_saving import OpenedEntry, TypedEntry, open_entry
from refman.ui.door import LibraryDoor
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label, set_look
from refman.ui.wording import sentence

CHECK_MS = 250
_KEEP_MS = 1_000
_NOTES_SHOWN = 3


class RawEntryPane(QWidget):
    """One paper at a time. What is typed is never given up but by the person: leaving the paper saves it, and what
    cannot be saved is kept as a draft, also when the program ends."""

    closed = Signal()
    """The person is done with the text."""
    told = Signal(str)

    def __init__(self, library: LibraryDoor, themes: ThemeController) -> None:
        super().__init__()
        self._library = library
        self._themes = themes
        self.drafts = TypedDrafts()
        self._turn = 0
        self._paper_id: PaperId | None = None
        self._base = ""
        self._sent: str | None = None
        self._is_contested = False
        self.editor = EntryEditor()
        self.editor.setObjectName("bibtexEditor")
        self.editor.setAccessibleName(self.tr("BibTeX of this paper"))
        self.editor.setProperty("role", TextRole.MONO.value)
        self.editor.setTabChangesFocus(True)
        self._colours = BibtexHighlighter(self.editor.document(), themes)
        self.says = label("", TextRole.SECONDARY, wrap=True)
        self.says.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.says.hide()
        self.save = button(self.tr("Save entry"), ButtonKind.PRIMARY)
        self.save.setToolTip(self.tr("Ctrl+Enter"))
        self.give_up = button(self.tr("Close"))
        deeds = QHBoxLayout()
        deeds.setSpacing(themes.metrics.s)
        deeds.addStretch()
        deeds.addWidget(self.give_up)
        deeds.addWidget(self.save)
        # Above the buttons: beside them a narrow pane would break it into words.
        self._bar = QVBoxLayout()
        self._bar.addWidget(self.says)
        self._bar.addLayout(deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.editor, 1)
        column.addLayout(self._bar)
        self.setFocusProxy(self.editor)
        self._check_timer = self._timer(CHECK_MS, self._check)
        self._keep_timer = self._timer(_KEEP_MS, self._keep)
        self.editor.textChanged.connect(self._typed)
        self.editor.saving.connect(self.commit)
        self.editor.leaving.connect(self._leave_if_clean)
        self.save.clicked.connect(lambda _=False: self.commit())
        self.give_up.clicked.connect(lambda _=False: self._give_up())
        themes.changed.connect(self._apply_theme)
        self._apply_theme()
        self._show_state()

    def _timer(self, wait_ms: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(then)
        return timer

    # What is shown -----------------------------------------------------------------------------------------------

    @property
    def paper_id(self) -> PaperId | None:
        """Whose text it is, None before it was read and after it was left."""
        return self._paper_id

    @property
    def is_dirty(self) -> bool:
        """True while something typed is not stored."""
        return self._paper_id is not None and self._text().strip() != self._base.strip()

    def show_entry(self, paper_id: PaperId, opened: OpenedEntry) -> None:
        """Begins with the text of a paper, or with what was typed before and could not be saved."""
        self._paper_id, self._base, self._sent, self._is_contested = paper_id, opened.text, None, False
        draft = opened.draft
        self.editor.setPlainText(draft.text if draft else opened.text)
        self._say(self.tr("This was typed before and is not saved yet.") if draft and self.is_dirty else "")
        if draft is not None:
            self._is_contested = draft.base.strip() != opened.text.strip()
            self._check()
        self._show_state()

    def refresh(self) -> None:
        """The paper was changed, by this editor or elsewhere."""
        paper_id = self._paper_id
        if paper_id is not None:
            drafts = self.drafts
            self._library.read(
                lambda library: open_entry(library, paper_id, drafts),
                lambda opened: self._take_stored(paper_id, opened.text),
                owner=self,
                slot="detail.entry-text",
            )

    def _take_stored(self, paper_id: PaperId, stored: str) -> None:
        if paper_id != self._paper_id or stored.strip() == self._base.strip():
            return
        was_dirty, self._base = self.is_dirty, stored
        if was_dirty and self.is_dirty and self._sent is None:
            self._is_contested = True
            self._say(self.tr("This paper was changed elsewhere meanwhile. Saving keeps your text."), is_error=True)
        elif not was_dirty:
            self.editor.replace_text(stored)
        self._show_state()

    # What the person does ----------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if self._paper_id is not None:
            self._turn += 1
            self._check_timer.start()
            self._keep_timer.start()
            self._show_state()

    def _show_state(self) -> None:
        is_dirty = self.is_dirty
        self.save.setEnabled(is_dirty)
        self.give_up.setText(self.tr("Discard changes") if is_dirty else self.tr("Close"))

    def _leave_if_clean(self) -> None:
        if not self.is_dirty:
            self.closed.emit()

    def _give_up(self) -> None:
        """Back to what is stored; Ctrl+Z in the editor brings the typed text back."""
        if not self.is_dirty:
            self.closed.emit()
            return
        self.editor.replace_text(self._base)
        self._is_contested = False
        self._say("")
        self.editor.setFocus()

    def commit(self) -> None:
        """Saves what is typed, once."""
        if self.is_dirty and self._text() != self._sent:
            self._save(self._typed_entry())

    def leave(self) -> None:
        """Another paper will be shown, or the library closed: what is typed is saved, or kept as a draft."""
        if self.is_dirty and self._text() != self._sent:
            typed = self._typed_entry()
            if self._is_contested:
                self._library.write(typed.keep_for_later, owner=self, is_quiet=True)
                self.told.emit(self.tr("What you typed as BibTeX is kept as a draft: the paper was changed elsewhere."))
            else:
                self._library.write(typed.save, owner=self, failed=self._tell_draft, is_quiet=True)
        elif self._paper_id is not None and self._keep_timer.isActive():
            self._keep()
        self._paper_id = None
        for timer in (self._check_timer, self._keep_timer):
            timer.stop()

    def _save(self, typed: TypedEntry) -> None:
        self._sent = typed.text

        def done(_: object) -> None:
            if typed.paper_id == self._paper_id:
                self._sent, self._base, self._is_contested = None, typed.text, False
                self._say("")
                self._show_state()

        def failed(error: Exception) -> None:
            if typed.paper_id != self._paper_id:
                self._tell_draft(error)
                return
            self._sent = None
            self._refuse(error)

        self._library.write(typed.save, done, owner=self, failed=failed)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, ConflictError) and error.code == "entry-changed":
            self.refresh()
        elif isinstance(error, RefmanError):
            self._say(sentence(error), is_error=True)

    def _tell_draft(self, error: Exception) -> None:
        if isinstance(error, RefmanError):
            said = self.tr("What you typed as BibTeX is kept as a draft and is shown with its paper. {0}")
            self.told.emit(said.format(sentence(error)))

    def _typed_entry(self) -> TypedEntry:
        assert self._paper_id is not None
        return TypedEntry(self._paper_id, self._text(), self._base, self._turn, self.drafts)

    def _text(self) -> str:
        return self.editor.toPlainText()

    # Beside the typing -------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """A draft of what is typed, or none of what is saved, in case the program ends here."""
        if self._paper_id is not None:
            typed = self._typed_entry()
            work = typed.keep if self.is_dirty else typed.forget
            self._library.read(work, lambda _: None, owner=self, slot="detail.entry-draft")

    def _check(self) -> None:
        paper_id, text = self._paper_id, self._text()
        if paper_id is None:
            return
        if not self.is_dirty:
            self._show_check(EntryCheck())
            return

        def check(library: Library) -> EntryCheck:
            # Late: loads the formats, which the pane need not pay for.
            from refman.services.entries.facade import entries_of

            return entries_of(library).check(paper_id, text)

        def show(found: EntryCheck) -> None:
            if (paper_id, text) == (self._paper_id, self._text()):
                self._show_check(found)

        self._library.read(check, show, owner=self, slot="detail.entry-check")

    def _show_check(self, found: EntryCheck) -> None:
        self.editor.mark_lines([problem.line for problem in found.errors], self._themes.theme.danger)
        shown = found.errors[:1] or found.notes[:_NOTES_SHOWN]
        self._say("\n".join(map(self._line_of, shown)), is_error=bool(found.errors))
        self.save.setEnabled(self.is_dirty and not found.errors)

    def _line_of(self, problem: Problem) -> str:
        return self.tr("Line {0}: {1}").format(problem.line, sentence(problem))

    def _say(self, text: str, *, is_error: bool = False) -> None:
        self.says.setText(text)
        self.says.setVisible(bool(text))
        set_look(self.says, "role", (TextRole.ERROR if is_error else TextRole.SECONDARY).value)
        self.editor.setAccessibleDescription(text)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        self._bar.setContentsMargins(metrics.m, metrics.s, metrics.m, metrics.m)
        self._bar.setSpacing(metrics.s)
        self.editor.setFont(metrics.font(TextRole.MONO))
        self.editor.document().setDocumentMargin(metrics.m)
