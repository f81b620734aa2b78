"""Fills the paper list: what is searched, filtered and sorted by, answered by the newest question only."""

from array import array
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from refman.domain.changes import Changes, OperationKind
from refman.domain.errors import LibraryError, SearchTooLong
from refman.domain.listing import DEFAULT_SORT, Hits, Listing, Sort, SortField
from refman.domain.query import EVERYTHING, Node, Query, TextField
from refman.domain.query_match import hit_spans
from refman.services.library import Library
from refman.ui.filter_state import FilterState
from refman.ui.library import LibraryAdapter
from refman.ui.list_beginning import ListBeginning, Wish, begin_list, counted, in_time
from refman.ui.table.delegate import HitSpans, no_hits
from refman.ui.table.selection import Relist
from refman.ui.table.view import PaperTable

T = TypeVar("T")

_MARKED_TITLES = 512
_MANY_PAPERS = 50_000
"""From so many papers on counting what was found takes longer than finding the first of them."""
REST_MS = 250
"""What is not looked at waits until nobody has typed for this long."""
_VALUES_ONLY = frozenset(
    {
        OperationKind.EDIT,
        OperationKind.RENAME_KEY,
        OperationKind.MAKE_KEYS,
        OperationKind.TAG,
        OperationKind.TAG_TREE,
        OperationKind.NOTE,
        OperationKind.ATTACH,
    }
)
"""Operations after which all papers, in the order they were added, are the same list."""


