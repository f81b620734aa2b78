"""What a draft fills in a paper, and what it leaves alone."""

from dataclasses import replace

import pytest

from refman.domain.paper import Draft, FieldValue, Origin, People
from refman.services.filling import Filling, compare, filled
from refman.services.import_plan import Difference
from tests.services.papers import draft, people, with_fields

_PAPER = draft("Deep Learning", "Ann Smith", year="2020")


def _typed(paper: Draft, **fields: str) -> Draft:
    values = {name: FieldValue(value, None, Origin.PERSON) for name, value in fields.items()}
    return replace(paper, fields={**paper.fields, **values})


def test_an_equal_draft_fills_nothing() -> None:
    assert compare(_PAPER, _PAPER) == Filling()


def test_empty_fields_are_filled_with_source_and_origin_of_the_draft() -> None:
    value = FieldValue("Nature", "{Nature}", Origin.IMPORTER)
    read = replace(_PAPER, fields={**_PAPER.fields, "journal": value})
    filling = compare(read, _PAPER)
    assert filling == Filling(fields={"journal": value})
    assert filling.names == ("journal",)
    assert filled(_PAPER, filling) == read


def test_a_differing_value_stays_and_is_told() -> None:
    here = with_fields(_PAPER, journal="Nature", pages="1--10")
    read = with_fields(_PAPER, journal="Science", pages="1--12")
    differences = (Difference("journal", "Nature", "Science"), Difference("pages", "1--10", "1--12"))
    assert compare(read, here) == Filling(differences=differences)


@pytest.mark.parametrize(
    ("name", "here", "read"),
    [
        ("title", "Deep Learning", "deep learning."),
        ("title", "Théorie", "Theorie"),
        ("abstract", "One two\nthree", "One  two three"),
        ("pages", "1--10", "1-10"),
        ("doi", "10.1000/ABC", "10.1000/abc"),
        ("eprint", "2605.06651v1", "2605.06651v3"),
        ("url", "https://x.org/A", "https://x.org/a"),
    ],
)
def test_the_same_in_another_spelling_is_no_difference(name: str, here: str, read: str) -> None:
    assert compare(with_fields(Draft(), **{name: read}), with_fields(Draft(), **{name: here})) == Filling()


@pytest.mark.parametrize(("name", "here", "read"), [("pages", "1--2", "12"), ("eprint", "2605.06651", "2605.06652")])
def test_what_looks_alike_can_differ(name: str, here: str, read: str) -> None:
    assert compare(with_fields(Draft(), **{name: read}), with_fields(Draft(), **{name: here})).differences == (
        Difference(name, here, read),
    )


def test_what_a_person_cleared_stays_empty_without_a_word() -> None:
    read = with_fields(_PAPER, journal="Nature")
    assert compare(read, _typed(_PAPER, journal="")) == Filling()


def test_what_a_person_edited_stays_and_is_told() -> None:
    assert compare(_PAPER, _typed(_PAPER, title="Mine")).differences == (Difference("title", "Mine", "Deep Learning"),)


def test_a_guess_gives_way_to_what_was_read_and_fills_only_what_is_empty() -> None:
    guess = replace(_PAPER, fields={**_PAPER.fields, "primaryclass": FieldValue("cs.SY", is_guess=True)})
    read = with_fields(_PAPER, primaryclass="eess.SY")
    assert compare(read, guess).fields == {"primaryclass": FieldValue("eess.SY")}
    assert compare(guess, read) == Filling()
    other_guess = replace(_PAPER, fields={**_PAPER.fields, "primaryclass": FieldValue("math.SP", is_guess=True)})
    assert compare(other_guess, guess) == Filling()
    assert compare(guess, _PAPER).names == ("primaryclass",)


def test_an_empty_value_of_a_draft_says_nothing() -> None:
    assert compare(with_fields(_PAPER, journal=""), with_fields(_PAPER, journal="Nature")) == Filling()


# Types and keys


def test_the_unknown_type_is_filled_unless_a_person_chose_it() -> None:
    article = replace(_PAPER, type="article")
    assert compare(article, _PAPER) == Filling(type="article")
    assert compare(article, _PAPER).names == ("type",)
    assert filled(_PAPER, compare(article, _PAPER)).type == "article"
    assert compare(article, _PAPER, type_is_set=True) == Filling()
    assert compare(_PAPER, article) == Filling()


def test_two_known_types_differ() -> None:
    article, book = replace(_PAPER, type="article"), replace(_PAPER, type="book")
    assert compare(book, article) == Filling(differences=(Difference("type", "article", "book"),))


def test_a_key_fills_a_missing_one_and_differs_from_another() -> None:
    keyed = replace(_PAPER, key="a")
    assert compare(keyed, _PAPER) == Filling(key="a")
    assert filled(_PAPER, Filling(key="a")) == keyed
    assert compare(replace(_PAPER, key="b"), keyed) == Filling(differences=(Difference("key", "a", "b"),))
    assert compare(_PAPER, keyed) == Filling()


# Dates


