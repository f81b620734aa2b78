"""A question before something that cannot be taken back, asked without stopping the window."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import ButtonKind, button, label

_WIDTH = 420
_WIDTH_OF_THREE = 520
_ICON = 24


@dataclass(frozen=True, slots=True)
class Question:
    """`deed` is what the button says and does ("Empty the trash"); a question that is not answered does nothing."""

    title: str
    text: str
    deed: str
    is_destructive: bool = False
    keep: str = ""
    """What the other button says, `Cancel` unless told."""
    other: str = ""
    """A third way out, if there is one."""


class ConfirmDialog(QDialog):
    """Enter does the deed unless it destroys something, then Enter keeps; Esc always keeps."""

    other_chosen = Signal()

    def __init__(
        self,
        question: Question,
        do: Callable[[], object],
        *,
        themes: ThemeController,
        icons: Icons,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("confirmDialog")
        self.setWindowTitle(question.title)
        self.setAccessibleDescription(question.text)
        m = themes.metrics
        self.setFixedWidth(m.px(_WIDTH_OF_THREE if question.other else _WIDTH))
        tint = (IconName.TRIANGLE_ALERT, Tint.WARNING) if question.is_destructive else (IconName.INFO, Tint.NORMAL)
        words = QVBoxLayout()
        words.setSpacing(m.xs)
        words.addWidget(label(question.title, TextRole.STRONG, wrap=True))
        words.addWidget(label(question.text, TextRole.SECONDARY, wrap=True))
        words.addStretch()
        top = QHBoxLayout()
        top.setSpacing(m.m)
        top.addWidget(IconLabel(*tint, icons=icons, themes=themes, design_px=_ICON), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(m.xl, m.xl, m.xl, m.lg)
        column.setSpacing(m.xl)
        column.addLayout(top)
        column.addLayout(self._answers(question, m.s))
        self.accepted.connect(lambda: do())

    def _answers(self, question: Question, gap: int) -> QHBoxLayout:
        keep = button(question.keep or self.tr("Cancel"))
        keep.clicked.connect(self.reject)
        deed = button(question.deed, ButtonKind.DANGER if question.is_destructive else ButtonKind.PRIMARY)
        deed.clicked.connect(self.accept)
        first = keep if question.is_destructive else deed
        first.setDefault(True)
        first.setFocus()
        row = QHBoxLayout()
        row.setSpacing(gap)
        if question.other:
            other = button(question.other)
            other.clicked.connect(self.reject)
            other.clicked.connect(lambda _=False: self.other_chosen.emit())
            row.addWidget(other)
        row.addStretch()
        row.addWidget(keep)
        row.addWidget(deed)
        return row


def ask(
    question: Question, do: Callable[[], object], *, themes: ThemeController, icons: Icons, window: QWidget
) -> ConfirmDialog:
    """Opens the question over `window` and returns at once; `do` is called if the person agrees."""
    dialog = ConfirmDialog(question, do, themes=themes, icons=icons, window=window)
    dialog.open()
    return dialog
