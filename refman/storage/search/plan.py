"""Compiles a search to one SELECT of the ids of its papers.

A stream of ids comes from the index that knows most of the search, usually the main text index; sets of ids from the
other indexes filter it. Nothing reads the wide rows of `paper` unless a leaf asks for a field without an index.
"""

from collections.abc import Sequence
from copy import copy

from sqlalchemy import Connection

from refman.domain.query import And, Everything, Has, Node, Not, Or, Untagged
from refman.storage.search.match import main_match, split_and
from refman.storage.search.scope import Scope, scoped
from refman.storage.search.sources import TRASH, Source, Sources, main_source
from refman.storage.search.sql import Sql, join

_TERMS = 100


class Plan:
    """One search over one snapshot."""

    def __init__(self, connection: Connection, node: Node) -> None:
        self.scope, self.node = scoped(node)
        self._leaves = Sources(connection, self.scope)
        self.has_trash = (TRASH.collected() + " LIMIT 1").run(connection).first() is not None
        self._within: tuple[int, int] | None = None

    def within(self, first: int, last: int) -> "Plan":
        """The same search among the papers whose ids lie between these."""
        narrowed = copy(self)
        narrowed._within = (first, last)
        return narrowed

    @property
    def is_everything(self) -> bool:
        """True when the scope says it all."""
        return isinstance(self.node, Everything)

    def ids(self) -> Sql:
        """A SELECT of `id`: each paper of the search once, in no order."""
        operands = self.node.operands if isinstance(self.node, And) else (self.node,)
        stream, rest = self._stream(operands)
        if self.scope is Scope.TRASH or not stream:
            return self._every() + " AND " + self.condition()
        steps, conditions = self._narrowed(rest)
        if self.scope is Scope.LIBRARY and self.has_trash:
            steps.append("EXCEPT " + self._near(TRASH).collected())
        found = _merged(stream, steps)
        if not conditions:
            return found
        # LIMIT keeps SQLite from moving the conditions into the text index, which cannot answer some of them.
        return "SELECT id FROM (" + found + " LIMIT -1) AS paper WHERE " + join(" AND ", conditions)

    def words_and_tags(self) -> "tuple[Source, Source] | None":
        """The two sources of a search for words that the text index or the names of tags have; None for any other."""
        sources = None if self.scope is not Scope.LIBRARY or self.is_everything else self._sources(self.node)
        if sources is None or len(sources) != 2 or not (sources[0].match and sources[1].tags):
            return None
        return sources[0], sources[1]

    def _every(self) -> Sql:
        if self._within is None:
            return Sql(f"SELECT id FROM paper INDEXED BY paper_added_order WHERE {self.scope.value}")
        return Sql(f"SELECT id FROM paper NOT INDEXED WHERE id BETWEEN ? AND ? AND {self.scope.value}", self._within)

    def _near(self, source: Source) -> Source:
        return source if self._within is None else source.within(*self._within)

    def _main(self, match: str) -> Source:
        return self._near(main_source(match))

    def _narrowed(self, rest: Sequence[Node]) -> tuple[list[Sql], list[Sql]]:
        """What else must hold, as far as it can be merged, and as conditions on `paper.id`."""
        steps: list[Sql] = []
        conditions: list[Sql] = []
        for node in rest:
            sources = self._sources(node.operand if isinstance(node, Not) else node)
            if sources is None or any(source.is_lookup for source in sources):
                conditions.append(self._holds(node))
            else:
                steps.append(("EXCEPT " if isinstance(node, Not) else "INTERSECT ") + _all_of_them(sources))
        return steps, conditions

    def condition(self) -> Sql:
        """Whether the paper `paper.id`, which is in the scope, is one of the search's."""
        return self._holds(self.node)

    def _holds(self, node: Node) -> Sql:
        sources = self._sources(node)
        if sources is not None:
            return _is_in(sources)
        match node:
            case Not():
                return "NOT " + self._holds(node.operand)
            case Untagged():
                return "NOT " + self._holds(Has("tag"))
            case Or():
                return _bracketed(" OR ", [self._holds(operand) for operand in node.operands])
            case And():
                return self._all_of(node.operands)
            case _:
                return Sql("true")

    def _all_of(self, operands: Sequence[Node]) -> Sql:
        found, rest = split_and(operands, self._leaves.is_main)
        parts = [_is_in([self._main(found)])] if found else []
        return _bracketed(" AND ", [*parts, *(self._holds(operand) for operand in rest)])

    def _sources(self, node: Node) -> list[Source] | None:
        """The sources that have the papers of a node together; None for what sources alone cannot say."""
        found = main_match(node, self._leaves.is_main)
        if found is not None:
            return [self._main(found)]
        if isinstance(node, Or):
            return self._sources_of_all(node.operands)
        if isinstance(node, And | Not | Everything | Untagged):
            return None
        return [self._near(source) for source in self._leaves.of(node)]

    def _sources_of_all(self, operands: Sequence[Node]) -> list[Source] | None:
        of_each = [self._sources(operand) for operand in operands]
        known = [sources for sources in of_each if sources is not None]
        if len(known) < len(of_each):
            return None
        sources = [source for some in known for source in some]
        matches = [source.match for source in sources if source.match]
        main = [self._main(" OR ".join(f"({match})" for match in matches))] if matches else []
        return main + [source for source in sources if not source.match]

    def _stream(self, operands: Sequence[Node]) -> tuple[list[Source], list[Node]]:
        """The sources of the part of an AND that most should be known by, and the parts that are left."""
        found, rest = split_and(operands, self._leaves.is_main)
        if found is not None:
            return [self._main(found)], rest
        known = [(sources, node) for node in rest if (sources := self._sources(node))]
        if not known:
            return [], rest
        # The text index is the largest and comes sorted; what `has:` means often needs the rows of all papers.
        sources, chosen = min(known, key=lambda pair: (not pair[0][0].match, isinstance(pair[1], Has)))
        return sources, [node for node in rest if node is not chosen]


def _is_in(sources: Sequence[Source]) -> Sql:
    return _bracketed(
        " OR ",
        [
            "EXISTS (" + source.looked_up("paper.id") + ")"
            if source.is_lookup
            else "paper.id IN (" + source.collected() + ")"
            for source in sources
        ],
    )


def _bracketed(separator: str, parts: Sequence[Sql]) -> Sql:
    return parts[0] if len(parts) == 1 else "(" + join(separator, parts) + ")"


def _all_of_them(sources: Sequence[Source]) -> Sql:
    """The ids of all sources, some perhaps more than once."""
    selects = [source.collected() for source in sources]
    while len(selects) > 1:
        # SQLite takes 500 terms at most.
        groups = [selects[place : place + _TERMS] for place in range(0, len(selects), _TERMS)]
        selects = ["SELECT id FROM (" + join(" UNION ALL ", group) + ")" for group in groups]
    return selects[0]


def _merged(stream: Sequence[Source], steps: Sequence[Sql]) -> Sql:
    """All ids of the stream once, changed by each step in turn.

    SQLite merges sorted sets instead of filling tables. The first source comes sorted and is large, the others are
    small. LIMIT keeps the order from being dropped.
    """
    first, *others = stream
    if not others and not steps:
        return first.collected() if first.is_distinct else "SELECT DISTINCT id FROM (" + first.collected() + ")"
    united = ["UNION " + _all_of_them(others or stream)] if others or not first.is_distinct else []
    return "SELECT id FROM (" + join(" ", [first.collected(), *united, *steps]) + " ORDER BY 1 LIMIT -1)"
