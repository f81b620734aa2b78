"""Ids to rows and back."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.ui.table.places import Places, ids_in, ranges_of, ranges_of_rows


@pytest.mark.parametrize("numbers", [[], [7], [1, 5, 9], [9, 5, 1], [5, 9, 1, 2]])
def test_every_id_is_found_at_its_row_and_no_other(numbers: list[int]) -> None:
    places = Places(array("q", numbers))
    assert [places.row_of(i) for i in numbers] == list(range(len(numbers)))
    assert [places.row_of(i) for i in (0, 3, 99)] == [None, None, None]


@given(st.lists(st.integers(1, 2**34), unique=True), st.data())
def test_ids_and_ranges_are_inverse(numbers: list[int], data: st.DataObject) -> None:
    ids = array("q", numbers)
    rows = data.draw(st.sets(st.sampled_from(range(len(ids))) if numbers else st.nothing()))
    ranges = ranges_of_rows(rows)
    chosen = ids_in(ids, ranges)
    assert list(chosen) == [ids[row] for row in sorted(rows)]
    assert ranges_of(ids, Places(ids), chosen) == ranges


def test_rows_side_by_side_make_one_range() -> None:
    assert ranges_of_rows([5, 1, 2, 3, 9, 8]) == [(1, 3), (5, 5), (8, 9)]


def test_papers_no_longer_listed_have_no_place() -> None:
    ids = array("q", range(1000, 0, -1))
    assert ranges_of(ids, Places(ids), array("q", [1000, 5000, 999])) == [(0, 1)]
