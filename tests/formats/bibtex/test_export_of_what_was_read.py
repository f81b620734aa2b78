"""What was read from BibTeX leaves as it was read, until it is edited or the other dialect needs it otherwise."""

from dataclasses import replace

import pytest

from refman.domain.paper import FieldValue, Origin, People
from refman.formats.bibtex.dialects import Dialect
from tests.formats.bibtex.bib import (
    BIBLATEX,
    BIBTEX,
    JANE,
    paper,
    read,
    read_one,
    stored,
    with_field,
    write,
    written,
)


def from_source(source: str, dialect: Dialect = BIBTEX, **macros: str) -> str:
    """The export of the only entry of a text."""
    return write(stored(read_one(source)), dialect=dialect, macros=macros)


def test_a_file_comes_out_as_it_went_in() -> None:
    text = (
        "@string{jmlr = \"J. of \" # {ML}}\n\n"
        "@article{k,\n"
        "  author = {{\\'E}ric Moulines and others},\n"
        "  title = \"The {\"}Big{\"} {DNA} & more\",\n"
        "  journal = JMLR # { B},\n"
        "  year = 2020,\n"
        "  month = \"10~\" # jan,\n"
        "  pages = {1-2},\n"
        "  note = {{\\noopsort{a}}x},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {http://x/a\\_b},\n"
        "  note+a = {N},\n"
        "}\n\n"
    )  # fmt: skip
    result = read(text)
    macros = {block.name.lower(): block.value for block in result.blocks}
    assert write(*map(stored, result.drafts), macros=macros) == text


def test_fields_that_are_called_like_refmans_own_leave_as_they_came() -> None:
    source = "@misc{k,\n  day = {7},\n  score = {95},\n  authors = {A, B},\n  category = {x},\n}\n\n"
    assert from_source(source) == source


def test_an_edited_field_is_written_anew_and_the_others_stay() -> None:
    one = stored(read_one("@misc{k, title = {{old}}, note = {a -- {b}}, author = {A {B}}}"))
    edited = with_field(one, "title", FieldValue("New DNA", None, Origin.PERSON))
    assert (written(edited, "title"), written(edited, "note")) == ("{New {DNA}}", "{a -- {b}}")
    assert written(edited, "author") == "{A {B}}"
    renamed = replace(edited, people={"author": People((JANE,), origin=Origin.PERSON)})
    assert written(renamed, "author") == "{Doe, Jane}"


def test_letters_that_bibtex_cannot_read_are_escaped_in_what_was_read() -> None:
    source = "@misc{k, author = {Éric Moulines}, title = {{Ünïcode} “q”}, url = {http://x/é}, note = n}"
    text = from_source(source, n='"ß"')
    assert text.startswith('@string{n = "{\\ss}"}\n\n')
    assert [line for line in text.splitlines() if line.startswith("  ")] == [
        "  author = {{\\'E}ric Moulines},",
        '  title = {{{\\"U}n{\\"\\i}code} {\\textquotedblleft}q{\\textquotedblright}},',
        "  note = n,",
        "  url = {http://x/%C3%A9},",
    ]
    assert "Éric" in from_source(source, BIBLATEX, n='"ß"')


