"""What people type into the search box, and what it means."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.fields import FIELDS
from refman.domain.query import (
    EVERYTHING,
    AddedRange,
    Address,
    And,
    Category,
    Eprint,
    Has,
    Identifier,
    InTrash,
    Misunderstood,
    Node,
    Not,
    OfType,
    Or,
    Query,
    Tagged,
    Text,
    TextField,
    Untagged,
    YearRange,
)
from refman.domain.query_files import Cited, InFile
from refman.domain.query_match import leaves
from refman.domain.query_parser import MAX_DEPTH, MAX_NAMED, MAX_WORDS, parse_query
from refman.domain.query_tokens import FIELD_NAMES

TODAY = date(2026, 11, 22)


def _parsed(text: str) -> Query:
    return parse_query(text, today=TODAY, zone=UTC)


def _meaning(text: str) -> Node:
    """The meaning of a search that is wholly understood."""
    query = _parsed(text)
    assert query.misunderstood == ()
    return query.root


def _complaints(text: str) -> list[tuple[str, str]]:
    """Code and underlined text of every part that was not understood."""
    return [(part.code, text[part.start : part.end]) for part in _parsed(text).misunderstood]


def _words(text: str) -> tuple[Node, ...]:
    return tuple(Text((word,)) for word in text.split())


DEEP, LEARNING, NETS = _words("deep learning nets")


@pytest.mark.parametrize("text", ["", " ", "\t\n\u3000"])
def test_nothing_typed_means_everything(text: str) -> None:
    assert _meaning(text) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("deep", DEEP),
        ("Deep LEARNING", And((DEEP, LEARNING))),
        ("deep deep", DEEP),
        ("deep or learning and nets", And(_words("deep or learning and nets"))),
        ("deep AND learning", And((DEEP, LEARNING))),
        ("deep OR learning", Or((DEEP, LEARNING))),
        ("deep learning OR nets", Or((And((DEEP, LEARNING)), NETS))),
        ("deep AND learning OR nets", Or((And((DEEP, LEARNING)), NETS))),
        ("deep (learning OR nets)", And((DEEP, Or((LEARNING, NETS))))),
        ("(deep OR learning) OR nets", Or((DEEP, LEARNING, NETS))),
        ("((deep) (learning))", And((DEEP, LEARNING))),
        ("-deep", Not(DEEP)),
        ("--deep", DEEP),
        ("deep -learning", And((DEEP, Not(LEARNING)))),
        ("-(deep learning)", Not(And((DEEP, LEARNING)))),
        ("-(-deep)", DEEP),
        ("-AND", Not(Text(("and",)))),
        ("réseau Øre", And(_words("reseau ore"))),
        ("self-supervised", Text(("self", "supervised"))),
        ("https://doi.org/10.1/x", Or((Address("doi.org/10.1/x"), Text(("https", "doi", "org", "10", "1", "x"))))),
        ("学习", Text(("学", "习"))),
        ('"deep learning"', Text(("deep", "learning"), is_whole=True)),
        ("“deep learning”", Text(("deep", "learning"), is_whole=True)),
        ('-"deep learning"', Not(Text(("deep", "learning"), is_whole=True))),
        ('"AND"', Text(("and",), is_whole=True)),
        ('"deep"nets', And((Text(("deep",), is_whole=True), NETS))),
        ("deep*", DEEP),
    ],
)
def test_words_phrases_operators_and_brackets(text: str, meaning: Node) -> None:
    assert _meaning(text) == meaning


@pytest.mark.parametrize(
    "title",
    [
        "AI Co-Mathematician: Accelerating Mathematicians with Agentic AI",
        "Woulda, Coulda, Shoulda: Counterfactually-Guided Policy Search",
        'A 5" disk: 3:2 ratios, O(n log n) sorting (extended abstract) & more – at 10:30!',
        "std::sort is C++ / D",
        "Attention (is) all: you need?",
        "f(x(y)) and g( x )",
    ],
)
def test_pasted_titles_simply_work(title: str) -> None:
    assert all(isinstance(leaf, Text) for leaf in leaves(_meaning(title)))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("author:Glehn", Text(("glehn",), TextField.AUTHORS)),
        ('author:"von Glehn"', Text(("von", "glehn"), TextField.AUTHORS, is_whole=True)),
        (
            'author:"Glehn, Ingrid von"',
            And(
                (
                    Text(("glehn",), TextField.AUTHORS, is_whole=True),
                    Text(("ingrid", "von"), TextField.AUTHORS, is_whole=True),
                )
            ),
        ),
        ("TITLE:Deep", Text(("deep",), TextField.TITLE)),
        ("title:self-super", Text(("self", "super"), TextField.TITLE)),
        ("abstract:deep", Text(("deep",), TextField.ABSTRACT)),
        ("venue:jmlr", Text(("jmlr",), TextField.VENUE)),
        ("note:todo", Text(("todo",), TextField.NOTE)),
        ("key:zheng2026", Text(("zheng2026",), TextField.KEY)),
        ("key:DBLP:conf/nips/X", Text(("dblp", "conf", "nips", "x"), TextField.KEY)),
        ("title:AND", Text(("and",), TextField.TITLE)),
        ("-title:deep", Not(Text(("deep",), TextField.TITLE))),
        ("(title:deep)", Text(("deep",), TextField.TITLE)),
        ("tag:RL", Tagged("rl")),
        ("tag:rl/", Tagged("rl")),
        ('tag:"to  Read"', Tagged("to read")),
        ("tag:rl/planning", Or((Tagged("rl/planning"), Tagged("rl\\/planning")))),
        ("tag:none", Untagged()),
        ('tag:"none"', Tagged("none")),
        ("-tag:none", Not(Untagged())),
        ("doi:10.1000/XYZ", Identifier("10.1000/xyz")),
        ("doi:https://doi.org/10.1000/XYZ", Identifier("10.1000/xyz")),
        ("doi:10.1016/0022-2836(81)90087-5", Identifier("10.1016/0022-2836(81)90087-5")),
        ("type:InProceedings", OfType("inproceedings")),
        ("category:cs", Category("cs")),
        ("category:cs.*", Category("cs")),
        ("category:CS.AI", Category("cs.ai")),
        ("in:trash", InTrash()),
        ("in:Library", Not(InTrash())),
        ("in:Refs.bib", InFile("refs.bib")),
        ('in:"My Thesis\\refs.bib"', InFile("my thesis/refs.bib")),
        ("cited:Thesis/", Cited("thesis")),
        ("-cited:", Not(Cited())),
        ("missing:thesis", Cited("thesis", is_missing=True)),
        ("missing:", Cited(is_missing=True)),
        ("missing:DOI", Not(Has("doi"))),
        ("-missing:pdf", Has("pdf")),
        ('missing:"title"', Cited("title", is_missing=True)),
        ("has:doi", Has("doi")),
        ("has:AUTHORS", Has("author")),
        ("has:journaltitle", Has("journal")),
        ("has:notes", Has("note")),
        ("has:pdf", Has("pdf")),
        ("has:key", Has("key")),
    ],
)
def test_fields(text: str, meaning: Node) -> None:
    assert _meaning(text) == meaning


_ARXIV_ID = (
    Identifier("10.48550/arxiv.2605.06651"),
    Eprint("2605.06651"),
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("arXiv:2605.06651", Or((*_ARXIV_ID, Text(("arxiv", "2605", "06651"))))),
        ("arxiv:2605.06651v3", Or((*_ARXIV_ID, Text(("arxiv", "2605", "06651v3"))))),
        ("2605.06651", Or((*_ARXIV_ID, Text(("2605", "06651"))))),
        (
            "https://arxiv.org/abs/2605.06651v1",
            Or(
                (
                    *_ARXIV_ID,
                    Address("arxiv.org/abs/2605.06651v1"),
                    Text(("https", "arxiv", "org", "abs", "2605", "06651v1")),
                )
            ),
        ),
        ("10.48550/arXiv.2605.06651", Or((*_ARXIV_ID, Text(("10", "48550", "arxiv", "2605", "06651"))))),
        ("10.1000/XYZ", Or((Identifier("10.1000/xyz"), Text(("10", "1000", "xyz"))))),
        (
            "https://doi.org/10.1000/XYZ",
            Or(
                (
                    Identifier("10.1000/xyz"),
                    Address("doi.org/10.1000/xyz"),
                    Text(("https", "doi", "org", "10", "1000", "xyz")),
                )
            ),
        ),
        ("-10.1000/x", Not(Or((Identifier("10.1000/x"), Text(("10", "1000", "x")))))),
        ('"2605.06651"', Text(("2605", "06651"), is_whole=True)),
        ("arXiv:2605", Text(("arxiv", "2605"))),
        (
            "https://www.Example.org/a?b=c",
            Or((Address("example.org/a?b=c"), Text(("https", "www", "example", "org", "a", "b", "c")))),
        ),
        ("www.example.org/", Or((Address("example.org"), Text(("www", "example", "org"))))),
        ('"https://example.org"', Text(("https", "example", "org"), is_whole=True)),
        ("https://", Text(("https",))),
    ],
)
def test_an_identifier_or_address_typed_as_it_stands_on_a_page(text: str, meaning: Node) -> None:
    assert _meaning(text) == meaning


def test_has_understands_every_field() -> None:
    for name in FIELDS:
        assert _meaning(f"has:{name}") == Has(name)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("year:2020", 2020, 2020),
        ("year:=2020", 2020, 2020),
        ('year:"2020"', 2020, 2020),
        ("year:2018..2020", 2018, 2020),
        ("year:2018..2018", 2018, 2018),
        ("year:2018..", 2018, None),
        ("year:..2020", None, 2020),
        ("year:>=2019", 2019, None),
        ("year:>2019", 2020, None),
        ("year:<=2019", None, 2019),
        ("year:<2019", None, 2018),
        ("year:-44", -44, -44),
    ],
)
def test_years(text: str, low: int | None, high: int | None) -> None:
    assert _meaning(text) == YearRange(low, high)


def _day(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("added:today", "2026-11-22", "2026-11-23"),
        ("added:Yesterday", "2026-11-21", "2026-11-22"),
        ("added:7d", "2026-11-15", "2026-11-23"),
        ("added:2w", "2026-11-08", "2026-11-23"),
        ("added:1m", "2026-10-23", "2026-11-23"),
        ("added:1y", "2025-11-22", "2026-11-23"),
        ("added:9999y", "1970-01-01", "2026-11-23"),
        ("added:2026-11-05", "2026-11-05", "2026-11-06"),
        ("added:2026-11", "2026-11-01", "2026-12-01"),
        ("added:2026-12", "2026-12-01", "2027-01-01"),
        ("added:2026", "2026-01-01", "2027-01-01"),
        ("added:>=2026-01-01", "2026-01-01", None),
        ("added:>2026-01", "2026-02-01", None),
        ("added:<today", None, "2026-11-22"),
        ("added:<=2025", None, "2026-01-01"),
        ("added:2026-01..2026-03", "2026-01-01", "2026-04-01"),
        ("added:2026-01..", "2026-01-01", None),
        ("added:..yesterday", None, "2026-11-22"),
    ],
)
def test_days_of_being_added(text: str, start: str | None, end: str | None) -> None:
    assert _meaning(text) == AddedRange(_day(start), _day(end))


def test_days_begin_where_the_person_is() -> None:
    query = parse_query("added:today", today=TODAY, zone=timezone(timedelta(hours=2)))
    start = datetime(2026, 11, 21, 22, tzinfo=UTC)
    assert query.root == AddedRange(start, start + timedelta(days=1))


def test_without_a_day_and_zone_those_of_the_system_hold() -> None:
    root = parse_query("added:today").root
    assert isinstance(root, AddedRange)
    assert root.start is not None
    assert root.end is not None
    assert timedelta(hours=22) < root.end - root.start < timedelta(hours=26)


@pytest.mark.parametrize(
    ("text", "meaning", "complaints"),
    [
        ('deep "learning ne', And((DEEP, Text(("learning", "ne")))), [("unclosed-quote", '"')]),
        ('"', EVERYTHING, [("unclosed-quote", '"')]),
        ('-title:"deep', Not(Text(("deep",), TextField.TITLE)), [("unclosed-quote", '"')]),
        ("(deep learning", And((DEEP, LEARNING)), [("unclosed-parenthesis", "(")]),
        ("-(deep", Not(DEEP), [("unclosed-parenthesis", "-(")]),
        ("(deep (learning", And((DEEP, LEARNING)), [("unclosed-parenthesis", "(")] * 2),
        ("deep) learning", And((DEEP, LEARNING)), [("stray-parenthesis", ")")]),
        ("deep ()", DEEP, [("empty-parentheses", "()")]),
        ("OR deep", DEEP, [("operator-without-operand", "OR")]),
        ("deep AND", DEEP, [("operator-without-operand", "AND")]),
        ("deep AND OR nets", Or((DEEP, NETS)), [("operator-without-operand", "AND")]),
        ("(deep OR) nets", And((DEEP, NETS)), [("operator-without-operand", "OR")]),
        ("deep OR (AND) nets", Or((DEEP, NETS)), [("operator-without-operand", "AND")]),
        ("foo:bar deep", DEEP, [("unknown-field", "foo:bar")]),
        ('foo:"bar baz" deep', DEEP, [("unknown-field", 'foo:"bar baz"')]),
        ("deep OR foo:bar", DEEP, [("unknown-field", "foo:bar")]),
        ("deep AND foo:bar", DEEP, [("unknown-field", "foo:bar")]),
        ("title: deep", DEEP, [("empty-value", "title:")]),
        ('tag:"" deep', DEEP, [("empty-value", 'tag:""')]),
        ("title:(deep nets)", And((DEEP, NETS)), [("empty-value", "title:")]),
        ("title:*** deep", DEEP, [("nothing-to-search", "title:***")]),
        ('author:"," deep', DEEP, [("nothing-to-search", 'author:","')]),
        ("tag:a//b deep", DEEP, [("bad-tag", "tag:a//b")]),
        ("tag:/ deep", DEEP, [("bad-tag", "tag:/")]),
        ("year:last deep", DEEP, [("bad-year", "year:last")]),
        ("year:2018-2020", EVERYTHING, [("bad-year", "year:2018-2020")]),
        ("year:2020..2018", EVERYTHING, [("bad-year", "year:2020..2018")]),
        ("year:2018..x", EVERYTHING, [("bad-year", "year:2018..x")]),
        ("year:x..2018", EVERYTHING, [("bad-year", "year:x..2018")]),
        ("year:..", EVERYTHING, [("bad-year", "year:..")]),
        ("added:2026-13", EVERYTHING, [("bad-date", "added:2026-13")]),
        ("added:2026-02-30", EVERYTHING, [("bad-date", "added:2026-02-30")]),
        ("added:0001", EVERYTHING, [("bad-date", "added:0001")]),
        ("added:soon", EVERYTHING, [("bad-date", "added:soon")]),
        ("in:cloud", EVERYTHING, [("bad-place", "in:cloud")]),
        ("has:foo", EVERYTHING, [("bad-has", "has:foo")]),
        ("-& deep", DEEP, [("nothing-to-search", "-&")]),
        ('"&" deep', DEEP, [("nothing-to-search", '"&"')]),
        ("-) deep", DEEP, [("nothing-to-search", "-"), ("stray-parenthesis", ")")]),
        ("*** –", EVERYTHING, [("nothing-to-search", "***"), ("nothing-to-search", "–")]),
        ("-", EVERYTHING, [("nothing-to-search", "-")]),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_searched(
    text: str, meaning: Node, complaints: list[tuple[str, str]]
) -> None:
    assert (_parsed(text).root, _complaints(text)) == (meaning, complaints)


def test_symbols_between_words_are_no_mistake() -> None:
    assert _meaning("deep – learning & nets - :") == And((DEEP, LEARNING, NETS))


def test_an_unknown_field_names_the_known_ones() -> None:
    (part,) = _parsed("autor:x").misunderstood
    known = " ".join(f"{name}:" for name in FIELD_NAMES)
    assert part == Misunderstood(0, 7, "unknown-field", part.reason, ("autor", known))
    assert known in part.reason


def test_a_long_value_is_shortened_in_the_reason() -> None:
    (part,) = _parsed("year:" + "x" * 1000).misunderstood
    assert part.arguments == ("x" * 40 + "...",)


def test_words_beyond_the_limit_are_named_and_left_out() -> None:
    words = [f"w{number}" for number in range(MAX_WORDS)]
    assert _meaning(" ".join(words)) == And(_words(" ".join(words)))
    text = " ".join(words) + " more words"
    assert _complaints(text) == [("too-many-words", "more words")]
    assert _parsed(text).root == And(_words(" ".join(words)))


def test_of_a_phrase_beyond_the_limit_the_first_words_are_searched() -> None:
    words = tuple(f"w{number}" for number in range(MAX_WORDS))
    text = f'"{" ".join(words)} more words"'
    assert _parsed(text).root == Text(words, is_whole=True)
    assert _complaints(text) == [("too-many-words", text)]
    assert _complaints(f"{text} still more") == [("too-many-words", f"{text} still more")]


def test_brackets_after_the_limit_still_close() -> None:
    words = " ".join(f"w{number}" for number in range(MAX_WORDS))
    assert _complaints(f"(({words}))") == []


def test_brackets_that_are_too_deep_are_named_and_left_out() -> None:
    text = "a"
    for _ in range(MAX_DEPTH // 2):
        text = f"(b OR c {text})"
    assert _complaints(f"{text}") == []
    assert _complaints(f"deep (learning OR nets {text})") == [("too-deep", f"(learning OR nets {text})")]
    assert _parsed(f"deep (learning OR nets {text})").root == DEEP


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "deep" + ")" * 10_000,
        "--" * 50_000 + "deep",
        "deep " * 20_000,
    ],
    ids=["brackets", "dashes", "repeated"],
)
def test_long_input_with_one_word_means_that_word(text: str) -> None:
    assert _parsed(text).root == DEEP


@pytest.mark.parametrize(
    "piece", ["(", ")", '"', "-", "a(b ", "AND ", "OR ", "x:y ", "title:", "-(a OR b) (c ", "“", "\\/"]
)
def test_100_kb_of_anything_is_read_and_few_mistakes_are_named(piece: str) -> None:
    query = _parsed(piece * (100_000 // len(piece)))
    assert len(query.misunderstood) <= MAX_NAMED


_pieces = st.sampled_from(
    ['"', "(", ")", "-", " ", "AND", "OR", ":", "..", ">=", "/", "“", "&", "\\", "学", "2020", "none", "7d"]
)
_typed = st.lists(_pieces | st.sampled_from(FIELD_NAMES) | st.text(max_size=4), max_size=20).map("".join)


@given(_typed)
def test_nothing_that_is_typed_raises(text: str) -> None:
    query = _parsed(text)
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
    assert _meaning(_typed_text(node)) == _flat(node)


@pytest.mark.parametrize(("typed", "other"), [("alpha", "α"), ("α", "alpha"), ("$\\alpha$", "α")])
def test_greek_letters_are_found_by_letter_and_by_name(typed: str, other: str) -> None:
    node = _parsed(typed).root
    assert isinstance(node, Or)
    assert Text((other,), is_whole=True) in node.operands and len(node.operands) == 2
    phrase = _parsed("α-helix").root
    assert phrase == Or((Text(("α", "helix")), Text(("alpha", "helix"))))
    assert _parsed("author:alpha").root == Text(("alpha",), TextField.AUTHORS)
    assert _parsed("alphabet").root == Text(("alphabet",))
