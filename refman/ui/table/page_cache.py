"""The rows the list has read, least recently used ones forgotten first. Knows nothing of Qt.

Rows are kept by id and not by place, so a new order or a new search shows at once what is already known. They are read
a page at a time: the page is the unit of asking, the row the unit of forgetting.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from refman.domain.listing import PaperRow

PAGE_ROWS = 128
"""Rows read at once; one such read costs about 0.1 ms in storage."""

_PAGES_KEPT = 64


class PageCache:
    """Rows by paper id. A row that changed is still given out until the new one is here, so that nothing flickers."""

    def __init__(self, *, capacity: int = PAGE_ROWS * _PAGES_KEPT) -> None:
        self._capacity = capacity
        self._rows: OrderedDict[int, PaperRow] = OrderedDict()
        self._stale_since: dict[int, int] = {}
        self._age = 0
        self._asked: dict[int, int] = {}
        self._cleared_at = 0

    @property
    def age(self) -> int:
        """Grows with every change; rows read before a change of theirs do not count as fresh."""
        return self._age

    def row(self, paper_id: int) -> PaperRow | None:
        """The row as far as it is known, None when it was never read or is forgotten."""
        row = self._rows.get(paper_id)
        if row is not None:
            self._rows.move_to_end(paper_id)
        return row

    def is_fresh(self, paper_id: int) -> bool:
        """True when the row is known and nothing changed it since."""
        return paper_id in self._rows and paper_id not in self._stale_since

    def ask(self, ids: Sequence[int]) -> "array[int]":
        """Those of the ids that must be read now: not fresh, and not asked for since they last changed."""
        wanted = array("q", (i for i in ids if not self.is_fresh(i) and self._asked.get(i) != self._age))
        self._asked.update(dict.fromkeys(wanted, self._age))
        return wanted

    def store(self, rows: Iterable[PaperRow], *, age: int) -> None:
        """Keeps rows that were asked for at `age`; from before the last `clear` they are another library's."""
        if age < self._cleared_at:
            return
        for row in rows:
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._asked.pop(row.id, None)
            if self._stale_since.get(row.id, 0) <= age:
                self._stale_since.pop(row.id, None)
        while len(self._rows) > self._capacity:
            forgotten, _ = self._rows.popitem(last=False)
            self._stale_since.pop(forgotten, None)

    def give_up(self, ids: Iterable[int]) -> None:
        """The read of these ids failed or gave nothing; they may be asked for again."""
        for paper_id in ids:
            self._asked.pop(paper_id, None)

    def mark_changed(self, ids: Iterable[int] | None) -> None:
        """These papers (None: all) are no longer what the rows say."""
        self._age += 1
        changed = self._rows.keys() if ids is None else self._rows.keys() & set(ids)
        self._stale_since.update(dict.fromkeys(changed, self._age))

    def clear(self) -> None:
        """Forgets everything, as for another library. Answers that are still under way will be ignored."""
        self._age += 1
        self._cleared_at = self._age
        self._rows.clear()
        self._stale_since.clear()
        self._asked.clear()
