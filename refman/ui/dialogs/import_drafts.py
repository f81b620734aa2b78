"""The drafts of an import as a list: what each would become, and whether it is wanted."""

from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from refman.domain.names import short_list
from refman.domain.paper import Draft
from refman.services.import_plan import ImportPlan, OnDuplicate, PlannedDraft, Status

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class DraftModel(QAbstractListModel):
    """Thousands of rows: nothing is copied before the plan is asked for."""

    changed = Signal()
    """Other drafts are chosen now, or something else is to become of one."""

    def __init__(self, plan: ImportPlan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._chosen = bytearray(item.chosen for item in plan.items)
        self._ways: dict[int, OnDuplicate] = {}

    def item(self, place: int) -> PlannedDraft | None:
        """The planned draft of a row."""
        return self._plan.items[place] if 0 <= place < len(self._plan.items) else None

    def is_chosen(self, place: int) -> bool:
        """Whether the draft of a row is wanted."""
        return bool(self._chosen[place])

    def choose(self, place: int, is_chosen: bool) -> None:
        """Wants one draft, or not."""
        self._chosen[place] = is_chosen
        self._tell(place, place)

    def choose_all(self, is_chosen: bool) -> None:
        """Wants every draft, or none."""
        self._chosen = bytearray([is_chosen]) * len(self._plan.items)
        self._tell(0, len(self._chosen) - 1)

    def way(self, place: int) -> OnDuplicate:
        """What becomes of a draft whose paper is there already."""
        item = self._plan.items[place]
        return self._ways.get(place) or item.on_duplicate or self._plan.options.on_duplicate

    def set_way(self, place: int, way: OnDuplicate) -> None:
        """What shall become of a draft whose paper is there already."""
        self._ways[place] = way
        self._chosen[place] = way is not OnDuplicate.SKIP
        self._tell(place, place)

    def does_something(self, place: int) -> bool:
        """Whether the library would have more of this draft than before."""
        item = self._plan.items[place]
        if not self._chosen[place]:
            return False
        if item.status is Status.NEW:
            return item.repeat_of is None or self.way(place) is OnDuplicate.KEEP
        way = self.way(place)
        return way is OnDuplicate.KEEP or (way is OnDuplicate.UPDATE and bool(item.fills))

    def count(self) -> int:
        """How many drafts would do something."""
        return sum(map(self.does_something, range(len(self._chosen))))

    def count_kept(self) -> int:
        """How many drafts are wanted and not left out: their papers get the tags for all."""
        places = range(len(self._chosen))
        return sum(bool(self._chosen[place]) and self.way(place) is not OnDuplicate.SKIP for place in places)

    def narrowed(self) -> tuple[PlannedDraft, ...]:
        """The drafts with what the person chose."""
        return tuple(
            item if self._is_untouched(place) else self._narrowed(place) for place, item in enumerate(self._plan.items)
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._plan.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index.row())
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.draft.plain("title") or self.tr("Without a title")
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{self.status_text(item)}, {self.second_line(item)}"
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.choose(index.row(), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def status_text(self, item: PlannedDraft) -> str:
        """The word on the badge."""
        if item.repeat_of is not None:
            return self.tr("Twice in the text")
        words = {
            Status.NEW: self.tr("New"),
            Status.HERE: self.tr("Already here"),
            Status.DIFFERS: self.tr("Differs"),
        }
        return words[item.status]

    def second_line(self, item: PlannedDraft) -> str:
        """Who and when, and what is different."""
        draft = item.draft
        parts = [_people(draft), draft.plain("year") or draft.plain("date")]
        if item.differences:
            parts.append(self.tr("differs in {0}").format(", ".join(one.field for one in item.differences)))
        elif item.fills:
            parts.append(self.tr("fills {0}").format(", ".join(item.fills)))
        return " · ".join(part for part in parts if part)

    def _is_untouched(self, place: int) -> bool:
        return place not in self._ways and self._plan.items[place].chosen == bool(self._chosen[place])

    def _narrowed(self, place: int) -> PlannedDraft:
        item = self._plan.items[place]
        return replace(item, chosen=bool(self._chosen[place]), on_duplicate=self._ways.get(place, item.on_duplicate))

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))
            self.changed.emit()


def _people(draft: Draft) -> str:
    people = draft.people.get("author")
    return short_list(people.names, truncated=people.truncated) if people else ""
