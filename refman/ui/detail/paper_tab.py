"""The tab Paper: tags, abstract, fields."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from refman.domain.listing import TagBadge
from refman.domain.paper import Paper
from refman.ui.detail.field_box import FieldBox
from refman.ui.detail.form import FieldForm
from refman.ui.detail.tag_chips import TagChips
from refman.ui.detail.value_editors import INPLACE_INSET_PX, TextEditor
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import Surface, stand_on
from refman.ui.widgets.section_header import SectionHeader

_LINE_HEIGHT_PERCENT = 125
"""Of the natural line, which is about 1.17 of the font: 1.45 in all."""
_ABSTRACT_CHARACTERS = 72


class PaperTab(QScrollArea):
    """Scrolls as one; every control in it is edited in place."""

    committed = Signal(object)

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._abstract_px = 14
        self.tags = TagChips(themes, icons)
        self._abstract_editor = TextEditor(line_height=_LINE_HEIGHT_PERCENT)
        self._abstract_editor.setPlaceholderText(self.tr("No abstract"))
        self.abstract = FieldBox(
            "abstract", self.tr("Abstract"), editor=self._abstract_editor, widget=self._abstract_editor
        )
        self.form = FieldForm(themes, icons)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = self._page = QWidget()
        stand_on(page, Surface.SURFACE)
        self._column = QVBoxLayout(page)
        self._inset: list[QVBoxLayout] = []
        self._headings: list[QVBoxLayout] = []
        self._add(self.tags)
        self._add(SectionHeader(self.tr("Abstract"), themes=themes))
        self._column.addWidget(self.abstract)
        self._add(SectionHeader(self.tr("Fields"), themes=themes))
        self._add(self.form)
        self._column.addStretch()
        self.setWidget(page)
        self.abstract.committed.connect(self.committed)
        self.form.committed.connect(self.committed)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_paper(self, paper: Paper, badges: tuple[TagBadge, ...], *, is_other: bool) -> None:
        """Shows another paper from its top, or the same one anew where it is scrolled to."""
        self.tags.show_tags(badges)
        (self.abstract.begin if is_other else self.abstract.refresh)(paper.plain("abstract"))
        self.form.show_paper(paper, is_other=is_other)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def set_blank(self, is_blank: bool) -> None:
        """Hides everything while another paper is read."""
        self._page.setVisible(not is_blank)

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self.tags.set_writable(is_writable)
        self._abstract_editor.setReadOnly(not is_writable)
        self.form.set_writable(is_writable)

    def _add(self, widget: QWidget) -> None:
        row = QVBoxLayout()
        row.addWidget(widget)
        self._inset.append(row)
        if isinstance(widget, SectionHeader):
            self._headings.append(row)
        self._column.addLayout(row)

    def set_abstract_size(self, px: int) -> None:
        """Height of the font of the abstract at a text size of 100 %."""
        self._abstract_px = px
        self._apply_theme()

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        font = metrics.font()
        font.setPixelSize(metrics.px(self._abstract_px))
        # A stylesheet and not a font: that of the application is put on anew with every theme and takes fonts back.
        self._abstract_editor.setStyleSheet(f"QTextEdit {{ font-size: {font.pixelSize()}px; }}")
        self._abstract_editor.set_in(metrics)
        wide = QFontMetrics(font).averageCharWidth() * _ABSTRACT_CHARACTERS
        self._abstract_editor.setMaximumWidth(wide + 2 * metrics.s)
        inset = metrics.px(INPLACE_INSET_PX)
        self._column.setContentsMargins(metrics.m - inset, metrics.m, metrics.m - inset, metrics.m)
        self._column.setSpacing(metrics.xs)
        for row in self._inset:
            # A heading stands closer to what it names than to what is above.
            above = metrics.s if row in self._headings else 0
            row.setContentsMargins(inset, above, inset, 0)
        self._inset[0].setContentsMargins(0, 0, inset, 0)
