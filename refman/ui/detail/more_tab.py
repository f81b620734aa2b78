"""The tab More: where a paper came from, with its text, and what was done to it."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QScrollArea, QVBoxLayout, QWidget

from refman.domain.paper import Paper, SourceSpan
from refman.domain.sources import SourceText
from refman.ui.detail.past import PastValues, clear_rows
from refman.ui.dialogs.source_view import SourceView
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import Surface, button, label, set_look, stand_on
from refman.ui.widgets.section_header import SectionHeader

_TEXT_PX = 180


class MoreTab(QWidget):
    """History and source are read only while the tab is seen."""

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._icons = icons
        self._paper: Paper | None = None
        self._read: Paper | None = None
        page = QWidget()
        stand_on(page, Surface.SURFACE)
        self._column = QVBoxLayout(page)
        self._facts = QFormLayout()
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.added = label()
        self.changed_at = label()
        self._facts.addRow(label(self.tr("Added"), TextRole.SECONDARY), self.added)
        self._facts.addRow(label(self.tr("Changed"), TextRole.SECONDARY), self.changed_at)
        self._sources = QVBoxLayout()
        self.source = SourceView(themes)
        self.source.hide()
        self.past = PastValues(themes)
        self.past.put_back.connect(self._put_back)
        self._column.addLayout(self._facts)
        self._column.addWidget(SectionHeader(self.tr("Came from"), themes=themes))
        self._column.addLayout(self._sources)
        self._column.addWidget(self.source)
        self._column.addWidget(SectionHeader(self.tr("History"), themes=themes))
        self._column.addWidget(self.past)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_paper(self, paper: Paper | None) -> None:
        """Whose past is shown."""
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self.source.hide()
        self._paper = paper
        if paper is None:
            self._read = None
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        paper = self._paper
        if paper is None or not self.isVisible() or paper == self._read:
            return
        self._read = paper
        self.added.setText(_moment(paper.added))
        self.changed_at.setText(_moment(paper.changed))
        clear_rows(self._sources)
        for span in paper.came_from:
            self._sources.addWidget(self._source_row(span))
        if not paper.came_from:
            self._sources.addWidget(label(self.tr("Typed by hand"), TextRole.SECONDARY))
        self._library.read(
            lambda library: library.history_of(paper.id),
            lambda entries: self.past.show_entries(entries) if paper == self._paper else None,
            owner=self,
            slot="detail.history",
        )

    def _source_row(self, span: SourceSpan) -> QWidget:
        words = self.tr("{0}, line {1}, {2}").format(span.source_name, span.span.line, _moment(span.imported))
        made = button(words)
        made.setObjectName("cameFrom")
        set_look(made, "kind", "link")
        made.setIcon(self._icons.icon(IconName.FILE_SEARCH))
        made.setToolTip(self.tr("Show the text it was read from"))
        made.clicked.connect(lambda _=False: self._ask_for_source(span))
        return made

    def _ask_for_source(self, span: SourceSpan) -> None:
        self._library.read(
            lambda library: library.source_text(span.source_id),
            lambda source: self._show_source(source, span),
            owner=self,
            slot="detail.source",
        )

    def _show_source(self, source: SourceText | None, span: SourceSpan) -> None:
        if source is None:
            return
        self.source.show()
        self.source.show_text(source.text)
        self.source.light(span.span)

    def _put_back(self, entry_id: int) -> None:
        paper = self._paper
        if paper is not None:
            self._library.write(lambda library: library.put_back(paper.id, entry_id), owner=self)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        self._column.setContentsMargins(metrics.m, metrics.m, metrics.m, metrics.m)
        self._column.setSpacing(metrics.s)
        self._facts.setHorizontalSpacing(metrics.xl)
        self._facts.setVerticalSpacing(metrics.xs)
        self.source.setFixedHeight(metrics.px(_TEXT_PX))


def _moment(when: datetime) -> str:
    if when.year < 1970:
        return ""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")
