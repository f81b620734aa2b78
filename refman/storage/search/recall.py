"""What the readers of one store found, kept while the library stays as it is.

The count, the ids and the tags of one search are asked for one after the other, and each needs the papers found; every
search in one order needs that order. Both cost more than looking whether anybody has written since.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import compress, count
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from refman.domain.listing import Sort
from refman.domain.query import Node
from refman.storage.search.id_lists import listed
from refman.storage.search.masks import mask_of
from refman.storage.search.sql import Sql
from refman.storage.search.tag_carriers import TagCarriers
from refman.storage.search.tag_tree import TagNames

T = TypeVar("T")


_LISTED = 100_000
"""So many ids are kept as text; of more there is only the mask, an eighth of the size."""


class Found:
    """All papers of a search: how many, and which, as a JSON array of ids in no order and as a mask."""

    def __init__(self, count: int, ids: str, last_id: int) -> None:
        self.count = count
        self._last_id = last_id
        self._mask = mask_of(ids, last_id) if count > _LISTED else None
        self._ids = ids if self._mask is None else None

    @classmethod
    def of_mask(cls, mask: bytearray) -> "Found":
        """The papers of a mask, which is not to be changed any more."""
        found = cls(0, "[]", 0)
        found.count, found._mask, found._ids = mask.count(1), mask, None
        return found

    @property
    def ids(self) -> str:
        """The JSON array."""
        return listed(compress(count(), self.mask)) if self._ids is None else self._ids

    @property
    def mask(self) -> bytearray:
        """Byte `id` is 1 for each paper; not to be changed."""
        if self._mask is None:
            self._mask = mask_of(self._ids or "[]", self._last_id)
        return self._mask


class _Shelf(Generic[T]):
    """The newest few of one kind."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._guard = Lock()

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """What is kept under the key, else what `find` gives. Two threads may find the same at once."""
        with self._guard:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        return self.keep(key, find())

    def keep(self, key: Hashable, value: T) -> T:
        """Keeps it, and forgets the oldest."""
        with self._guard:
            self._kept[key] = value
            if len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return value

    def knows(self, key: Hashable) -> bool:
        """True when something is kept under the key."""
        return key in self._kept


class Recall:
    """Any thread. At most 30 MB for 1,000,000 papers; keys begin with the version of the library."""

    def __init__(self) -> None:
        self.found: _Shelf[Found] = _Shelf(2)
        self.orders: _Shelf[array[int]] = _Shelf(1)
        self.names: tuple[int, TagNames] | None = None
        self.carriers: TagCarriers | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot with what is remembered of it."""

    connection: Connection
    recall: Recall
    version: int
    last_id: int
    """About the number of papers, too."""

    @classmethod
    def of(cls, connection: Connection, recall: Recall) -> "View":
        """The snapshot of a connection."""
        version, last_id = Sql("SELECT version, (SELECT max(id) FROM paper) FROM meta").run(connection).one()
        return cls(connection, recall, version, last_id or 0)

    def key_of(self, what: Node | tuple[Sort, ...]) -> Hashable:
        """Under which an answer about this snapshot is kept."""
        return self.version, what
