"""Which papers carry which tag, in memory: 4 bytes for each tag of a paper, so that 4,000 tags are counted at once.

A level counts a paper once, however many tags below it the paper carries. So the count of a level is the sum of what
is counted below it, less the papers counted more than once there; those are kept with the level (`again`).
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, chain
from typing import Any

from sqlalchemy import Connection

from refman.domain.frozen import dataclass
from refman.storage.search.id_lists import slices_of
from refman.storage.search.masks import each_once, found_in, how_many_in
from refman.storage.search.sql import Sql
from refman.storage.search.tag_tree import TagNames, TagRow, levels_of
from refman.storage.values import from_json

_NONE: "array[int]" = array("I")
_FEW = 32_768
"""The papers of a tree are looked up at once up to so many: a look for each of its levels costs more."""
_ROWS = 256
_SHORT = 10_000
"""Characters read at once, a quarter of a millisecond."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A level: where those below it stand in its tree, and the papers to add to theirs and to take away."""

    folded: str
    below: tuple[int, ...]
    own: "array[int]"
    again: "array[int]"


@dataclass(frozen=True, slots=True)
class _Tree:
    """Levels, each after those below it, and the tags they were made of."""

    rows: tuple[TagRow, ...]
    levels: tuple[_Level, ...]
    ends: tuple[int, ...]
    """Where the papers of each level end among all of the tree: those of a level, then those to take away from it."""
    papers: "array[int]"
    """All of them where they are few, else none."""

    def counts(self, mask: bytearray | None) -> dict[str, int]:
        """Level to number of papers of the mask, of all papers without one."""
        totals: list[int] = []
        for level, counted in zip(self.levels, self._counted(mask), strict=True):
            totals.append(counted + sum([totals[place] for place in level.below]) if level.below else counted)
        return {level.folded: total for level, total in zip(self.levels, totals, strict=True)}

    def _counted(self, mask: bytearray | None) -> list[int]:
        """Of each level what is to be added to that of the levels below it."""
        if mask is None:
            return [len(level.own) - len(level.again) for level in self.levels]
        if not self.papers:
            return [how_many_in(mask, level.own) - how_many_in(mask, level.again) for level in self.levels]
        count = found_in(mask, self.papers).count
        ends = self.ends
        counts = [count(1, start, end) for start, end in zip((0, *ends), ends, strict=False)]
        return [own - again for own, again in zip(counts[::2], counts[1::2], strict=True)]


@dataclass(frozen=True, slots=True)
class TagCarriers:
    """Papers by tag as of one version of the library, trashed ones included. Never changed once made."""

    version: int
    last_id: int
    names: TagNames
    own: Mapping[int, "array[int]"]
    trees: Mapping[str, _Tree]
    seen: int
    """The version up to which `touched` is known: a long day's work is read once, not at every count."""
    touched: frozenset[int] = frozenset()
    """Papers that were changed since `version`, of which `own` is no longer sure."""

    @classmethod
    def read(cls, connection: Connection, version: int, names: TagNames) -> "TagCarriers":
        """Of the snapshot. Costs 0.3 us for each tag of a paper."""
        query = "SELECT tag_id, json_group_array(paper_id) FROM paper_tag INDEXED BY paper_tag_reverse GROUP BY tag_id"
        rows = chain.from_iterable(Sql(query).run(connection).partitions(_ROWS))
        own = dict(_packed(rows))
        last_id = max((papers[-1] for papers in own.values()), default=0)
        return cls(version, last_id, names, own, _trees(connection, names, own, {}), version)

    @property
    def worth(self) -> int:
        """The tags of how many papers are read in the time in which those of all are counted.

        Reading takes 8 us a paper, counting 2 us a level and 0.06 us for each tag of a paper.
        """
        return len(self.names.rows) // 4 + sum(map(len, self.own.values())) // 128

    def later(self, version: int, changed: Set[int]) -> "TagCarriers":
        """The same at a later version, since `seen` of which these papers were changed."""
        return self if version == self.seen else replace(self, seen=version, touched=self.touched | changed)

    def under(self, connection: Connection, names: TagNames) -> "TagCarriers":
        """The same papers under other tags: some may be new, gone or have another name."""
        if names is self.names:
            return self
        trees = _trees(connection, names, self.own, self.trees)
        return replace(self, names=names, trees=trees)

    def counts(self, connection: Connection, mask: bytearray | None) -> dict[str, int]:
        """Folded level to number of papers of the mask, which knows `last_id`; of all papers without one."""
        counts: dict[str, int] = {}
        for tree in self.trees.values():
            _end_if_interrupted(connection)
            counts.update(tree.counts(mask))
        return counts


