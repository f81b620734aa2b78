"""The top of the detail pane: title, authors, one line of facts, the citation key, three buttons."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from refman.domain.paper import PaperId
from refman.domain.settings import CiteCommand
from refman.ui.detail.cite_button import name_cite_button
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.record import Head
from refman.ui.detail.value_editors import INPLACE_INSET_PX, TextEditor, beside_text
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.chip import Chip
from refman.ui.widgets.link_label import LinkLabel
from refman.ui.widgets.looks import button, label
from refman.ui.widgets.tips import plain_tip

_FEW_AUTHORS = 12
_LEAST_PX = 56
_WIDE_PX = 620
"""From this width on, as under the list, facts, key and buttons share a line."""
_LONG_PART = 3
"""Facts are long beyond a third of the head; then they get the room that key and buttons leave."""
_LEAST_FACTS_PX = 200
"""Facts that would have less beside key and buttons stand over them."""
_GAPS_PX = 36
"""At both edges, and between facts and key."""
_TABS_PX = 110
"""What is left to the tabs below at least."""
_LEAST_LINES = 2
_MORE = "more:"
_FEWER = "fewer:"
_EDIT = "edit:"

if TYPE_CHECKING:
    from refman.ui.detail.all_authors import AllAuthors


class PaperHead(QWidget):
    """Shows a `Head`; the title is edited in place."""

    author_chosen = Signal(str)
    people_asked = Signal(str)
    cite_asked = Signal()
    file_asked = Signal()
    menu_asked = Signal(QPoint)
    copied = Signal(str)
    """A text was copied: what it was."""

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icons = icons
        self._head = Head(PaperId(0))
        self._is_writable = True
        self._all_authors: AllAuthors | None = None
        self._hovered = ""
        self._arranged = (False, False, False)
        """Wide, beside, long: how key, buttons and facts stand now."""
        self._title_editor = TextEditor(one_line=True)
        self.title = FieldBox("title", self.tr("Title"), editor=self._title_editor, widget=self._title_editor)
        self.authors = LinkLabel(themes)
        self.edit_authors = QToolButton()
        self.line = label("", TextRole.SECONDARY, wrap=True)
        self.key_row = QHBoxLayout()
        self._chip: Chip | None = None
        self.cite = button("")
        self.open_file = button(self.tr("Open PDF"))
        self.more = button(self.tr("More"))
        self._lay_out()
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def _lay_out(self) -> None:
        self.authors.setWordWrap(True)
        self.authors.setAccessibleName(self.tr("Authors"))
        self.authors.linkActivated.connect(self._follow)
        self.authors.linkHovered.connect(self._hover)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title_editor.setProperty("role", TextRole.TITLE.value)
        self._title_editor.setPlaceholderText(self.tr("No title"))
        for made, icon in ((self.cite, IconName.QUOTE), (self.open_file, IconName.BOOK_OPEN), (self.more, None)):
            if icon:
                made.setIcon(self._icons.icon(icon))
        self.edit_authors.setIcon(self._icons.icon(IconName.PENCIL))
        self.edit_authors.setToolTip(self.tr("Edit the authors"))
        self.edit_authors.setAccessibleName(self.edit_authors.toolTip())
        self.edit_authors.clicked.connect(lambda _=False: self.people_asked.emit("author"))
        name_cite_button(self.cite, CiteCommand.CITE)
        self.more.setIcon(self._icons.icon(IconName.ELLIPSIS))
        self.cite.clicked.connect(lambda _=False: self.cite_asked.emit())
        self.open_file.clicked.connect(lambda _=False: self.file_asked.emit())
        self.more.clicked.connect(
            lambda _=False: self.menu_asked.emit(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        buttons = self._buttons = QHBoxLayout()
        for made in (self.cite, self.open_file, self.more):
            buttons.addWidget(made)
        buttons.addStretch(1)
        self.key_row.setContentsMargins(0, 0, 0, 0)
        self.key_row.addStretch()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._people = QHBoxLayout()
        self._people.setSpacing(0)
        self._people.addWidget(self.authors, 1)
        self._people.addWidget(self.edit_authors, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._people)
        self._key_and_buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._key_and_buttons.addLayout(self.key_row, 1)
        self._key_and_buttons.addLayout(buttons)
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._foot.addWidget(self.line)
        self._foot.addLayout(self._key_and_buttons, 1)
        self._column.addLayout(self._foot)

    def show_head(self, head: Head, *, is_other: bool) -> None:
        """Shows another paper, or the same one anew."""
        if is_other:
            self._unfold_authors(False)
            self.title.begin(head.title)
        else:
            self.title.refresh(head.title)
        self._head = head
        self.line.setText(head.line)
        self.line.setVisible(bool(head.line))
        guess = self.tr("The archive of the category is a guess: several share its code.") if head.is_guess else ""
        self.line.setToolTip(plain_tip(guess))
        self.open_file.setEnabled(head.has_file)
        self.open_file.setToolTip(
            self.tr("Open the file (F4)") if head.has_file else self.tr("No file yet: drop one here")
        )
        self._enable_cite()
        self._show_authors()
        self._show_key(head.key)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # Key or buttons want another size, as with larger text.
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Key and buttons beside each other where there is room, and beside the facts where these have enough left."""
        is_wide = self.width() >= self._themes.metrics.px(_WIDE_PX)
        is_beside = is_wide and self._has_room_beside()
        is_long = is_beside and self.line.fontMetrics().horizontalAdvance(self._head.line) > self.width() // _LONG_PART
        if self._arranged == (is_wide, is_beside, is_long):
            return
        self._arranged = (is_wide, is_beside, is_long)
        directions = QBoxLayout.Direction
        self._key_and_buttons.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._foot.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
        # A label that may wrap does so beside others although there is room.
        self.line.setWordWrap(not is_beside or is_long)
        policy = self.line.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored if is_long else QSizePolicy.Policy.Preferred)
        self.line.setSizePolicy(policy)
        # What stretches may be given less than it asks for.
        self._foot.setStretchFactor(self.line, int(is_long))
        self._foot.setStretchFactor(self._key_and_buttons, int(not is_long))

    def _has_room_beside(self) -> bool:
        metrics = self._themes.metrics
        left = self.width() - self._key_and_buttons.sizeHint().width() - metrics.px(_GAPS_PX)
        facts = self.line.fontMetrics().horizontalAdvance(self._head.line)
        return left >= min(facts, metrics.px(_LEAST_FACTS_PX))

    def set_room(self, height: int) -> None:
        """`height` is that of all the details: where the tabs would have no room a long title scrolls."""
        rest = self._column.sizeHint().height() - self._title_editor.height()
        left = height - rest - self._themes.metrics.px(_TABS_PX)
        self._title_editor.limit(max(_LEAST_LINES, left // self._title_editor.fontMetrics().lineSpacing()))

    def set_writable(self, is_writable: bool) -> None:
        """Whether the title can be edited."""
        self._title_editor.setReadOnly(not is_writable)
        self.edit_authors.setEnabled(is_writable)
        self._is_writable = is_writable
        self._enable_cite()

    def _enable_cite(self) -> None:
        """A key that waits is made when it is first copied; a paper that is not stored yet can have none."""
        self.cite.setEnabled(bool(self._head.key) or (self._is_writable and bool(self._head.paper_id)))

    # Authors -----------------------------------------------------------------------------------------------------

    def _show_authors(self) -> None:
        names = self._head.authors
        shown = names if self._all_authors else names[:_FEW_AUTHORS]
        parts = [self._link(name, name) for name in shown]
        if len(shown) < len(names):
            parts.append(self._link(_MORE, self.tr("{0} more").format(len(names) - len(shown))))
        elif self._all_authors:
            parts.append(self._link(_FEWER, self.tr("show fewer")))
        theme = self._themes.theme
        text = f'<span style="color:{theme.text}">{", ".join(parts)}</span>'
        if self._head.is_cut:
            text += f' <span style="color:{theme.text_secondary}">et&nbsp;al.</span>'
        if not names:
            text = self._link(_EDIT, self.tr("Add authors"))
        self.authors.setText(text)
        if self._all_authors:
            self._all_authors.fit()
        self.authors.setAccessibleDescription(", ".join(names))

    def _unfold_authors(self, is_unfolded: bool) -> None:
        """All of them in a place of their own that scrolls, or the first ones in the head itself."""
        if is_unfolded == bool(self._all_authors):
            return
        had_focus = self.authors.hasFocus()
        if self._all_authors:
            self._people.insertWidget(0, self.authors, 1)
            self._all_authors.deleteLater()
            self._all_authors = None
        else:
            # Late: papers with so many authors are few.
            from refman.ui.detail.all_authors import AllAuthors

            self._all_authors = AllAuthors(self.authors, self._themes)
            self._people.insertWidget(0, self._all_authors, 1)
        self.authors.show()
        if had_focus:
            self.authors.setFocus()

    def _link(self, target: str, text: str) -> str:
        # Late: the names of all HTML characters take 3 ms to load.
        from html import escape

        theme = self._themes.theme
        colour = theme.text_secondary if target in (_MORE, _FEWER, _EDIT) else theme.text
        line = "underline" if target == self._hovered else "none"
        return f'<a href="{escape(target)}" style="color:{colour};text-decoration:{line}">{escape(text)}</a>'

    def _hover(self, target: str) -> None:
        self._hovered = target
        self._show_authors()
        self.authors.setToolTip(
            self.tr("List the papers of this author") if target not in ("", _MORE, _FEWER, _EDIT) else ""
        )

    def _follow(self, target: str) -> None:
        if target in (_MORE, _FEWER):
            self._unfold_authors(target == _MORE)
            self._show_authors()
        elif target == _EDIT:
            self.people_asked.emit("author")
        else:
            self.author_chosen.emit(target)

    # Key ---------------------------------------------------------------------------------------------------------

    def _show_key(self, key: str) -> None:
        """The chip is made once and then stands for other keys: one is shown for each paper that is walked by."""
        if key and self._chip is None:
            self._chip = Chip(key, themes=self._themes, role=TextRole.MONO)
            self._chip.add_button(IconName.COPY, self.tr("Copy the key"), icons=self._icons)
            self._chip.clicked.connect(lambda _=False: self._copy(self._head.key))
            self._chip.button_clicked.connect(lambda: self._copy(self._head.key))
            self.key_row.insertWidget(0, self._chip)
        if self._chip is not None:
            if key and self._chip.accessibleName() != key:
                self._chip.show_text(key, 0)
            self._chip.setVisible(bool(key))

    def _copy(self, key: str) -> None:
        QGuiApplication.clipboard().setText(key)
        self.copied.emit(key)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        inset = metrics.px(INPLACE_INSET_PX)
        self._title_editor.set_in(metrics)
        self._column.setContentsMargins(metrics.m - inset, metrics.s, metrics.m - inset, metrics.m)
        for text in (self.authors, self.line):
            text.setContentsMargins(inset, 0, inset, 0)
        self.key_row.setContentsMargins(inset, 0, 0, 0)
        self._buttons.setContentsMargins(inset, 0, inset, 0)
        self._column.setSpacing(metrics.xs)
        for row in (self._foot, self._key_and_buttons, self._buttons):
            row.setSpacing(metrics.s)
        for text in (self.authors, self.line):
            # Else the longest word of a paper would say how narrow the window can be.
            text.setMinimumWidth(metrics.px(_LEAST_PX))
        for made in (self.cite, self.open_file, self.more):
            made.setIconSize(beside_text(metrics))
        self.edit_authors.setIconSize(metrics.icon_size(14))
        self.edit_authors.setFixedSize(metrics.icon_size(22))
        if self._head.paper_id:
            # Their colours are in their text; before the first paper there are none.
            self._show_authors()
