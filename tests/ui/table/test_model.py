"""The list model: counts first, rows later, nothing read twice."""

from array import array
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from refman.domain.listing import PaperRow
from refman.ui.mime import papers_of_mime
from refman.ui.table.columns import COLUMNS, column_named
from refman.ui.table.model import PLACEHOLDER, PaperTableModel
from refman.ui.table.page_cache import PAGE_ROWS
from tests.ui.table.rows import row

_TITLE = column_named("title") or 0
_YEAR = column_named("year") or 0


class Reader:
    """Stands for the read lane: keeps what was asked until the test lets it answer."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self._waiting: list[tuple[array[int], Callable[[list[PaperRow]], None], Callable[[], None]]] = []

    def read(self, ids: "array[int]", done: Callable[[list[PaperRow]], None], failed: Callable[[], None]) -> None:
        self.asked.append(list(ids))
        self._waiting.append((ids, done, failed))

    def answer(self, *, title: str = "") -> None:
        waiting, self._waiting = self._waiting, []
        for ids, done, _ in waiting:
            done([row(i, title, year="2020") for i in ids])

    def fail(self) -> None:
        waiting, self._waiting = self._waiting, []
        for _, _, failed in waiting:
            failed()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def model(reader: Reader, qapp: QCoreApplication) -> Iterator[PaperTableModel]:
    model = PaperTableModel(reader.read)
    yield model
    # Complains by a warning, which fails the test.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.deleteLater()


def _text(model: PaperTableModel, place: int, column: int = _TITLE) -> object:
    return model.index(place, column).data()


def test_count_and_first_rows_are_there_at_once(model: PaperTableModel, reader: Reader) -> None:
    model.show(1000, array("q", [3, 1, 2]), [row(1), row(2), row(3)], age=model.age)
    assert model.rowCount() == 1000
    assert [_text(model, place) for place in range(4)] == ["Paper 3", "Paper 1", "Paper 2", PLACEHOLDER]
    assert reader.asked == []


def test_a_missing_row_is_a_placeholder_until_its_page_comes(model: PaperTableModel, reader: Reader) -> None:
    model.show(3, array("q", [3, 1, 2]), age=model.age)
    assert [_text(model, 0), _text(model, 1, _YEAR)] == [PLACEHOLDER, ""]
    assert reader.asked == [[3, 1, 2]]
    reader.answer()
    assert [_text(model, 0), _text(model, 1, _YEAR)] == ["Paper 3", "2020"]
    assert reader.asked == [[3, 1, 2]]


def test_only_the_page_of_the_row_is_read(model: PaperTableModel, reader: Reader) -> None:
    ids = array("q", range(1, 1001))
    model.show(1000, ids, age=model.age)
    model.row_at(3 * PAGE_ROWS + 5)
    assert reader.asked == [list(ids[3 * PAGE_ROWS : 4 * PAGE_ROWS])]
    reader.answer()


def test_a_failed_read_may_be_asked_for_again(model: PaperTableModel, reader: Reader) -> None:
    model.show(1, array("q", [1]), age=model.age)
    model.row_at(0)
    reader.fail()
    model.row_at(0)
    assert reader.asked == [[1], [1]]
    reader.answer()


def test_the_rest_of_the_ids_follows(model: PaperTableModel, reader: Reader, qtbot: QtBot) -> None:
    model.show(4, array("q", [4, 3]), [row(4), row(3)], age=model.age)
    assert (model.is_filled, model.row_of(1), model.id_at(3)) == (False, None, None)
    with qtbot.waitSignal(model.filled):
        model.extend(array("q", [4, 3, 2, 1]))
    assert (model.is_filled, model.row_of(1), model.id_at(3)) == (True, 3, 1)
    assert _text(model, 3) == PLACEHOLDER
    assert reader.asked == [[2, 1]]
    reader.answer()


def test_ids_that_do_not_fit_the_count_are_refused(model: PaperTableModel) -> None:
    model.show(4, array("q", [4]), [row(4)], age=model.age)
    with pytest.raises(ValueError, match="3 ids for 4 rows"):
        model.extend(array("q", [4, 3, 2]))
    model.forget()


def test_a_new_order_shows_known_rows_without_reading(model: PaperTableModel, reader: Reader) -> None:
    model.show(2, array("q", [1, 2]), [row(1), row(2)], age=model.age)
    model.show(2, array("q", [2, 1]), age=model.age)
    assert [_text(model, 0), _text(model, 1)] == ["Paper 2", "Paper 1"]
    assert reader.asked == []


def test_a_changed_paper_keeps_its_old_text_until_the_new_is_read(model: PaperTableModel, reader: Reader) -> None:
    model.show(2, array("q", [1, 2]), [row(1, "Old"), row(2)], age=model.age)
    model.mark_changed([1])
    assert _text(model, 0) == "Old"
    assert reader.asked == [[1]]
    reader.answer(title="New")
    assert _text(model, 0) == "New"


def test_rows_read_before_a_change_are_read_again(model: PaperTableModel, reader: Reader) -> None:
    model.show(1, array("q", [1]), [row(1, "Old")], age=model.age)
    before = model.age
    model.mark_changed([1])
    model.show(1, array("q", [1]), [row(1, "Old")], age=before)
    assert _text(model, 0) == "Old"
    reader.answer(title="New")
    assert _text(model, 0) == "New"


def test_another_library_shows_nothing_of_the_last(model: PaperTableModel, reader: Reader) -> None:
    model.show(1, array("q", [1]), age=model.age)
    model.row_at(0)
    model.forget()
    reader.answer(title="Of the old library")
    model.show(1, array("q", [1]), age=model.age)
    assert _text(model, 0) == PLACEHOLDER
    reader.answer()


def test_headers_are_labels_and_no_row_has_one(model: PaperTableModel) -> None:
    labels = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert labels == [column.label for column in COLUMNS]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_dragged_cells_carry_their_papers_once(model: PaperTableModel) -> None:
    model.show(3, array("q", [30, 20, 10]), [row(10), row(20), row(30)], age=model.age)
    mime = model.mimeData([model.index(2, 0), model.index(0, 0), model.index(2, 1)])
    assert list(papers_of_mime(mime)) == [30, 10]