def _end_if_interrupted(connection: Connection) -> None:
    # Any statement: an interrupted read ends before its next one.
    Sql("SELECT 1").run(connection)


def _packed(rows: Iterable[Sequence[Any]]) -> "Iterator[tuple[int, array[int]]]":
    """Tag and papers of rows with the papers as JSON; short lists are read many at once, which is twice as quick."""
    tags: list[int] = []
    texts: list[str] = []
    length = 0
    for tag_id, ids in rows:
        if len(ids) >= _SHORT:
            yield tag_id, _long(ids)
            continue
        tags.append(tag_id)
        texts.append(ids)
        length += len(ids)
        if length >= _SHORT:
            yield from zip(tags, _read(texts), strict=True)
            tags, texts, length = [], [], 0
    yield from zip(tags, _read(texts), strict=True)


def _read(lists: Sequence[str]) -> "list[array[int]]":
    return [array("I", ids) for ids in from_json(f"[{','.join(lists)}]")]


def _long(ids: str) -> "array[int]":
    packed = array("I")
    for some in slices_of(ids):
        packed.extend(some)
    return packed


def _trees(
    connection: Connection, names: TagNames, own: Mapping[int, "array[int]"], known: Mapping[str, _Tree]
) -> dict[str, _Tree]:
    """All trees; those of which no tag changed are taken over."""
    trees: dict[str, _Tree] = {}
    for top, rows in names.trees().items():
        _end_if_interrupted(connection)
        present = known.get(top)
        trees[top] = present if present is not None and present.rows == rows else _tree(rows, names, own)
    return trees


def _tree(rows: tuple[TagRow, ...], names: TagNames, own: Mapping[int, "array[int]"]) -> _Tree:
    levels = levels_of(rows, names)
    last_id = max((own[tag_id][-1] for tag_id, _, _ in rows if tag_id in own), default=0)
    places = {level.folded: place for place, level in enumerate(levels)}
    papers: list[array[int]] = []
    counted: list[_Level] = []
    for level in levels:
        mine = _NONE if level.tag_id is None else own.get(level.tag_id, _NONE)
        if not level.below:
            papers.append(mine)
            counted.append(_Level(level.folded, (), mine, _NONE))
            continue
        below = tuple(places[lower.folded] for lower in level.below)
        parts = [part for part in (mine, *(papers[lower] for lower in below)) if part]
        if len(parts) > 1:
            all_of_them, again = each_once(parts, last_id)
        else:
            all_of_them, again = (parts[0] if parts else _NONE), _NONE
        for lower in below:
            # Not needed any more, and the levels of a large library have many.
            papers[lower] = _NONE
        papers.append(all_of_them)
        counted.append(_Level(level.folded, below, mine, again))
    return _whole(rows, counted)


def _whole(rows: tuple[TagRow, ...], levels: Sequence[_Level]) -> _Tree:
    parts = [part for level in levels for part in (level.own, level.again)]
    ends = tuple(accumulate(map(len, parts)))
    papers = array("I", chain.from_iterable(parts)) if ends and ends[-1] <= _FEW else _NONE
    return _Tree(rows, tuple(levels), ends, papers)
