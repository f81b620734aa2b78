"""Chips and small buttons flow into lines like words."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from refman.ui.widgets.flow_layout import FlowLayout


def boxes(width: int, sizes: list[int], qtbot: QtBot) -> list[QRect]:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = FlowLayout(pane, spacing=4)
    for size in sizes:
        box = QLabel()
        box.setFixedSize(size, 20)
        layout.addWidget(box)
    pane.setFixedSize(width, layout.heightForWidth(width))
    pane.show()
    return [item.geometry() for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]


def test_chips_flow_into_lines_like_words(qtbot: QtBot) -> None:
    assert boxes(100, [40, 40, 40], qtbot) == [QRect(0, 0, 40, 20), QRect(44, 0, 40, 20), QRect(0, 24, 40, 20)]


def test_a_line_is_filled_to_its_last_pixel(qtbot: QtBot) -> None:
    assert boxes(84, [40, 40], qtbot) == [QRect(0, 0, 40, 20), QRect(44, 0, 40, 20)]


def test_the_height_follows_from_the_width(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = FlowLayout(pane, spacing=4)
    for _ in range(3):
        box = QLabel()
        box.setFixedSize(40, 20)
        layout.addWidget(box)
    assert [layout.heightForWidth(width) for width in (200, 100, 50)] == [20, 44, 68]


def test_a_hidden_widget_takes_no_room_and_an_inserted_one_comes_in_order(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = FlowLayout(pane, spacing=4)
    made = [QPushButton(str(number)) for number in range(3)]
    layout.addWidget(made[0])
    layout.addWidget(made[1])
    layout.insertWidget(1, made[2])
    made[0].hide()
    pane.resize(400, 40)
    pane.show()
    assert made[2].x() == 0
    assert made[1].x() == made[2].width() + 4


def test_items_can_be_taken_out(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = FlowLayout(pane, spacing=4)
    layout.addWidget(QLabel("one", pane))
    assert layout.takeAt(0) is not None
    assert layout.takeAt(0) is None
    assert (layout.count(), layout.itemAt(0)) == (0, None)


def test_the_height_follows_whatever_becomes_of_the_widgets(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = FlowLayout(pane, spacing=4)
    made = [QLabel() for _ in range(3)]
    for box in made:
        box.setFixedSize(40, 20)
        layout.addWidget(box)
    pane.show()
    heights = [layout.heightForWidth(100)]
    made[0].hide()
    heights.append(layout.heightForWidth(100))
    made[1].setFixedSize(90, 30)
    heights.append(layout.heightForWidth(100))
    layout.setSpacing(10)
    heights.append(layout.heightForWidth(100))
    layout.takeAt(2)
    heights.append(layout.heightForWidth(100))
    made[0].show()
    heights.append(layout.heightForWidth(100))
    assert heights == [44, 20, 54, 60, 30, 60]
