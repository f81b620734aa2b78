"""The rows of the sidebar as a Qt model."""

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from refman.domain.errors import InvalidValue
from refman.domain.folding import fold
from refman.domain.tags import fold_tag, parent_of, parse_tag
from refman.ui.filter_state import FilterState, Place
from refman.ui.sidebar.rows import Row, RowKind, SidebarContent, TagOrder, reorder, take_counts

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NAMED = _PLAIN | Qt.ItemFlag.ItemIsEditable
_FLAGS = {
    RowKind.TAG: _NAMED | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled,
    RowKind.SEARCH: _NAMED,
}


class SidebarModel(QAbstractItemModel):
    """Read-only but for the names of tags and saved searches, which are edited in place."""

    renamed = Signal(object, str)
    """A name was edited in place: Row and the typed text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: list[Row] = []
        self._by_key: dict[str, Row] = {}
        self._marked: list[Row] = []
        """The rows that can be marked by what is searched for."""
        self.filter_state = FilterState()
        self.search = ""
        """The text of the search box, to show which saved search is the one applied."""

    def forget(self) -> None:
        """No rows: the next ones are shown from scratch."""
        self.set_rows(())

    def set_search(self, text: str) -> list[Row]:
        """Takes what the search box holds; the rows that look different for it."""
        before = [self.is_applied(row) for row in self._marked]
        self.search = text
        return [row for row, was in zip(self._marked, before, strict=True) if self.is_applied(row) != was]

    def set_rows(self, sections: Sequence[Row]) -> bool:
        """Shows other rows; whether they had to be laid out anew, so that all are shut now."""
        if self._take_numbers(sections):
            return False
        self.beginResetModel()
        self._sections = list(sections)
        self._by_key = {row.key: row for section in sections for row in section.walk()}
        self._marked = [row for row in self._by_key.values() if row.kind in (RowKind.PLACE, RowKind.SEARCH)]
        self.endResetModel()
        return True

    def _take_numbers(self, sections: Sequence[Row]) -> bool:
        """When only numbers and colours changed: takes them over without a reset, so that nothing jumps."""
        new = [row for section in sections for row in section.walk()]
        old = [row for section in self._sections for row in section.walk()]
        # The key of a tag has its levels in it: the same keys in the same order are the same tree.
        if [(row.key, row.text) for row in new] != [(row.key, row.text) for row in old]:
            return False
        for before, after in zip(old, new, strict=True):
            before.count, before.colour, before.number = after.count, after.colour, after.number
            before.query, before.name, before.badge = after.query, after.name, after.badge
        self.repaint_all()
        return True

    def recount(self, content: SidebarContent, *, order: TagOrder) -> None:
        """Counts the tags that are shown in another list; what is open stays open where the order is another one."""
        rows = self._by_key.values()
        take_counts(rows, content)
        if order is TagOrder.COUNT:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            kept = [self.row_of(index) for index in before]
            reorder(rows)
            self.changePersistentIndexList(before, [self.index_of(row) if row else QModelIndex() for row in kept])
            self.layoutChanged.emit()
        else:
            self.repaint_all()

    def repaint_all(self) -> None:
        """Says that numbers or marks of any row may be others."""
        if self._sections:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._sections) - 1, 0))

    def row_of(self, index: Index) -> Row | None:
        """The row behind an index."""
        row = index.internalPointer() if index.isValid() else None
        return row if isinstance(row, Row) else None

    def index_of(self, row: Row) -> QModelIndex:
        """Where a row is."""
        return self.createIndex(row.place, 0, row)

    def find(self, key: str) -> QModelIndex:
        """Where the row of this key is; invalid when there is none."""
        row = self._by_key.get(key)
        return self.index_of(row) if row else QModelIndex()

    def first_match(self, needle: str) -> QModelIndex:
        """The first row below the headings whose folded name has `needle` in it."""
        kinds = (RowKind.SECTION, RowKind.HINT, RowKind.PLACE)
        rows = (row for row in self._by_key.values() if row.kind not in kinds and needle in fold(row.name))
        row = next(rows, None)
        return self.index_of(row) if row else QModelIndex()

    def first_applied(self) -> QModelIndex:
        """The first row that the list is filtered by; a tag, an author or a search before the place they are in."""
        rows = [row for row in self._by_key.values() if self.is_applied(row)]
        row = next((row for row in rows if row.kind is not RowKind.PLACE), rows[0] if rows else None)
        return self.index_of(row) if row else QModelIndex()

    def is_applied(self, row: Row) -> bool:
        """Whether the list is filtered by this row."""
        state = self.filter_state
        match row.kind:
            case RowKind.PLACE:
                nothing_else = not (state.tags or state.without or state.author)
                return row.name == state.place and (row.name != Place.ALL or (nothing_else and not self.search))
            case RowKind.TAG:
                return _is_among(row.name, state.tags)
            case RowKind.AUTHOR:
                return bool(state.author) and row.name == state.author
            case RowKind.SEARCH:
                return bool(row.query) and row.query == self.search
            case _:
                return False

    def is_excluded(self, row: Row) -> bool:
        """Whether papers with this tag are left out."""
        return row.kind is RowKind.TAG and _is_among(row.name, self.filter_state.without)

    # What Qt asks ------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        above = self.row_of(parent)
        rows = above.children if above else self._sections
        return self.createIndex(row, column, rows[row]) if 0 <= row < len(rows) and column == 0 else QModelIndex()

    @overload
    def parent(self) -> QObject | None: ...

    @overload
    def parent(self, child: Index) -> QModelIndex: ...

    def parent(self, child: Index | None = None) -> QObject | QModelIndex | None:
        if child is None:
            return super().parent()
        row = self.row_of(child)
        return self.index_of(row.parent) if row and row.parent else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        above = self.row_of(parent)
        return len(above.children if above else self._sections)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_of(index)
        if row is None or row.kind is RowKind.HINT:
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS.get(row.kind, _PLAIN)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_of(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, text = self.row_of(index), str(value).strip()
        if row is None or not text or text == row.text:
            return False
        self.renamed.emit(row, text)
        return True

    def _spoken(self, row: Row) -> str:
        parts = [row.text, row.badge] if row.badge else [row.text]
        if row.count is not None:
            parts.append(self.tr("1 paper") if row.count == 1 else self.tr("{0} papers").format(row.count))
        if row.number:
            parts.append(self.tr("key {0}").format(row.number))
        if self.is_applied(row):
            parts.append(self.tr("filtered by"))
        if self.is_excluded(row):
            parts.append(self.tr("left out"))
        return ", ".join(parts)


def _is_among(name: str, names: Sequence[str]) -> bool:
    return any(fold_tag(other) == fold_tag(name) for other in names)


def renamed_level(old: str, typed: str) -> str:
    """The whole name after the last level of `old` was typed anew; slashes in `typed` make levels.

    Raises: InvalidValue when nothing or an empty level is left.
    """
    level = parse_tag(typed)
    above = parent_of(old)
    return f"{above}/{level}" if above else level


def last_level(name: str) -> str:
    """What a row of the tree says of a tag."""
    return name[len(parent_of(name)) :].removeprefix("/")


def moved_under(name: str, above: str) -> str | None:
    """The name of a tag after it was moved under another ("" = to the top), None when it cannot or need not move."""
    folded, target = fold_tag(name), fold_tag(above)
    if folded == target or target.startswith(folded + "/") or fold_tag(parent_of(name)) == target:
        return None
    last = last_level(name)
    try:
        return parse_tag(f"{above}/{last}" if above else last)
    except InvalidValue:
        return None
