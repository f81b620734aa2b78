"""Checks of texts, types and fields: what they find in one entry and what their fixes make of it."""

import pytest

from refman.domain.quality import CheckName
from refman.formats.bibfile.document import document_of
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.file_quality import FileLooking, look_at
from tests.services.quality.entries import codes_of, fixed_by, found_by


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
    assert codes_of(fields, CheckName.LATEX)[:1] == ([code] if code else [])
    assert fixed_by(fields, CheckName.LATEX) == (fixed or fields)


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
    assert codes_of(fields, CheckName.HTML) == (["html"] if fixed else [])
    assert fixed_by(fields, CheckName.HTML) == (fixed or fields)


@pytest.mark.parametrize("title", ["a <i>b", "a </i> b", "<mml:mi>x</mml:mi>", "<i>a<b>c</i></b>"])
def test_tags_that_cannot_be_mended_stay(title: str) -> None:
    assert codes_of(f"title = {{{title}}}", CheckName.HTML) == ["html"]
    assert fixed_by(f"title = {{{title}}}", CheckName.HTML) == f"title = {{{title}}}"


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
    assert codes_of(fields, CheckName.CAPITALS) == (["capitals"] if fixed else [])
    assert fixed_by(fields, CheckName.CAPITALS) == (f"title = {{{fixed}}}" if fixed else fields)


def test_a_title_that_is_not_english_is_left_alone() -> None:
    assert codes_of("title = {Über DNA}, langid = {german}", CheckName.CAPITALS) == []


def test_a_title_in_capitals_is_mended_only_when_seen() -> None:
    found = found_by("title = {THE {DNA} OF MARKOV: 3D MODELS}", CheckName.TITLE_CAPS)
    assert found[0].finding.fix is not None
    assert found[0].finding.fix.text == "The {DNA} of Markov: 3D models"
    assert not found[0].finding.fix.is_certain
    assert codes_of("title = {DNA}", CheckName.TITLE_CAPS) == []
    assert codes_of("title = {بررسی مکانیزمهای سایش N}", CheckName.TITLE_CAPS) == []


def test_brackets() -> None:
    assert codes_of("title = {A (b) [0, 1) $($ and}, note = {a) b) c}", CheckName.BRACKETS) == []
    assert codes_of("title = {A (b}, journal = {c]}", CheckName.BRACKETS) == ["unpaired-bracket", "unpaired-bracket"]


def test_letters_in_parts() -> None:
    assert codes_of("title = {u\u0308ber}", CheckName.NFC) == ["not-nfc"]
    assert fixed_by("title = {u\u0308ber}, author = {O\u0308z}", CheckName.NFC) == "title = {über}, author = {Öz}"
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
