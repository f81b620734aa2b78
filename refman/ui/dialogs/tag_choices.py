"""The tags of a library with how many of the selected papers carry each, as a list of check boxes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from refman.domain.folding import fold
from refman.domain.listing import TagInfo
from refman.domain.tags import fold_tag, show_tag

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_State = Qt.CheckState


class TagChoices(QAbstractListModel):
    """Checked: on all papers; partly: on some; a tag that is wanted and not there yet stands first."""

    def __init__(self, paper_count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._papers = paper_count
        self._tags: list[TagInfo] = []
        self._before: dict[str, Qt.CheckState] = {}
        self._now: dict[str, Qt.CheckState] = {}
        self._new: list[TagInfo] = []
        self._needle = ""
        self._shown: list[TagInfo] = []

    def set_tags(self, tags: Sequence[TagInfo], carried: Mapping[str, int]) -> None:
        """The tags of the library, and how many of the papers carry each of them (exact names)."""
        self._tags = list(tags)
        self._before = {
            fold_tag(name): _State.Checked if number >= self._papers else _State.PartiallyChecked
            for name, number in carried.items()
            if number
        }
        self._relist()

    def show_only(self, text: str) -> None:
        """Lists the tags that contain this."""
        self._needle = fold(text.strip())
        self._relist()

    def find(self, name: str) -> TagInfo | None:
        """The tag of this name, whether listed now or not."""
        folded = fold_tag(name.strip())
        return next((tag for tag in (*self._new, *self._tags) if fold_tag(tag.name) == folded), None)

    def add(self, name: str) -> None:
        """A tag that the library does not have yet, wanted on all papers."""
        if self.find(name) is None:
            self._new.insert(0, TagInfo(name, 0, 0, 0))
        self._now[fold_tag(name)] = _State.Checked
        self._relist()

    def toggle(self, place: int) -> None:
        """On all, or on none; what was on some goes on, off, and back to some."""
        folded = fold_tag(self._shown[place].name)
        order = [_State.Checked, _State.Unchecked]
        if self._before.get(folded) is _State.PartiallyChecked:
            order = [_State.PartiallyChecked, *order]
        state = self._state(folded)
        self._now[folded] = order[(order.index(state) + 1) % len(order)]
        self.dataChanged.emit(self.index(place), self.index(place))

    def to_put(self) -> list[str]:
        """The tags to put on all papers."""
        return self._changed(_State.Checked)

    def to_take(self) -> list[str]:
        """The tags to take off all papers."""
        return self._changed(_State.Unchecked)

    def tag_at(self, place: int) -> TagInfo | None:
        """The tag of a row."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _changed(self, wanted: Qt.CheckState) -> list[str]:
        changed = {f for f, state in self._now.items() if state is wanted and state is not self._was(f)}
        return [tag.name for tag in (*self._new, *self._tags) if fold_tag(tag.name) in changed]

    def _was(self, folded: str) -> Qt.CheckState:
        return self._before.get(folded, _State.Unchecked)

    def _state(self, folded: str) -> Qt.CheckState:
        return self._now.get(folded, self._was(folded))

    def _relist(self) -> None:
        self.beginResetModel()
        every = [tag for tag in (*self._new, *self._tags) if self._needle in fold(tag.name)]
        # Those on the papers first: they are what one comes to look at.
        self._shown = sorted(every, key=lambda tag: self._was(fold_tag(tag.name)) is _State.Unchecked)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        tag = self.tag_at(index.row())
        if tag is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return show_tag(tag.name)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._state(fold_tag(tag.name))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True
