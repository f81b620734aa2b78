"""The short ways of reading against the long ones: what both read, they read alike."""

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from bibtexparser.model import Entry
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.paper import People
from refman.formats.bibtex.braces import Braces
from refman.formats.bibtex.drafts import read_raw
from refman.formats.bibtex.entries import EntryReader
from refman.formats.bibtex.key_lines import KeyLines
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.names import read_name, read_people
from refman.formats.bibtex.one_line import one_line
from refman.formats.bibtex.page_ranges import page_ranges
from refman.formats.bibtex.plain_values import plain_value
from refman.formats.bibtex.raw_entries import RawEntry
from refman.formats.bibtex.reading import read_text
from refman.formats.bibtex.splitter import split
from refman.formats.bibtex.usual_entries import UsualEntries
from refman.formats.bibtex.usual_people import usual_people
from refman.formats.bibtex.usual_values import usual_tex
from refman.formats.bibtex.values import evaluate


def _usual(text: str) -> RawEntry | None:
    found = UsualEntries(text).read(0)
    return found[1] if found else None


@pytest.mark.parametrize(
    "text",
    [
        '@article{key, title = {A {nested} {{title}}}, year = 2007, month = jan, note = "in {q} quotes",\n}',
        "@ARTICLE {\n k:2/x ,\n\ta={},b = {x\ny}\r\n}",
        "@misc{a,}",
    ],
)
def test_usual_entries_are_read_by_the_loop(text: str) -> None:
    entry = _usual(text)
    assert entry is not None and entry.end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "@string{a = {b}}",
        "@comment{k, a = {b}}",
        "x@misc{k, a = {b}}",
        "@misc{, a = {b}}",
        "@misc{k l, a = {b}}",
        "@misc(k, a = {b})",
        "@misc{k, a = {b} # jan}",
        "@misc{k, a = {b}, % comment\n c = {d}}",
        "@misc{k, a = {b} c = {d}}",
        "@misc{k, a = {b}, , c = {d}}",
        "@misc{k, a = {{{{{deep}}}}}}",
        "@misc{k, a = {never closed",
        "@misc{k, " + "a" * 61 + " = {b}}",
    ],
)
def test_what_is_odd_is_left_to_the_reader_of_all_cases(text: str) -> None:
    assert _usual(text) is None


_FRAGMENTS = st.sampled_from(
    [
        *("@misc{", "@b{k", ",", "k", " ", "\n", "=", "{", "}", "{x}", '"', '"y"', "12", "jan", "#", "%", "t = {v}, "),
        *("title={A {B} C}", "author", "é", "\\", "(", ")", "\r", "\v", "@", "u={{{{{5}}}}}"),
    ]
)


@given(st.lists(_FRAGMENTS, max_size=16).map("".join))
def test_the_loop_reads_as_the_reader_of_all_cases(rest: str) -> None:
    text = f"@misc{{k, t = {{v}}, {rest}"
    short = _usual(text)
    if short is None:
        return
    long = EntryReader(text, Braces(text)).read(text.index("{"))
    assert (long.key, long.key_start, long.end, long.faults, long.is_broken) == ("k", 6, short.end, [], False)
    assert [field[:4] for field in short.fields] == [field[:4] for field in long.fields]
    assert [tex for *_, tex in short.fields if tex is not None] == [
        evaluate(value, {}).tex for _, value, _, _, tex in short.fields if tex is not None
    ]


_MACROS = {"jan": "January", "12a": "x", "7": "seven"}


@given(st.lists(st.sampled_from([*'{}"#12aé² ', "jan", "feb", "{x}", '"y"']), max_size=8).map("".join))
def test_usual_values_are_what_they_evaluate_to(value: str) -> None:
    tex = usual_tex(value, _MACROS)
    if tex is not None and value == value.strip():
        read = evaluate(value, _MACROS)
        assert (tex, (), True) == (read.tex, read.unknown, read.is_legal)


_FIELDS = st.sampled_from(
    [
        *(
            "title = {A {B} \\& $x$}",
            'author = {Knuth, D. and M{\\"u}ller, J.}',
            'author = "Doe, J. and others"',
            "note={}",
        ),
        *(
            "year = 2007",
            "month = jan",
            "month = {3}",
            "date = {2007-03}",
            "journal = jacm",
            "journal = {CoRR}",
            "pages={1-2}",
        ),
        *(
            "volume = {abs/1806.03107}",
            "AUTHORS = {x}",
            "journaltitle = {J}",
            "keywords = {a, b}",
            "crossref = {p}",
            "doi={}",
        ),
        *("author = {and and X}", "editor = {{Org} AND Roe, R}", "editor = {}", "howpublished = {\\url{http://a.b/c}}"),
        *(
            "year = nine",
            "author = {Doe, J.; Roe, R.}",
            "author = {van Doe, J. et al.}",
            "publisher = {" + "P" * 120 + "}",
        ),
    ]
)


@given(st.lists(_FIELDS, max_size=6))
def test_drafts_of_usual_entries_are_what_the_reader_of_all_cases_makes(fields: list[str]) -> None:
    text = "".join(["@article{k", *(f",\n {field}" for field in fields), ",\n}"])
    (piece,) = split(text)
    entry = piece.entry
    assert entry is not None and entry.is_usual
    short = read_raw(entry, piece.span, macros=STYLE_MACROS, line_of=piece.line_of)
    long = read_raw(replace(entry, is_usual=False), piece.span, macros=STYLE_MACROS, line_of=piece.line_of)
    assert short == long and list(short[0].fields) == list(long[0].fields)


