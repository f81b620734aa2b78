"""A list that is shown before it is counted."""

import pytest

from refman.domain.paper import PaperId
from tests.ui.table.conftest import Shown


def test_counting_adds_rows_and_changes_nothing_else(shown: Shown) -> None:
    shown.show_uncounted(range(500), first=100)
    assert (shown.model.rowCount(), shown.model.is_filled) == (100, False)
    shown.table.select_paper(PaperId(7))
    place = shown.table.verticalScrollBar().value()
    shown.table.count_up(500)
    assert (shown.model.rowCount(), shown.model.is_filled) == (500, False)
    assert list(shown.table.selected_ids) == [7]
    assert shown.table.verticalScrollBar().value() == place
    shown.complete()
    assert shown.model.is_filled
    assert list(shown.table.selected_ids) == [7]


def test_a_list_that_was_whole_is_filled_when_it_is_counted(shown: Shown) -> None:
    shown.show_uncounted(range(100), first=100)
    assert not shown.model.is_filled
    shown.table.count_up(100)
    assert shown.model.is_filled


def test_all_means_also_what_is_not_counted_yet(shown: Shown) -> None:
    shown.show_uncounted(range(500), first=100)
    shown.table.selectAll()
    known = [shown.table.is_selection_known]
    shown.table.count_up(500)
    shown.complete()
    known.append(shown.table.is_selection_known)
    assert known == [False, True]
    assert shown.table.selected_count == 500


def test_who_selects_something_else_meanwhile_does_not_get_all(shown: Shown) -> None:
    shown.show_uncounted(range(500), first=100)
    shown.table.selectAll()
    shown.table.go(1)
    shown.table.count_up(500)
    shown.complete()
    assert shown.table.selected_count == 1


def test_a_count_below_what_is_shown_is_a_mistake(shown: Shown) -> None:
    shown.show_uncounted(range(500), first=100)
    with pytest.raises(ValueError, match="99 papers where 100"):
        shown.table.count_up(99)
