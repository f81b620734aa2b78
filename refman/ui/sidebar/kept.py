"""What stays when other rows are shown: the current one, which are open, how tags are ordered; the last two also
for the next start."""

import json
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex

from refman.ui.sidebar.model import SidebarModel
from refman.ui.sidebar.rows import Row, RowKind, TagOrder
from refman.ui.sidebar.tree import SidebarTree


class KeptRows:
    """Rows are known by their keys. Those of few tags are open until they are shut, those of many the other way."""

    def __init__(self) -> None:
        self.closed: set[str] = set()
        self.opened: set[str] = set()
        self.order: TagOrder | None = None
        """None until the person chose."""
        self._renamed = ("", "")

    def open_rows(self, tree: SidebarTree, *, are_all_open: bool) -> None:
        """Opens everything but what was shut; unless `are_all_open` only what was opened, and the headings."""
        model = tree.rows
        if are_all_open:
            # In one go and then shut the few: opening one by one lays out everything as often.
            tree.expandAll()
        else:
            for place in range(model.rowCount()):
                tree.expand(model.index(place, 0))
            for key in self.opened:
                tree.expand(model.find(key))
        for key in self.closed:
            tree.collapse(model.find(key))

    def remember(self, key: str, *, is_open: bool) -> None:
        """A row was opened or shut by the person."""
        (self.opened if is_open else self.closed).add(key)
        (self.closed if is_open else self.opened).discard(key)

    def follow(self, old: str, new: str) -> None:
        """The row of one key gets another one, which undo takes away again."""
        self._renamed = (old, new)

    def index_of(self, current: Row | None, model: SidebarModel, *, is_narrowed: bool) -> QModelIndex:
        """Where the keyboard is after other rows are shown: at the same thing, also under its other name.

        Where that is gone, at what stood below it, else above it, else over it; not while a filter hides rows
        (`is_narrowed`), as those come back.
        """
        first = model.index(0, 0, model.index(0, 0))
        if current is None:
            return first
        found = model.find(current.key)
        if not found.isValid() and current.key in self._renamed:
            old, new = self._renamed
            found = model.find(new if current.key == old else old)
        if not found.isValid() and not is_narrowed:
            left = (model.find(row.key) for row in _beside(current))
            found = next((index for index in left if index.isValid()), first)
        return found

    def text(self) -> str:
        """Everything as JSON."""
        kept = {"closed": sorted(self.closed), "opened": sorted(self.opened), "order": self.order or ""}
        return json.dumps(kept)

    def take(self, text: str) -> None:
        """Takes up what `text` gave; what cannot be read is passed over."""
        try:
            kept = json.loads(text or "{}")
        except ValueError:
            return
        if isinstance(kept, dict):
            self.closed, self.opened = _keys(kept.get("closed")), _keys(kept.get("opened"))
            self.order = next((order for order in TagOrder if order == kept.get("order")), None)


def _beside(row: Row) -> Iterator[Row]:
    """Below it, above it, then the same of what it was under; no headings."""
    above: Row | None = row
    while above is not None and above.kind is not RowKind.SECTION:
        yield above
        siblings = above.parent.children if above.parent else []
        yield from siblings[above.place + 1 :]
        yield from reversed(siblings[: above.place])
        above = above.parent


def _keys(kept: object) -> set[str]:
    return {str(key) for key in kept} if isinstance(kept, list) else set()
