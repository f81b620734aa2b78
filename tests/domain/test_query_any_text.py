"""Whatever is typed is read, and a search that is written down is read back."""

from hypothesis import given
from hypothesis import strategies as st

from refman.domain.query import (
    And,
    Node,
    Not,
    Or,
    Tagged,
    Text,
    YearRange,
)
from refman.domain.query_match import leaves
from refman.domain.query_tokens import FIELD_NAMES
from tests.domain.parsing import meaning_of, parsed

_pieces = st.sampled_from(
    ['"', "(", ")", "-", " ", "AND", "OR", ":", "..", ">=", "/", "“", "&", "\\", "学", "2020", "none", "7d"]
)


_typed = st.lists(_pieces | st.sampled_from(FIELD_NAMES) | st.text(max_size=4), max_size=20).map("".join)


@given(_typed)
def test_nothing_that_is_typed_raises(text: str) -> None:
    query = parsed(text)
    for part in query.misunderstood:
        assert 0 <= part.start < part.end <= len(text)
        assert part.reason.strip()
    assert list(query.misunderstood) == sorted(query.misunderstood, key=lambda part: (part.start, part.end))
    for leaf in leaves(query.root):
        assert not isinstance(leaf, Text) or all(leaf.tokens)


def _typed_text(node: Node) -> str:
    match node:
        case Text():
            return f'"{" ".join(node.tokens)}"' if node.is_whole else "-".join(node.tokens)
        case Tagged():
            return f'tag:"{node.folded}"'
        case YearRange():
            return f"year:{'' if node.low is None else node.low}..{'' if node.high is None else node.high}"
        case Not():
            return f"-({_typed_text(node.operand)})"
        case And():
            return " ".join(f"({_typed_text(operand)})" for operand in node.operands)
        case Or():
            return " OR ".join(f"({_typed_text(operand)})" for operand in node.operands)
        case _:
            raise AssertionError(node)


_leaf_nodes: st.SearchStrategy[Node] = (
    st.builds(
        lambda words, is_whole: Text(tuple(words), is_whole=is_whole),
        st.lists(st.sampled_from(["deep", "x1", "学", "2020"]), min_size=1, max_size=3),
        st.booleans(),
    )
    | st.sampled_from(["rl", "to read"]).map(Tagged)
    | st.builds(YearRange, st.integers(1900, 1999), st.integers(2000, 2026) | st.none())
)


def _combined(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=3, unique=True).map(tuple)
    return several.map(And) | several.map(Or) | nodes.map(Not)


def _flat(node: Node) -> Node:
    """Without brackets in brackets of one kind, double negation and repetitions, as the parser gives it."""
    if isinstance(node, Not):
        inner = _flat(node.operand)
        return inner.operand if isinstance(inner, Not) else Not(inner)
    if isinstance(node, And | Or):
        kind = type(node)
        flat = [_flat(operand) for operand in node.operands]
        parts = [part for each in flat for part in (each.operands if isinstance(each, kind) else (each,))]
        different = tuple(dict.fromkeys(parts))
        return kind(different) if len(different) > 1 else different[0]
    return node


@given(st.recursive(_leaf_nodes, _combined, max_leaves=10))
def test_a_search_written_down_is_read_back(node: Node) -> None:
    assert meaning_of(_typed_text(node)) == _flat(node)
