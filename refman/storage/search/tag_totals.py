"""How many papers carry a tag or one below it, each paper counted once."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from refman.domain.tags import ancestors_of, fold_tag
from refman.storage.search.sql import Sql
from refman.storage.values import from_json


def tag_totals(connection: Connection, papers: Sql) -> dict[str, int]:
    """Name of tag or level to number of the papers that `papers` selects; names without any are left out.

    A level without a tag of its own is spelled as in the first tag below it.
    """
    carriers = _carriers(connection, papers)
    names, members = _levels(connection)
    totals = {folded: _distinct(carriers, tag_ids) for folded, tag_ids in members.items()}
    return {names[folded]: total for folded, total in totals.items() if total}


def _carriers(connection: Connection, papers: Sql) -> dict[int, tuple[int, str]]:
    """Tag id to how many papers carry that very tag and the JSON array of their ids."""
    query = (
        "SELECT tag_id, count(*), json_group_array(paper_id) FROM paper_tag INDEXED BY paper_tag_reverse"
        " WHERE paper_id IN (" + papers + ") GROUP BY tag_id"
    )
    return {tag_id: (count, listed) for tag_id, count, listed in query.run(connection)}


def _levels(connection: Connection) -> tuple[dict[str, str], dict[str, list[int]]]:
    """Of every tag and every level above one, by folded name: its spelling, and the ids of the tags it stands for."""
    names: dict[str, str] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for tag_id, name in Sql("SELECT id, name FROM tag ORDER BY folded").run(connection):
        for level in (*ancestors_of(name), name):
            folded = fold_tag(level)
            names.setdefault(folded, level)
            members[folded].append(tag_id)
    return names, members


def _distinct(carriers: Mapping[int, tuple[int, str]], tag_ids: list[int]) -> int:
    carried = [carriers[tag_id] for tag_id in tag_ids if tag_id in carriers]
    if len(carried) < 2:
        return sum(count for count, _ in carried)
    return len(set().union(*(from_json(listed) for _, listed in carried)))
