"""How many papers carry a tag or one below it, each paper counted once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from refman.domain.tags import ancestors_of
from refman.storage.search.sql import Sql
from refman.storage.values import from_json

ALL = Sql("paper_tag INDEXED BY paper_tag_reverse")
"""Every paper with every tag it carries, tag by tag."""


def those_of(papers: str) -> Sql:
    """The same of the papers in a JSON array of ids, paper by paper: for a part of the library."""
    return Sql("json_each(?) AS found CROSS JOIN paper_tag ON paper_tag.paper_id = found.value", (papers,))


def tag_totals(connection: Connection, carried: Sql) -> dict[str, int]:
    """Name of tag or level to its number of papers in the rows of `paper_tag` that `carried` gives; none is left out.

    A level without a tag of its own is spelled as in the first tag below it. Costs 0.3 us for a paper and level.
    """
    query = "SELECT tag_id, count(*), json_group_array(paper_id) FROM " + carried + " GROUP BY tag_id"
    papers = {tag_id: (count, listed) for tag_id, count, listed in query.run(connection)}
    totals: dict[str, int] = {}
    for tree in _trees(connection):
        totals.update(_totals_of_tree(tree, papers))
    return {name: total for name, total in totals.items() if total}


@dataclass(slots=True)
class _Level:
    """A tag, or a level above tags: its spelling, and the ids of the tags it stands for."""

    name: str
    tag_ids: list[int]


def _trees(connection: Connection) -> Iterable[Iterable[_Level]]:
    """The levels below and with each top level, so that the papers of one tree at a time are in memory."""
    trees: dict[str, dict[str, _Level]] = defaultdict(dict)
    for tag_id, name, folded in Sql("SELECT id, name, folded FROM tag ORDER BY folded").run(connection):
        # Folding leaves the slashes where they are.
        levels = list(zip([*ancestors_of(folded), folded], [*ancestors_of(name), name], strict=True))
        tree = trees[levels[0][0]]
        for folded_level, level in levels:
            tree.setdefault(folded_level, _Level(level, [])).tag_ids.append(tag_id)
    return [tree.values() for tree in trees.values()]


def _totals_of_tree(tree: Iterable[_Level], papers: dict[int, tuple[int, str]]) -> dict[str, int]:
    several: dict[int, list[int]] = {}
    totals: dict[str, int] = {}
    for level in tree:
        carried = [tag_id for tag_id in level.tag_ids if tag_id in papers]
        if len(carried) < 2:
            totals[level.name] = sum(papers[tag_id][0] for tag_id in carried)
        else:
            several.update((tag_id, from_json(papers[tag_id][1])) for tag_id in carried if tag_id not in several)
            totals[level.name] = len(set().union(*(several[tag_id] for tag_id in carried)))
    return totals
