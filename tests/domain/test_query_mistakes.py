"""What cannot be understood is named with its place, and the rest is searched."""

import pytest

from refman.domain.query import (
    EVERYTHING,
    And,
    Misunderstood,
    Node,
    Not,
    Or,
    Text,
    TextField,
)
from refman.domain.query_parser import MAX_DEPTH, MAX_NAMED, MAX_WORDS
from refman.domain.query_tokens import FIELD_NAMES
from tests.domain.parsing import DEEP, LEARNING, NETS, complaints_of, meaning_of, parsed, words_of


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
    assert (parsed(text).root, complaints_of(text)) == (meaning, complaints)


def test_symbols_between_words_are_no_mistake() -> None:
    assert meaning_of("deep – learning & nets - :") == And((DEEP, LEARNING, NETS))


def test_an_unknown_field_names_the_known_ones() -> None:
    (part,) = parsed("autor:x").misunderstood
    known = " ".join(f"{name}:" for name in FIELD_NAMES)
    assert part == Misunderstood(0, 7, "unknown-field", part.reason, ("autor", known))
    assert known in part.reason


def test_a_long_value_is_shortened_in_the_reason() -> None:
    (part,) = parsed("year:" + "x" * 1000).misunderstood
    assert part.arguments == ("x" * 40 + "...",)


def test_words_beyond_the_limit_are_named_and_left_out() -> None:
    words = [f"w{number}" for number in range(MAX_WORDS)]
    assert meaning_of(" ".join(words)) == And(words_of(" ".join(words)))
    text = " ".join(words) + " more words"
    assert complaints_of(text) == [("too-many-words", "more words")]
    assert parsed(text).root == And(words_of(" ".join(words)))


def test_of_a_phrase_beyond_the_limit_the_first_words_are_searched() -> None:
    words = tuple(f"w{number}" for number in range(MAX_WORDS))
    text = f'"{" ".join(words)} more words"'
    assert parsed(text).root == Text(words, is_whole=True)
    assert complaints_of(text) == [("too-many-words", text)]
    assert complaints_of(f"{text} still more") == [("too-many-words", f"{text} still more")]


def test_brackets_after_the_limit_still_close() -> None:
    words = " ".join(f"w{number}" for number in range(MAX_WORDS))
    assert complaints_of(f"(({words}))") == []


def test_brackets_that_are_too_deep_are_named_and_left_out() -> None:
    text = "a"
    for _ in range(MAX_DEPTH // 2):
        text = f"(b OR c {text})"
    assert complaints_of(f"{text}") == []
    assert complaints_of(f"deep (learning OR nets {text})") == [("too-deep", f"(learning OR nets {text})")]
    assert parsed(f"deep (learning OR nets {text})").root == DEEP


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
    assert parsed(text).root == DEEP


@pytest.mark.uncovered
@pytest.mark.parametrize(
    "piece", ["(", ")", '"', "-", "a(b ", "AND ", "OR ", "x:y ", "title:", "-(a OR b) (c ", "“", "\\/"]
)
def test_100_kb_of_anything_is_read_and_few_mistakes_are_named(piece: str) -> None:
    query = parsed(piece * (100_000 // len(piece)))
    assert len(query.misunderstood) <= MAX_NAMED
