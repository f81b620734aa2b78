"""Each check on entries that have something odd and on those that have not, and what its fix makes of them."""

import pytest

from refman.domain.check_digits import is_isbn, is_issn
from refman.domain.quality import CheckName, Severity, parse_ignored, show_ignored
from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.tidy_rules import Rule
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.checks import CHECKS
from refman.services.quality.file_fixes import fixed_document
from refman.services.quality.file_quality import FileFinding, FileLooking, look_at
from tests.source import ROOT

_ENTRY = "@misc{{k, {0}}}"


def _found(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX, entry: str = _ENTRY) -> list[FileFinding]:
    return look_at(document_of(entry.format(fields)), FileLooking((check,), dialect))


def _codes(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX) -> list[str]:
    return [found.finding.code for found in _found(fields, check, dialect)]


def _fixed(fields: str, check: CheckName, dialect: Dialect = Dialect.BIBTEX) -> str:
    """The fields after the certain fixes of a check; looking again finds no fix."""
    looking = FileLooking((check,), dialect)
    document, _ = fixed_document(document_of(_ENTRY.format(fields)), [check], looking)
    assert fixed_document(document, [check], looking)[1] == 0
    return document.text.removeprefix("@misc{k, ").removesuffix("}")


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
    assert _codes(fields, CheckName.DOI) == ([code] if code else [])
    assert _fixed(fields, CheckName.DOI) == (fixed or fields)


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
    assert _codes(fields, CheckName.ISBN) == ([code] if code else [])
    assert _fixed(fields, CheckName.ISBN) == (fixed or fields)


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
    assert _codes(fields, CheckName.ISSN) == ([code] if code else [])
    assert _fixed(fields, CheckName.ISSN) == (fixed or fields)


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
    assert _codes(fields, CheckName.PAGES) == ([code] if code else [])
    assert _fixed(fields, CheckName.PAGES) == (fixed or fields)


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
    ],
)
def test_month(fields: str, dialect: Dialect, code: str, fixed: str) -> None:
    assert _codes(fields, CheckName.MONTH, dialect) == ([code] if code else [])
    assert _fixed(fields, CheckName.MONTH, dialect) == (fixed or fields)


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
    assert _codes(fields, CheckName.DATE, Dialect.BIBLATEX) == ([code] if code else [])
    assert _fixed(fields, CheckName.DATE, Dialect.BIBLATEX) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "code", "fixed"),
    [
        ("title = {A \\& B, $a_1$, \\url{a_b}, 100\\%}", "", ""),
        ("title = {A & B 100% a_b #1}", "unescaped", "title = {A \\& B 100\\% a\\_b \\#1}"),
        ("title = {A^2}", "unescaped", ""),
        ("title = {A &amp; B}", "", ""),
        ("title = {It costs $5}", "open-math", ""),
        ("title = {A\\}", "backslash", ""),
        ("title = {A\x07B}", "control", "title = {AB}"),
        ("title = {A\ufffdB}", "lost-letter", ""),
        ("title = {A 日}", "no-escape", ""),
        ("author = {A. B & C. D}", "unescaped", ""),
        ("url = {a_b&c%20}, mendeley-groups = {a_b}, abstract = {a & b}", "", ""),
    ],
)
def test_latex(fields: str, code: str, fixed: str) -> None:
    assert _codes(fields, CheckName.LATEX)[:1] == ([code] if code else [])
    assert _fixed(fields, CheckName.LATEX) == (fixed or fields)


@pytest.mark.parametrize(
    ("fields", "fixed"),
    [
        ("title = {A \\& B < b > c}", ""),
        ("title = {A &amp; B}", "title = {A \\& B}"),
        ("title = {Caf&eacute; &lt; 5}", "title = {Caf{\\'e} {\\textless} 5}"),
        ("title = {A &amp;amp; B}", "title = {A \\& B}"),
        ("title = {&lt;i&gt;x&lt;/i&gt; H<sub>2</sub>O}", "title = {\\emph{x} H\\textsubscript{2}O}"),
        ("title = {a<br/>b <jats:p>c</jats:p>}", "title = {a b c}"),
        ("title = {a&nbsp;b &nosuch; c}", "title = {a~b &nosuch; c}"),
    ],
)
def test_html(fields: str, fixed: str) -> None:
    assert _codes(fields, CheckName.HTML) == (["html"] if fixed else [])
    assert _fixed(fields, CheckName.HTML) == (fixed or fields)