class ListFeed(QObject):
    """What the list shows and why. GUI thread only."""

    listed = Signal()
    """Another list is shown: `listing` and `count` are new."""
    counted = Signal()
    """The `count` of the list that is shown is exact now."""
    understood = Signal(object)
    """How the text of the search was understood: a `Query`."""
    too_long = Signal(object)
    """The SearchTooLong of a search that was ended; `search_on` lets it take its time."""

    def __init__(self, adapter: LibraryAdapter, table: PaperTable) -> None:
        super().__init__(table)
        self._adapter = adapter
        self._table = table
        self._text = ""
        self._filter = FilterState()
        self._sort: tuple[Sort, ...] = DEFAULT_SORT
        self._listing = Listing()
        self._is_patient = False
        self._count = 0
        self._is_counted = True
        self._most = 0
        self._waiting: Relist | None = None
        self._asked_for: Listing | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask_for_ids)
        adapter.opened.connect(self._begin)
        adapter.closing.connect(self._rest.stop)
        table.papers.ids_wanted.connect(self._ask_for_ids)
        adapter.changed.connect(self._follow)
        table.editing_ended.connect(self._catch_up)
        table.sort_requested.connect(self.set_sort)

    # What is asked for -------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._text

    @property
    def filter(self) -> FilterState:
        """What the sidebar filters by."""
        return self._filter

    @property
    def sort(self) -> tuple[Sort, ...]:
        """The order of the list."""
        return self._sort

    @property
    def listing(self) -> Listing:
        """What the list shows; it may lag behind what is asked for."""
        return self._listing

    @property
    def count(self) -> int:
        """How many papers the list has; while it `is_counted` is False, how many at least."""
        return self._count

    @property
    def is_counted(self) -> bool:
        """Whether `count` is exact."""
        return self._is_counted

    @property
    def is_narrowed(self) -> bool:
        """True when a search or a filter leaves something out."""
        return self._listing.query != EVERYTHING

    def search(self, text: str) -> None:
        """Results while typing: asks at once, and only the newest question is answered."""
        if text != self._text:
            self._text = text
            self._is_patient = False
            self.relist(Relist.SEARCH)

    def search_on(self) -> None:
        """Asks for the same again, however long it takes."""
        self._is_patient = True
        self.relist(Relist.SEARCH)

    def set_filter(self, state: FilterState) -> None:
        """What the sidebar says."""
        if state != self._filter:
            self._filter = state
            self._is_patient = False
            self.relist(Relist.SEARCH)

    def set_sort(self, sort: tuple[Sort, ...]) -> None:
        """Another order."""
        if sort != self._sort:
            self._sort = sort
            self._table.header.set_sort(sort)
            self.relist(Relist.SORT)

    def restore_sort(self, sort: tuple[Sort, ...]) -> None:
        """The order of the last start, before any list is shown."""
        self._sort = sort
        self._table.header.set_sort(sort)

    def relist(self, why: Relist) -> None:
        """Asks for the list anew."""
        if self._table.is_editing:
            # A list that is shown anew would close the editor over what is being typed.
            self._waiting = why
            return
        is_quick = self._most >= _MANY_PAPERS and all(one.field is SortField.ADDED for one in self._sort)
        wish = Wish(
            self._text,
            self._filter,
            self._sort,
            age=self._table.papers.age,
            sight=self._table.rows_in_sight,
            is_quick=is_quick,
        )
        self._read(partial(begin_list, wish=wish), lambda answer: self._show(answer, why))

    def _read(self, ask: Callable[[Library], T], take: Callable[[T], None], *, slot: str = "list") -> None:
        work = ask if self._is_patient else partial(in_time, ask)
        self._adapter.read(work, take, owner=self, slot=slot, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, SearchTooLong):
            self.too_long.emit(error)
        elif isinstance(error, LibraryError):
            self._adapter.refused.emit(error)

    # Answers -----------------------------------------------------------------------------------------------------

    def _show(self, answer: "ListBeginning | Query", why: Relist) -> None:
        if isinstance(answer, Query):
            # Nothing of it was understood: the last good result stays, and its counting was ended by this question.
            self.understood.emit(answer)
            if not self._is_counted:
                self._ask_for_count()
            return
        if self._table.is_editing:
            self._waiting = why
            return
        hits = answer.hits
        self._listing, self._count, self._is_counted = answer.listing, hits.count, answer.is_counted
        self._most = max(self._most, hits.count)
        self._table.delegate.hit_spans = _marker(answer.query.root)
        self._table.show_list(
            hits.count, hits.first_ids, rows=answer.rows, age=answer.age, why=why, is_counted=answer.is_counted
        )
        self.understood.emit(answer.query)
        self.listed.emit()
        self._rest.stop()
        if not answer.is_counted:
            self._ask_for_count()
        self._ask_for_the_rest()

    def _ask_for_the_rest(self) -> None:
        if self._table.keeper.is_waiting:
            self._ask_for_ids()
        elif self._is_counted and not self._table.papers.is_filled:
            # Nobody looks at them yet, and the next letter must not wait for them.
            self._rest.start()

    def _ask_for_count(self) -> None:
        """How long the list is whose first page is shown. The next question ends this one."""
        listing = self._listing

        def take(hits: Hits) -> None:
            if listing is not self._listing or self._is_counted:
                return
            if self._count_up(hits.count, hits.first_ids):
                self._ask_for_the_rest()

        self._read(partial(counted, listing=listing), take)

    def _count_up(self, count: int, ids: "array[int]") -> bool:
        """Takes the exact count; False when somebody wrote since the first page was read, which is read anew."""
        if ids[: self._count] != self._table.papers.ids:
            self.relist(Relist.REFRESH)
            return False
        self._count, self._is_counted = count, True
        self._table.count_up(count)
        self.counted.emit()
        return True

    def _ask_for_ids(self) -> None:
        """The ids of all rows, once for a list."""
        if self._asked_for is self._listing or self._table.papers.is_filled:
            return
        listing = self._asked_for = self._listing

        def take(ids: "array[int]") -> None:
            if listing is not self._listing or not (self._is_counted or self._count_up(len(ids), ids)):
                return
            if len(ids) == self._count:
                self._table.papers.extend(ids)
            else:
                # Somebody wrote between the two questions.
                self.relist(Relist.REFRESH)

        self._read(lambda library: library.ids(listing), take, slot="list.ids")

    # Changes -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._text, self._filter, self._waiting, self._is_patient = "", FilterState(), None, False
        self._listing, self._count, self._is_counted, self._most = Listing(sort=self._sort), 0, True, 0
        self._table.forget()
        self.relist(Relist.SEARCH)

    def _follow(self, changes: Changes) -> None:
        self._table.papers.mark_changed(None if changes.everything or changes.tags else changes.changed)
        if self._concerns_list(changes):
            self.relist(Relist.REFRESH)

    def _concerns_list(self, changes: Changes) -> bool:
        """False when only values changed that neither this search nor this order looks at."""
        is_plain = self._listing.query == EVERYTHING and all(s.field is SortField.ADDED for s in self._sort)
        kind = changes.operation.kind if changes.operation is not None else None
        return not (is_plain and kind in _VALUES_ONLY) or changes.everything

    def _catch_up(self) -> None:
        if self._waiting is not None:
            why, self._waiting = self._waiting, None
            self.relist(why)


def _marker(root: Node) -> HitSpans:
    """Marks titles; each is looked at once, however often its row is painted."""
    if root == EVERYTHING:
        return no_hits
    return lru_cache(maxsize=_MARKED_TITLES)(lambda title: hit_spans(root, title, TextField.TITLE))
