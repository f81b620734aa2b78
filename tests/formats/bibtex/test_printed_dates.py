"""Dates that say more than year and month, as styles of BibTeX print them."""

import pytest

from refman.formats.bibtex.printed_dates import printed_date
from tests.formats.bibtex.bib import paper, read, read_one, stored, written


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("199X", "1990--1999", ""),
        ("19XX", "1900--1999", ""),
        ("-199X", "-199X", ""),
        ("1723~", "ca. 1723", ""),
        ("1990?", "1990?", ""),
        ("1990%", "ca. 1990?", ""),
        ("../1990", "--1990", ""),
        ("/1990~", "--ca. 1990", ""),
        ("1999/2001", "1999--2001", ""),
        ("1723~/1725", "ca. 1723--1725", ""),
        ("1999/1999", "1999", ""),
        ("2001/", "2001", ""),
        ("2001/..", "2001", ""),
        ("2004-07-XX", "2004", "jul"),
        ("2004-XX-XX", "2004", ""),
        ("2004-XX", "2004", ""),
        ("2004-06~", "2004", '"ca. " # jun'),
        ("2004-06-11?", "2004?", "jun"),
        ("2001-21", "2001", "{Spring}"),
        ("2004-02-01/2004-02-05", "2004", "feb"),
        ("2020-05-07T12:00:00Z", "2020", "may"),
        ("Y17000", "17000", ""),
        ("y17000", "", ""),
        ("y20345", "", ""),
        ("soon", "", ""),
    ],
)
def test_a_date_names_no_year_that_it_does_not_name(text: str, year: str, month: str) -> None:
    assert printed_date(text) == (year, month)


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        ("199X", "{1990--1999}", ""),
        ("1723~", "{ca. 1723}", ""),
        ("2004-07-XX", "{2004}", "jul"),
        ("2001-21", "{2001}", "{Spring}"),
        ("1999-10/2000-02", "{1999}", "oct"),
        ("y17000", "", ""),
    ],
)
def test_what_was_read_leaves_so_for_bibtex_with_its_date(date: str, year: str, month: str) -> None:
    one = stored(read_one(f"@book{{k, title = {{T}}, date = {{{date}}}}}"))
    assert (written(one, "year"), written(one, "month"), written(one, "date")) == (year, month, f"{{{date}}}")


def test_a_year_that_stands_beside_the_date_leaves_as_it_stands() -> None:
    one = stored(read_one("@book{k, title = {T}, date = {199X}, year = {1990}}"))
    assert written(one, "year") == "{1990}"
    assert written(paper(date="199X", year="1995"), "year") == "{1995}"


def test_what_leaves_is_read_again_without_a_word() -> None:
    one = "@book{k, title = {T}, year = {1990--1999}, date = {199X}}"
    assert [problem.code for problem in read(one).problems] == []
    assert read_one(one).plain("year") == "1990"
