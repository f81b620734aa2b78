"""What the detail pane shows while no paper is selected."""

from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget

from refman.domain.listing import SidebarCounts
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import label
from refman.ui.widgets.section_header import SectionHeader


def papers(widget: QWidget, count: int) -> str:
    """How many papers, in words."""
    return widget.tr("1 paper") if count == 1 else widget.tr("{0} papers").format(f"{count:,}")


class NothingSelected(QWidget):
    """Counts, and the keys worth knowing."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts: SidebarCounts | None = None
        self._listed = ""
        """How many papers are listed, in words; "" where these are all."""
        self.papers = label("", TextRole.TITLE)
        self.rest = label("", TextRole.SECONDARY, wrap=True)
        self._column = QVBoxLayout(self)
        # It shows what there is room for.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addWidget(self.papers)
        self._column.addWidget(self.rest)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._keys = QGridLayout()
        self._keys.setColumnStretch(1, 1)
        self._column.addSpacing(themes.metrics.m)
        self._heading = SectionHeader(self.tr("Keys"), themes=themes)
        self._column.addWidget(self._heading)
        self._column.addLayout(self._keys)
        self._column.addStretch()
        shortcuts = (
            ("Ctrl+V", self.tr("Import what was copied")),
            ("Ctrl+F", self.tr("Search")),
            ("Ctrl+T", self.tr("Tag the selected papers")),
            ("Ctrl+K", self.tr("Copy the citation")),
            ("Ctrl+Z", self.tr("Undo")),
            ("Ctrl+Shift+P", self.tr("Every command")),
        )
        for row, (keys, words) in enumerate(shortcuts):
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            self._rows.append((label(shown, TextRole.SECONDARY), label(words)))
            for column, text in enumerate(self._rows[row]):
                self._keys.addWidget(text, row, column)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shows as many keys as there is room for: a layout that lacks room cuts the feet of letters off."""
        metrics = self._themes.metrics
        margins = self._column.contentsMargins()
        heading = max(self._heading.sizeHint().height(), self._heading.minimumHeight())
        above = self.papers.sizeHint().height() + self.rest.sizeHint().height() + heading
        gaps = margins.top() + margins.bottom() + metrics.m + 5 * metrics.xs
        room = self.height() - gaps - above
        for row in self._rows:
            room -= max(text.sizeHint().height() for text in row)
            for text in row:
                text.setVisible(room >= 0)
            room -= metrics.s
        self._heading.setVisible(self._rows[0][0].isVisibleTo(self))

    def show_counts(self, counts: SidebarCounts) -> None:
        """The figures of the library."""
        self._counts = counts
        self._say()

    def show_listed(self, count: int, *, is_exact: bool, is_narrowed: bool) -> None:
        """How many papers the list shows, and whether these are not all; the number is told then, and not the other."""
        number = f"{count:,}" if is_exact else f"{count:,}+"
        words = self.tr("1 paper") if (count, is_exact) == (1, True) else self.tr("{0} papers").format(number)
        self._listed = (words if count else self.tr("No papers")) if is_narrowed else ""
        self._say()

    def _say(self) -> None:
        counts = self._counts
        if counts is None:
            return
        in_all = papers(self, counts.papers) if counts.papers else self.tr("No papers yet")
        is_told = bool(self._listed and counts.papers + counts.trashed)
        self.papers.setText(self._listed if is_told else in_all)
        self.rest.setText(" · ".join(self._beside_listed(counts) if is_told else self._beside_all(counts)))

    def _beside_listed(self, counts: SidebarCounts) -> list[str]:
        return [self.tr("listed here"), self.tr("{0} in the library").format(f"{counts.papers:,}")]

    def _beside_all(self, counts: SidebarCounts) -> list[str]:
        if counts.papers:
            parts = [self.tr("{0} without a tag").format(f"{counts.untagged:,}")]
        else:
            parts = [self.tr("What you select in the list is shown here.")]
        if counts.trashed:
            parts.append(self.tr("{0} in the trash").format(f"{counts.trashed:,}"))
        return parts

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        self._column.setContentsMargins(metrics.m, metrics.lg, metrics.m, metrics.m)
        self._column.setSpacing(metrics.xs)
        self._keys.setHorizontalSpacing(metrics.xl)
        self._keys.setVerticalSpacing(metrics.s)
        self._fit()
