"""The tags of a library as trees of levels."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Connection

from refman.domain.tags import ancestors_of, parent_of, split_levels, tag_order
from refman.storage.search.sql import Sql

TagRow = tuple[int, str, str]
"""Id, name and folded name of a tag."""


class TagNames:
    """All tags of a snapshot, in folded order. Levels are named by their folded names, but for `spelled`."""

    def __init__(self, rows: list[TagRow]) -> None:
        self.rows = rows
        self._folded = [folded for _, _, folded in rows]
        self._place = {tag_id: place for place, (tag_id, _, _) in enumerate(rows)}
        self._levels: dict[int, tuple[str, ...]] = {}
        self._down_to: dict[str, tuple[str, ...]] = {}
        self._spelled: dict[str, str] = {}
        self._listed: list[tuple[str, str]] = []

    @classmethod
    def read(cls, connection: Connection, known: "TagNames | None" = None) -> "TagNames":
        """Those of the snapshot; `known` itself where it has them all. Costs 1 us a tag."""
        rows = Sql("SELECT id, name, folded FROM tag ORDER BY folded").run(connection).all()
        present = [(tag_id, name, folded) for tag_id, name, folded in rows]
        return known if known is not None and known.rows == present else cls(present)

    def levels(self, tag_id: int) -> tuple[str, ...]:
        """A tag with all levels above it, from the top."""
        levels = self._levels.get(tag_id)
        if levels is None:
            folded = self._folded[self._place[tag_id]]
            above = _above(folded)
            # Thousands of tags stand under hundreds of levels.
            if above not in self._down_to:
                self._down_to[above] = (*ancestors_of(above), above) if above else ()
            levels = self._levels[tag_id] = (*self._down_to[above], folded)
        return levels

    def spelled(self, level: str) -> str:
        """A level as its tag is written, one without a tag of its own as in the first tag below it."""
        if level not in self._spelled:
            place = bisect_left(self._folded, level)
            if self._folded[place] == level:
                self._spelled[level] = self.rows[place][1]
            else:
                below = self.rows[bisect_left(self._folded, level + "/")][1]
                # Folding leaves the slashes where they are.
                self._spelled[level] = "/".join(split_levels(below)[: len(split_levels(level))])
        return self._spelled[level]

    def listed(self) -> list[tuple[str, str]]:
        """All levels with their spelling, as a list of tags shows them. Costs 10 us a tag, once."""
        if not self._listed:
            levels = {level for tag_id, _, _ in self.rows for level in self.levels(tag_id)}
            self._listed = [(level, self.spelled(level)) for level in sorted(levels, key=tag_order)]
        return self._listed

    def trees(self) -> dict[str, tuple[TagRow, ...]]:
        """Top level to the tags in its tree."""
        trees: dict[str, list[TagRow]] = defaultdict(list)
        for row in self.rows:
            trees[self.levels(row[0])[0]].append(row)
        return {top: tuple(rows) for top, rows in trees.items()}


def _above(folded: str) -> str:
    # Nearly all have no escape.
    return parent_of(folded) if "\\" in folded else folded.rpartition("/")[0]


@dataclass(slots=True)
class Level:
    """A tag, or a level above tags, with what is directly below it."""

    folded: str
    tag_id: int | None = None
    below: list["Level"] = field(default_factory=list)


def levels_of(rows: tuple[TagRow, ...], names: TagNames) -> list[Level]:
    """The levels of one tree, each after those below it."""
    levels: dict[str, Level] = {}
    for tag_id, _, folded in rows:
        above: Level | None = None
        for name in names.levels(tag_id):
            known = levels.get(name)
            if known is None:
                known = levels[name] = Level(name)
                if above is not None:
                    above.below.append(known)
            above = known
        levels[folded].tag_id = tag_id
    return list(reversed(levels.values()))
