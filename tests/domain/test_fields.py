"""The one table of fields."""

from collections import Counter

import pytest

from refman.domain.errors import InvalidValue
from refman.domain.fields import FIELDS, NAME_FIELDS, VENUE_FIELDS, Field, Group, Kind, canonical_name, field_of


def test_fields_stand_under_their_names_and_have_labels_of_their_own() -> None:
    assert all(name == field.name for name, field in FIELDS.items())
    labels = Counter(field.label for field in FIELDS.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_names_are_lower_case_words() -> None:
    assert all(name == name.lower() and name.replace("_", "").isalpha() for name in FIELDS)


def test_a_json_name_belongs_to_one_field() -> None:
    names = [field.json for field in FIELDS.values() if field.json]
    assert len(names) == len(set(names))


def test_the_name_fields_are_those_of_the_kind_names() -> None:
    assert frozenset(name for name, field in FIELDS.items() if field.kind is Kind.NAMES) == NAME_FIELDS
    assert {"author", "editor", "translator"} <= NAME_FIELDS


def test_the_venue_is_made_of_declared_fields() -> None:
    assert set(VENUE_FIELDS) < set(FIELDS)


def test_what_is_searched_is_in_the_main_index() -> None:
    assert {name for name, field in FIELDS.items() if field.searchable} == {"title", "author", "abstract"}


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("title", "title"),
        (" TITLE ", "title"),
        ("authors", "author"),
        ("Editors", "editor"),
        ("journaltitle", "journal"),
        ("location", "address"),
        ("annotation", "annote"),
        ("eprinttype", "archiveprefix"),
        ("eprintclass", "primaryclass"),
        ("primary_class", "primaryclass"),
        ("category", "category_code"),
        ("Mendeley-Tags", "mendeley-tags"),
    ],
)
def test_every_spelling_leads_to_one_name(spelling: str, name: str) -> None:
    assert canonical_name(spelling) == name


def test_json_and_biblatex_names_lead_back_to_their_field() -> None:
    for name, field in FIELDS.items():
        assert not field.json or canonical_name(field.json) == name
        # `institution` is a field of its own, which a thesis shares with `school`.
        assert field.biblatex_name in {"", "institution"} or canonical_name(field.biblatex_name) == name


@pytest.mark.parametrize(
    ("name", "bibtex", "biblatex"),
    [
        ("title", "title", "title"),
        ("journal", "journal", "journaltitle"),
        ("school", "school", "institution"),
        ("category_code", "", ""),
        ("day", "", ""),
        ("score", "", ""),
        ("annote", "annote", "annotation"),
        ("x-unknown", "x-unknown", "x-unknown"),
    ],
)
def test_names_in_the_two_dialects(name: str, bibtex: str, biblatex: str) -> None:
    field = field_of(name)
    assert (field.bibtex_name, field.biblatex_name) == (bibtex, biblatex)


def test_an_unknown_field_is_one_line_under_its_own_name() -> None:
    assert field_of("Mendeley-Tags") == Field("mendeley-tags", "mendeley-tags", Kind.LINE, Group.MORE)
    assert field_of("authors") is FIELDS["author"]


@pytest.mark.parametrize(
    ("name", "typed", "plain"),
    [
        ("title", " Deep\nlearning ", "Deep learning"),
        ("abstract", " One \r\nTwo ", "One \nTwo"),
        ("year", "2026", "2026"),
        ("month", "May", "5"),
        ("day", "07", "7"),
        ("date", "2019/2021", "2019/2021"),
        ("urldate", "2026-05", "2026-05"),
        ("score", "95.5", "95.5"),
        ("doi", "https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("eprint", "arXiv:2605.06651", "2605.06651"),
        ("url", " https://example.org/a b ", "https://example.org/a b"),
    ],
)
def test_each_field_reads_what_is_typed(name: str, typed: str, plain: str) -> None:
    assert FIELDS[name].parse(typed) == plain


def test_every_field_can_be_cleared_and_shows_what_it_holds() -> None:
    for field in FIELDS.values():
        assert field.parse("  ") == ""
        assert field.show("") == ""
    assert FIELDS["month"].show("5") == "May"
    assert FIELDS["title"].show("5") == "5"


def test_a_field_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(InvalidValue):
        FIELDS["year"].parse("soon")
