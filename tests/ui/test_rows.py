"""How rows of tables and trees in dialogs look, and texts that stand in for others."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from refman.ui.theme import LIGHT, ThemeController


def _table() -> tuple[QAbstractItemView, QHeaderView]:
    table = QTableWidget(2, 1)
    table.setHorizontalHeaderLabels(["IIII"])
    table.setItem(0, 0, QTableWidgetItem("IIII"))
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    return table, table.horizontalHeader()


def _tree() -> tuple[QAbstractItemView, QHeaderView]:
    tree = QTreeWidget()
    tree.setHeaderLabels(["IIII"])
    tree.setRootIsDecorated(False)
    tree.addTopLevelItems([QTreeWidgetItem(["IIII"]), QTreeWidgetItem(["no"])])
    return tree, tree.header()


@pytest.fixture(params=[_table, _tree], ids=["table", "tree"])
def view(
    request: pytest.FixtureRequest, themes: ThemeController, qtbot: QtBot
) -> tuple[QAbstractItemView, QHeaderView]:
    made, header = request.param()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    return made, header


def _first_dark(picture: QImage) -> int:
    """Where the first letter begins."""
    return next(
        x
        for x in range(picture.width())
        for y in range(1, picture.height() - 2)
        if picture.pixelColor(x, y).lightness() < 170
    )


def _row(view: QAbstractItemView) -> QImage:
    return view.viewport().grab(view.visualRect(_index(view))).toImage()


def _index(view: QAbstractItemView) -> QModelIndex:
    return view.model().index(0, 0)


def test_what_is_in_a_cell_begins_under_its_heading(view: tuple[QAbstractItemView, QHeaderView]) -> None:
    rows, header = view
    assert abs(_first_dark(_row(rows)) - _first_dark(header.viewport().grab().toImage())) <= 1


def test_the_chosen_row_is_of_one_plain_colour(view: tuple[QAbstractItemView, QHeaderView]) -> None:
    """No gradient, no frame and no dotted line of Qt's own style."""
    rows, _ = view
    rows.setFocus()
    rows.setCurrentIndex(_index(rows))
    picture = _row(rows)
    edge = [picture.pixelColor(x, y).name() for x in (0, picture.width() - 1) for y in range(picture.height() - 1)]
    assert set(edge) <= {LIGHT.selection} or set(edge) <= {LIGHT.selection_inactive}


@pytest.mark.parametrize("kind", [QLineEdit, QTextEdit, QPlainTextEdit])
def test_what_an_empty_field_says_can_be_read(kind: type[QWidget], themes: ThemeController, qtbot: QtBot) -> None:
    field = kind()
    qtbot.addWidget(field)
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText).name() == LIGHT.text_secondary
