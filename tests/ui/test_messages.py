"""The message bar: says what happened, offers one thing to do, covers nothing and goes by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from refman.ui.icons import Icons
from refman.ui.messages import Message, MessageAction, MessageBar, MessageKind
from refman.ui.theme import ThemeController


class Pane(QWidget):
    """A list with the bar under it."""

    def __init__(self, icons: Icons, themes: ThemeController) -> None:
        super().__init__()
        self.papers = QListWidget()
        self.bar = MessageBar(icons=icons, themes=themes)
        self.other = QLineEdit()
        self.column = QVBoxLayout(self)
        for widget in (self.papers, self.bar, self.other):
            self.column.addWidget(widget)
        self.resize(600, 400)


@pytest.fixture
def pane(icons: Icons, themes: ThemeController, qtbot: QtBot) -> Pane:
    pane = Pane(icons, themes)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def gone(bar: MessageBar) -> Callable[[], bool]:
    return lambda: bar.message is None and not bar.isVisible()


def is_going(bar: MessageBar) -> bool:
    return bar.findChildren(QTimer)[0].isActive()


def press(pane: Pane, text: str) -> None:
    made = next(each for each in pane.bar.findChildren(QPushButton) if each.text() == text and each.isVisible())
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def shown_text(pane: Pane) -> str:
    return pane.bar.findChildren(QTextEdit)[0].toPlainText()


def test_the_bar_takes_room_from_the_list_and_covers_nothing(pane: Pane) -> None:
    before = pane.papers.height()
    pane.bar.show_message(Message("21 added, 2 already here"))
    QApplication.sendPostedEvents()
    pane.column.activate()
    assert pane.papers.height() < before
    assert not pane.papers.geometry().intersects(pane.bar.geometry())
    pane.bar.dismiss()
    pane.column.activate()
    assert pane.papers.height() == before


def test_a_message_goes_after_its_time(pane: Pane, qtbot: QtBot) -> None:
    assert pane.bar.stay_ms == 8000
    pane.bar.stay_ms = 10
    pane.bar.show_message(Message("Deleted 3 papers", MessageKind.SUCCESS))
    assert pane.bar.isVisible()
    qtbot.waitUntil(gone(pane.bar))


def test_the_button_does_it_once_and_the_message_is_gone_before(pane: Pane) -> None:
    seen: list[bool] = []
    undo = MessageAction("Undo", lambda: seen.append(pane.bar.isVisible()))
    pane.bar.show_message(Message("Deleted 3 papers", actions=(undo,)))
    press(pane, "Undo")
    assert seen == [False]


def test_an_action_may_show_the_next_message(pane: Pane) -> None:
    again = MessageAction("Undo", lambda: pane.bar.show_message(Message("Taken back")))
    pane.bar.show_message(Message("Deleted", actions=(again,)))
    press(pane, "Undo")
    assert (shown_text(pane), pane.bar.message) == ("Taken back", Message("Taken back"))
    assert [each for each in pane.bar.findChildren(QPushButton) if each.isVisible()] == []


def test_a_newer_message_takes_the_place_of_the_older(pane: Pane) -> None:
    pane.bar.show_message(Message("first", actions=(MessageAction("Undo", list),)))
    pane.bar.show_message(Message("second", actions=(MessageAction("Show", list),)))
    assert shown_text(pane) == "second"
    assert [each.text() for each in pane.bar.findChildren(QPushButton) if each.isVisible()] == ["Show"]


@pytest.mark.parametrize("kind", [MessageKind.WARNING, MessageKind.ERROR])
def test_warnings_and_errors_stay_until_they_are_closed(pane: Pane, qtbot: QtBot, kind: MessageKind) -> None:
    pane.bar.stay_ms = 0
    pane.bar.show_message(Message("The disk is full.", kind))
    with qtbot.waitSignal(pane.other.textChanged):
        # An event of the loop that comes after every timer of 0 ms that was running.
        pane.other.setText("later")
    assert pane.bar.isVisible()
    QTest.mouseClick(pane.bar.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert gone(pane.bar)()


def test_a_message_stays_while_the_pointer_is_in_it(pane: Pane, qtbot: QtBot) -> None:
    pane.bar.stay_ms = 10
    pane.bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    pane.bar.show_message(Message("Deleted"))
    here = QPointF(5, 5)
    QApplication.sendEvent(pane.bar, QEnterEvent(here, here, here))
    assert not is_going(pane.bar)
    pane.bar.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(pane.bar, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(gone(pane.bar))


def test_a_message_stays_while_its_button_has_the_focus(pane: Pane, qtbot: QtBot) -> None:
    pane.bar.stay_ms = 10
    pane.activateWindow()
    pane.other.setFocus()
    qtbot.waitUntil(pane.other.hasFocus)
    pane.bar.show_message(Message("Deleted", actions=(MessageAction("Undo", list),)))
    pane.bar.findChildren(QPushButton)[0].setFocus()
    assert not is_going(pane.bar)
    pane.other.setFocus()
    qtbot.waitUntil(gone(pane.bar))


@pytest.mark.parametrize("then", ["use", "close", "newer"])
def test_the_focus_returns_to_where_it_was_before_the_message(pane: Pane, qtbot: QtBot, then: str) -> None:
    pane.activateWindow()
    pane.other.setFocus()
    qtbot.waitUntil(pane.other.hasFocus)
    pane.bar.show_message(Message("Deleted", actions=(MessageAction("Undo", list),)))
    undo = pane.bar.findChildren(QPushButton)[0]
    undo.setFocus()
    qtbot.waitUntil(undo.hasFocus)
    if then == "use":
        QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    elif then == "close":
        QTest.mouseClick(pane.bar.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    else:
        pane.bar.show_message(Message("Imported", actions=(MessageAction("Show", list),)))
    qtbot.waitUntil(pane.other.hasFocus)


def test_closing_the_window_stops_the_clock(pane: Pane) -> None:
    pane.bar.show_message(Message("Deleted"))
    assert is_going(pane.bar)
    pane.close()
    assert not is_going(pane.bar)


def test_a_long_text_can_be_selected_and_leaves_room_for_the_list(pane: Pane, qtbot: QtBot) -> None:
    text = "Line 12 of refs.bib has no closing brace. " * 100
    pane.bar.show_message(Message(text, MessageKind.ERROR))
    block = pane.bar.findChildren(QTextEdit)[0]
    block.selectAll()
    assert block.textCursor().selectedText() == text
    qtbot.waitUntil(lambda: 80 < pane.bar.height() < 150)


def test_markup_is_shown_as_it_is(pane: Pane) -> None:
    pane.bar.show_message(Message("<b>$\\alpha$</b> & co"))
    assert shown_text(pane) == "<b>$\\alpha$</b> & co"


def test_everything_in_the_bar_has_a_name(pane: Pane) -> None:
    pane.bar.show_message(Message("Deleted", actions=(MessageAction("Undo", list),)))
    for kind in (QPushButton, QToolButton, QTextEdit):
        for widget in pane.bar.findChildren(kind):
            assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