@pytest.mark.parametrize(
    ("here", "read", "fills", "differs"),
    [
        ({}, {"year": "2020", "month": "5", "day": "7"}, {"year": "2020", "month": "5", "day": "7"}, []),
        ({}, {"date": "2019/2021"}, {"date": "2019/2021"}, []),
        ({"year": "2020"}, {"year": "2020", "month": "5", "day": "7"}, {"month": "5", "day": "7"}, []),
        ({"year": "2020", "month": "5"}, {"year": "2020", "month": "5", "day": "7"}, {"day": "7"}, []),
        ({"year": "2020", "month": "5", "day": "7"}, {"year": "2020"}, {}, []),
        ({"year": "2020"}, {"year": "2020", "day": "7"}, {}, []),
        ({"year": "2020"}, {"year": "2019", "month": "10"}, {}, [("year", "2020", "2019")]),
        ({"year": "2020", "month": "5"}, {"year": "2020", "month": "6", "day": "1"}, {}, [("month", "May", "June")]),
        (
            {"year": "2020", "month": "5", "day": "1"},
            {"year": "2020", "month": "5", "day": "2"},
            {},
            [("day", "1", "2")],
        ),
        ({"date": "2019/2021"}, {"year": "2019", "month": "5"}, {}, []),
        ({"date": "2019/2021"}, {"year": "2020"}, {}, [("year", "2019", "2020")]),
        ({"year": "2020"}, {"date": "2020-05"}, {}, []),
        ({"month": "5"}, {"year": "2020", "month": "5"}, {"year": "2020"}, []),
    ],
)
def test_dates_are_filled_from_the_year_down(
    here: dict[str, str], read: dict[str, str], fills: dict[str, str], differs: list[tuple[str, str, str]]
) -> None:
    filling = compare(with_fields(Draft(), **read), with_fields(Draft(), **here))
    assert {name: value.plain for name, value in filling.fields.items()} == fills
    assert [(one.field, one.here, one.read) for one in filling.differences] == differs


def test_a_date_that_a_person_cleared_stays_empty() -> None:
    cleared = _typed(Draft(), year="")
    assert compare(draft(year="2020", month="5"), cleared) == Filling()


# People


def _with(authors: People | None) -> Draft:
    return Draft(people={} if authors is None else {"author": authors})


_SHORT = people("Ann Smith", "Bob Jones", truncated=True)
_LONG = people("Ann Smith", "Bob Jones", "Carl Young")


@pytest.mark.parametrize(
    ("here", "read", "is_filled"),
    [
        (None, _SHORT, True),
        (People(), _SHORT, True),
        (_SHORT, _LONG, True),
        (_SHORT, people("A. Smith", "B. Jones", "Carl Young"), True),
        (_SHORT, people("Ann Smith", "Bob Jones"), True),
        (_SHORT, people("Ann Smith", "Bob Jones", "Carl Young", truncated=True), True),
        (_SHORT, _SHORT, False),
        (_LONG, _SHORT, False),
        (_LONG, people("A Smith", "B Jones", "C Young"), False),
        (replace(_SHORT, origin=Origin.PERSON), _LONG, False),
        (People(origin=Origin.PERSON), _LONG, False),
    ],
)
def test_a_cut_list_is_filled_by_one_that_goes_on(here: People | None, read: People, is_filled: bool) -> None:
    filling = compare(_with(read), _with(here))
    assert filling == (Filling(people={"author": read}) if is_filled else Filling())


@pytest.mark.parametrize(
    ("here", "read"),
    [
        (_LONG, people("Ann Smith", "Bob Jones")),
        (_LONG, people("Bob Jones", "Ann Smith", "Carl Young")),
        (_SHORT, people("Ann Smith", "Zoe Other", "Carl Young")),
        (_LONG, people("Ann Smith", "Xaver Jones", "Carl Young")),
    ],
)
def test_other_people_differ(here: People, read: People) -> None:
    (difference,) = compare(_with(read), _with(here)).differences
    assert difference.field == "author"


def test_a_draft_without_people_says_nothing_about_them() -> None:
    assert compare(_with(People()), _with(_LONG)) == Filling()


# Scores


def _scored(score: str, day: str, **fields: str) -> Draft:
    return with_fields(_PAPER, score=score, score_date=day, **fields)


def test_the_newest_score_counts_and_is_neither_gap_nor_difference() -> None:
    old, new = _scored("90", "2026-01-01"), _scored("95.5", "2026-02-01")
    filling = compare(new, old)
    assert filling == Filling(scores={name: new.fields[name] for name in ("score", "score_date")})
    assert filling.names == ()
    assert filled(old, filling) == new
    assert compare(old, new) == Filling()


def test_a_first_score_is_taken_and_an_equal_one_changes_nothing() -> None:
    assert set(compare(_scored("90", "2026-01-01"), _PAPER).scores) == {"score", "score_date"}
    assert compare(_scored("90", "2026-02-01"), _scored("90", "2026-01-01")) == Filling()


def test_a_score_that_a_person_typed_stays() -> None:
    assert compare(_scored("90", "2026-02-01"), _typed(_PAPER, score="10")) == Filling()
