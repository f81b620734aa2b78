"""What is learned from files of different houses, and how values are written in them."""

import pytest

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.style import Alignment, Case, HouseStyle, learn_style
from refman.formats.bibfile.values import can_be_quoted, in_style
from tests.formats.bibfile.files import ALIGNED, ONE_LINE, PLAIN


def test_houses_are_told_apart() -> None:
    plain, aligned, line = (learn_style(document_of(text)) for text in (PLAIN, ALIGNED, ONE_LINE))
    assert (plain.gap, plain.before, plain.after, plain.alignment) == ("\n  ", " ", " ", Alignment.NONE)
    assert (aligned.gap, aligned.alignment, aligned.column) == ("\n\t", Alignment.EQUALS, 14)
    assert (aligned.type_case, aligned.name_case, aligned.between) == (Case.UPPER, Case.CAPITAL, "\n")
    assert (line.gap, line.close, line.newline, line.before) == (" ", "", "\r\n", "")


def test_values_in_one_column() -> None:
    text = "".join(
        f"@misc{{k{n},\n  title =        {{T}},\n  author =       {{A}},\n  howpublished = {{H}},\n}}\n"
        for n in range(3)
    )
    style = learn_style(document_of(text))
    assert (style.alignment, style.column) == (Alignment.VALUES, 17)
    assert style.field_text("note", "{N}") == "note =         {N}"


def test_columns_that_fit_each_entry() -> None:
    text = (
        "@misc{a,\n  title  = {T},\n  author = {A},\n}\n@misc{b,\n  title        = {T},\n  howpublished = {A},\n}\n"
        "@misc{c,\n  doi  = {T},\n  year = {A},\n}\n"
    )
    style = learn_style(document_of(text))
    assert (style.alignment, style.column) == (Alignment.EQUALS, 0)
    assert style.column_for(["publisher", "doi"]) == 12
    assert style.field_text("doi", "{D}", column=12) == "doi       = {D}"


@pytest.mark.parametrize(
    ("name", "value", "present", "written"),
    [
        ("title", "{A}", "", '"A"'),
        ("title", '{A "quoted" word}', "", '{A "quoted" word}'),
        ("title", '"A"', "{B}", "{A}"),
        ("year", "{2001}", "", "2001"),
        ("year", "{2001}", "{1999}", "{2001}"),
        ("month", "{5}", "", "may"),
        ("month", "{May}", "", "may"),
        ("month", "{Mid}", "", "{Mid}"),
        ("month", "{6}", "{5}", "{6}"),
        ("month", "jun", "", "jun"),
        ("journal", "{Journal of X}", "", "jx"),
        ("title", "{Journal of X}", "", '"Journal of X"'),
        ("note", '"a" # jan', "", '"a" # jan'),
    ],
)
def test_values_follow_the_house(name: str, value: str, present: str, written: str) -> None:
    style = HouseStyle(is_quoted=True, has_bare_numbers=True, macro_of={"Journal of X": "jx"})
    assert in_style(name, value, style, present) == written


def test_quotes_that_would_close_a_value() -> None:
    assert can_be_quoted('a {"} b')
    assert not can_be_quoted('a " b')
    assert not can_be_quoted("a } b {")
