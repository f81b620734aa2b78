import pytest

from refman.domain.names import Name
from refman.domain.paper import FieldValue, Paper
from refman.formats.bibtex.dialects import Dialect
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX, EXPORTERS, paper, read_one, stored, with_field

JANE = Name("Jane", family="Doe")


def codes(one: Paper, dialect: Dialect = BIBTEX) -> list[tuple[str, tuple[str, ...]]]:
    return [(problem.code, problem.arguments) for problem in EXPORTERS[dialect].problems(one)]


def test_a_sound_paper_has_none() -> None:
    one = paper(JANE, title="Éric & α", year="2020")
    assert (codes(one), codes(one, BIBLATEX)) == ([], [])


@pytest.mark.parametrize(
    ("key", "bibtex", "biblatex"),
    [
        ("", ["no-key"], ["no-key"]),
        ("a b", ["illegal-key"], ["illegal-key"]),
        ("a,b", ["illegal-key"], ["illegal-key"]),
        ("O'Rourke", [], ["illegal-key"]),
        ("a(b)", [], ["illegal-key"]),
        ("a#b", ["uncitable-key"], ["illegal-key"]),
        ("a~b", ["uncitable-key"], ["uncitable-key"]),
        ("DBLP:conf/x-y_z+1.2", [], []),
        ("Müller2020", [], []),
    ],
)
def test_keys_that_an_engine_cannot_read(key: str, bibtex: list[str], biblatex: list[str]) -> None:
    one = paper(JANE, key=key, title="T")
    assert [code for code, _ in codes(one)] == bibtex
    assert [code for code, _ in codes(one, BIBLATEX)] == biblatex


def test_the_message_names_what_is_wrong_with_a_key() -> None:
    (problem,) = EXPORTERS[BIBLATEX].problems(paper(JANE, key="O'R b", title="T"))
    assert problem.message == "biber cannot read the key \"O'R b\": it holds ' a blank."


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (paper(), ["author/editor/key", "title"]),
        (paper(JANE, kind="article", title="T", date="2020"), ["journal"]),
        (paper(JANE, kind="thesis", title="T", year="2020"), ["school/institution"]),
        (paper(JANE, kind="thesis", title="T", year="2020", institution="MIT"), []),
        (paper(JANE, kind="inproceedings", title="T", crossref="p"), []),
        (paper(kind="foo", key="k", title="T"), ["author/editor/key"]),
    ],
)
def test_fields_whose_absence_styles_warn_of(one: Paper, missing: list[str]) -> None:
    assert codes(one) == [("missing-field", (name,)) for name in missing]


def test_what_has_no_escape_is_named_for_bibtex_only() -> None:
    one = paper(Name(family="王"), title="日本 Éric", year="2020")
    assert codes(one) == [("no-escape", ("title", "日本")), ("no-escape", ("author", "王"))]
    assert codes(one, BIBLATEX) == []


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("{100% sure}", "%"),
        ("{A & B}", "&"),
        ("{a_b}", "_"),
        ('"a # b"', "#"),
        ("{100\\% \\& $a_b^2$ \\url{x_y%}}", ""),
        ("jan", ""),
        ('"10~" # jan', ""),
        ('jan # "5%"', "%"),
    ],
)
def test_unescaped_signs_in_what_was_read(note: str, found: str) -> None:
    one = stored(read_one(f"@misc{{k, author = {{A B}}, title = {{T}}, note = {note}}}"))
    assert codes(one) == ([("unescaped", ("note", found))] if found else [])


def test_signs_in_fields_that_no_style_prints_are_none_of_its_business() -> None:
    one = stored(read_one("@misc{k, author={A B}, title={T}, url={x_y%}, abstract={5% & _}, keywords={a_b}}"))
    assert codes(one) == []


def test_a_month_that_biblatex_lacks() -> None:
    def lacked(month: str) -> object:
        one = with_field(paper(JANE, title="T", year="2020"), "month", FieldValue(month, f"{{{month}}}"))
        return codes(one), codes(one, BIBLATEX)

    assert lacked("Michaelmas") == ([], [("month-as-text", ("Michaelmas",))])
    assert lacked("Winter 2001") == ([], [("month-as-text", ("Winter 2001",))])
    for known in ("August/September", "May 5--7", "août", "Spring", "Winter 2020"):
        assert lacked(known) == ([], [])


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("{\\immediate\\write18{ls}}", "\\immediate"),
        ("{see \\input{/etc/passwd}}", "\\input"),
        ("{\\csname input\\endcsname x}", "\\csname"),
        ("{\\catcode`\\|=0}", "\\catcode"),
        ("{\\openout1=x}", "\\openout"),
        ("{\\inputenc \\reading \\special1}", "\\special"),
        ("{\\inputenc \\emph{x} \\written}", ""),
    ],
)
def test_commands_that_do_more_than_set_text_are_told(note: str, found: str) -> None:
    one = stored(read_one(f"@misc{{k, author = {{A B}}, title = {{T}}, note = {note}}}"))
    assert codes(one) == ([("dangerous-command", ("note", found))] if found else [])