@given(
    st.lists(
        st.sampled_from(["word " * 60, "a", " ", "\n", "\r\n", "\r", "\t", "\x1c", "é", "\u00a0", "\u2003"]), max_size=8
    )
)
def test_one_line_has_runs_of_white_space_as_one_blank(words: list[str]) -> None:
    text = "".join(words)
    assert one_line(text) == " ".join(text.split())


_NAME_PARTS = st.sampled_from(
    [
        *("Knuth", "D.", "E", "van", "O'Neil", "Yu-chuan", "Al", "al", "Et", "others", "Others", "Müller", "ß", "É."),
        *("J.-P.", "X.and", ",", " ", "-", "~", "{M}", '{\\"u}', "and", "AND", ";", "--", "''", "St.John", "\u00a0"),
    ]
)


@given(st.lists(_NAME_PARTS, min_size=1, max_size=5).map(" ".join))
def test_usual_names_are_read_as_all_names_are(name: str) -> None:
    read = read_people(name)
    is_one = len(read.people.names) == 1 and not read.people.truncated and name == name.strip(" ,")
    if not read.faults and is_one:
        assert read.people == People((read_name(name),))


@given(st.lists(_NAME_PARTS, min_size=1, max_size=9).map(" ".join))
def test_fields_of_people_are_cut_alike_with_and_without_a_line_break(names: str) -> None:
    # A line break asks for the long way, which takes it for a blank.
    assert read_people(names) == read_people(names.replace(" ", "\n"))


@given(st.lists(st.lists(_NAME_PARTS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4).map(" and ".join))
def test_people_that_are_looked_up_one_by_one_are_those_of_the_whole_field(names: str) -> None:
    found = usual_people(names)
    if found is not None:
        read = read_people(names)
        assert (read.people, read.faults) == (People(found), ())


def test_keys_are_found_again_among_hundreds_of_thousands() -> None:
    lines = KeyLines()
    assert all(lines.first(f"key{number}", number) is None for number in range(200_000))
    assert [lines.first(f"KEY{number}", 1) for number in (0, 131_071, 131_072, 199_999)] == [
        0,
        131_071,
        131_072,
        199_999,
    ]


@pytest.mark.parametrize("pages", ["7", "12-34", "12--34", "12---34", "12-", "7,9-11", "A-12", "12 - 34", "12-34a"])
def test_pages_are_ranges_the_short_way_and_the_long(pages: str) -> None:
    assert plain_value("pages", pages) == page_ranges(pages)


@pytest.mark.parametrize(
    ("name", "tex", "plain"),
    [
        ("doi", "10.1000/a_b", "10.1000/a_b"),
        ("doi", "https://doi.org/10.1000/a%28b", "10.1000/a(b"),
        ("doi", "10.1000/a\\_b", "10.1000/a_b"),
        ("eprint", "1806.03107", "1806.03107"),
        ("eprint", "arXiv:1806.03107v2", "1806.03107v2"),
    ],
)
def test_identifiers_lose_what_stands_in_front_of_them(name: str, tex: str, plain: str) -> None:
    assert plain_value(name, tex) == plain


def test_blocks_of_bibtexparser_are_made_once_and_only_when_asked_for() -> None:
    (piece,) = split("\n@misc{k,\n t = {v},\n}")
    assert piece.entry is not None and piece.entry.is_usual
    block = piece.block
    assert isinstance(block, Entry) and piece.block is block
    assert (block.entry_type, block.key, block.raw) == ("misc", "k", "@misc{k,\n t = {v},\n}")
    assert [(field.key, field.value, field.start_line) for field in block.fields] == [("t", "{v}", 3)]


# Work


_SHAPES: dict[str, Callable[[int], str]] = {
    "fields": lambda n: "@a{k," + "f = {v},\n" * n + "}",
    "entries": lambda n: "@a{k, f = {v}, g = {w {x}}}\n" * n,
    "authors": lambda n: "@a{k, author = {" + "Knuth, D. and " * n + "others}}",
    "odd authors": lambda n: "@a{k, author = {" + "van {K}, D. AND " * n + "others}}",
    "unclosed values": lambda n: "@a{k, f = {\n" * n,
    "unclosed values, closed at the end": lambda n: "@a{k, f = {\n" * n + "}",
    "unclosed quotes": lambda n: '@a{k, f = "{}\n' * n,
    "signs": lambda n: "@" * n,
    "chain": lambda n: "@a{k, f = 1" + " # 1" * n + "}",
    "comments": lambda n: "@a{k, f = {v},\n" + "% g\n" * n + "}",
    "braces": lambda n: "@a{k, f = " + "{" * n + "}" * n + "}",
    "braces never closed": lambda n: "@a{k, f = " + "{" * n,
    "missing commas": lambda n: "@a{k, f = {v} g = {w}}\n" * n,
    "blanks": lambda n: "@a{k," + " " * n + "} @" * n,
}


@pytest.mark.parametrize("shape", _SHAPES)
def test_twice_the_text_costs_no_more_than_twice_the_calls(shape: str) -> None:
    """Counted, not timed: calls of functions, those written in C included."""
    once, twice, four = (_calls(_SHAPES[shape](n)) for n in (200, 400, 800))
    assert twice <= 2.2 * once + 50 and four <= 2.2 * twice + 50


def _calls(text: str) -> int:
    count = 0

    def take(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(take)
    try:
        read_text(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.uncovered
@pytest.mark.parametrize("shape", _SHAPES)
def test_large_shapes_end(shape: str) -> None:
    """What a look that starts anew for every entry would not do within the limit for a test."""
    n = 300 if shape == "blanks" else 20_000
    assert read_text(_SHAPES[shape](n)).problems is not None
