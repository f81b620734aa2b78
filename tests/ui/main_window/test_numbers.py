"""The details tell the number of the papers that are listed or selected, as the status bar does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.ui.filter_state import FilterState, Place
from tests.ui.main_window.person import CTRL, Person


def _with_five_tagged(reader: Person) -> None:
    numbers = reader.knows(lambda library: list(library.ids(Listing())))
    assert isinstance(numbers, list)
    papers = [PaperId(number) for number in numbers[:5]]
    reader.context.adapter.write(lambda library: library.tag(papers, ["rl"]), owner=reader.window)
    reader.sees(lambda: reader.context.sidebar.model.find("tag:rl").isValid())


def _told(reader: Person) -> tuple[str, str]:
    nothing = reader.context.detail.nothing
    return nothing.papers.text(), nothing.rest.text()


def _counts(reader: Person) -> str:
    return reader.find(QLabel, "listCounts").text()


def _selects_nothing(reader: Person) -> None:
    reader.context.table.clearSelection()
    reader.sees(reader.context.detail.nothing.isVisible)


def test_with_nothing_selected_the_details_tell_how_many_are_listed(reader: Person) -> None:
    _with_five_tagged(reader)
    _selects_nothing(reader)
    reader.sees(lambda: _told(reader) == ("23 papers", "18 without a tag"))
    reader.context.filter(FilterState(tags=("rl",)))
    reader.sees(lambda: _told(reader) == ("5 papers", "listed here · 23 in the library"))
    assert _counts(reader) == "5 papers"
    reader.context.filter(FilterState(Place.TRASH))
    reader.sees(lambda: _told(reader) == ("No papers", "listed here · 23 in the library"))
    reader.context.filter(FilterState())
    reader.sees(lambda: _told(reader) == ("23 papers", "18 without a tag"))


def test_a_search_is_counted_too(reader: Person) -> None:
    _selects_nothing(reader)
    reader.context.search.setText("mathematician")
    reader.sees_searched("mathematician")
    found = reader.context.feed.count
    assert 0 < found < 23
    words = "1 paper" if found == 1 else f"{found} papers"
    reader.sees(lambda: _told(reader) == (words, "listed here · 23 in the library"))


def test_of_several_those_are_told_that_a_filter_leaves_selected(reader: Person) -> None:
    _with_five_tagged(reader)
    reader.context.table.setFocus()
    reader.presses(Qt.Key.Key_A, CTRL)
    many = reader.context.detail.many
    reader.sees(lambda: many.title.text() == "23 papers")
    reader.context.filter(FilterState(tags=("rl",)))
    reader.sees(lambda: many.title.text() == "5 papers")
    assert many.isVisible()
    assert _counts(reader) == "5 papers · 5 selected"
