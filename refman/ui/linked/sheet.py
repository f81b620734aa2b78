"""The review of a linked file: theirs, mine, base; what the file would look like; one button that does it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from refman.services.linking.link_status import LinkState
from refman.services.linking.plan_lines import DiffLine
from refman.services.linking.sync_plan import Choices, Side
from refman.ui.linked.review import LineKind, Review
from refman.ui.linked.review_table import ReviewTable
from refman.ui.theme import TextRole, ThemeController, qcolor
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE = (860, 560)
_STOPPED = (LinkState.PAUSED, LinkState.GONE, LinkState.UNREADABLE)


class LinkSheet(QDialog):
    """Shows a Review; `agreed` carries the choices. Never blocks: `open()`.

    M and T choose mine and theirs for the line at the keyboard, Enter does it as soon as every conflict is settled.
    """

    agreed = Signal(object, bool)
    """(key, field) to Side, and whether entries may leave the file."""
    settled = Signal(object)
    """The choices, each time every conflict has one: `show_outcome` is to follow."""
    project_asked = Signal()
    settings_asked = Signal()

    def __init__(self, name: str, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("linkSheet")
        self.setWindowTitle(name)
        open_at(self, _SIZE, themes=themes)
        self._themes = themes
        self._review: Review | None = None
        self._outcome: Review | None = None
        self.head = label(self.tr("Reading…"), TextRole.STRONG, wrap=True)
        self.table = ReviewTable(themes)
        self.table.choices_changed.connect(self._follow_choices)
        self.diff = QPlainTextEdit()
        self.diff.setReadOnly(True)
        self.diff.setObjectName("linkDiff")
        self.diff.setProperty("framed", True)
        self.diff.setProperty("role", TextRole.MONO.value)
        self.diff.setFont(themes.metrics.font(TextRole.MONO))
        self.diff.setAccessibleName(self.tr("Lines of the file that change"))
        self.diff.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.mine = button(self.tr("All &mine"))
        self.theirs = button(self.tr("All &theirs"))
        self.everywhere = button(self.tr("&Use everywhere"))
        self.everywhere.setToolTip(self.tr("What the file says becomes what the library and all other files say (U)"))
        self.project = button(self.tr("&Project…"))
        self.settings = button(self.tr("&Settings…"))
        self.deed = button(self.tr("Reading…"), ButtonKind.PRIMARY)
        self.deed.setEnabled(False)
        self.mine.clicked.connect(lambda: self.table.choose_all(Side.MINE))
        self.theirs.clicked.connect(lambda: self.table.choose_all(Side.THEIRS))
        self.deed.clicked.connect(self._agree)
        self.everywhere.clicked.connect(self.table.use_everywhere)
        self.project.clicked.connect(self.project_asked)
        self.settings.clicked.connect(self.settings_asked)
        self.table.currentCellChanged.connect(lambda *_: self._show_everywhere())
        self._lay_out()
        for unknown in (self.mine, self.theirs, self.project, self.everywhere):
            unknown.hide()
        self.everywhere.setEnabled(False)

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.diff)
        self.parts.setChildrenCollapsible(False)
        # Both parts have frames: what is between them is a gap and no line.
        self.parts.setProperty("kind", "gap")
        self.parts.setHandleWidth(metrics.s)
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        row.addWidget(self.mine)
        row.addWidget(self.theirs)
        row.addWidget(self.everywhere)
        row.addStretch()
        row.addWidget(self.project)
        row.addWidget(self.settings)
        row.addWidget(close)
        row.addWidget(self.deed)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addWidget(self.head)
        column.addWidget(self.parts, 1)
        column.addLayout(row)

    def show_review(self, review: Review) -> None:
        """Shows what was found; what was chosen before stays where it still fits."""
        self._review, self._outcome = review, None
        self.head.setText(self._said(review))
        self.table.show_lines(review.lines)
        self.table.setVisible(bool(review.lines))
        _show_diff(self.diff, review.diff, self._themes)
        self.diff.setVisible(bool(review.diff))
        has_conflicts = bool(review.conflicts)
        self.mine.setVisible(has_conflicts)
        self.theirs.setVisible(has_conflicts)
        is_undone = review.status.state is LinkState.DIFFERS
        self.mine.setText(self.tr("Write &mine") if is_undone else self.tr("All &mine"))
        self.theirs.setText(self.tr("Keep &theirs") if is_undone else self.tr("All &theirs"))
        self.everywhere.setVisible(any(line.kind is LineKind.DIFFERS for line in review.lines))
        self.project.setVisible(bool(review.project))
        self._show_everywhere()
        self.deed.show()
        self._show_deed()
        (self.table if review.lines else self.deed).setFocus()

    def show_outcome(self, choices: Choices, outcome: Review) -> None:
        """Shows the lines of the file as they will be with these choices, unless others were made meanwhile."""
        if self._review is None or choices != self.table.choices:
            return
        self._outcome = outcome
        _show_diff(self.diff, outcome.diff, self._themes)
        self.diff.setVisible(bool(outcome.diff))
        self._show_deed()

    def _follow_choices(self) -> None:
        self._outcome = None
        self._show_deed()
        review = self._review
        if review is not None and review.conflicts and len(self.table.choices) == len(review.conflicts):
            self.settled.emit(dict(self.table.choices))

    def _show_everywhere(self) -> None:
        self.everywhere.setEnabled(self.table.differing is not None)

    def fail(self, message: str) -> None:
        """Says why nothing can be shown."""
        self.head.setText(message)
        self.deed.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.deed.isEnabled():
                self._agree()
            return
        super().keyPressEvent(event)

    def _said(self, review: Review) -> str:
        status = review.status
        parts = [self._badge(review)]
        if status.reason:
            parts.append(status.reason)
        if status.missing and status.state is not LinkState.MISSING:
            parts.append(self.tr("{0} cited and missing").format(len(status.missing)))
        if review.unlisted:
            parts.append(self.tr("{0} more lines").format(f"{review.unlisted:,}"))
        said = " · ".join(parts)
        return said[:1].upper() + said[1:]

    def _badge(self, review: Review) -> str:
        conflicts = len(review.conflicts)
        if review.status.state is LinkState.DIFFERS:
            return self.tr("differs: what was undone here still stands in the file")
        if not conflicts:
            return review.status.badge
        return self.tr("1 conflict") if conflicts == 1 else self.tr("{0} conflicts").format(f"{conflicts:,}")

    def _show_deed(self) -> None:
        review = self._review
        if review is None:
            return
        open_lines = len(review.conflicts) - len(self.table.choices)
        is_stopped = review.status.state in _STOPPED
        can_do = not is_stopped and not open_lines and bool(review.to_take or review.to_write or review.conflicts)
        self.deed.setEnabled(can_do)
        self.deed.setText(self._deed_of(self._outcome or review, open_lines))

    def _deed_of(self, review: Review, open_lines: int) -> str:
        if open_lines:
            return (
                self.tr("1 conflict to settle")
                if open_lines == 1
                else self.tr("{0} conflicts to settle").format(open_lines)
            )
        take = self.tr("Take {0}").format(_changes(self.tr, review.to_take)) if review.to_take else ""
        write = self.tr("Write {0}").format(_changes(self.tr, review.to_write)) if review.to_write else ""
        if review.removals:
            write = self.tr("{0}, {1} of {2} entries leave").format(write, review.removals, review.status.entries)
        if take and write:
            return f"{take} · {write}"
        return take or write or (self.tr("Settle") if self.table.choices else self.tr("Nothing to do"))

    def _agree(self) -> None:
        review = self._review
        if review is None or not self.deed.isEnabled():
            return
        self.agreed.emit(dict(self.table.choices), (self._outcome or review).removals > 0)
        self.accept()


def _changes(tr: Callable[[str], str], count: int) -> str:
    return tr("1 change") if count == 1 else tr("{0} changes").format(f"{count:,}")


def _show_diff(view: QPlainTextEdit, lines: tuple[DiffLine, ...], themes: ThemeController) -> None:
    """Red for what goes, green for what comes; a sign in front says the same without colour."""
    view.clear()
    cursor = QTextCursor(view.document())
    looks = {-1: themes.theme.danger, 0: themes.theme.text_secondary, 1: themes.theme.success}
    signs = {-1: "- ", 0: "  ", 1: "+ "}
    for number, line in enumerate(lines):
        look = QTextCharFormat()
        look.setForeground(qcolor(looks[line.sign]))
        cursor.insertText(("\n" if number else "") + signs[line.sign] + line.text, look)
    view.moveCursor(QTextCursor.MoveOperation.Start)
