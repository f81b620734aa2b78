"""Reads what a person typed into the search box: PRODUCT.md, "Search language". Never raises, linear in the text.

Words are joined by AND, which binds tighter than OR; both only in capitals. `-` takes the opposite of a word, a field
or a bracket. What means nothing is named in the result and left out of the search.
"""

from dataclasses import dataclass, field
from datetime import date, tzinfo

from refman.domain.query import EVERYTHING, And, Misunderstood, Node, Not, Or, Query, Text, TextField
from refman.domain.query_tokens import FIELD_NAMES, Kind, Lexeme, lexemes
from refman.domain.query_values import Mistake, Value, field_node, nothing_to_search, text_node, typed_node

MAX_WORDS = 200
"""Longer searches are cut there and say so; every word costs a look into four indexes."""
MAX_DEPTH = 10
"""Levels of AND within OR within AND ...; deeper brackets are left out and named. Brackets that add none are free."""

MAX_NAMED = 50
"""How many parts are named at most that were not understood."""


def parse_query(text: str, *, today: date | None = None, zone: tzinfo | None = None) -> Query:
    """What `text` searches for. `added:` counts days from `today` in `zone`; None is the system's day and zone."""
    parser = _Parser(text, today or date.today(), zone)
    return parser.parse()


@dataclass(slots=True)
class _Group:
    """A bracket that is open, or the whole text: what was read of it so far."""

    start: int
    is_negated: bool = False
    alternatives: list[tuple[Node, ...]] = field(default_factory=list)
    together: list[Node] = field(default_factory=list)
    operator: Lexeme | None = None
    """An AND or OR that waits for what follows."""
    has_operand: bool = False
    """Did anything stand there since the last OR? What was misunderstood counts."""
    is_empty: bool = True

    def add(self, node: Node | None) -> None:
        self.operator, self.has_operand, self.is_empty = None, True, False
        if isinstance(node, And):
            self.together.extend(node.operands)
        elif node is not None:
            self.together.append(node)

    def begin_alternative(self) -> None:
        self.alternatives.append(tuple(self.together))
        self.together, self.has_operand = [], False

    def node(self) -> Node | None:
        """All of it as one node, None when nothing of it was understood."""
        joined = [_all_of(nodes) for nodes in (*self.alternatives, tuple(self.together)) if nodes]
        if not joined:
            return None
        # An alternative that is a bracket of alternatives adds no level.
        flat = dict.fromkeys(part for node in joined for part in (node.operands if isinstance(node, Or) else (node,)))
        node = Or(tuple(flat)) if len(flat) > 1 else joined[0]
        return _opposite(node) if self.is_negated else node


def _all_of(nodes: tuple[Node, ...]) -> Node:
    different = tuple(dict.fromkeys(nodes))
    return And(different) if len(different) > 1 else different[0]


def _opposite(node: Node) -> Node:
    return node.operand if isinstance(node, Not) else Not(node)


