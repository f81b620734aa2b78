import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.names import Name
from refman.domain.paper import People
from refman.formats.bibtex.name_writing import name_to_latex, people_to_latex
from refman.formats.bibtex.names import read_name, read_people
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("Donald E. Knuth", Name("Donald E.", family="Knuth")),
        ("Knuth, Donald E.", Name("Donald E.", family="Knuth")),
        ("Plato", Name(family="Plato")),
        ("de Gaulle", Name(prefix="de", family="Gaulle")),
        ("Ludwig van Beethoven", Name("Ludwig", "van", "Beethoven")),
        ("Charles Louis de la Vall{\\'e}e Poussin", Name("Charles Louis", "de la", "Vallée Poussin")),
        ("von Berlichingen zu Hornberg, G.", Name("G.", "von Berlichingen zu", "Hornberg")),
        ("King, Jr., Martin Luther", Name("Martin Luther", family="King", suffix="Jr.")),
        ("{von Neumann}, John", Name("John", family="von Neumann")),
        ("{Van} der Waals, J.", Name("J.", "Van der", "Waals")),
        ("Henry {Ford Jr.}", Name("Henry", family="Ford Jr.")),
        ("al-Khwarizmi, M.", Name("M.", "al", "Khwarizmi")),
        ("Alvaro Sanchez-Gonzalez", Name("Alvaro", family="Sanchez-Gonzalez")),
        ("Jean-Baptiste Lespiau", Name("Jean-Baptiste", family="Lespiau")),
        ("{\\'E}ric Moulines", Name("Éric", family="Moulines")),
        ("Éric Moulines", Name("Éric", family="Moulines")),
        ("John~Smith", Name("John", family="Smith")),
        ("R.\\ Q.\\ Fugate", Name("R. Q.", family="Fugate")),
        ("\\", Name(family="\\")),
        ("{The ATLAS Collaboration}", Name(literal="The ATLAS Collaboration")),
        ("{{World Health Organization}}", Name(literal="World Health Organization")),
        ("family=Waals, given={Jo D.}, prefix={van der}, useprefix=true", Name("Jo D.", "van der", "Waals")),
        ('given="Ann, B.", family=Lee, suffix=III, given-i=A', Name("Ann, B.", family="Lee", suffix="III")),
        ("", Name()),
        (" , ", Name()),
    ],
)  # fmt: skip
def test_a_name_is_split_as_bibtex_and_biber_do(tex: str, name: Name) -> None:
    assert read_name(tex) == name


@pytest.mark.parametrize(
    ("tex", "people"),
    [
        ("A B and C D", People((Name("A", family="B"), Name("C", family="D")))),
        ("A B\n AND\tC D", People((Name("A", family="B"), Name("C", family="D")))),
        ("{A and B} and C", People((Name(literal="A and B"), Name(family="C")))),
        ("A B and others", People((Name("A", family="B"),), truncated=True)),
        ("A B and others, ", People((Name("A", family="B"),), truncated=True)),
        ("others", People((), truncated=True)),
        ("Sand Rand", People((Name("Sand", family="Rand"),))),
        ("", People()),
    ],
)
def test_names_are_parted_at_and(tex: str, people: People) -> None:
    assert read_people(tex).people == people
    assert read_people(tex).faults == ()


@pytest.mark.parametrize(
    ("tex", "codes", "families"),
    [
        ("A B and and C D", ["empty-name"], ["B", "D"]),
        ("Smith, John, Doe, Jane", ["too-many-commas"], ["Smith"]),
        ("Smith, J.and Doe, J.", ["odd-separator"], ["Smith"]),
        ("John Smith; Jane Doe", ["odd-separator"], ["Smith", "Doe"]),
        ("M&uuml;ller, Jane", [], ["Müller"]),
        ("Doe, Jane et al.", ["odd-others"], ["Doe"]),
        ("Doe, Jane and {others}", ["odd-others"], ["Doe"]),
        ("Doe,", ["comma-at-end"], ["Doe"]),
        ("\\Thanh and Doe, Jane", [], ["Thanh", "Doe"]),
        ("{\\Nguyen\\Thanh}", [], ["Nguyen Thanh"]),
        ("{} and Doe, Jane", ["empty-name"], ["Doe"]),
    ],
)
def test_what_is_odd_is_told_and_shown_as_it_is_meant(tex: str, codes: list[str], families: list[str]) -> None:
    read = read_people(tex)
    assert [fault.code for fault in read.faults] == codes
    assert [name.family for name in read.people.names] == families


