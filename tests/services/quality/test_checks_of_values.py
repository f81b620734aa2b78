"""Checks of numbers and dates: check digits, pages, months, days, and what their fixes make of them."""

import pytest

from refman.domain.check_digits import is_isbn, is_issn
from refman.domain.quality import CheckName
from refman.formats.bibtex.dialects import Dialect
from tests.services.quality.entries import codes_of, fixed_by


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("doi = {10.1000/xyz}", "", ""),
        ("doi = {10.1000/a\\_b}", "", ""),
        ("doi = {https://doi.org/10.1000/xyz}", "doi-not-bare", "doi = {10.1000/xyz}"),
        ('doi = "doi: 10.1000/xyz"', "doi-not-bare", 'doi = "10.1000/xyz"'),
        ("doi = {{10.1000/xyz}}", "doi-not-bare", "doi = {10.1000/xyz}"),
        ("doi = {10.1000/xyz.}", "doi-end", "doi = {10.1000/xyz.}"),
        ("doi = {n/a}", "no-doi", "doi = {n/a}"),
        ("doi = {see 10.1000/xyz here}", "no-doi", "doi = {see 10.1000/xyz here}"),
    ],
)
def test_doi(fields: str, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.DOI) == ([code] if code else [])
    assert fixed_by(fields, CheckName.DOI) == (fixed or fields)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("0-306-40615-2", True),
        ("0-306-40615-3", False),
        ("0-8044-2957-X", True),
        ("978-0-306-40615-7", True),
        ("978-0-306-40615-8", False),
        ("123", False),
        ("12345678901234", False),
        ("1234567890123", False),
        ("X234567890", False),
    ],
)
def test_check_digits_of_isbn(text: str, is_right: bool) -> None:
    assert is_isbn(text) is is_right


@pytest.mark.parametrize(
    ("text", "is_right"), [("0378-5955", True), ("2434-561X", True), ("0378-5954", False), ("1", False)]
)
def test_check_digits_of_issn(text: str, is_right: bool) -> None:
    assert is_issn(text) is is_right


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("isbn = {0-306-40615-2}", "", ""),
        ("isbn = {9780306406157, 0-306-40615-2}", "", ""),
        ("isbn = {0-306-40615-3}", "isbn-digit", ""),
        ("isbn = {none}", "no-isbn", ""),
        ("isbn = {0378-5955}", "no-isbn", ""),
        ("isbn = {ISBN: 0–306–40615–2}", "isbn-label", "isbn = {0-306-40615-2}"),
    ],
)
def test_isbn(fields: str, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.ISBN) == ([code] if code else [])
    assert fixed_by(fields, CheckName.ISBN) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("issn = {0378-5955}", "", ""),
        ("issn = {0378-5954}", "issn-digit", ""),
        ("issn = {x}", "no-issn", ""),
        ("issn = {03785955}", "issn-hyphen", "issn = {0378-5955}"),
        ("issn = {ISSN 0378-5955}", "issn-label", "issn = {0378-5955}"),
    ],
)
def test_issn(fields: str, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.ISSN) == ([code] if code else [])
    assert fixed_by(fields, CheckName.ISSN) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("pages = {12--34}", "", ""),
        ("pages = {1234--45}", "", ""),
        ("pages = {e12345}", "", ""),
        ("pages = {12-34}", "pages-form", "pages = {12--34}"),
        ("pages = {pp. 12–34}", "pages-form", "pages = {12--34}"),
        ("pages = {12-–34}", "pages-form", "pages = {12--34}"),
        ("pages = {34--12}", "pages-fall", ""),
        ("pages = {n/a}", "no-pages", ""),
        ("pages = {12\\,ff}", "", ""),
        ('pages = "1" # x', "", ""),
    ],
)
def test_pages(fields: str, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.PAGES) == ([code] if code else [])
    assert fixed_by(fields, CheckName.PAGES) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "dialect", "code", "fixed"),
    [
        ("month = jan", Dialect.BIBTEX, "", ""),
        ('month = "10~" # jan', Dialect.BIBTEX, "", ""),
        ("month = {January}", Dialect.BIBTEX, "month-macro", "month = jan"),
        ("month = {jan}", Dialect.BIBTEX, "month-macro", "month = jan"),
        ("month = sept", Dialect.BIBTEX, "month-macro", "month = sep"),
        ("month = 5", Dialect.BIBTEX, "month-macro", "month = may"),
        ("month = {5}", Dialect.BIBLATEX, "", ""),
        ("month = {13}", Dialect.BIBTEX, "no-month", ""),
        ("month = {Spring}", Dialect.BIBTEX, "", ""),
        ("month = {Spring}", Dialect.BIBLATEX, "no-month", ""),
        ("year = 2001, month = {Spring}", Dialect.BIBLATEX, "month-as-date", ""),
        ("year = 2001, month = {Jan.--Feb.}", Dialect.BIBLATEX, "month-as-date", ""),
        ("year = 2001, month = {Jan.--Feb.}", Dialect.BIBTEX, "", ""),
        ("year = 2001, month = {Dec/Jan}", Dialect.BIBTEX, "", ""),
        ("year = 2001, month = {Dec/Jan}", Dialect.BIBLATEX, "no-month", ""),
    ],
)
def test_month(fields: str, dialect: Dialect, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.MONTH, dialect) == ([code] if code else [])
    assert fixed_by(fields, CheckName.MONTH, dialect) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("date = {2006-05-07}", "", ""),
        ("date = {199X/..}", "", ""),
        ("date = {2006/05/07}", "no-date", "date = {2006-05-07}"),
        ("urldate = {2006-5-7}", "no-date", "urldate = {2006-05-07}"),
        ("date = {7 May}", "no-date", ""),
        ("date = {2006-02-30}", "no-day", ""),
        ("date = {2006}, year = {2007}", "year-overruled", ""),
        ("year = {2006a}", "no-year", ""),
        ("year = {2006.}", "no-year", "year = {2006}"),
    ],
)
def test_dates(fields: str, code: str, fixed: str) -> None:
    assert codes_of(fields, CheckName.DATE, Dialect.BIBLATEX) == ([code] if code else [])
    assert fixed_by(fields, CheckName.DATE, Dialect.BIBLATEX) == (fixed or fields)
