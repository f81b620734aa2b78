"""A page of an order that runs against its index, while equal papers stand newest first as in the index.

SQLite can read the values off the index backwards, but then equal papers come in the wrong order, and it sorts all of
them for one page: half a second for 1,000,000 papers of one type. So the values at both ends of the page are looked up,
and the equal papers of each are read forwards; only what lies between these is sorted, less than one page.
"""

from array import array

from sqlalchemy import Connection

from refman.domain.frozen import dataclass
from refman.storage.search.id_lists import parse_ids
from refman.storage.search.sql import Sql


@dataclass(frozen=True, slots=True)
class Backward:
    """An order by one column against its index; `ties` is the ORDER BY of equal papers, which the index has."""

    column: str
    is_descending: bool
    ties: str


def backward_page(connection: Connection, source: str, backward: Backward, *, limit: int, offset: int) -> "array[int]":
    """`source` is FROM with the index, and WHERE with conditions that fix the columns before this one.

    Costs a walk over `offset` rows of the index.
    """
    column, order = backward.column, f"{backward.column} {'DESC' if backward.is_descending else 'ASC'}"
    first_of, last_of, before, behind = "max", "min", ">", "<"
    if not backward.is_descending:
        first_of, last_of, before, behind = last_of, first_of, behind, before
    count, first, last = Sql(
        f"SELECT count(*), {first_of}({column}), {last_of}({column})"
        f" FROM (SELECT {column} {source} ORDER BY {order} LIMIT ? OFFSET ?)",
        (limit, offset),
    ).run(connection).one()  # fmt: skip

    def ids(condition: Sql, order_by: str, *, most: int = -1, past: int = 0) -> "array[int]":
        rows = f"SELECT id {source} AND " + condition + Sql(f" ORDER BY {order_by} LIMIT ? OFFSET ?", (most, past))
        return parse_ids(("SELECT json_group_array(id) FROM (" + rows + ")").run(connection).scalar_one())

    if not count:
        return array("q")
    passed = Sql(f"SELECT count(*) {source} AND {column} {before} ?", (first,))
    skipped = offset - int(passed.run(connection).scalar_one()) if offset else 0
    found = ids(Sql(f"{column} = ?", (first,)), backward.ties, most=count, past=skipped)
    if first != last:
        between = Sql(f"{column} {behind} ? AND {column} {before} ?", (first, last))
        found.extend(ids(between, f"{order}, {backward.ties}"))
        found.extend(ids(Sql(f"{column} = ?", (last,)), backward.ties, most=count - len(found)))
    return found
