"""Checks of whole files, and the list of all checks: keys that stand twice, equal works, what is ignored."""

import pytest

from refman.domain.quality import CheckName, Severity, parse_ignored, show_ignored
from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.tidy_rules import Rule
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.checks import CHECKS
from refman.services.quality.file_quality import FileLooking, look_at
from tests.source import ROOT


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
