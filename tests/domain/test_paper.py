"""What a draft says of itself."""

import pytest

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People


@pytest.mark.parametrize(
    ("text", "year"), [("2026", 2026), ("-44", -44), ("--5", None), ("", None), ("in press", None), ("２０２６", None)]
)
def test_a_year_is_a_number_or_none(text: str, year: int | None) -> None:
    assert Draft(fields={"year": FieldValue(text)}).year == year


def test_a_draft_without_fields_has_empty_values_and_no_authors() -> None:
    assert (Draft().plain("title"), Draft().authors, Draft().year) == ("", (), None)


def test_authors_are_the_names_of_the_role_author() -> None:
    author, editor = Name(family="Roe"), Name(family="Doe")
    assert Draft(people={"author": People((author,)), "editor": People((editor,))}).authors == (author,)
