"""What header and authors' line of one paper mean."""

from datetime import date

import pytest

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Origin, People, Span
from tests.formats.page import CAPTURED, codes, read


def _text(header: str = "AIMay 7", authors: str = "Jane Doe, John Roe", title: str = "On Things") -> str:
    return f"{header}\n{title}\n\n{authors}\n\nWe show it."


def _one(text: str, *, captured_on: date = CAPTURED) -> Draft:
    result = read(text, captured_on=captured_on)
    assert len(result.drafts) == 1
    return result.drafts[0]


def _date(draft: Draft) -> tuple[str, str, str]:
    return draft.plain("year"), draft.plain("month"), draft.plain("day")


def test_a_draft_is_plain_text_from_an_importer_and_nothing_else() -> None:
    assert _one(_text("95.5CVMay 7")) == Draft(
        type="misc",
        fields={
            "title": FieldValue("On Things", None, Origin.IMPORTER),
            "year": FieldValue("2026"),
            "month": FieldValue("5"),
            "day": FieldValue("7"),
            "abstract": FieldValue("We show it."),
            "category_code": FieldValue("CV"),
            "primaryclass": FieldValue("cs.CV", is_guess=True),
            "score": FieldValue("95.5"),
        },
        people={"author": People((Name("Jane", "", "Doe"), Name("John", "", "Roe")))},
        span=Span(0, 54, 1),
    )


@pytest.mark.parametrize(
    ("header", "code", "primary_class", "is_guess"),
    [
        ("95.5AIMay 7", "AI", "cs.AI", False),
        ("LGNov 29, 2024", "LG", "cs.LG", False),
        ("MLNov 29, 2024", "ML", "stat.ML", False),
        ("quant-phJan 3, 2020", "quant-ph", "quant-ph", False),
        ("hep-thMay 7", "hep-th", "hep-th", False),
        ("12hep-thMay 7", "hep-th", "hep-th", False),
        ("cs.LGNov 29, 2024", "cs.LG", "cs.LG", False),
        ("95.5cs.LGNov 29, 2024", "cs.LG", "cs.LG", False),
        ("cond-mat.mtrl-sciMay 7", "cond-mat.mtrl-sci", "cond-mat.mtrl-sci", False),
        ("mtrl-sciMay 7", "mtrl-sci", "cond-mat.mtrl-sci", False),
        ("opticsMar 7", "optics", "physics.optics", False),
        ("MAMay 7", "MA", "cs.MA", False),
        ("SYMay 7", "SY", "cs.SY", True),
        ("APApr 7", "AP", "stat.AP", True),
        ("lgnov 29, 2024", "LG", "cs.LG", False),
        ("XQMay 7", "XQ", "", False),
        ("new-codeMay 7", "new-code", "", False),
    ],
)
def test_category_codes(header: str, code: str, primary_class: str, *, is_guess: bool) -> None:
    draft = _one(_text(header))
    assert draft.plain("category_code") == code
    expected = FieldValue(primary_class, is_guess=is_guess) if primary_class else None
    assert draft.fields.get("primaryclass") == expected
    assert draft.plain("month") in {"1", "3", "4", "5", "11"}


@pytest.mark.parametrize(
    ("header", "captured_on", "expected"),
    [
        ("AIMay 7", date(2026, 11, 22), ("2026", "5", "7")),
        ("AINov 22", date(2026, 11, 22), ("2026", "11", "22")),
        ("AINov 23", date(2026, 11, 22), ("2025", "11", "23")),
        ("AIDec 31", date(2026, 1, 1), ("2025", "12", "31")),
        ("AIFeb 29", date(2026, 11, 22), ("2024", "2", "29")),
        ("AIFeb 29, 2020", date(2026, 11, 22), ("2020", "2", "29")),
        ("AIJan 1, 2027", date(2026, 11, 22), ("2027", "1", "1")),
        ("AISeptember 07, 2019", date(2026, 11, 22), ("2019", "9", "7")),
        ("AISept. 7, 2019", date(2026, 11, 22), ("2019", "9", "7")),
    ],
)
def test_dates(header: str, captured_on: date, expected: tuple[str, str, str]) -> None:
    assert _date(_one(_text(header), captured_on=captured_on)) == expected


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("AIFeb 30, 2020", "February 30 2020"),
        ("AIFeb 29, 2021", "February 29 2021"),
        ("AIApr 31", "April 31"),
        ("AIMay 0", "May 0"),
        ("AIMay 7, 0000", "May 7 0000"),
    ],
)
def test_a_day_that_does_not_exist_is_told_and_the_paper_kept(header: str, shown: str) -> None:
    result = read(_text(header))
    assert [_date(draft) for draft in result.drafts] == [("", "", "")]
    assert [(problem.line, problem.message.partition(";")[0]) for problem in result.problems] == [
        (1, f"There is no {shown}")
    ]


