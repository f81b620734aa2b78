"""Entries leave as their own text until somebody edits them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from refman.domain.paper import FieldValue, Origin, Paper, People
from refman.formats.bibtex.dialects import Dialect
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX, EXPORTERS, context_of, exported, papers_of, read

_ENTRY = """@Article(Key1 ,
    Title   = "The {DNA} of " # jmlr,
    title = {Twice},
    AUTHOR={Doe, Jane and {others}} ,year=2020,
    Pages = {1-2}, x-y = {Z})"""
_TEXT = f'@string{{jmlr = "J"}}\n{_ENTRY}\n'


def _export(text: str, change: Paper | None = None, dialect: Dialect = BIBTEX) -> str:
    result = read(text)
    papers = [change] if change else papers_of(result)
    return "".join(EXPORTERS[dialect].write(papers, context_of(text, result)))


def _only(text: str) -> Paper:
    (one,) = papers_of(read(text))
    return one


def test_layout_case_of_names_and_a_second_field_stay() -> None:
    assert exported(_TEXT) == f'@string{{jmlr = "J"}}\n\n{_ENTRY}\n\n'


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, fields={**one.fields, "year": FieldValue("2021", None, Origin.PERSON)}),
        lambda one: replace(one, fields={k: v for k, v in one.fields.items() if k != "x-y"}),
        lambda one: replace(one, people={"author": People((), origin=Origin.PERSON)}),
        lambda one: replace(one, people={**one.people, "editor": one.people["author"]}),
        lambda one: replace(one, type="book"),
    ],
)
def test_an_edit_writes_the_entry_anew(change: Callable[[Paper], Paper]) -> None:
    assert _ENTRY not in _export(_TEXT, change(_only(_TEXT)))


@pytest.mark.parametrize(
    "fields",
    [
        {"score": FieldValue("95", None)},
        {"eprint": FieldValue("2605.06651", is_guess=True)},
        {"note": FieldValue("", None, Origin.PERSON)},
        {"day": FieldValue("3", None, Origin.PERSON)},
        {"primaryclass": FieldValue("cs.AI")},
        {"archiveprefix": FieldValue("arXiv")},
    ],
)
def test_what_never_leaves_is_no_edit(fields: dict[str, FieldValue]) -> None:
    one = _only(_TEXT)
    assert _ENTRY in _export(_TEXT, replace(one, fields={**one.fields, **fields}))


def test_only_the_key_is_replaced_when_it_had_to_change() -> None:
    assert _ENTRY.replace("Key1", "Key1a") in _export(_TEXT, replace(_only(_TEXT), key="Key1a"))


def test_only_letters_beyond_ascii_are_replaced_for_bibtex() -> None:
    text = "@Misc{k ,\n\tTitle = {Éa},  url={http://x/é}, file = {é.pdf}\n}"
    assert exported(text) == "@Misc{k ,\n\tTitle = {{\\'E}a},  url={http://x/%C3%A9}, file = {é.pdf}\n}\n\n"


def test_types_stay_in_their_dialect_and_become_the_nearest_in_the_other() -> None:
    classic = "@foo{a, title = {T}, year = 2020}\n@online{b, title = {T}, year = 2020, url = {u}}\n"
    assert [line for line in exported(classic).splitlines() if line] == classic.splitlines()
    assert "@foo{a" in exported(classic, BIBLATEX)
    modern = "@foo{a, title = {T}, date = {2020-05-07}}\n@thesis{b, title = {T}, date = {2020}}\n"
    assert [line for line in exported(modern, BIBLATEX).splitlines() if line] == modern.splitlines()
    assert "@misc{a" in exported(modern) and "@phdthesis{b" in exported(modern)
    assert "date = {2020-05-07}" in exported(modern)


def test_an_edited_entry_keeps_the_type_that_was_read() -> None:
    text = "@foo{a, title = {T}, year = 2020}"
    one = _only(text)
    edited = replace(one, fields={**one.fields, "note": FieldValue("N", None, Origin.PERSON)})
    assert _export(text, edited).startswith("@foo{a,\n")
    assert _export(text, replace(edited, type="bar")).startswith("@misc{a,\n")


def test_an_entry_that_the_engine_would_stop_at_is_written_anew() -> None:
    assert exported("@misc{a, title = {T} year = 2020}") == "@misc{a,\n  title = {T},\n}\n\n"
    assert "% c" not in exported("@misc{a, title = {T}, % c\n year = 2020}")


def test_names_in_the_form_of_biblatex_are_never_given_to_bibtex() -> None:
    text = "@misc{a, author = {family=Waals, given=J.}, title = {T}}"
    assert "author = {Waals, J.}" in exported(text)
    assert "family=Waals" in exported(text, BIBLATEX)


def test_a_preamble_leaves_with_the_entries_of_its_file() -> None:
    text = '@string{s = "x"}\n@preamble{s # "\\newcommand{\\y}{}"}\n@misc{a, title = {T}}'
    assert exported(text).startswith('@string{s = "x"}\n@preamble{s # "\\newcommand{\\y}{}"}\n\n@misc')