class _Parser:
    def __init__(self, text: str, today: date, zone: tzinfo | None) -> None:
        self._text = text
        self._today = today
        self._zone = zone
        self._groups = [_Group(0)]
        self._misunderstood: list[Misunderstood] = []
        self._symbols: list[Lexeme] = []
        self._words = 0

    def parse(self) -> Query:
        for lexeme in lexemes(self._text):
            if self._words >= MAX_WORDS and lexeme.kind in (Kind.TERM, Kind.UNKNOWN):
                # What the rest means is not asked, nor whether its brackets close.
                self._name_the_rest(lexeme.start)
                break
            self._take(lexeme)
        else:
            self._end_of_text()
        root = self._join_groups()
        if root is None:
            self._name_symbols()
        found = sorted(self._misunderstood, key=lambda part: (part.start, part.end))
        return Query(root or EVERYTHING, tuple(found))

    def _take(self, lexeme: Lexeme) -> None:
        if lexeme.kind is Kind.OPEN:
            self._groups.append(_Group(lexeme.start, lexeme.is_negated))
        elif lexeme.kind is Kind.CLOSE:
            self._close(lexeme)
        elif lexeme.kind in (Kind.AND, Kind.OR):
            self._operator(lexeme)
        elif lexeme.kind is Kind.UNKNOWN:
            known = " ".join(f"{name}:" for name in FIELD_NAMES)
            reason = f'{lexeme.field}: is no field; the fields are {known} Put "..." around it to look for the words.'
            self._add_mistake(lexeme, Mistake("unknown-field", reason, (lexeme.field, known)))
        else:
            self._term(lexeme)

    def _operator(self, lexeme: Lexeme) -> None:
        group = self._groups[-1]
        group.is_empty = False
        if group.operator is not None:
            self._lacks_operand(group.operator)
        elif not group.has_operand:
            self._lacks_operand(lexeme)
            return
        group.operator = lexeme
        if lexeme.kind is Kind.OR and group.has_operand:
            group.begin_alternative()

    def _lacks_operand(self, lexeme: Lexeme) -> None:
        reason = f"{lexeme.kind} needs something to look for on both sides."
        self._name(lexeme.start, lexeme.end, Mistake("operator-without-operand", reason, (lexeme.kind,)))

    def _close(self, lexeme: Lexeme) -> None:
        if len(self._groups) == 1:
            mistake = Mistake("stray-parenthesis", "This parenthesis closes none that was opened.")
            self._name(lexeme.start, lexeme.end, mistake)
            return
        group = self._groups.pop()
        self._end_of_group(group)
        if group.is_empty:
            self._name(group.start, lexeme.end, Mistake("empty-parentheses", "Nothing stands in the parentheses."))
        self._groups[-1].add(self._shallow(group.node(), group.start, lexeme.end))

    def _shallow(self, node: Node | None, start: int, end: int) -> Node | None:
        """The node, or None when it is too deep: no recursion over a query may run out of stack."""
        if node is None or _depth(node) <= MAX_DEPTH:
            return node
        reason = f"Parentheses stand in each other deeper than {MAX_DEPTH} levels."
        self._name(start, end, Mistake("too-deep", reason, (str(MAX_DEPTH),)))
        return None

    def _end_of_group(self, group: _Group) -> None:
        if group.operator is not None:
            self._lacks_operand(group.operator)

    def _end_of_text(self) -> None:
        for group in self._groups[1:]:
            self._name(
                group.start,
                group.start + 1 + group.is_negated,
                Mistake("unclosed-parenthesis", "This parenthesis is never closed."),
            )
        for group in self._groups:
            self._end_of_group(group)

    def _join_groups(self) -> Node | None:
        while len(self._groups) > 1:
            group = self._groups.pop()
            self._groups[-1].add(self._shallow(group.node(), group.start, len(self._text)))
        return self._shallow(self._groups[0].node(), 0, len(self._text))

    def _term(self, lexeme: Lexeme) -> None:
        meaning = self._meaning(lexeme)
        if not lexeme.is_closed:
            # The words behind it are searched.
            quote = lexeme.end - len(lexeme.value) - 1
            self._name(quote, quote + 1, Mistake("unclosed-quote", "This quote is never closed."))
        if meaning is None:
            self._symbols.append(lexeme)
        elif isinstance(meaning, Mistake):
            self._add_mistake(lexeme, meaning)
        else:
            node = self._within_limit(meaning, lexeme)
            self._groups[-1].add(_opposite(node) if lexeme.is_negated else node)

    def _meaning(self, lexeme: Lexeme) -> Node | Mistake | None:
        """None for symbols between words: pasted titles hold dashes, and no text is searched for those."""
        if lexeme.field:
            is_quoted = lexeme.is_quoted and lexeme.is_closed
            return field_node(lexeme.field, Value(lexeme.value, is_quoted, self._today, self._zone))
        # While the closing quote is not typed yet the last word is not complete.
        is_whole = lexeme.is_quoted and lexeme.is_closed
        node = (
            text_node(lexeme.value, TextField.ANY, is_whole=is_whole) if lexeme.is_quoted else typed_node(lexeme.value)
        )
        if node is not None:
            return node
        is_symbol = not lexeme.is_negated and (not lexeme.is_quoted or not lexeme.is_closed)
        return None if is_symbol else nothing_to_search(self._text[lexeme.start : lexeme.end])

    def _within_limit(self, node: Node, lexeme: Lexeme) -> Node:
        left = MAX_WORDS - self._words
        self._words += len(node.tokens) if isinstance(node, Text) else 1
        if not isinstance(node, Text) or len(node.tokens) <= left:
            return node
        self._name_the_rest(lexeme.start)
        return Text(node.tokens[:left], node.field, is_whole=True)

    def _name_the_rest(self, start: int) -> None:
        if all(part.code != "too-many-words" for part in self._misunderstood):
            reason = f"Only the first {MAX_WORDS} words are looked for."
            self._name(start, len(self._text), Mistake("too-many-words", reason, (str(MAX_WORDS),)))

    def _name_symbols(self) -> None:
        """Only symbols were typed: then they are what was not understood."""
        for lexeme in self._symbols:
            if lexeme.is_closed:
                self._name(lexeme.start, lexeme.end, nothing_to_search(self._text[lexeme.start : lexeme.end]))

    def _add_mistake(self, lexeme: Lexeme, mistake: Mistake) -> None:
        self._name(lexeme.start, lexeme.end, mistake)
        self._groups[-1].add(None)

    def _name(self, start: int, end: int, mistake: Mistake) -> None:
        if len(self._misunderstood) < MAX_NAMED:
            self._misunderstood.append(Misunderstood(start, end, mistake.code, mistake.reason, mistake.arguments))


def _depth(node: Node) -> int:
    """Levels of AND and OR; brackets that are closed are within the limit, so this cannot run deep."""
    if isinstance(node, Not):
        return 1 + _depth(node.operand)
    if isinstance(node, And | Or):
        return 1 + max(map(_depth, node.operands))
    return 0
