"""What biblatex prints of a part of a book and of subtitles leaves for BibTeX's styles."""

import pytest

from refman.formats.bibtex.subtitles import with_joined_titles
from tests.formats.bibtex.bib import BIBLATEX, exported
from tests.formats.bibtex.test_shaping import fields

PART = (
    "@inbook{k,\n  author = {A B},\n  title = {The {DNA} Part},\n  subtitle = {A Story},\n  booktitle = {Book?},\n"
    "  booksubtitle = {No},\n  publisher = {P and Q},\n  date = {2020},\n  location = {Here},\n}\n\n"
)


def test_a_part_of_a_book_of_biblatex_becomes_one_of_bibtex() -> None:
    text = exported(PART)
    found = fields(text)
    assert text.startswith("@incollection{k,")
    assert (found["title"], found["booktitle"]) == ("{The {DNA} Part: A Story}", "{Book? No}")
    assert found["publisher"] == "{P and Q}" and "subtitle" not in text and "booksubtitle" not in text
    assert exported(PART, BIBLATEX) == PART


def test_a_parent_gives_its_subtitle_with_its_title() -> None:
    text = exported(
        "@inbook{a, title={Part}, crossref={p}, date={2020}}\n@book{p, title={T}, subtitle={S}, date={2019}}"
    )
    assert text.startswith("@incollection{a,") and "booktitle = {T: S}" in text and "  title = {T: S}" in text


def test_what_was_read_as_bibtex_stays() -> None:
    text = "@inbook{k,\n  title = {T},\n  subtitle = {S},\n  booktitle = {B},\n  year = 2020,\n}\n\n"
    assert exported(text) == text


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        ("{{Neue Sache}}", "{{Sub}}", "{{Neue Sache}: {Sub}}"),
        ('"T"', "{S}", '"T" # {: } # {S}'),
        ("{A} # {B}", "{S}", "{A} # {B} # {: } # {S}"),
        ("{What?}", "{S}", "{What? S}"),
    ],
)
def test_values_are_joined_with_their_braces(title: str, subtitle: str, joined: str) -> None:
    assert with_joined_titles([("title", title), ("subtitle", subtitle)]) == [("title", joined)]
    assert with_joined_titles([("subtitle", subtitle)]) == [("subtitle", subtitle)]
