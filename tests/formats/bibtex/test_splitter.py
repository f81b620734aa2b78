from pathlib import Path

import pytest
from bibtexparser.model import (
    Block,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)
from bibtexparser.splitter import Splitter
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibtex.reading import read_text
from refman.formats.bibtex.splitter import Piece, split
from tests.formats.bibtex.bib import DATA


def pieces(text: str) -> list[Piece]:
    return list(split(text))


def entry(text: str) -> Entry:
    (piece,) = pieces(text)
    assert isinstance(piece.block, Entry)
    return piece.block


def fields(text: str) -> dict[str, str]:
    return {field.key: field.value for field in entry(text).fields}


def kinds(text: str) -> list[type[Block]]:
    return [type(piece.block) for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{k, t = {x {y {z {w {v}}}}}}", {"t": "{x {y {z {w {v}}}}}"}),
        ('@a{k, t = "x {"} y"}', {"t": '"x {"} y"'}),
        ('@a{k, t = jan # { x} # "y" # 12, u = 3}', {"t": 'jan # { x} # "y" # 12', "u": "3"}),
        ("@a{k, t = {ends in a backslash\\}, u = {x}}", {"t": "{ends in a backslash\\}", "u": "{x}"}),
        ("@a(k, t = {round ) brackets}, u = (oops)", {"t": "{round ) brackets}"}),
        ("@a{k, t = {x},\n  % an old value: u = {y},\n  v = {z}}", {"t": "{x}", "v": "{z}"}),
        ("@a{k, t = {x} % behind\n}", {"t": "{x}"}),
        ("@a{k,t={x},}", {"t": "{x}"}),
        ("@a{k}", {}),
    ],
)
def test_values_are_read_as_bibtex_reads_them(text: str, expected: dict[str, str]) -> None:
    assert fields(text) == expected


def test_type_and_key_are_as_written_but_the_type_in_small_letters() -> None:
    read = entry("@ InProceedings ( DBLP:conf/x+Y , t={x})")
    assert (read.entry_type, read.key) == ("inproceedings", "DBLP:conf/x+Y")


def test_every_kind_of_block_is_told_apart() -> None:
    text = 'free\n@string{a = {b}}\n@preamble{"x" # {y}}\n@comment{@a{k}}\n@Comment rest\n@a{k}\n@a{k, t={'
    assert kinds(text) == [
        ImplicitComment,
        String,
        Preamble,
        ExplicitComment,
        ExplicitComment,
        Entry,
        ParsingFailedBlock,
    ]


def test_places_are_exact_with_every_kind_of_line_end() -> None:
    text = "\ufeffx\r\n@a{k,\r t={1}}\r\r\n\n@b{l}"
    read = pieces(text)
    assert [text[piece.span.start : piece.span.end] for piece in read] == ["x", "@a{k,\r t={1}}", "@b{l}"]
    assert [piece.span.line for piece in read] == [1, 2, 6]


def test_lines_of_problems_and_fields_count_from_the_start_of_the_text() -> None:
    (piece,) = pieces("\n\n@a{k,\n t={1},\n u={2}\n v={3}\n}")
    assert isinstance(piece.block, Entry)
    assert [field.start_line for field in piece.block.fields] == [4, 5]
    assert [(problem.line, problem.code) for problem in piece.problems] == [(6, "missing-comma")]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("@a{bad, t={x", "value-not-closed"),
        ('@a{bad, t="x', "value-not-closed"),
        ('@a{bad, t="x}, y={z}}', "value-not-closed"),
        ("@a{bad, t={x, y={z}\n}", "entry-not-closed"),
        ("@a{bad t={x}}", "missing-comma"),
        ("@a{bad, ={x}}", "no-field-name"),
        ("@a{bad, t {x}}", "no-equals-sign"),
        ("@a{bad, t = }", "no-value"),
        ("@string{ = {x}}", "broken-block"),
        ("@string{x = {y}", "broken-block"),
        ("@preamble{x y}", "broken-block"),
    ],
)
def test_a_broken_block_is_kept_as_text_and_its_neighbours_are_read(broken: str, code: str) -> None:
    text = f"@a{{before, t={{1}}}}\n{broken}\n@a{{after, t={{2}}}}\n"
    before, bad, after = pieces(text)
    assert isinstance(before.block, Entry) and isinstance(after.block, Entry)
    assert isinstance(bad.block, ParsingFailedBlock)
    assert (bad.block.raw, bad.problems[0].line, bad.problems[0].code) == (broken, 2, code)


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        ("@a{k, t={1} u={2}}", "missing-comma"),
        ("@a{k, t={1},, u={2}}", "no-field-name"),
        ("@a{k, t={1}, u {2}}", "no-equals-sign"),
        ("@a{k, t={1}, u = , v={3}}", "no-value"),
        ("@a(k, t={1} u={2})", "missing-comma"),
        ("@a{k, t={1}", "entry-not-closed"),
        ("@a{k, t={1},", "entry-not-closed"),
    ],
)
def test_a_fault_behind_good_fields_keeps_them_as_bibtex_does(faulty: str, code: str) -> None:
    text = f"{faulty}\n@a{{after, t={{2}}}}"
    first, after = pieces(text)
    assert isinstance(first.block, Entry) and isinstance(after.block, Entry)
    assert [(field.key, field.value) for field in first.block.fields] == [("t", "{1}")]
    assert (first.block.raw, [problem.code for problem in first.problems]) == (faulty, [code])


