"""Names as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.names import Name, parse_name, short_list


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", Name()),
        (" , ", Name()),
        ("Plato", Name(family="Plato")),
        ("Ingrid von Glehn", Name("Ingrid", "von", "Glehn")),
        ("  Ingrid \u00a0 von\tGlehn ", Name("Ingrid", "von", "Glehn")),
        ("von Glehn, Ingrid", Name("Ingrid", "von", "Glehn")),
        ("Glehn, Ingrid von", Name("Ingrid von", "", "Glehn")),
        ("Martin Luther King", Name("Martin Luther", "", "King")),
        ("van Beethoven, Jr., Ludwig", Name("Ludwig", "van", "Beethoven", "Jr.")),
        ("King, Jr, Martin Luther", Name("Martin Luther", "", "King", "Jr")),
        ("King, Jr,", Name("", "", "King", "Jr")),
        ("King,, Martin", Name("Martin", "", "King")),
        ("A, B, C, D", Name("C D", "", "A", "B")),
        ("Smith,", Name(family="Smith")),
        ("De Gaulle,", Name(family="De Gaulle")),
        (", John", Name(family="John")),
        (", John Smith", Name("John", "", "Smith")),
        ("De la Cruz, Maria", Name("Maria", "De la", "Cruz")),
        ("Maria De la Cruz", Name("Maria De", "la", "Cruz")),
        ("jean de la fontaine", Name("", "jean de la", "fontaine")),
        ("Jean De La Fontaine", Name("Jean De La", "", "Fontaine")),
        ("Jean de la Fontaine du Bois", Name("Jean", "de la Fontaine du", "Bois")),
        ("Charles de la Vallée Poussin", Name("Charles", "de la", "Vallée Poussin")),
        ("van", Name(family="van")),
        ("van der Berg", Name("", "van der", "Berg")),
        ("Gerard 't Hooft", Name("Gerard", "'t", "Hooft")),
        ("Jean d'Alembert", Name("Jean", "", "d'Alembert")),
        ("Kyung-hyun Cho", Name("Kyung-hyun", "", "Cho")),
        ("Éric élan Moulines", Name("Éric", "élan", "Moulines")),
        ("李 明", Name("李", "", "明")),
        ("J. R. R. Tolkien", Name("J. R. R.", "", "Tolkien")),
        ("3rd Man", Name("", "3rd", "Man")),
        ("{The ATLAS Collaboration}", Name(literal="The ATLAS Collaboration")),
        ("{Barnes {and} Noble, Inc.}", Name(literal="Barnes and Noble, Inc.")),
        ("{}", Name()),
        ("{Barnes and Noble} Inc", Name("Barnes and Noble", "", "Inc")),
        ("John {von Neumann}", Name("John", "", "von Neumann")),
        ("{A} {B}", Name("A", "", "B")),
        ("{Smith, Jr}, John", Name("John", "", "Smith, Jr")),
        ("{d}el Mar, Ana", Name("Ana", "del", "Mar")),
        ("Ana {de {la} x}y Mar", Name("Ana", "de la xy", "Mar")),
        ("Ana {de {la} x}Y Mar", Name("Ana de la xY", "", "Mar")),
        ("Ana {Mar", Name("Ana", "", "Mar")),
        ("Ana } Mar {", Name("Ana", "", "Mar")),
        ("{Big} Co}", Name("Big", "", "Co")),
    ],
)
def test_parse_name(text: str, name: Name) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    ("name", "display", "short", "inverted"),
    [
        (
            Name("Ludwig", "van", "Beethoven", "Jr."),
            "Ludwig van Beethoven, Jr.",
            "van Beethoven",
            "van Beethoven, Jr., Ludwig",
        ),
        (Name("", "", "Plato"), "Plato", "Plato", "Plato"),
        (Name("", "", "Plato", "Jr."), "Plato, Jr.", "Plato", "Plato, Jr.,"),
        (Name("", "", "De Gaulle"), "De Gaulle", "De Gaulle", "De Gaulle,"),
        (Name("", "De la", "Cruz"), "De la Cruz", "De la Cruz", "De la Cruz,"),
        (Name("", "de la", "Cruz"), "de la Cruz", "de la Cruz", "de la Cruz"),
        (Name("Madonna"), "Madonna", "Madonna", "Madonna"),
        (Name(literal="The ATLAS Collaboration"), *["The ATLAS Collaboration"] * 3),
        (Name(), "", "", ""),
    ],
)
def test_forms_of_a_name(name: Name, display: str, short: str, inverted: str) -> None:
    assert (name.display, name.short, name.inverted) == (display, short, inverted)


_upper = st.sampled_from(["Ada", "Ludwig", "Éric", "李", "J.", "O'Neil", "Smith-Jones", "D'Or"])
_lower = st.sampled_from(["von", "de", "la", "'t", "élan"])
_given = st.lists(_upper | _lower, max_size=3).map(" ".join)
_prefix = st.just("") | st.builds(
    lambda words, last: " ".join([*words, last]), st.lists(_upper | _lower, max_size=2), _lower
)
_family = st.builds(lambda words, last: " ".join([*words, last]), st.lists(_upper, max_size=2), _upper | _lower)
_suffix = st.sampled_from(["", "Jr.", "III"])


@given(st.builds(Name, _given, _prefix, _family, _suffix))
def test_the_inverted_form_is_read_back(name: Name) -> None:
    assert parse_name(name.inverted) == name


@given(st.text(st.sampled_from("aB {},'-~é李") | st.characters(exclude_categories=["Cs"]), max_size=30))
def test_nothing_that_is_typed_raises_or_loses_a_letter(text: str) -> None:
    name = parse_name(text)
    kept = "".join((name.given, name.prefix, name.family, name.suffix, name.literal))
    assert sorted(char for char in kept if char.isalnum()) == sorted(char for char in text if char.isalnum())
    assert "{" not in kept
    assert "}" not in kept


@pytest.mark.parametrize(
    ("count", "truncated", "text"),
    [
        (0, False, ""),
        (0, True, ""),
        (1, False, "A"),
        (1, True, "A et al."),
        (3, False, "A, B, C"),
        (4, False, "A, B, C et al."),
        (4, True, "A, B, C et al."),
    ],
)
def test_short_list(count: int, truncated: bool, text: str) -> None:
    names = [Name(family=family) for family in "ABCD"[:count]]
    assert short_list(names, truncated=truncated) == text
    assert short_list(iter(names), truncated=truncated, most=3) == text
