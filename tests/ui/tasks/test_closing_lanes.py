"""Closing: writes are finished, reads cancelled, and nothing comes afterwards."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from refman.domain.errors import Cancelled
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import PATIENCE_MS, Gate, Heard, giving, thread_name


def test_closing_finishes_the_writes_and_delivers_them(owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = Lanes()
    for number in range(20):
        lanes.submit_write(
            giving(number),
            heard.done,
            failed=heard.failed,
            owner=owner,
        )
    assert lanes.close(PATIENCE_MS)
    assert heard.results == list(range(20))


def test_closing_cancels_reads_and_a_write_that_takes_too_long(owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = Lanes()
    read, write = Gate(), Gate()
    lanes.submit_read(read, heard.done, failed=heard.failed, owner=owner)
    lanes.submit_write(write, heard.done, failed=heard.failed, owner=owner)
    assert read.began.wait(5)
    assert write.began.wait(5)
    assert lanes.close(50)
    assert heard.results == []
    assert [type(error) for error in heard.errors] == [Cancelled]


def test_closing_says_when_a_thread_does_not_end(owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = Lanes()
    stuck = threading.Event()
    lanes.submit_write(lambda _token: stuck.wait(30), heard.done, failed=heard.failed, owner=owner)
    assert not lanes.close(10)
    stuck.set()


def test_what_a_stuck_thread_brings_after_closing_is_told_to_nobody(owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = Lanes()
    stuck = threading.Event()
    lanes.submit_write(lambda _token: stuck.wait(30), heard.done, failed=heard.failed, owner=owner)
    assert not lanes.close(10)
    stuck.set()
    qtbot.waitUntil(lambda: "refman-writer-1" not in {thread.name for thread in threading.enumerate()})
    QCoreApplication.sendPostedEvents()
    assert heard.results == []
    assert not [timer for timer in lanes.findChildren(QTimer) if timer.isActive()]


def test_closing_twice_or_without_any_work_is_fine(qtbot: QtBot) -> None:
    lanes = Lanes()
    assert lanes.close(PATIENCE_MS)
    assert lanes.close(PATIENCE_MS)


def test_nothing_can_be_submitted_after_closing(owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes = Lanes()
    lanes.close(PATIENCE_MS)
    with pytest.raises(RuntimeError):
        lanes.submit_read(thread_name, heard.done, failed=heard.failed, owner=owner)
