"""The order of a list, and the narrow index that has it."""

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection

from refman.domain.frozen import dataclass
from refman.domain.listing import DEFAULT_SORT, Sort, SortField
from refman.storage.search.backward import Backward, backward_page
from refman.storage.search.id_lists import parse_ids
from refman.storage.search.scope import Scope
from refman.storage.search.sql import Sql
from refman.storage.tables import SORT_COLUMNS

EACH = Sql("true")
"""The condition that holds for each paper."""
_NEVER_NULL = frozenset({SortField.ADDED, SortField.CHANGED, SortField.TYPE})


def column_of(field: SortField) -> str:
    """The column of `paper` that a field is sorted by."""
    return "added" if field is SortField.ADDED else SORT_COLUMNS[field].name


def is_nullable(field: SortField) -> bool:
    """True when papers can lack the value; they stand last in both directions."""
    return field not in _NEVER_NULL


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list that one index has in order: the papers with a value, or those without.

    `backward` says how the index has it, where it runs the other way.
    """

    index: str
    condition: str
    order_by: str
    backward: Backward | None = None


def stretches(sort: Sequence[Sort]) -> list[Stretch]:
    """The parts of the list, one after the other. An index cannot put NULL last, so there are two."""
    sort = sort or DEFAULT_SORT
    first, *others = sort
    index = f"paper_{first.field}_order"
    rest = _and_ties([f"{_null_last(level)}{_directed(level)}" for level in others], sort)
    is_backward = first.is_descending != (first.field is SortField.ADDED) and not others
    backward = Backward(column_of(first.field), first.is_descending, rest) if is_backward else None
    with_value = Stretch(index, f"{column_of(first.field)} IS NOT NULL", f"{_directed(first)}, {rest}", backward)
    if not is_nullable(first.field):
        return [Stretch(index, "true", with_value.order_by, backward)]
    return [with_value, Stretch(index, f"{column_of(first.field)} IS NULL", rest)]


def whole_order(sort: Sequence[Sort]) -> str:
    """ORDER BY for a few papers, without an index."""
    return _and_ties([f"{_null_last(level)}{_directed(level)}" for level in sort], sort)


def _and_ties(terms: list[str], sort: Sequence[Sort]) -> str:
    # A column that comes twice would keep SQLite from reading the order off the index.
    is_decided = any(level.field is SortField.ADDED for level in sort)
    return ", ".join([*terms, *(["id"] if is_decided else ["added DESC", "id"])])


def _null_last(level: Sort) -> str:
    return f"{column_of(level.field)} IS NULL, " if is_nullable(level.field) else ""


def _directed(level: Sort) -> str:
    return f"{column_of(level.field)} {'DESC' if level.is_descending else 'ASC'}"


def page(
    connection: Connection,
    scope: Scope,
    sort: Sequence[Sort],
    condition: Sql,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> "array[int]":
    """Those of the papers in order for which the condition holds; walks the index of the order past `offset` rows."""
    found = array("q")
    for stretch in stretches(sort):
        hint = f" INDEXED BY {stretch.index}" if scope is not Scope.ALL else ""
        within = f"FROM paper{hint} WHERE {scope.value} AND {stretch.condition}"
        source = f"{within} AND " + condition
        left = -1 if limit is None else limit - len(found)
        if stretch.backward and limit is not None and scope is Scope.LIBRARY and condition == EACH:
            more = backward_page(connection, within, stretch.backward, limit=left, offset=offset)
        else:
            rows = "SELECT id " + source + Sql(f" ORDER BY {stretch.order_by} LIMIT ? OFFSET ?", (left, offset))
            more = parse_ids(("SELECT json_group_array(id) FROM (" + rows + ")").run(connection).scalar_one())
        found.extend(more)
        if more:
            offset = 0
        elif offset:
            offset = max(0, offset - int(("SELECT count(*) " + source).run(connection).scalar_one()))
        if limit is not None and len(found) >= limit:
            break
    return found
