"""What people type into the search box, and what it means."""

import pytest

from refman.domain.fields import FIELDS
from refman.domain.query import (
    EVERYTHING,
    Address,
    And,
    Category,
    Eprint,
    Has,
    Identifier,
    InTrash,
    Node,
    Not,
    OfType,
    Or,
    Tagged,
    Text,
    TextField,
    Untagged,
)
from refman.domain.query_files import Cited, InFile
from refman.domain.query_match import leaves
from tests.domain.parsing import DEEP, LEARNING, NETS, meaning_of, parsed, words_of


@pytest.mark.parametrize("text", ["", " ", "\t\n\u3000"])
def test_nothing_typed_means_everything(text: str) -> None:
    assert meaning_of(text) == EVERYTHING


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("deep", DEEP),
        ("Deep LEARNING", And((DEEP, LEARNING))),
        ("deep deep", DEEP),
        ("deep or learning and nets", And(words_of("deep or learning and nets"))),
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
        ("réseau Øre", And(words_of("reseau ore"))),
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
    assert meaning_of(text) == meaning


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
    assert all(isinstance(leaf, Text) for leaf in leaves(meaning_of(title)))


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
    assert meaning_of(text) == meaning


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
    assert meaning_of(text) == meaning


def test_has_understands_every_field() -> None:
    for name in FIELDS:
        assert meaning_of(f"has:{name}") == Has(name)


@pytest.mark.parametrize(("typed", "other"), [("alpha", "α"), ("α", "alpha"), ("$\\alpha$", "α")])
def test_greek_letters_are_found_by_letter_and_by_name(typed: str, other: str) -> None:
    node = parsed(typed).root
    assert isinstance(node, Or)
    assert Text((other,), is_whole=True) in node.operands and len(node.operands) == 2
    phrase = parsed("α-helix").root
    assert phrase == Or((Text(("α", "helix")), Text(("alpha", "helix"))))
    assert parsed("author:alpha").root == Text(("alpha",), TextField.AUTHORS)
    assert parsed("alphabet").root == Text(("alphabet",))
