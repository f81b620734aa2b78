"""What the detail pane shows when not one paper is selected: none, or many."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from refman.domain.listing import SidebarCounts, TagBadge
from refman.domain.tags import show_tag
from refman.ui.detail.tag_chips import TagChips
from refman.ui.detail.value_editors import beside_text
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.section_header import SectionHeader


class NothingSelected(QWidget):
    """Counts, and the keys worth knowing."""

    def __init__(self, themes: ThemeController, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.papers = label("", TextRole.TITLE)
        self.rest = label("", TextRole.SECONDARY, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.papers)
        self._column.addWidget(self.rest)
        self._keys = QGridLayout()
        self._keys.setColumnStretch(1, 1)
        self._column.addSpacing(themes.metrics.m)
        self._column.addWidget(SectionHeader(self.tr("Keys"), themes=themes))
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
            self._keys.addWidget(label(shown, TextRole.SECONDARY), row, 0)
            self._keys.addWidget(label(words), row, 1)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_counts(self, counts: SidebarCounts) -> None:
        """The figures of the library."""
        self.papers.setText(_papers(self, counts.papers) if counts.papers else self.tr("No papers yet"))
        parts = []
        if counts.papers:
            parts.append(self.tr("{0} without a tag").format(f"{counts.untagged:,}"))
        else:
            parts.append(self.tr("What you select in the list is shown here."))
        if counts.trashed:
            parts.append(self.tr("{0} in the trash").format(f"{counts.trashed:,}"))
        self.rest.setText(" · ".join(parts))

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        self._column.setContentsMargins(metrics.m, metrics.lg, metrics.m, metrics.m)
        self._column.setSpacing(metrics.xs)
        self._keys.setHorizontalSpacing(metrics.xl)
        self._keys.setVerticalSpacing(metrics.s)


class ManySelected(QWidget):
    """How many, the tags they have in common, and what can be done with all of them."""

    cite_asked = Signal()
    export_asked = Signal()
    trash_asked = Signal()

    def __init__(self, themes: ThemeController, icons: Icons, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._count = 0
        self.title = label("", TextRole.TITLE)
        self.tags = TagChips(themes, icons)
        self.partial = TagChips(themes, icons)
        self.partial.field.hide()
        self._partial_head = SectionHeader(self.tr("On some of them"), themes=themes)
        self.cite = button(self.tr("Copy \\cite"))
        self.cite.setIcon(icons.icon(IconName.QUOTE))
        self.export = button(self.tr("Export…"))
        self.export.setIcon(icons.icon(IconName.UPLOAD))
        self.trash = button(self.tr("To the trash"), ButtonKind.FLAT)
        self.trash.setIcon(icons.icon(IconName.TRASH_2))
        self.cite.clicked.connect(lambda _=False: self.cite_asked.emit())
        self.export.clicked.connect(lambda _=False: self.export_asked.emit())
        self.trash.clicked.connect(lambda _=False: self.trash_asked.emit())
        row = QHBoxLayout()
        row.setSpacing(themes.metrics.s)
        for made in (self.cite, self.export, self.trash):
            row.addWidget(made)
        row.addStretch()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(row)
        self._column.addWidget(SectionHeader(self.tr("Tags of all of them"), themes=themes))
        self._column.addWidget(self.tags)
        self._column.addWidget(self._partial_head)
        self._column.addWidget(self.partial)
        self._column.addStretch()
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_count(self, count: int) -> None:
        """How many are selected; their tags follow."""
        self._count = count
        self.title.setText(_papers(self, count))

    def show_tags(self, counts: Mapping[str, int], colours: Mapping[str, int]) -> None:
        """How many of the papers carry each tag."""
        badges = [(TagBadge(name, colours.get(name, 0)), number) for name, number in counts.items()]
        self.tags.show_tags([badge for badge, number in badges if number == self._count])
        some = [badge for badge, number in badges if number < self._count]
        self.partial.show_tags(some, text=lambda badge: f"{show_tag(badge.name)} · {counts[badge.name]:,}")
        self._partial_head.setVisible(bool(some))
        self.partial.setVisible(bool(some))

    def set_writable(self, is_writable: bool) -> None:
        """Whether anything can be changed."""
        self.tags.set_writable(is_writable)
        self.trash.setEnabled(is_writable)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        for made in (
            self.cite,
            self.export,
            self.trash,
        ):
            made.setIconSize(beside_text(metrics))
        self._column.setContentsMargins(metrics.m, metrics.lg, metrics.m, metrics.m)
        self._column.setSpacing(metrics.s)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)


def _papers(widget: QWidget, count: int) -> str:
    return widget.tr("1 paper") if count == 1 else widget.tr("{0} papers").format(f"{count:,}")
