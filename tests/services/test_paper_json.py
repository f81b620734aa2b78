"""The JSON that scripts rely on: exact shapes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from refman.domain.names import Name
from refman.domain.paper import FieldValue, Note, NoteId, Origin, Paper, PaperId, People
from refman.domain.profile import AuthorProfile, Capture
from refman.services.library import Library
from refman.services.paper_json import paper_json, profile_json
from tests.services.papers import draft, import_page, paper_of, with_fields

_WHEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_BARE = Paper(id=PaperId(1), added=_WHEN, changed=_WHEN)


def test_a_paper_of_the_page(library: Library) -> None:
    import_page(library, tags=["rl/planning"])
    paper = paper_of(library, "zheng2026ai")
    shape = paper_json(paper)
    assert shape == {
        "id": paper.id,
        "key": "zheng2026ai",
        "type": "misc",
        "title": "AI Co-Mathematician: Accelerating Mathematicians with Agentic AI",
        "authors": [
            {"given": "Daniel", "family": "Zheng"},
            {"given": "Ingrid", "prefix": "von", "family": "Glehn"},
            {"given": "Yori", "family": "Zwols"},
        ],
        "editors": [],
        "authors_truncated": True,
        "year": 2026,
        "month": 5,
        "day": 7,
        "abstract": paper.plain("abstract"),
        "category_code": "AI",
        "primary_class": "cs.AI",
        "score": 95.5,
        "fields": {},
        "tags": ["rl/planning"],
        "notes": [],
        "added": "2026-11-22T10:00:00Z",
        "changed": "2026-11-22T10:00:00Z",
    }
    order = "id key type title authors editors authors_truncated year month day abstract category_code"
    assert list(shape)[:12] == order.split()
    assert json.loads(json.dumps(shape)) == shape


def test_the_bare_paper_has_what_is_always_there() -> None:
    assert paper_json(_BARE) == {
        "id": 1,
        "type": "misc",
        "authors": [],
        "editors": [],
        "authors_truncated": False,
        "fields": {},
        "tags": [],
        "notes": [],
        "added": "2026-11-22T10:00:00Z",
        "changed": "2026-11-22T10:00:00Z",
    }


def test_every_other_field_stands_under_its_bibtex_name() -> None:
    people = {
        "editor": People((Name(literal="The Group"),), True),
        "translator": People((Name("Ludwig", "van", "Beethoven", "Jr"), Name(literal="A and B")), True),
    }
    fields = draft(
        journal="Nature", type="PhD", note="x", doi="10.1/x", eprint="1.2", score="95", score_date="2026-01-01"
    ).fields
    cleared = {"publisher": FieldValue("", None, Origin.PERSON)}
    notes = (Note(NoteId(7), "# Hi", _WHEN, _WHEN),)
    shape = paper_json(replace(_BARE, people=people, fields={**fields, **cleared}, stored_notes=notes))
    assert shape["fields"] == {
        "journal": "Nature",
        "note": "x",
        "translator": "van Beethoven, Jr, Ludwig and {A and B} and others",
        "type": "PhD",
    }
    assert (shape["venue"], shape["doi"], shape["eprint"], shape["score"]) == ("Nature", "10.1/x", "1.2", 95)
    assert shape["editors"] == [{"literal": "The Group"}]
    assert shape["notes"] == [{"id": 7, "text": "# Hi"}]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"year": "2026", "month": "5"}, {"year": 2026, "month": 5}),
        ({"date": "2026-05-07"}, {"year": 2026, "month": 5, "day": 7}),
        ({"date": "2019/2021"}, {"date": "2019/2021"}),
        ({"year": "-44"}, {"year": -44}),
        ({"year": "forthcoming"}, {"year": "forthcoming"}),
        ({"year": "nan", "month": "1_0", "day": "9" * 5000}, {"year": "nan", "month": "1_0", "day": "9" * 5000}),
    ],
)
def test_dates_as_numbers_and_what_numbers_cannot_say(fields: dict[str, str], shown: dict[str, object]) -> None:
    paper = with_fields(_BARE, **fields)
    assert isinstance(paper, Paper)
    shape = paper_json(paper)
    assert {name: shape[name] for name in ("year", "month", "day", "date") if name in shape} == shown


def test_a_profile_has_every_capture() -> None:
    captures = (Capture(date(2026, 11, 22), 13, 23, 2191, 60, 47.0), Capture(date(2026, 1, 1)))
    assert profile_json(AuthorProfile("Lars Buesing", "LG", captures)) == {
        "name": "Lars Buesing",
        "category_code": "LG",
        "captures": [
            {
                "captured_on": "2026-11-22",
                "h_index": 13,
                "paper_count": 23,
                "citation_count": 2191,
                "novelty_percent": 60,
                "ai_score": 47.0,
            },
            {
                "captured_on": "2026-01-01",
                "h_index": None,
                "paper_count": None,
                "citation_count": None,
                "novelty_percent": None,
                "ai_score": None,
            },
        ],
    }
