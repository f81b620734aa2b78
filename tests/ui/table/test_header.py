"""Sorting and choosing columns in the header."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from refman.domain.listing import DEFAULT_SORT, Sort, SortField
from refman.ui.table.column_layout import ColumnChoice
from refman.ui.table.columns import COLUMNS, TITLE_COLUMN, column_named, default_names
from refman.ui.table.header import further_sort, single_sort
from refman.ui.theme import TextRole, ThemeController
from tests.ui.table.conftest import Shown

_TITLE, _YEAR = Sort(SortField.TITLE), Sort(SortField.YEAR, is_descending=True)


def test_a_click_sorts_by_that_column_and_a_second_the_other_way_round() -> None:
    assert single_sort(DEFAULT_SORT, SortField.TITLE) == (_TITLE,)
    assert single_sort((_TITLE, _YEAR), SortField.TITLE) == (Sort(SortField.TITLE, is_descending=True),)
    assert single_sort((_TITLE,), SortField.YEAR) == (_YEAR,)


def test_ctrl_click_adds_a_level_or_turns_one_round() -> None:
    assert further_sort((_TITLE,), SortField.YEAR) == (_TITLE, _YEAR)
    assert further_sort((_TITLE, _YEAR), SortField.YEAR) == (_TITLE, Sort(SortField.YEAR))


@pytest.fixture
def heard(shown: Shown) -> list[tuple[Sort, ...]]:
    """The sorts that the header asked for; it is shown each at once, as the window does."""
    heard: list[tuple[Sort, ...]] = []
    shown.table.sort_requested.connect(heard.append)
    shown.table.sort_requested.connect(shown.table.header.set_sort)
    return heard


def _click(shown: Shown, column: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    section = column_named(column) or 0
    where = QPoint(shown.table.header.sectionViewportPosition(section) + 20, 10)
    QTest.mouseClick(shown.table.header.viewport(), Qt.MouseButton.LeftButton, modifiers, where)


def test_clicks_on_the_header_ask_for_these_sorts(shown: Shown, heard: list[tuple[Sort, ...]]) -> None:
    _click(shown, "title")
    _click(shown, "year", Qt.KeyboardModifier.ControlModifier)
    _click(shown, "year")
    assert heard == [(_TITLE,), (_TITLE, _YEAR), (_YEAR,)]


@pytest.mark.parametrize("list_px", [740, 880, 1200])
def test_the_year_is_not_cut_by_the_marks_of_two_levels(shown: Shown, list_px: int) -> None:
    shown.table.columns.set_wide(False)
    shown.table.resize(list_px, 600)
    shown.table.header.set_sort((_TITLE, _YEAR))
    assert shown.table.header.shown_label(column_named("year") or 0) == "Year"


def test_a_column_without_a_sort_asks_for_nothing(shown: Shown, heard: list[tuple[Sort, ...]]) -> None:
    _click(shown, "status")
    assert heard == []


def _widths(shown: Shown) -> dict[str, int]:
    header = shown.table.header
    return {c.name: header.sectionSize(i) for i, c in enumerate(COLUMNS) if not header.isSectionHidden(i)}


def _shown_names(shown: Shown) -> tuple[str, ...]:
    header = shown.table.header
    in_order = (header.logicalIndex(visual) for visual in range(len(COLUMNS)))
    return tuple(COLUMNS[i].name for i in in_order if not header.isSectionHidden(i))


def test_the_title_takes_what_the_others_leave(shown: Shown) -> None:
    assert sum(_widths(shown).values()) == shown.table.viewport().width()
    shown.table.resize(1500, 600)
    assert sum(_widths(shown).values()) == shown.table.viewport().width()
    shown.table.resize(600, 600)
    assert _widths(shown) == {column.name: column.least for column in COLUMNS if column.is_wide}


def test_all_default_columns_fit_into_the_list_of_a_wide_window(shown: Shown) -> None:
    shown.table.resize(840, 600)
    assert not shown.table.horizontalScrollBar().isVisible()
    assert sum(_widths(shown).values()) == shown.table.viewport().width()


@pytest.mark.parametrize("list_px", [880, 940, 1060])
def test_a_usual_key_is_shown_whole_before_titles_get_more_than_they_need(
    shown: Shown, themes: ThemeController, list_px: int
) -> None:
    shown.table.resize(list_px, 600)
    key = column_named("key") or 0
    measure = QFontMetrics(themes.metrics.font(TextRole.MONO))
    needed = measure.horizontalAdvance("velickovic2024amplifying") + 2 * themes.metrics.s
    assert shown.table.header.sectionSize(key) >= needed
    assert shown.table.header.sectionSize(TITLE_COLUMN) >= COLUMNS[TITLE_COLUMN].least
    assert sum(_widths(shown).values()) == shown.table.viewport().width()


def test_a_narrow_window_shows_fewer_columns(shown: Shown) -> None:
    assert _shown_names(shown) == default_names(is_wide=True)
    shown.table.columns.set_wide(False)
    assert _shown_names(shown) == ("title", "authors", "year", "key")


def test_columns_are_chosen_in_the_menu_for_this_width_only(shown: Shown, qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    shown.table.columns.fill_menu(menu)
    with qtbot.waitSignal(shown.table.columns.changed):
        _item(menu, "DOI").trigger()
    _item(menu, "Year").trigger()
    assert _shown_names(shown) == ("status", "title", "authors", "key", "venue", "added", "doi")
    assert not _item(menu, "Title").isEnabled()
    shown.table.columns.set_wide(False)
    assert _shown_names(shown) == default_names(is_wide=False)
    shown.table.columns.reset()
    shown.table.columns.set_wide(True)
    assert _shown_names(shown) == default_names(is_wide=True)


def _item(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_a_dragged_edge_takes_from_its_neighbour_only(shown: Shown) -> None:
    before = _widths(shown)
    shown.table.header.resizeSection(column_named("authors") or 0, before["authors"] + 10)
    after = _widths(shown)
    assert after == {**before, "authors": before["authors"] + 10, "year": before["year"] - 10}
    shown.table.header.resizeSection(TITLE_COLUMN, before["title"] + 5000)
    assert sum(_widths(shown).values()) == shown.table.viewport().width()


def test_columns_fill_the_list_when_pyside_lost_its_viewport(shown: Shown) -> None:
    Shiboken.invalidate(shown.table.viewport())
    shown.table.resize(1333, 600)
    assert sum(_widths(shown).values()) == shown.table.viewport().width()


def test_columns_are_found_again(shown: Shown) -> None:
    header, columns = shown.table.header, shown.table.columns
    header.moveSection(header.visualIndex(column_named("year") or 0), 1)
    header.resizeSection(column_named("key") or 0, 130)
    kept = columns.choice
    order, widths = _shown_names(shown), _widths(shown)
    columns.restore(ColumnChoice())
    assert _shown_names(shown) == default_names(is_wide=True)
    columns.restore(kept)
    assert _shown_names(shown) == order
    # What the others share of the rest may differ by a pixel.
    assert {name: abs(width - widths[name]) <= 1 for name, width in _widths(shown).items()} == dict.fromkeys(
        widths, True
    )
    assert _widths(shown)["key"] == 130


def test_names_of_another_version_are_passed_over(shown: Shown) -> None:
    shown.table.columns.restore(ColumnChoice(wide=("title", "colour of the cover", "year")))
    assert _shown_names(shown) == ("title", "year")
