"""Tidying: named rules, what stays where it is, what is never touched; the same again and the same to read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.formats.bibfile.document import document_of, read_document
from refman.formats.bibfile.sameness import say_the_same
from refman.formats.bibfile.tidy_rules import SUMMARIES, USUAL_RULES, Rule
from refman.formats.bibfile.tidying import tidied

_SAMPLES = sorted((Path(__file__).parents[2] / "data" / "bibtex").rglob("*.bib"))


def _tidy(text: str, *rules: Rule) -> str:
    return tidied(document_of(text), rules or USUAL_RULES).text


def test_everything_at_once() -> None:
    text = """

@String{jx = "Journal of X"}
@Article ( zeta ,
   YEAR=2001, Author = "Zoe Z", title="A {B}",
   journal = jx # " B")
@misc{alpha,title={One}}
"""
    assert (
        _tidy(text)
        == """@String{jx = "Journal of X"}

@misc{alpha,
  title = {One},
}

@article(zeta,
  author = {Zoe Z},
  title = {A {B}},
  journal = jx # " B",
  year = 2001,
)
"""
    )


@pytest.mark.parametrize(
    ("rule", "text", "tidy"),
    [
        (Rule.SORT, "@misc{b, note=1}\n@misc{A, note=2}\n", "@misc{A, note=2}\n@misc{b, note=1}\n"),
        (Rule.FIELDS, "@misc{a, year=1, title={T}, author={A}}", "@misc{a, author={A}, title={T}, year=1}"),
        (Rule.NAMES, "@MISC{a, NOTE={T}}", "@misc{a, note={T}}"),
        (Rule.DELIMITERS, '@misc{a, note="T", year=1, x="a" # b}', '@misc{a, note={T}, year=1, x="a" # b}'),
        (Rule.INDENT, "@misc { a,note={T}, year =  1}", "@misc{a,\n  note = {T},\n  year = 1\n}"),
        (Rule.ALIGN, "@misc{a, x={T}, year={1}}", "@misc{a, x    = {T}, year = {1}}"),
        (Rule.COMMAS, "@misc{a, note={T}\n}", "@misc{a, note={T},\n}"),
        (Rule.BLANK_LINES, "\n@misc{a}\n@misc{b}\n\n\n\n@misc{c}", "@misc{a}\n\n@misc{b}\n\n@misc{c}\n"),
    ],
)
def test_each_rule_by_itself(rule: Rule, text: str, tidy: str) -> None:
    assert _tidy(text, rule) == tidy
    assert _tidy(tidy, rule) == tidy


def test_parents_of_a_crossref_go_behind_their_children() -> None:
    text = "@proceedings{a, title={P}, crossref={a0}}\n@book{a0, title={S}}\n@inproceedings{b, crossref = {A}}\n"
    keys = [entry.key for entry in document_of(_tidy(text)).entries]
    assert keys == ["b", "a", "a0"]


def test_comments_go_with_their_entry_and_headings_stay() -> None:
    text = (
        "% The file\n\n% about b\n@misc{b} % of b\n% about a\n@misc{a}\n\n%% Part two\n\n@misc{d}\n@misc{c}\n"
        "@comment{jabref-meta: x;}\n"
    )
    assert _tidy(text, Rule.SORT, Rule.BLANK_LINES) == (
        "% The file\n\n% about a\n@misc{a}\n\n% about b\n@misc{b} % of b\n\n%% Part two\n\n@misc{c}\n\n@misc{d}\n\n"
        "@comment{jabref-meta: x;}\n"
    )


def test_strings_stay_before_the_entries_that_use_them() -> None:
    text = '@misc{z}\n@string{j = "J"}\n@misc{b, note = j}\n@string{j = "K"}\n@misc{a, note = j}\n'
    after = document_of(_tidy(text))
    assert [entry.key for entry in after.entries] == ["z", "b", "a"]
    assert say_the_same(document_of(text), after)


def test_equal_keys_keep_their_order() -> None:
    text = "@misc{B, note={1}}\n@misc{a}\n@misc{b, note={2}}\n@misc{B, note={3}}\n"
    assert [(one.key, len(one.fields)) for one in document_of(_tidy(text)).entries] == [
        ("a", 0),
        ("B", 1),
        ("b", 1),
        ("B", 1),
    ]
    assert _tidy(text).index("{1}") < _tidy(text).index("{2}") < _tidy(text).index("{3}")


def test_of_two_fields_of_one_name_the_first_stays_first() -> None:
    text = "@article{a, year=1, journaltitle={First}, title={T}, journal={Second}}"
    tidy = _tidy(text)
    assert tidy.index("First") < tidy.index("Second")
    assert say_the_same(document_of(text), document_of(tidy))


@pytest.mark.parametrize(
    "odd",
    [
        "@misc{a,\n  note = {T}, % a comment\n  YEAR = 1}",
        "@misc{a, note = {T} year = 1}",
        "@misc{, NOTE = {T}}",
        "@misc{a, NOTE = {T",
        "@misc{a, NOTE = }",
    ],
)
def test_what_is_odd_keeps_its_text(odd: str) -> None:
    text = f"@misc{{b}}\n\n{odd}\n"
    tidy = _tidy(text)
    assert odd in tidy
    assert _tidy(tidy) == tidy
    assert say_the_same(document_of(text), document_of(tidy))


def test_a_block_that_nothing_closes_keeps_what_follows_it() -> None:
    text = "@misc{x, title = {T\n% of b\n@misc{b, note={1}}\n% of a\n@misc{a, note={2}}\n"
    tidy = _tidy(text)
    assert _tidy(tidy) == tidy
    assert say_the_same(document_of(text), document_of(tidy))


def test_line_ends_and_encoding_stay() -> None:
    data = "\ufeff@misc{b, note={ü}}\r\n@misc{a}\r\n".encode()
    after = tidied(read_document(data, "x.bib"))
    assert after.data == "\ufeff@misc{a,\r\n}\r\n\r\n@misc{b,\r\n  note = {ü},\r\n}\r\n".encode()


def test_a_form_feed_between_entries_stays() -> None:
    assert "\f" in _tidy("@misc{b}\n\f\n@misc{a}\n")


@pytest.mark.parametrize("text", ["", "\n\n", "% only words\n", "@comment{x}\n"])
def test_files_without_entries(text: str) -> None:
    assert _tidy(text).strip() == text.strip()
    assert _tidy(_tidy(text)) == _tidy(text)


def test_a_tidy_file_is_the_very_document() -> None:
    document = document_of("@misc{a,\n  note = {T},\n}\n")
    assert tidied(document) is document


@pytest.mark.parametrize("path", _SAMPLES, ids=lambda path: path.name)
def test_samples_say_the_same_and_are_tidy_once(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    for rules in (USUAL_RULES, tuple(Rule), *((rule,) for rule in Rule)):
        once = tidied(document, rules)
        assert say_the_same(document, once)
        assert tidied(once, rules).text == once.text


_BLANKS = st.sampled_from(["", " ", "\n", "\n\n", "\n\n\n", " \n\t"])
_NAMES = st.sampled_from(["title", "TITLE", "year", "journal", "journaltitle", "x-y", "author", "crossref"])
_VALUES = st.sampled_from(["{A {B} c}", '"A {"}B"', "2001", "jan", '"a" # jan', "{a}", "{}", "{%x}", '"q\\"'])
_COMMENTS = st.sampled_from(["% note", "words", "% a\n\n% b", "@comment{x y}", '@string{j = "J"}', "%\n% two\n\n\n% c"])


@st.composite
def _entry(draw: st.DrawFn) -> str:
    fields = [
        f"{draw(_BLANKS)}{draw(_NAMES)}{draw(_BLANKS)}={draw(_BLANKS)}{draw(_VALUES)}{draw(_BLANKS)}"
        for _ in range(draw(st.integers(0, 4)))
    ]
    key = draw(st.sampled_from(["a", "b", "B", "c:d", "Ä"]))
    comma = draw(st.sampled_from(["", ","]))
    return f"@{draw(st.sampled_from(['misc', 'Book']))}{{{','.join([key, *fields])}{comma}{draw(_BLANKS)}}}"


@given(st.lists(st.one_of(_entry(), _entry(), _COMMENTS, _BLANKS, st.text('@{}"%,= \nab', max_size=8)), max_size=8))
def test_whatever_stands_in_a_file(pieces: list[str]) -> None:
    document = document_of("\n".join(pieces))
    once = tidied(document)
    assert say_the_same(document, once)
    assert tidied(once).text == once.text


def test_every_rule_is_explained() -> None:
    assert set(SUMMARIES) == set(Rule)


def test_text_that_would_be_read_otherwise_beside_another_entry_is_not_moved() -> None:
    text = "@misc{a}\n=@\n\n% note\n@misc{b}\n@misc{a}\n"
    tidy = _tidy(text)
    assert [one.key for one in document_of(tidy).entries] == ["a", "b", "a"]
    assert _tidy(tidy) == tidy
