"""Whole numbers to whole numbers in 16 bytes a place: a million of them take 34 MB, a dict 115."""

from array import array

_EMPTY = -(1 << 63)
_SMALLEST = 1 << 10
_MOST_FULL = 3, 4
_SPREAD = 0x9E3779B97F4A7C15
"""Knuth's multiplier (The Art of Computer Programming 6.4): numbers that are alike fall far apart."""


class IntMap:
    """A hash table without deletion (open addressing, linear probing).

    Keys and values are signed 64-bit numbers, keys greater than the least one. A million look-ups take about a second.
    """

    def __init__(self) -> None:
        self._keys = _empty(_SMALLEST)
        self._values = array("q", bytes(8 * _SMALLEST))
        self._mask = _SMALLEST - 1
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def get(self, key: int) -> int | None:
        """The value of a key, None when it has none."""
        place = self._place(key)
        return self._values[place] if self._keys[place] == key else None

    def add(self, key: int, value: int) -> int | None:
        """The value that a key has; None for one that had none and gets this one now."""
        place = self._place(key)
        if self._keys[place] == key:
            return self._values[place]
        self._put(place, key, value)
        return None

    def __setitem__(self, key: int, value: int) -> None:
        self._put(self._place(key), key, value)

    def _put(self, place: int, key: int, value: int) -> None:
        self._count += self._keys[place] == _EMPTY
        self._keys[place] = key
        self._values[place] = value
        if self._count * _MOST_FULL[1] > len(self._keys) * _MOST_FULL[0]:
            self._grow()

    def _place(self, key: int) -> int:
        """Where the key stands, or the empty place where it belongs."""
        keys, mask = self._keys, self._mask
        place = (key * _SPREAD >> 32) & mask
        while keys[place] != key and keys[place] != _EMPTY:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        size = 2 * len(keys)
        self._keys, self._values = _empty(size), array("q", bytes(8 * size))
        self._mask = size - 1
        for key, value in zip(keys, values, strict=True):
            if key != _EMPTY:
                place = self._place(key)
                self._keys[place] = key
                self._values[place] = value


def _empty(size: int) -> "array[int]":
    return array("q", [_EMPTY]) * size
