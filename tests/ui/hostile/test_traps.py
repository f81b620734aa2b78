"""The walk and the traps find what they are for."""

import socket
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QTextBrowser, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hostile.html import html_in, is_text, tips_over
from tests.ui.hostile.traps import Trap


@pytest.fixture
def careless(qtbot: QtBot) -> QWidget:
    """A widget to be filled without care."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_label_that_reads_html_is_found_and_fetches_its_pictures(
    careless: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    with Trap(tmp_path) as trap:
        label = QLabel(trap.payload, careless)
        assert trap.touched == []
        careless.show()
        label.grab()
        qtbot.waitUntil(lambda: "the file was opened" in trap.touched)
        assert html_in(careless) == [f"QLabel: label {trap.payload[:80]}"]


def test_tips_and_cells_that_read_html_are_found(careless: QWidget) -> None:
    cells = QListWidget(careless)
    cells.addItem("x")
    cells.item(0).setToolTip("<b>x</b>")
    careless.setToolTip("<img src='x'>")
    careless.resize(300, 200)
    careless.show()
    assert html_in(careless) == ["QWidget: tip <img src='x'>", "QListWidget: cell <b>x</b>"]
    assert "<b>x</b>" in tips_over(cells) and not is_text("<b>x</b>")
    QApplication.sendPostedEvents()


def test_documents_with_pictures_are_found(careless: QWidget, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"x")
    QTextEdit(careless).setHtml(f"<img src='{picture.as_uri()}'>")
    browser = QTextBrowser(careless)
    browser.setHtml(f"<img src='{QUrl.fromLocalFile(str(picture)).toString()}'>")
    assert html_in(careless) == [
        f"QTextEdit: picture {picture.as_uri()}",
        f"QTextBrowser: picture {picture.as_uri()}",
        "QTextBrowser: opens links",
    ]


def test_a_call_of_the_port_is_noticed(tmp_path: Path) -> None:
    with Trap(tmp_path) as trap:
        port = int(trap.address.rpartition(":")[2].partition("/")[0])
        socket.create_connection(("127.0.0.1", port)).close()
        assert trap.touched == ["the port was called"]
