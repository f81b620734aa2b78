"""Search while typing, filter, sort."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from refman.domain.errors import LibraryError
from refman.domain.listing import SavedSearch, Sort, SortField
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.storage import sqlite, store
from refman.ui import list_beginning, list_feed
from refman.ui.filter_state import FilterState, Place
from refman.ui.table.columns import TITLE_COLUMN, column_named
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, Person


def test_results_come_while_typing_and_escape_clears(reader: Person) -> None:
    reader.presses(Qt.Key.Key_F, CTRL)
    counts = []
    for length in range(1, 5):
        reader.types("tree"[length - 1])
        reader.sees_searched("tree"[:length])
        counts.append(reader.context.feed.count)
    assert counts == sorted(counts, reverse=True)
    assert 0 < counts[-1] < 23
    assert reader.context.table.delegate.hit_spans("Monte Carlo Tree Search") == [(12, 16)]
    reader.presses(Qt.Key.Key_Escape)
    reader.sees_papers(23)


def test_the_newest_search_wins(reader: Person) -> None:
    for text in ("a", "zzz", "m", "monte carlo tree"):
        reader.context.search.setText(text)
    reader.sees(lambda: 0 < reader.context.feed.count < 6)
    assert all("Monte Carlo" in title or "Tree" in title or title for title in reader.cells("title"))
    assert reader.context.feed.text == "monte carlo tree"


@pytest.fixture
def large(reader: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """For this person 23 papers are many: the first three are shown before the others are counted."""
    monkeypatch.setattr(list_beginning, "_FIRST_IDS", 3)
    monkeypatch.setattr(list_feed, "_MANY_PAPERS", 20)
    return reader


def test_in_a_large_library_the_first_page_is_shown_before_it_is_counted(large: Person) -> None:
    seen: list[tuple[int, bool, str]] = []
    feed, status = large.context.feed, large.find(QLabel, "listCounts")
    feed.listed.connect(lambda: seen.append((feed.count, feed.is_counted, status.text())))
    feed.counted.connect(lambda: seen.append((feed.count, feed.is_counted, status.text())))
    large.context.search.setText("a")
    large.sees(lambda: bool(seen) and feed.is_counted)
    everything = len(large.cells("title"))
    assert [one[:2] for one in seen] == [(3, False), (everything, True)]
    assert everything > 3
    assert status.text() == f"{everything} papers"


def test_a_page_that_is_not_full_is_all_there_is(large: Person) -> None:
    counted: list[None] = []
    large.context.feed.counted.connect(lambda: counted.append(None))
    large.context.search.setText("pointer")
    large.sees_papers(1)
    assert large.context.feed.is_counted
    assert counted == []


def test_a_selection_below_the_first_page_is_kept_in_a_large_library(large: Person) -> None:
    large.clicks_row(20)
    kept = large.context.selected
    large.context.search.setText("a")
    large.sees_searched("a")
    large.context.search.setText("")
    large.sees_papers(23)
    large.sees(lambda: large.context.table.papers.is_filled)
    assert large.context.selected == kept


def test_what_is_not_understood_does_not_leave_a_list_uncounted(large: Person) -> None:
    large.context.search.setText("a")
    large.context.search.setText("year:abc")
    large.context.search.setText("a")
    large.sees(lambda: not large.context.feed.is_counted or large.context.feed.count > 3)
    large.context.search.setText("year:abc")
    large.sees(lambda: "abc" in large.context.search.accessibleDescription())
    large.sees(lambda: large.context.feed.is_counted and large.context.feed.count > 3)


def test_down_goes_to_the_results(reader: Person) -> None:
    reader.presses(Qt.Key.Key_F, CTRL)
    reader.types("pointer")
    reader.sees_papers(1)
    reader.presses(Qt.Key.Key_Down)
    assert reader.context.table.hasFocus()
    row = reader.context.table.current_row
    assert row is not None
    assert row.title == "Pointer Graph Networks"


def test_what_is_not_understood_is_underlined_and_the_rest_is_searched(reader: Person) -> None:
    reader.presses(Qt.Key.Key_F, CTRL)
    reader.types("pointer year:abc")
    reader.sees_papers(1)
    reader.sees(lambda: "abc" in reader.context.search.accessibleDescription())
    reader.types(" x")
    reader.sees(lambda: reader.context.feed.count == 0 or reader.context.search.accessibleDescription() != "")


def test_the_last_good_result_stays_while_nothing_is_understood(reader: Person) -> None:
    reader.context.search.setText("pointer")
    reader.sees_papers(1)
    reader.context.search.setText("year:abc")
    reader.sees(lambda: "abc" in reader.context.search.accessibleDescription())
    assert reader.context.feed.count == 1


def test_nothing_found_says_what_was_searched_and_how_to_go_on(reader: Person) -> None:
    reader.context.search.setText("unfindable")
    reader.sees(lambda: reader.window.pages.page.value == "nothing found")
    reader.clicks_button("Clear search")
    reader.sees_papers(23)
    assert reader.window.pages.page.value == "list"
    assert reader.context.search.text() == ""


def test_an_empty_place_leads_to_all_papers(reader: Person) -> None:
    reader.context.filter(FilterState(place=Place.TRASH))
    reader.sees(lambda: reader.window.pages.page.value == "nothing found")
    reader.clicks_button("Show all papers")
    reader.sees_papers(23)


def test_the_selected_paper_is_kept_through_a_search_and_back(reader: Person) -> None:
    reader.clicks_row(8)
    chosen = reader.context.selected
    reader.context.search.setText("unfindable")
    reader.sees_papers(0)
    reader.context.search.setText("")
    reader.sees_papers(23)
    assert reader.context.selected == chosen


def test_a_click_on_a_header_sorts_and_ctrl_click_adds_a_level(reader: Person) -> None:
    _click_header(reader, "title")
    reader.sees(lambda: reader.context.feed.listing.sort == (Sort(SortField.TITLE),))
    titles = reader.cells("title")
    assert titles == sorted(titles, key=str.casefold)
    _click_header(reader, "year")
    _click_header(reader, "title", Qt.KeyboardModifier.ControlModifier)
    wanted = (Sort(SortField.YEAR, is_descending=True), Sort(SortField.TITLE))
    reader.sees(lambda: reader.context.feed.listing.sort == wanted)
    rows = list(zip(reader.cells("year"), reader.cells("title"), strict=True))
    assert rows == sorted(rows, key=lambda row: (-int(row[0]), row[1].casefold()))


def _click_header(reader: Person, column: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    header = reader.context.table.header
    where = header.rect().center()
    where.setX(header.sectionViewportPosition(column_named(column) or 0) + 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifiers, where)


def test_a_filter_of_the_sidebar_and_a_search_are_joined(reader: Person) -> None:
    ids = [PaperId(i) for i in reader.context.table.papers.ids[:3]]
    reader.context.adapter.write(lambda library: library.tag(ids, ["rl"]), owner=reader.window)
    reader.sees_message("rl")
    reader.context.filter(FilterState(tags=("rl",)))
    reader.sees_papers(3)
    reader.context.search.setText("math")
    reader.sees_papers(1)
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_Escape)
    reader.sees_papers(23)
    assert reader.context.sidebar.filter_state.is_empty


def test_a_search_is_saved_and_found_in_the_sidebar(reader: Person) -> None:
    reader.context.search.setText("tree")
    reader.does("edit.save_search")
    reader.answers("Trees")
    reader.sees_message("Trees")
    assert reader.knows(lambda library: library.saved_searches()) == [SavedSearch("Trees", "tree")]


def test_titles_are_edited_in_the_list(reader: Person) -> None:
    reader.clicks_row(0)
    reader.presses(Qt.Key.Key_F2)
    reader.types("Co-Mathematicians")
    reader.presses(Qt.Key.Key_Return)
    reader.sees(lambda: reader.cells("title")[0] == "Co-Mathematicians")
    assert str(reader.context.table.papers.index(0, TITLE_COLUMN).data()) == "Co-Mathematicians"
    assert reader.context.table.hasFocus()


def test_a_page_of_text_pasted_into_the_search_is_said_in_short(reader: Person) -> None:
    height = reader.window.height()
    reader.context.search.setText(" ".join(f"word{number}" for number in range(10_000)))
    reader.sees(lambda: reader.context.feed.text.startswith("word0") and not reader.context.feed.count)
    told = next(
        label.text() for label in reader.window.findChildren(QLabel) if label.text().startswith("No paper matches")
    )
    assert len(told) < 250
    assert told.endswith("…”.")
    assert reader.window.height() == height


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, reader: Person, library: Path, open_window: OpenWindow) -> Person:
    """No search of this person is quick enough from now on."""
    assert reader.window.close()
    monkeypatch.setattr(sqlite, "_STEPS_BETWEEN_LOOKS", 1)
    person = open_window(library)
    person.sees_papers(23)
    monkeypatch.setattr(store, "_LONGEST_SEARCH_S", 0.0)
    return person


def test_a_search_that_takes_too_long_is_ended_and_told_and_can_be_waited_for(slow: Person) -> None:
    slow.context.search.setText("tree")
    slow.sees_message("The search was ended after")
    assert slow.context.feed.count == 23
    slow.clicks_button("Wait for it")
    slow.sees_searched("tree")
    assert 0 < slow.context.feed.count < 23
    slow.context.search.setText("trees")
    slow.sees_message("The search was ended after")


def test_a_list_that_cannot_be_read_is_told_and_stays(reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LibraryError("library-io", "The disk reports an error.")

    monkeypatch.setattr(Library, "hits", fail)
    reader.context.search.setText("tree")
    reader.sees_message("The disk reports an error.")
    assert reader.context.feed.count == 23
