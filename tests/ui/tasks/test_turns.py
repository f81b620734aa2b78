"""Turns of the window: what an answer shows is painted before a long next one; short ones share a turn."""

import threading
from collections.abc import Callable
from functools import partial
from time import perf_counter

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from refman.ui.cancelling import CancelToken
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import PATIENCE_MS, set_and_give


class Painted(QWidget):
    """Notes down that it was painted."""

    def __init__(self, notes: list[str]) -> None:
        super().__init__()
        self._notes = notes

    def paintEvent(self, event: QPaintEvent) -> None:
        self._notes.append("painted")


def test_what_an_answer_shows_is_painted_before_the_next_answer_is_told(
    lanes: Lanes, owner: QObject, qtbot: QtBot
) -> None:
    notes: list[str] = []
    widget = Painted(notes)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: notes != [], timeout=PATIENCE_MS)
    notes.clear()

    def tell(answer: str) -> None:
        notes.append(answer)
        widget.update()
        # As long as a person would notice: what comes after it has its own turn.
        end = perf_counter() + 0.02
        while perf_counter() < end:
            pass

    ended = [threading.Event(), threading.Event()]
    for number, event in enumerate(ended):
        lanes.submit_write(partial(set_and_give, event, str(number)), tell, failed=print, owner=owner)
    # Both are there before the event loop runs again.
    for event in ended:
        assert event.wait(PATIENCE_MS / 1000)
    qtbot.waitUntil(lambda: len(notes) == 4, timeout=PATIENCE_MS)
    assert notes == ["0", "painted", "1", "painted"]


def test_answers_that_take_no_time_share_a_turn(lanes: Lanes, owner: QObject, qtbot: QtBot) -> None:
    turns: list[int] = []
    told: list[int] = []
    counter = QTimer(owner)
    counter.timeout.connect(lambda: turns.append(len(told)))
    ended = [threading.Event() for _ in range(40)]
    for number, event in enumerate(ended):
        work: Callable[[CancelToken], int] = partial(set_and_give, event, number)
        lanes.submit_write(work, told.append, failed=print, owner=owner)
    for event in ended:
        assert event.wait(PATIENCE_MS / 1000)
    counter.start(0)
    qtbot.waitUntil(lambda: len(told) == len(ended), timeout=PATIENCE_MS)
    counter.stop()
    assert told == list(range(len(ended)))
    # Else answers that come as quickly as letters are typed would wait behind each other.
    assert len(set(turns)) < len(ended)


def test_an_answer_that_opens_a_dialog_holds_up_no_other(lanes: Lanes, owner: QObject, qtbot: QtBot) -> None:
    heard: list[str] = []
    loop = QEventLoop()

    def ask(answer: str) -> None:
        heard.append(answer)
        loop.exec()
        heard.append("asked")

    def tell(answer: str) -> None:
        heard.append(answer)
        loop.quit()

    ended = [threading.Event(), threading.Event()]
    for event, answer, done in zip(ended, ("first", "second"), (ask, tell), strict=True):
        lanes.submit_write(partial(set_and_give, event, answer), done, failed=print, owner=owner)
    for event in ended:
        assert event.wait(PATIENCE_MS / 1000)
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=PATIENCE_MS)
    assert heard == ["first", "second", "asked"]