@pytest.mark.parametrize("score", ["95.5", "7", "100", "0.25", "12,5"])
def test_scores_are_kept_as_written_with_a_point(score: str) -> None:
    assert _one(_text(f"{score}AIMay 7")).plain("score") == score.replace(",", ".")
    assert _one(_text(f"{score}\nAI\nMay 7")).plain("score") == score.replace(",", ".")
    assert _one(_text(f"3. {score} AI May 7")).plain("score") == score.replace(",", ".")


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Lars Buesing", People((Name("Lars", "", "Buesing"),))),
        ("OpenAI", People((Name("", "", "OpenAI"),))),
        ("The ATLAS Collaboration", People((Name("The ATLAS", "", "Collaboration"),))),
        ("Robert Downey, Jr., Jane Doe", People((Name("Robert", "", "Downey", "Jr."), Name("Jane", "", "Doe")))),
        ("John Smith, III et al.", People((Name("John", "", "Smith", "III"),), truncated=True)),
        (
            "Ludwig van Beethoven, Ingrid von Glehn",
            People((Name("Ludwig", "van", "Beethoven"), Name("Ingrid", "von", "Glehn"))),
        ),
        ("S. M. Ali Eslami et al.", People((Name("S. M. Ali", "", "Eslami"),), truncated=True)),
        ("Jane Doe, John Roe, et al.", People((Name("Jane", "", "Doe"), Name("John", "", "Roe")), truncated=True)),
        ("Jane Doe, and John Roe", People((Name("Jane", "", "Doe"), Name("John", "", "Roe")))),
        ("李 明, 王 芳", People((Name("李", "", "明"), Name("王", "", "芳")))),
        ("bell hooks", People((Name("", "bell", "hooks"),))),
        ("Jane Doe,, John Roe,", People((Name("Jane", "", "Doe"), Name("John", "", "Roe")))),
    ],
)
def test_authors(authors: str, expected: People) -> None:
    draft = _one(_text(authors=authors))
    assert draft.people == {"author": expected}
    assert draft.plain("title") == "On Things"
    assert draft.plain("abstract") == "We show it."


@pytest.mark.parametrize(
    "title",
    [
        "Planning, Search, Learning",
        "Deep Learning Models et al: a Reading",
        "2,191 Citations",
        "h-index 13",
        "What Papers Say. And What They Do Not.",
        "AI",
        "Attention Is All You Need",
        "Why?",
    ],
)
def test_titles_that_look_like_something_else(title: str) -> None:
    draft = _one(_text(title=title))
    assert draft.plain("title") == title
    assert [name.family for name in draft.authors] == ["Doe", "Roe"]


def test_a_draft_has_no_number_and_no_day_with_zeros() -> None:
    assert _date(_one(_text("AIJan 03, 2020"))) == ("2020", "1", "3")


def test_two_papers_of_one_day_and_title_prefix_stay_two() -> None:
    text = _text("LGJul 19, 2017", title="Learning") + "\n\n" + _text("LGJul 19, 2017", title="Learning to Learn")
    result = read(text)
    assert [draft.plain("title") for draft in result.drafts] == ["Learning", "Learning to Learn"]
    assert codes(result) == []
