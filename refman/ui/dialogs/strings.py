"""The macros of the library: what each stands for, in which file, what uses it; and values that could become one."""

from collections.abc import Callable
from os.path import isabs

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refman.domain.errors import RefmanError
from refman.domain.frozen import dataclass
from refman.domain.progress import NoProgress
from refman.services.entries.facade import entries_of
from refman.services.entries.shared_values import SharedValue
from refman.services.entries.strings import StringDef, StringKey, StringUse, key_of
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.door import LibraryDoor
from refman.ui.linked.short_names import short_names
from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.widgets.tips import plain_tip
from refman.ui.wording import sentence

_SIZE_PX = (760, 560)
_ROW_PX = 26
_NAME_PX, _FILE_PX, _USES_PX = 140, 140, 70
_FILE = 2
_UNKNOWN = "…"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Found:
    """What reading every paper told."""

    uses: dict[StringKey, StringUse]
    shared: list[SharedValue]


class StringsDialog(QDialog):
    """Stays open beside the window. The macros are there at once; what uses them follows."""

    changed = Signal()

    def __init__(self, library: LibraryDoor, *, is_writable: bool, themes: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._is_writable = is_writable
        self._strings: list[StringDef] = []
        self._found: Found | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("stringsDialog")
        self.setWindowTitle(self.tr("Macros (@string)"))
        open_at(self, _SIZE_PX, themes=themes)
        self.table = self._table((self.tr("Name"), self.tr("Stands for"), self.tr("File"), self.tr("Papers")))
        self.table.setAccessibleName(self.tr("Macros of this library"))
        self.values = self._table((self.tr("Macro"), self.tr("Equal value"), self.tr("Field"), self.tr("Papers")))
        self.values.setAccessibleName(self.tr("Values that many papers share"))
        self.says = label("", TextRole.ERROR, wrap=True)
        self.says.hide()
        self.add = button(self.tr("Add…"))
        self.change = button(self.tr("Change…"))
        self.rename = button(self.tr("Rename…"))
        self.remove = button(self.tr("Remove"))
        self.make = button(self.tr("Make a macro…"))
        self.empty = label(
            self.tr("No macros yet. Add one, or make one of a value that papers share."), TextRole.SECONDARY
        )
        self.empty.hide()
        self.nothing = label(self.tr("No value is shared by two papers."), TextRole.SECONDARY)
        self.nothing.hide()
        self._lay_out()
        self._connect()
        self._show_state()

    def _table(self, headings: tuple[str, ...]) -> QTableWidget:
        made = QTableWidget(0, len(headings))
        made.setHorizontalHeaderLabels(headings)
        made.setProperty("framed", True)
        made.setShowGrid(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setTabKeyNavigation(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(self._themes.metrics.px(_ROW_PX))
        header = made.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Over its numbers.
        made.model().setHeaderData(
            len(headings) - 1, Qt.Orientation.Horizontal, _RIGHT, Qt.ItemDataRole.TextAlignmentRole
        )
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, _NAME_PX), (2, _FILE_PX), (3, _USES_PX)):
            made.setColumnWidth(column, self._themes.metrics.px(width))
        return made

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        close = button(self.tr("Close"))
        close.clicked.connect(lambda _=False: self.accept())
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.s)
        column.addWidget(self.table, 3)
        column.addWidget(self.empty)
        column.addLayout(self._row(self.add, self.change, self.rename, self.remove))
        column.addWidget(self.says)
        column.addSpacing(metrics.s)
        column.addWidget(label(self.tr("Equal values"), TextRole.STRONG))
        column.addWidget(self.values, 2)
        column.addWidget(self.nothing)
        last = self._row(self.make)
        last.addWidget(close)
        column.addLayout(last)

    def _row(self, *buttons: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._themes.metrics.s)
        for one in buttons:
            row.addWidget(one)
        row.addStretch()
        return row

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._show_state)
        self.values.itemSelectionChanged.connect(self._show_state)
        self.table.itemActivated.connect(lambda _: self.change.click())
        self.values.itemActivated.connect(lambda _: self.make.click())
        self.add.clicked.connect(lambda _=False: self._ask_name(self.tr("Add a macro"), "", self._ask_value_of_new))
        self.change.clicked.connect(lambda _=False: self._ask_value())
        self.rename.clicked.connect(lambda _=False: self._ask_rename())
        self.remove.clicked.connect(lambda _=False: self._remove())
        self.make.clicked.connect(lambda _=False: self._ask_to_make())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # What is shown -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the macros anew, then what uses them."""
        self._found = None
        self._library.read(
            lambda library: entries_of(library).strings(), self._show_strings, owner=self, slot="strings"
        )
        self._library.read(_read_found, self._show_found, owner=self, slot="strings.uses")

    def _show_strings(self, strings: list[StringDef]) -> None:
        self._strings = strings
        kept = self.table.currentRow()
        self._fill_strings()
        self.empty.setVisible(not strings)
        self.table.setCurrentCell(min(max(kept, 0), len(strings) - 1), 0)
        self._show_state()

    def _show_found(self, found: Found) -> None:
        self._found = found
        self._fill_strings()
        self.values.setRowCount(len(found.shared))
        for row, shared in enumerate(found.shared):
            self._fill(self.values, row, (shared.name, shared.tex, shared.field, f"{len(shared.ids):,}"))
        self.nothing.setVisible(not found.shared)
        self.values.setVisible(bool(found.shared))
        self._show_state()

    def _fill_strings(self) -> None:
        self.table.setRowCount(len(self._strings))
        # Of a linked file the whole path is known; the list has room for what tells it from others.
        paths = sorted({one.source_name for one in self._strings if isabs(one.source_name)})
        names = dict(zip(paths, short_names(paths), strict=True))
        for row, one in enumerate(self._strings):
            where = one.source_name or self.tr("this library")
            self._fill(self.table, row, (one.name, one.tex, names.get(where, where), self._uses_of(one)), where=where)

    def _uses_of(self, one: StringDef) -> str:
        if self._found is None:
            return _UNKNOWN
        return f"{len(self._found.uses.get(key_of(one), StringUse()).papers):,}"

    def _fill(self, table: QTableWidget, row: int, cells: tuple[str, ...], *, where: str = "") -> None:
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(where if where and column == _FILE else text))
            if column == 0:
                item.setFont(self._themes.metrics.font(TextRole.MONO))
            if column == len(cells) - 1:
                item.setTextAlignment(_RIGHT)
            table.setItem(row, column, item)

    def _show_state(self) -> None:
        one, shared = self._selected(), self._selected_value()
        self.add.setEnabled(self._is_writable)
        for made in (self.change, self.rename):
            made.setEnabled(self._is_writable and one is not None)
        self.remove.setEnabled(self._is_writable and one is not None and self._is_unused(one))
        self.make.setEnabled(self._is_writable and shared is not None)
        is_used = one is not None and not self.remove.isEnabled() and self._is_writable
        self.remove.setToolTip(self.tr("Papers use it") if is_used and self._found is not None else "")
        self.make.setToolTip("" if shared is not None else self.tr("Choose an equal value first"))

    def _is_unused(self, one: StringDef) -> bool:
        use = self._found.uses.get(key_of(one)) if self._found else None
        return use is not None and not use.papers and not use.others

    def _selected(self) -> StringDef | None:
        row = self.table.currentRow()
        return self._strings[row] if 0 <= row < len(self._strings) else None

    def _selected_value(self) -> SharedValue | None:
        row = self.values.currentRow()
        shared = self._found.shared if self._found else []
        return shared[row] if 0 <= row < len(shared) else None

    # What the person does ----------------------------------------------------------------------------------------

    def _ask_name(self, title: str, text: str, then: Callable[[str], None]) -> None:
        self._prompt(title, self.tr("Its name, as entries write it"), text, then, verb=self.tr("Continue"))

    def _ask_value_of_new(self, name: str) -> None:
        def add(value: str) -> None:
            self._do(lambda library: entries_of(library).edit_strings.add(name, value))

        self._prompt(self.tr("Add a macro"), self.tr("What {0} stands for").format(name), "", add, verb=self.tr("Add"))

    def _ask_value(self) -> None:
        one = self._selected()
        if one is None:
            return

        def change(value: str) -> None:
            self._do(lambda library: entries_of(library).edit_strings.change(one, value))

        asked = self.tr("What {0} stands for, in all papers that use it").format(one.name)
        shown = one.block.value if "#" in one.block.value else one.tex
        self._prompt(self.tr("Change a macro"), asked, shown, change, verb=self.tr("Change"))

    def _ask_rename(self) -> None:
        one = self._selected()
        if one is None:
            return

        def rename(name: str) -> None:
            self._do(lambda library: entries_of(library).edit_strings.rename(one, name))

        asked = self.tr("The new name of {0}, in all papers that use it").format(one.name)
        self._prompt(self.tr("Rename a macro"), asked, one.name, rename, verb=self.tr("Rename"))

    def _remove(self) -> None:
        one = self._selected()
        if one is not None:
            self._do(lambda library: entries_of(library).edit_strings.remove(one))

    def _ask_to_make(self) -> None:
        shared = self._selected_value()
        if shared is None:
            return

        def make(name: str) -> None:
            self._do(
                lambda library: entries_of(library).edit_strings.make(name, shared.field, shared.tex, ids=shared.ids)
            )

        asked = self.tr("The macro that {0} papers will share").format(f"{len(shared.ids):,}")
        self._prompt(self.tr("Make a macro"), asked, shared.name, make, verb=self.tr("Make macro"))

    def _prompt(self, title: str, question: str, text: str, then: Callable[[str], None], *, verb: str) -> None:
        prompt = NamePrompt(self._themes, title=title, question=question, verb=verb, text=text, parent=self)
        prompt.answered.connect(then)
        prompt.open()

    def _do(self, work: Callable[[Library], Outcome]) -> None:
        self.says.hide()
        self._library.write(work, lambda _: self.refresh(), owner=self, failed=self._refuse)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, RefmanError):
            self.says.setText(sentence(error))
            self.says.show()


def _read_found(library: Library) -> Found:
    entries = entries_of(library)
    return Found(entries.string_uses(NoProgress()), entries.shared_values(NoProgress()))
