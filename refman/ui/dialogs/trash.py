"""Notes, tags and files in the trash: what they were, and taking them out or deleting them for good."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from refman.domain.discards import Discard, DiscardId, DiscardKind
from refman.domain.listing import SidebarCounts
from refman.services.discarding import title_of
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip

_SIZE_PX = (680, 480)
_KIND_PX = 110
_PAPER_PX = 170
_WHEN_PX = 140
_LONGEST_TIP = 2000
_ID = Qt.ItemDataRole.UserRole


class TrashDialog(QDialog):
    """Stays open beside the window; `refresh` reads the trash anew. `empty` empties all of it, papers too."""

    def __init__(
        self,
        library: LibraryDoor,
        empty: Callable[[int], object],
        *,
        is_writable: bool,
        themes: ThemeController,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._is_writable = is_writable
        self._empty = empty
        self._total = 0
        metrics = themes.metrics
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("trashDialog")
        self.setWindowTitle(self.tr("Deleted notes, tags and files"))
        open_at(self, _SIZE_PX, themes=themes)
        self.counts = label("", TextRole.SECONDARY, wrap=True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("What is in the trash, newest first"))
        self.list.setProperty("framed", True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setHeaderLabels([self.tr("Kind"), self.tr("What"), self.tr("Of"), self.tr("Deleted")])
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, _KIND_PX), (2, _PAPER_PX), (3, _WHEN_PX)):
            self.list.setColumnWidth(column, metrics.px(width))
        self.list.itemSelectionChanged.connect(self._show_what_can_be_done)
        self.restore = button(self.tr("Restore"), ButtonKind.PRIMARY)
        self.restore.setIcon(icons.icon(IconName.ARCHIVE_RESTORE))
        self.delete = button(self.tr("Delete for good"))
        self.empty = button(self.tr("Empty the whole trash"))
        close = button(self.tr("Close"))
        row = QHBoxLayout()
        row.setSpacing(metrics.s)
        for made in (self.restore, self.delete, self.empty):
            made.setEnabled(False)
            row.addWidget(made)
        row.addStretch()
        row.addWidget(close)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column_of_all.setSpacing(metrics.m)
        column_of_all.addWidget(self.counts)
        column_of_all.addWidget(self.list, 1)
        column_of_all.addLayout(row)
        self.restore.clicked.connect(lambda _=False: self._do(Library.restore_discards))
        self.delete.clicked.connect(lambda _=False: self._do(Library.forget_discards))
        self.empty.clicked.connect(lambda _=False: self._empty(self._total))
        close.clicked.connect(lambda _=False: self.accept())
        self.refresh()

    def refresh(self) -> None:
        """Reads the trash anew."""
        self._library.read(
            lambda library: (library.discards(), library.sidebar_counts()), self._show, owner=self, slot="trash"
        )

    @property
    def selected(self) -> list[DiscardId]:
        """What is selected."""
        return [DiscardId(item.data(0, _ID)) for item in self.list.selectedItems()]

    def _do(self, work: Callable[[Library, list[DiscardId]], Outcome]) -> None:
        ids = self.selected
        self._library.write(lambda library: work(library, ids), owner=self)

    def _show(self, found: tuple[list[Discard], SidebarCounts]) -> None:
        discards, counts = found
        chosen = set(self.selected)
        self._total = len(discards) + counts.trashed
        self.list.clear()
        for one in discards:
            item = self._item(one)
            self.list.addTopLevelItem(item)
            item.setSelected(one.id in chosen)
        self.counts.setText(self._counted(discards, counts.trashed))
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        is_chosen = self._is_writable and bool(self.list.selectedItems())
        self.restore.setEnabled(is_chosen)
        self.delete.setEnabled(is_chosen)
        self.empty.setEnabled(self._is_writable and self._total > 0)

    def _item(self, one: Discard) -> QTreeWidgetItem:
        papers = self.tr("1 paper") if one.papers == 1 else self.tr("{0} papers").format(f"{one.papers:,}")
        of = papers if one.kind is DiscardKind.TAG else one.paper
        when = one.when.astimezone().strftime("%Y-%m-%d %H:%M")
        item = QTreeWidgetItem([self._kind(one.kind), title_of(one), of, when])
        item.setData(0, _ID, one.id)
        item.setToolTip(1, plain_tip(one.what[:_LONGEST_TIP]))
        item.setToolTip(2, plain_tip(of))
        return item

    def _kind(self, kind: DiscardKind) -> str:
        names = {
            DiscardKind.NOTE: self.tr("Note"),
            DiscardKind.TAG: self.tr("Tag"),
            DiscardKind.FILE: self.tr("File"),
        }
        return names[kind]

    def _counted(self, discards: list[Discard], papers: int) -> str:
        numbers = Counter(one.kind for one in discards)
        said = self.tr("Notes: {0} · Tags: {1} · Files: {2}").format(
            *(f"{numbers[kind]:,}" for kind in (DiscardKind.NOTE, DiscardKind.TAG, DiscardKind.FILE))
        )
        return said + (self.tr(" · Papers in the trash: {0}").format(f"{papers:,}") if papers else "")