@pytest.mark.parametrize("title", ["a <i>b", "a </i> b", "<mml:mi>x</mml:mi>", "<i>a<b>c</i></b>"])
def test_tags_that_cannot_be_mended_stay(title: str) -> None:
    assert _codes(f"title = {{{title}}}", CheckName.HTML) == ["html"]
    assert _fixed(f"title = {{{title}}}", CheckName.HTML) == f"title = {{{title}}}"


@pytest.mark.parametrize(
    ("title", "fixed"),
    [
        ("A plain title", ""),
        ("The {DNA} of {{B}}ayes: Bayesian", ""),
        ('On DNA and K{\\"o}ln', 'On {DNA} and K{\\"o}ln'),
        ("Bayesian {Q}-learning with ResNets and Bayes", "Bayesian {Q}-learning with {ResNets} and {Bayes}"),
        ("\\emph{DNA} and $Q$", ""),
        ("ALL IN CAPITALS HERE", ""),
    ],
)
def test_capitals(title: str, fixed: str) -> None:
    fields = f"title = {{{title}}}"
    assert _codes(fields, CheckName.CAPITALS) == (["capitals"] if fixed else [])
    assert _fixed(fields, CheckName.CAPITALS) == (f"title = {{{fixed}}}" if fixed else fields)


def test_a_title_that_is_not_english_is_left_alone() -> None:
    assert _codes("title = {Über DNA}, langid = {german}", CheckName.CAPITALS) == []


def test_a_title_in_capitals_is_mended_only_when_seen() -> None:
    found = _found("title = {THE {DNA} OF MARKOV: 3D MODELS}", CheckName.TITLE_CAPS)
    assert found[0].finding.fix is not None
    assert found[0].finding.fix.text == "The {DNA} of Markov: 3D models"
    assert not found[0].finding.fix.is_certain
    assert _codes("title = {DNA}", CheckName.TITLE_CAPS) == []
    assert _codes("title = {بررسی مکانیزمهای سایش N}", CheckName.TITLE_CAPS) == []


def test_brackets() -> None:
    assert _codes("title = {A (b) [0, 1) $($ and}, note = {a) b) c}", CheckName.BRACKETS) == []
    assert _codes("title = {A (b}, journal = {c]}", CheckName.BRACKETS) == ["unpaired-bracket", "unpaired-bracket"]


def test_letters_in_parts() -> None:
    assert _codes("title = {u\u0308ber}", CheckName.NFC) == ["not-nfc"]
    assert _fixed("title = {u\u0308ber}, author = {O\u0308z}", CheckName.NFC) == "title = {über}, author = {Öz}"
    assert [one.finding.code for one in look_at(document_of("@misc{u\u0308}"), FileLooking((CheckName.NFC,)))] == [
        "key-not-nfc"
    ]


@pytest.mark.parametrize(
    ("entry", "dialect", "missing"),
    [
        ("@article{k, author={A}, title={T}, journal={J}, year={1}}", Dialect.BIBTEX, []),
        ("@article{k, author={A}, title={T}, journaltitle={J}, date={2001}}", Dialect.BIBLATEX, []),
        ("@article{k, title={T}, date={2001}}", Dialect.BIBTEX, ["author", "journal", "year"]),
        ("@article{k, title={T}}", Dialect.BIBLATEX, ["author", "journaltitle", "date or year"]),
        ("@online{k, title={T}, year={2001}}", Dialect.BIBLATEX, ["url or doi or eprint"]),
        ("@report{k, author={A}, title={T}, year={1}, type={x}}", Dialect.BIBLATEX, ["institution"]),
        ("@phdthesis{k, author={A}, title={T}, year={1}, school={S}}", Dialect.BIBLATEX, []),
        ("@inbook{k, crossref={elsewhere}}", Dialect.BIBTEX, []),
        ("@xdata{k, publisher={P}}", Dialect.BIBLATEX, []),
        ("@book{k, author={A and others}, title={T}, publisher={P}, year=2001}", Dialect.BIBTEX, []),
        (
            "@inproceedings{k, author={A}, title={T}, crossref={p}}@proceedings{p, booktitle={P}, title={P}, year=1}",
            Dialect.BIBTEX,
            [],
        ),
    ],
)
def test_required_fields(entry: str, dialect: Dialect, missing: list[str]) -> None:
    found = look_at(document_of(entry), FileLooking((CheckName.REQUIRED,), dialect))
    assert [one.finding.arguments[1] for one in found] == missing


