"""Where a paper stands in a list of ids, and which papers stand in a range of rows."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import gt, lt

_ROW_BITS = 28
_ROW_MASK = (1 << _ROW_BITS) - 1

Ranges = list[tuple[int, int]]
"""Rows as (first, last), both included, ascending and apart."""


class Places:
    """Row of an id by bisection. A dict of 1,000,000 ids would take 102 MB, a second sorted array takes 8.

    The order `added` is mostly that of the ids themselves: then nothing is built at all.
    """

    def __init__(self, ids: "array[int]") -> None:
        self._ids = ids
        self._direction: int | None = None
        self._packed: array[int] = array("q")

    def row_of(self, paper_id: int) -> int | None:
        """The row, None when the paper is not in the list. The first call costs a sort of the ids."""
        if self._direction is None:
            self._prepare()
        if self._direction == 0:
            place = bisect_left(self._packed, paper_id << _ROW_BITS)
            found = self._packed[place] if place < len(self._packed) else -1
            return found & _ROW_MASK if found >> _ROW_BITS == paper_id else None
        key = None if self._direction == 1 else _negative
        wanted = paper_id if self._direction == 1 else -paper_id
        place = bisect_left(self._ids, wanted, key=key)
        return place if place < len(self._ids) and self._ids[place] == paper_id else None

    def _prepare(self) -> None:
        if all(map(lt, self._ids, islice(self._ids, 1, None))):
            self._direction = 1
        elif all(map(gt, self._ids, islice(self._ids, 1, None))):
            self._direction = -1
        else:
            self._direction = 0
            self._packed = array("q", sorted(i << _ROW_BITS | row for row, i in enumerate(self._ids)))


def _negative(number: int) -> int:
    return -number


def ranges_of_rows(rows: Iterable[int]) -> Ranges:
    """Rows in any order, joined to ranges."""
    ranges: Ranges = []
    for row in sorted(rows):
        if ranges and row <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges


def ids_in(ids: "array[int]", ranges: Sequence[tuple[int, int]]) -> "array[int]":
    """The ids that stand in the ranges, in the order of the list."""
    found: array[int] = array("q")
    for first, last in sorted(ranges):
        found.extend(ids[first : last + 1])
    return found


def ranges_of(ids: "array[int]", places: Places, wanted: "array[int]") -> Ranges:
    """Where papers stand now; those that are no longer in the list are left out. Linear for many, bisection for few."""
    if len(wanted) < len(ids) // 64:
        return ranges_of_rows(row for i in wanted if (row := places.row_of(i)) is not None)
    if wanted == ids:
        return [(0, len(ids) - 1)] if ids else []
    chosen = frozenset(wanted)
    return ranges_of_rows(row for row, i in enumerate(ids) if i in chosen)