@pytest.mark.parametrize(
    ("name", "bibtex"),
    [
        (Name("Lars", family="Buesing"), "Buesing, Lars"),
        (Name("Ingrid", "von", "Glehn"), "von Glehn, Ingrid"),
        (Name("Martin Luther", family="King", suffix="Jr."), "King, Jr., Martin Luther"),
        (Name("Ludwig", "van", "Beethoven", "Jr"), "van Beethoven, Jr, Ludwig"),
        (Name(literal="The ATLAS Collaboration"), "{The ATLAS Collaboration}"),
        (Name(literal="Barnes & Noble"), r"{Barnes \& Noble}"),
        (Name("Petar", family="Veličković"), r"Veli{\v{c}}kovi{\'c}, Petar"),
        (Name("Éric", family="Moulines"), r"Moulines, {\'E}ric"),
        (Name("John", family="von Neumann"), "{von Neumann}, John"),
        (Name("M.", family="al-Khwarizmi"), "{al-Khwarizmi}, M."),
        (Name("Ann, B.", family="Lee and Co"), "{Lee and Co}, {Ann, B.}"),
        (Name(prefix="de", family="Gaulle"), "de Gaulle"),
        (Name(family="Plato"), "Plato"),
        (Name(family="hooks", given="bell"), "hooks, bell"),
        (Name(family="Ford", suffix="Jr."), "Ford, Jr., {}"),
        (Name("J.", "Van", "Waals"), "Van Waals, J."),
        (Name(family="Brinch Hansen"), "{Brinch Hansen}"),
    ],
)
def test_a_name_is_written_so_that_bibtex_splits_it_right(name: Name, bibtex: str) -> None:
    assert name_to_latex(name, BIBTEX) == bibtex


def test_biblatex_names_the_parts_that_no_other_form_can_hold() -> None:
    written = name_to_latex(Name("J.", "Van", "Waals"), BIBLATEX)
    assert written == "family={Waals}, given={J.}, prefix={Van}"
    assert read_name(written) == Name("J.", "Van", "Waals")


def test_a_cut_list_ends_in_and_others() -> None:
    assert people_to_latex(People((Name("A", family="B"),), truncated=True), BIBTEX) == "B, A and others"
    assert people_to_latex(People((), truncated=True), BIBTEX) == "others"


_WORD = st.sampled_from(
    [
        "Anna",
        "J.",
        "Éric",
        "Łukasz",
        "O'Brien",
        "and",
        "von",
        "al-X",
        "Jr",
        "Smith-Jones",
        "x, y",
        "{b",
        "王",
        "others",
        "$5",
    ]
)
_GIVEN = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_PREFIX = st.sampled_from(["", "von", "de la", "van der", "d'"])
_NAMES = st.one_of(
    st.builds(Name, _GIVEN, _PREFIX, _GIVEN, st.sampled_from(["", "Jr.", "III"])),
    st.builds(lambda text: Name(literal=text), _GIVEN),
)


@given(st.lists(_NAMES, min_size=1, max_size=4), st.booleans())
def test_names_come_back_as_they_were(names: list[Name], truncated: bool) -> None:
    for dialect in (BIBTEX, BIBLATEX):
        people = People(tuple(names), truncated)
        assert read_people(people_to_latex(people, dialect)).people == people


@pytest.mark.parametrize(
    "tex", ["a" + " " * 100_000 + "b", "a and " * 20_000, "{" * 50_000, "a-" * 20_000, "a," * 20_000], ids=range(5)
)
def test_hostile_lists_take_one_pass(tex: str) -> None:
    assert len(read_people(tex).people.names) <= len(tex)
