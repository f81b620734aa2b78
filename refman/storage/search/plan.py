"""Compiles a search to one SELECT of the ids of its papers.

Either a stream of sorted ids from the main index that sets of others filter, or a walk over a narrow index of all
papers. Nothing reads the wide rows of `paper` unless a leaf asks for a field without an index.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from refman.domain.query import And, Everything, Node, Not, Or, Text
from refman.storage.search.match import main_match, split_and
from refman.storage.search.scope import Scope, scoped
from refman.storage.search.sources import TRASH, Bounds, Source, Sources, main_source
from refman.storage.search.sql import Sql, join


class Plan:
    """One search over one snapshot."""

    def __init__(self, connection: Connection, node: Node) -> None:
        self.scope, self.node = scoped(node)
        self._sources = Sources(connection, self.scope)
        self._has_trash = TRASH.sql.run(connection).first() is not None

    @property
    def is_everything(self) -> bool:
        """True when the scope says it all."""
        return isinstance(self.node, Everything)

    def condition(self, column: str, bounds: Bounds | None = None) -> Sql:
        """Whether the paper with the id `column` is one of the search's, its scope apart.

        With bounds only for ids within them, and then cheap: nothing outside is looked at.
        """
        return self._holds(self.node, column, bounds)

    def _holds(self, node: Node, column: str, bounds: Bounds | None) -> Sql:
        match node:
            case Everything():
                return Sql("true")
            case Not():
                return "NOT " + self._holds(node.operand, column, bounds)
            case Or():
                return self._any_of(node, column, bounds)
            case And():
                return self._all_of(node.operands, column, bounds)
            case _:
                return _is_in(column, self._sources.of(node), bounds)

    def _any_of(self, node: Or, column: str, bounds: Bounds | None) -> Sql:
        found = main_match(node, self._sources.is_main)
        if found is not None:
            return _is_in(column, [main_source(found)], bounds)
        return _bracketed(" OR ", [self._holds(operand, column, bounds) for operand in node.operands])

    def _all_of(self, operands: Sequence[Node], column: str, bounds: Bounds | None) -> Sql:
        found, rest = split_and(operands, self._sources.is_main)
        parts = [_is_in(column, [main_source(found)], bounds)] if found else []
        return _bracketed(" AND ", [*parts, *(self._holds(operand, column, bounds) for operand in rest)])

    def ids(self) -> Sql:
        """A SELECT of `id`, each paper once, of the scope alone; in no order."""
        if self.scope is Scope.TRASH:
            return TRASH.sql + " AND " + self.condition("id")
        stream, rest = self._stream()
        if stream is None:
            return Sql(f"SELECT id FROM paper INDEXED BY paper_added_order WHERE {self.scope.value} AND ") + (
                self.condition("id")
            )
        conditions = [self._holds(node, "id", None) for node in rest]
        if conditions:
            # LIMIT keeps SQLite from moving the conditions into the text index, which cannot answer some of them.
            stream = "SELECT id FROM (" + stream + " LIMIT -1) WHERE " + join(" AND ", conditions)
        if self.scope is Scope.LIBRARY and self._has_trash:
            return _merged("EXCEPT", [stream, TRASH.sql])
        return stream

    def _stream(self) -> tuple[Sql | None, list[Node]]:
        """The papers that the text indexes know for one part of the search, and the parts that are left."""
        operands = list(self.node.operands) if isinstance(self.node, And) else [self.node]
        found, rest = split_and(operands, self._sources.is_main)
        if found is not None:
            return main_source(found).sql, rest
        texts = [operand for operand in rest if isinstance(operand, Text)]
        if not texts:
            return None, rest
        rest.remove(texts[0])
        return _union(self._sources.of(texts[0])), rest


def _is_in(column: str, sources: list[Source], bounds: Bounds | None) -> Sql:
    return _bracketed(" OR ", [f"{column} IN (" + source.within(bounds) + ")" for source in sources])


def _bracketed(separator: str, parts: list[Sql]) -> Sql:
    return parts[0] if len(parts) == 1 else "(" + join(separator, parts) + ")"


def _union(sources: list[Source]) -> Sql:
    """All ids once. The first source comes sorted and is large, the others are small."""
    first, *others = sources
    if not others:
        return first.sql if first.is_distinct else "SELECT DISTINCT id FROM (" + first.sql + ")"
    beside = "SELECT id FROM (" + join(" UNION ALL ", [source.sql for source in others]) + ")"
    return _merged("UNION", [first.sql, beside])


def _merged(operator: str, parts: list[Sql]) -> Sql:
    """SQLite merges sorted streams instead of filling a table; LIMIT keeps it from dropping the order."""
    return "SELECT id FROM (" + join(f" {operator} ", parts) + " ORDER BY 1 LIMIT -1)"