def test_types_that_nobody_knows() -> None:
    found = look_at(document_of("@artcile{k, title={T}}"), FileLooking((CheckName.REQUIRED,)))
    assert [(one.finding.code, one.column) for one in found] == [("unknown-type", 2)]


@pytest.mark.parametrize(
    ("key", "dialect", "code"),
    [
        ("a:b-c", Dialect.BIBTEX, ""),
        ("a(b)", Dialect.BIBTEX, ""),
        ("a(b)", Dialect.BIBLATEX, "illegal-key"),
        ("a b", Dialect.BIBTEX, "illegal-key"),
        ("a~b", Dialect.BIBTEX, "uncitable-key"),
        ("", Dialect.BIBTEX, "no-key"),
    ],
)
def test_keys(key: str, dialect: Dialect, code: str) -> None:
    found = look_at(document_of(f"@misc{{{key}, title={{T}}}}"), FileLooking((CheckName.KEY,), dialect))
    assert [one.finding.code for one in found] == ([code] if code else [])


def test_keys_that_stand_twice() -> None:
    document = document_of("@misc{a}\n@misc{b}\n@misc{A}\n@misc{a}\n")
    for dialect, severity in ((Dialect.BIBTEX, Severity.ERROR), (Dialect.BIBLATEX, Severity.WARNING)):
        found = look_at(document, FileLooking((CheckName.KEY,), dialect))
        assert [(one.line, one.column, one.finding.severity) for one in found] == [
            (3, 7, severity),
            (4, 7, Severity.ERROR),
        ]


def test_equal_dois_and_published_preprints() -> None:
    text = (
        "@misc{p, author={Ada Ask}, title={On it}, eprint={2001.00001}, archiveprefix={arXiv}, year={2020}}\n"
        "@article{a, author={A. Ask}, title={On It!}, doi={10.1000/x}, year={2021}}\n"
        "@article{b, author={B. Bow}, title={Other}, doi={10.1000/X}}\n"
        "@misc{q, author={C. Cod}, title={On it}, eprint={2001.00002}, archiveprefix={arXiv}, year={2020}}\n"
        "@misc{r, author={A. Ask}, title={On it}, eprint={1001.00002}, archiveprefix={arXiv}, year={2010}}\n"
    )
    found = look_at(document_of(text), FileLooking((CheckName.DUPLICATE_DOI, CheckName.PREPRINT)))
    assert [(one.key, one.finding.code, one.finding.arguments) for one in found] == [
        ("p", "preprint", ("a", "10.1000/x")),
        ("a", "duplicate-doi", ("b", "10.1000/x")),
        ("b", "duplicate-doi", ("a", "10.1000/X")),
    ]


def test_what_is_ignored_is_kept_as_text() -> None:
    assert parse_ignored("pages: no pages; ISBN : as printed;;doi") == {
        "pages": "no pages",
        "isbn": "as printed",
        "doi": "",
    }
    assert show_ignored({"pages": "no; pages", "doi": ""}) == "doi; pages: no, pages"
    assert parse_ignored(show_ignored({"isbn": "a: b"})) == {"isbn": "a: b"}


def test_every_check_is_listed_once_in_order() -> None:
    assert list(CHECKS) == list(CheckName)


def test_the_manual_names_every_check_and_rule() -> None:
    text = (ROOT / "docs" / "quality.md").read_text()
    assert [name for name in (*CheckName, *Rule) if f"`{name}`" not in text] == []


def test_a_file_for_bibtex_with_a_type_of_biblatex() -> None:
    document = document_of("@online{k, title={T}, author={A}, year={2001}}\n")
    for dialect, codes in ((Dialect.BIBTEX, ["type-of-biblatex"]), (Dialect.BIBLATEX, ["missing-field"])):
        found = look_at(document, FileLooking((CheckName.REQUIRED,), dialect))
        assert [one.finding.code for one in found] == codes
