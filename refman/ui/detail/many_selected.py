"""What the detail pane shows of many papers."""

from array import array
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from refman.domain.listing import TagBadge
from refman.domain.paper import PaperId
from refman.domain.settings import CiteCommand, Settings
from refman.domain.tags import show_tag
from refman.ui.detail.cite_button import name_cite_button
from refman.ui.detail.deeds import DetailDeeds
from refman.ui.detail.nothing_selected import papers
from refman.ui.detail.tag_chips import TagChips
from refman.ui.detail.value_editors import INPLACE_INSET_PX, beside_text
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, Surface, button, label, stand_on
from refman.ui.widgets.section_header import SectionHeader


class ManySelected(QScrollArea):
    """How many, the tags they have in common, and what can be done with all of them; dozens of tags scroll."""

    cite_asked = Signal()
    export_asked = Signal()
    trash_asked = Signal()
    tag_chosen = Signal(str)

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._ids: array[int] = array("q")
        self._deeds = DetailDeeds(library, self)
        self.title = label("", TextRole.TITLE)
        self.tags = TagChips(themes, icons)
        self.partial = TagChips(themes, icons)
        self.partial.field.hide()
        self._partial_head = SectionHeader(self.tr("On some of them"), themes=themes)
        self.cite = button("")
        name_cite_button(self.cite, CiteCommand.CITE)
        self.cite.setIcon(icons.icon(IconName.QUOTE))
        self.setFocusProxy(self.cite)
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
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        stand_on(page, Surface.SURFACE)
        self._column = QVBoxLayout(page)
        self._inset = [row]
        self._add(self.title)
        self._column.addLayout(row)
        self._add(SectionHeader(self.tr("Tags of all of them"), themes=themes))
        self._column.addWidget(self.tags)
        self._add(self._partial_head)
        self._column.addWidget(self.partial)
        self._column.addStretch()
        self.setWidget(page)
        self._connect()
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    def _add(self, widget: QWidget) -> None:
        self._inset.append(QHBoxLayout())
        self._inset[-1].addWidget(widget)
        self._column.addLayout(self._inset[-1])

    def _connect(self) -> None:
        for chips in (self.tags, self.partial):
            chips.added.connect(lambda names: self._deeds.tag(self._papers, names))
            chips.removed.connect(lambda name: self._deeds.untag(self._papers, name))
            chips.names_wanted.connect(partial(self._deeds.tell_names, chips.set_known))
        self.tags.chosen.connect(self.tag_chosen)
        # A tag that only some carry is put on all of them.
        self.partial.chosen.connect(lambda name: self._deeds.tag(self._papers, [name]))

    @property
    def _papers(self) -> list[PaperId]:
        return [PaperId(number) for number in self._ids]

    def show_papers(self, ids: "array[int]") -> None:
        """Shows how many these are, each once; their tags follow."""
        if ids != self._ids:
            self.verticalScrollBar().setValue(0)
        self._ids = ids
        self.title.setText(papers(self, len(ids)))
        self._library.read(
            lambda library: (library.tags_of(ids), {tag.name: tag.colour for tag in library.tags()}),
            lambda found: self._show_tags(*found) if ids is self._ids else None,
            owner=self,
            slot="detail.paper",
        )

    def _show_tags(self, counts: Mapping[str, int], colours: Mapping[str, int]) -> None:
        badges = [(TagBadge(name, colours.get(name, 0)), number) for name, number in counts.items()]
        self.tags.show_tags([badge for badge, number in badges if number == len(self._ids)])
        # The most common first: of thousands of tags the rest is behind a button.
        some = [badge for badge, number in sorted(badges, key=lambda each: -each[1]) if number < len(self._ids)]
        self.partial.show_tags(some, text=lambda badge: f"{show_tag(badge.name)} · {counts[badge.name]:,}")
        self._partial_head.setVisible(bool(some))
        self.partial.setVisible(bool(some))

    def follow(self, settings: Settings) -> None:
        """Shows what depends on the preferences."""
        name_cite_button(self.cite, settings.cite_command)

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
        inset = metrics.px(INPLACE_INSET_PX)
        for row in self._inset:
            row.setContentsMargins(inset, 0, 0, 0)
        self._column.setContentsMargins(metrics.m - inset, metrics.lg, metrics.m, metrics.m)
        self._column.setSpacing(metrics.s)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
