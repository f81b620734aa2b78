"""How many papers carry a tag or one below it, each paper counted once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain

from sqlalchemy import Connection

from refman.storage.history import HistoryReads
from refman.storage.search.id_lists import listed
from refman.storage.search.masks import mark, united
from refman.storage.search.recall import View
from refman.storage.search.sql import Sql
from refman.storage.search.tag_carriers import TagCarriers
from refman.storage.search.tag_tree import TagNames
from refman.storage.values import from_json

FEW = 4_000
"""The tags of so many papers are read and not counted among those of all, in a small library of fewer."""
MOST_CHANGED = 2_000
"""After changes of more papers than this, the tags of all are read anew."""
_NO_PAPERS = "[]"


def are_few(view: View, count: int) -> bool:
    """True when the tags of so many papers are quicker read than counted among those of all."""
    known = view.recall.carriers
    return count <= (FEW if known is None else min(FEW, known.worth))


def totals_of_few(view: View, papers: str) -> dict[str, int]:
    """Name of tag or level to its number of papers among a JSON array of ids; none is left out. 3 us a paper."""
    names = _names(view)
    return _named(names, _read(view.connection, names, papers))


def totals_of_many(view: View, mask: bytearray) -> dict[str, int]:
    """The same of the papers of a mask. Costs 0.05 us for each tag of any paper of the library."""
    names = _names(view)
    carriers, changed = _present(view, names)
    counted = mask + bytes(max(0, carriers.last_id + 1 - len(mask)))
    anew = [paper_id for paper_id in changed if paper_id < len(mask) and mask[paper_id]]
    for paper_id in anew:
        counted[paper_id] = 0
    counts = Counter(carriers.counts(view.connection, counted))
    counts.update(_read(view.connection, names, listed(anew)))
    return _named(names, counts)


def mark_carriers(view: View, tags: Iterable[int], mask: bytearray) -> None:
    """Sets the byte of every paper with one of the tags. Costs 0.05 us for each tag of a paper."""
    carriers, changed = _present(view, _names(view))
    marked = bytearray(max(len(mask), carriers.last_id + 1))
    for tag_id in tags:
        mark(marked, carriers.own.get(tag_id, ()))
    for paper_id in changed:
        if paper_id < len(marked):
            marked[paper_id] = 0
    query = (
        "SELECT paper_id FROM json_each(?) AS changed CROSS JOIN paper_tag ON paper_id = changed.value "
        "WHERE tag_id IN (SELECT value FROM json_each(?))"
    )
    mark(marked, Sql(query, (listed(changed), listed(tags))).run(view.connection).scalars())
    mask[:] = united(mask, marked[: len(mask)])


def totals_of_all(view: View, trashed: Set[int]) -> dict[str, int]:
    """The same of all papers but those in the trash; costs nothing while there are none and nobody writes."""
    names, counts = levels_of_all(view, trashed)
    return _named(names, counts)


def levels_of_all(view: View, trashed: Set[int]) -> tuple[TagNames, Mapping[str, int]]:
    """The same by folded level, with the names of all tags."""
    names = _names(view)
    carriers, changed = _present(view, names)
    counts = Counter(carriers.counts(view.connection, None))
    left_out = changed | trashed
    if left_out:
        mask = bytearray(carriers.last_id + 1)
        for paper_id in left_out:
            if paper_id < len(mask):
                mask[paper_id] = 1
        counts.subtract(carriers.counts(view.connection, mask))
        counts.update(_read(view.connection, names, listed(changed - trashed)))
    return names, counts


def _names(view: View) -> TagNames:
    known = view.recall.names
    if known is None or known[0] != view.version:
        names = TagNames.read(view.connection, known[1] if known else None)
        known = view.recall.names = view.version, names
    return known[1]


def _present(view: View, names: TagNames) -> tuple[TagCarriers, frozenset[int]]:
    """Who carries which tag, and the papers of which that is no longer sure."""
    known = view.recall.carriers
    if known is not None and known.version <= view.version:
        # A reader of an older state than others have seen asks from the beginning, and leaves theirs alone.
        is_latest = known.seen <= view.version
        changes = HistoryReads(view.connection).changes_since(known.seen if is_latest else known.version)
        changed = changes.added | changes.changed | changes.removed
        touched = known.touched | changed if is_latest else changed
        if not changes.everything and len(touched) <= MOST_CHANGED:
            present = known.under(view.connection, names)
            if is_latest:
                view.recall.carriers = present.later(view.version, changed)
            return present, touched
    carriers = view.recall.carriers = TagCarriers.read(view.connection, view.version, names)
    return carriers, frozenset()


def _read(connection: Connection, names: TagNames, papers: str) -> Counter[str]:
    # One text for all of them: a row for each paper would cost as much as finding it.
    query = (
        "SELECT '[' || coalesce(group_concat(tags), '') || ']' FROM (SELECT json_group_array(tag_id) AS tags "
        "FROM json_each(?) AS found CROSS JOIN paper_tag ON paper_tag.paper_id = found.value GROUP BY found.key)"
    )
    counts: Counter[str] = Counter()
    if papers == _NO_PAPERS:
        return counts
    tags_of_papers = from_json(Sql(query, (papers,)).run(connection).scalar_one())
    tops: dict[int, str] = {}
    for tag_id, carriers in Counter(chain.from_iterable(tags_of_papers)).items():
        levels = names.levels(tag_id)
        tops[tag_id] = levels[0]
        for level in levels:
            counts[level] += carriers
    # A paper counts once for a level, however many of its tags are below that.
    for tags in tags_of_papers:
        if len(tags) > 1 and len({tops[tag_id] for tag_id in tags}) < len(tags):
            _take_repeats(counts, names, tags)
    return counts


def _take_repeats(counts: Counter[str], names: TagNames, tags: Sequence[int]) -> None:
    seen: set[str] = set()
    for tag_id in tags:
        for level in names.levels(tag_id):
            if level in seen:
                counts[level] -= 1
            seen.add(level)


def _named(names: TagNames, counts: Mapping[str, int]) -> dict[str, int]:
    return {names.spelled(level): count for level, count in counts.items() if count}