@pytest.mark.parametrize(
    "open_entry",
    [
        "@article{a, title={x ",
        "@article{a, title={x, year=2001}, ",
        '@article{a, title="x, year=2001}, ',
        "@article{a, title={x}, year=2000 ",
        "@article{a, title=x ",
        "@article{a ",
        "@article(a, title={x}, year=2000 ",
        "@string{a = {x ",
        "@preamble{{x ",
    ],
)
def test_a_neighbour_on_the_line_of_an_open_block_is_read(open_entry: str) -> None:
    sound = '@Book {b, title={y}, year=2000} @string{s = "S"} @misc{c, note=s}'
    found = list(split("@misc{z, t={z}} " + open_entry + sound))
    assert [piece.block.raw for piece in found[:2]] == ["@misc{z, t={z}}", open_entry.strip()]
    assert [piece.entry.key if piece.entry else type(piece.block).__name__ for piece in found[2:]] == [
        "b",
        "String",
        "c",
    ]
    assert found[1].problems and not any(piece.problems for piece in found[2:])


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={see @article{b, title={y}, year=2000}}, year=2000}",
        "@article{a, note={see @article{b, title={y}}}, year=2000 x={3}}",
    ],
)
def test_an_entry_in_a_value_that_closes_is_text(text: str) -> None:
    (piece,) = split(text)
    assert piece.entry and piece.entry.key == "a" and piece.block.raw == text


def test_an_address_in_free_text_is_no_entry() -> None:
    assert kinds("Write to me@home.org {at work} or @all.") == [ImplicitComment]
    assert kinds("x@article{key, title={t}}") == [ImplicitComment, Entry]


def test_an_at_sign_at_the_start_of_a_line_inside_a_closed_value_is_text() -> None:
    text = "@a{k, t={mail\n@b{x}\nend}, u={v}}"
    assert fields(text) == {"t": "{mail\n@b{x}\nend}", "u": "{v}"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("@a(key(with)parens, t = 1)", ["key(with)parens"]),
        ("@a(k)\n@b(l, t = 1)", ["k", "l"]),
        ("@a(k)@b(l, t = 1)", ["k", "l"]),
    ],
)
def test_parentheses_that_pair_belong_to_a_key(text: str, keys: list[str]) -> None:
    assert [piece.entry.key for piece in split(text) if piece.entry] == keys


def test_keys_missing_or_with_blanks_are_told() -> None:
    codes = [[problem.code for problem in piece.problems] for piece in pieces("@a{, t={1}}@a{t={1}}@a{a b, t={1}}")]
    assert codes == [["no-key"], ["no-key"], ["key-with-blanks"]]


_WELL_FORMED = sorted((DATA / "bibtex").glob("*.bib")) + sorted((DATA / "biblatex").glob("*.bib"))


@pytest.mark.parametrize("path", _WELL_FORMED, ids=lambda path: path.name)
def test_agrees_with_bibtexparser_on_what_both_read_right(path: Path) -> None:
    text = path.read_text("utf-8")
    ours = [piece.block for piece in split(text) if isinstance(piece.block, Entry | String)]
    theirs = [block for block in Splitter(text).split().blocks if isinstance(block, Entry | String)]
    assert [_content(block) for block in ours] == [_content(block) for block in theirs]


def _content(block: Entry | String) -> tuple[str, object]:
    if isinstance(block, String):
        return block.key, block.value
    return block.key, (block.entry_type, [(field.key, field.value) for field in block.fields])


_PARTS = st.sampled_from(
    ["@", "@a{", "@a(", "k,", "t=", "{", "}", '"', "(", ")", ",", "#", "jan", "%", "\\", "\n", "\r", " ", "@comment",
     "@string{", "@preamble{", "é", "x", "1", "\n@b{l, t={1}}\n"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join))
def test_nothing_raises_and_no_character_is_lost(text: str) -> None:
    end = 0
    for piece in split(text):
        assert text[end : piece.span.start].strip() == ""
        assert piece.block.raw == text[piece.span.start : piece.span.end] != ""
        assert piece.span.line == 1 + text[: piece.span.start].replace("\r\n", "\n").replace("\r", "\n").count("\n")
        end = piece.span.end
    assert text[end:].strip() == ""


_N = 5_000


@pytest.mark.parametrize(
    "text",
    [
        "@a{b,c={\n" * _N,
        "@a{b,c={ " * _N,
        "@a{k, t={x} y=2} " * _N,
        "@a(k, t={x} y=2 " * _N,
        '@a{k, t="{}{}{}\n' * _N,
        "@a{k, t=" + "{" * _N + "}" * _N + "}",
        "@a{k, t=" + "{" * _N,
        "@a{b," + "c=1,\n" * _N,
        "@a{b,c=1" + "#1" * _N,
        "@comment{\n" * _N,
        "@string{a={\n" * _N,
        "@" * _N,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_shapes_take_one_pass(text: str) -> None:
    """A second pass for every entry would take minutes and end in the limit for a test."""
    assert sum(piece.span.end - piece.span.start for piece in split(text)) <= len(text)


def test_field_objects_are_those_of_bibtexparser() -> None:
    assert entry("@a{k, t={x}}").fields == [Field("t", "{x}", 1)]


def test_a_form_in_a_comment_line_is_no_entry() -> None:
    form = '%% @BOOKLET{,\n  key = "",\n  title = "",\n}'
    result = read_text(f"{form}\n@misc{{, title = {{No key}}}}\n% @misc{{kept, title = {{BibTeX reads it}}}}\n")
    assert [draft.plain("title") for draft in result.drafts] == ["No key", "BibTeX reads it"]
    assert result.blocks[0].raw == form