@pytest.mark.parametrize(
    ("fields", "biblatex"),
    [
        ("year = 2020, month = jan", "year = 2020 month = jan"),
        ("year = 2020, month = {3}", "year = 2020 month = {3}"),
        ("year = 2020, month = {March}", "year = 2020 month = {3}"),
        ('year = 2020, month = "10~" # jan', "date = {2020-01-10}"),
        ("year = 2020", "year = 2020"),
        ("date = {2020-05-07}", "date = {2020-05-07}"),
        ("date = {2020-05-07}, year = 2019", "date = {2020-05-07}"),
        ("date = {1999/}", "date = {1999/}"),
        ("year = 2020, month = {April-May}", "date = {2020-04/2020-05}"),
        ("date = {15/05/84}, year = 1984, month = may", "year = 1984 month = may date = {15/05/84}"),
        ("year = 2020, month = may, day = 7", "date = {2020-05-07}"),
        ("year = 2020, month = may, day = {8--9}", "date = {2020-05} day = {8--9}"),
        ("year = {2001/2002}, month = {June 7}", "year = {2001/2002} month = {June 7}"),
        ('year = {in press}, month = may # "~3"', "year = {in press} month = {May 3}"),
        ("year = {in press}, month = may, day = {3}", "year = {in press} month = {5} day = {3}"),
        ("month = may", "month = {5}"),
        ("year = 2020, month = {août}", "year = 2020 month = {8}"),
        ("year = 2020, month = {1er août}", "date = {2020-08-01}"),
        ("year = 2020, month = {5. Mai}", "date = {2020-05-05}"),
        ('year = 2020, month = mar # "/" # apr', "date = {2020-03/2020-04}"),
        ("year = 2020, month = {May 5--7}", "date = {2020-05-05/2020-05-07}"),
        ("year = 2020, month = {5-7 de mayo}", "date = {2020-05-05/2020-05-07}"),
        ("year = 2020, month = {Spring}", "date = {2020-21}"),
        ("year = 2001, month = {Winter 2001}", "date = {2001-24}"),
        ("year = 2002, month = {Winter 2001}", "year = 2002 month = {Winter 2001}"),
        ("year = 2002, month = {Dec/Jan}", "year = 2002 month = {Dec/Jan}"),
        ("year = 2002, month = {Michaelmas}", "year = 2002 month = {Michaelmas}"),
        ("year = {in press}, month = {May 5--7}", "year = {in press} month = {May 5--7}"),
        ('year = 2001, month = jun # " 30--" # jul # " 2"', "date = {2001-06-30/2001-07-02}"),
        ("year = 2001, month = {30 June -- 2 July}", "date = {2001-06-30/2001-07-02}"),
    ],
)
def test_dates_read_from_bibtex_leave_for_biblatex_as_biber_takes_them(fields: str, biblatex: str) -> None:
    lines = from_source(f"@misc{{k, {fields}}}", BIBLATEX).splitlines()[1:-2]
    assert " ".join(line.strip(" ,") for line in lines) == biblatex


def test_names_in_the_form_of_biblatex_are_written_anew_for_bibtex() -> None:
    source = "@misc{k, author = {family=Waals, given=J., prefix=van der and A, B}}"
    assert "  author = {van der Waals, J. and A, B},\n" in from_source(source)
    assert "  author = {family=Waals, given=J., prefix=van der and A, B},\n" in from_source(source, BIBLATEX)


def test_macros_of_the_styles_are_written_out_for_biber_which_lacks_them() -> None:
    source = "@article{k, journal = jacm, note = jan}"
    assert "  journal = jacm,\n" in from_source(source)
    text = from_source(source, BIBLATEX)
    assert ("  journaltitle = {Journal of the {ACM}},\n" in text, "  note = jan,\n" in text) == (False, True)
    assert "  journaltitle = {Journal of the ACM},\n" in text


def test_only_needed_macros_and_preambles_stand_above_each_after_those_it_uses() -> None:
    one = stored(read_one("@misc{k, note = B, year = {{\\noopsort{a}}1973}}"))
    text = write(
        one,
        macros={"b": 'a # "b"', "a": "{A} # c", "c": "a", "unused": "{u}", "evil": "{x}, y = {z}"},
        preambles=(
            '@preamble{"\\newcommand{\\noopsort}[1]{}"}',
            '@preamble{"\\newcommand{\\noopsort}[1]{}"}',
            '@preamble{"\\def\\other{}"}',
            '"\\input{defs}"',
        ),
    )
    assert text.split("\n\n")[0].splitlines() == [
        "@string{c = a}",
        "@string{a = {A} # c}",
        '@string{b = a # "b"}',
        '@preamble{"\\newcommand{\\noopsort}[1]{}"}',
        '@preamble{"\\input{defs}"}',
    ]


def test_a_source_that_could_break_out_is_not_used() -> None:
    one = with_field(paper(JANE), "note", FieldValue("x", "{x}, author = {Evil}"))
    assert written(one, "note") == "{x}"
    assert written(with_field(paper(), "note", FieldValue("a\r\nb", "{a\r\nb}")), "note") == "{a"


def test_parents_of_crossrefs_stand_after_their_children() -> None:
    papers = [
        paper(key="a", kind="proceedings", title="Parent"),
        paper(key="b", title="Alone"),
        paper(key="c", crossref="A"),
        paper(key="d", xdata="x1, b2"),
        paper(key="x1", kind="xdata", publisher="P"),
        paper(key="z", title="Last"),
    ]
    keys = [line.split("{")[1].rstrip(",") for line in write(*papers).splitlines() if line.startswith("@")]
    assert keys == ["b", "c", "d", "z", "a", "x1"]
