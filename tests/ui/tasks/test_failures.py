"""Who hears of work that failed, and of a bug."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from refman.domain.errors import DiskFull
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import PATIENCE_MS, Gate, Heard, raising, settle


def test_an_error_of_the_world_reaches_its_submitter_only(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    error = DiskFull("disk-full", "The disk is full.")
    with qtbot.assertNotEmitted(lanes.unexpected), qtbot.assertNotEmitted(lanes.unseen_failure):
        lanes.submit_write(raising(error), heard.done, failed=heard.failed, owner=owner)
        settle(qtbot, lanes)
    assert heard.errors == [error]


def test_a_bug_reaches_the_crash_path_with_its_traceback_and_the_submitter(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(lanes.unexpected, timeout=PATIENCE_MS) as caught:
        lanes.submit_read(raising(ZeroDivisionError("one by none")), heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert "in work" in caught.args[0]
    # Its kind and its place; what it says may quote what a person has written.
    assert "ZeroDivisionError" in caught.args[0] and "one by none" not in caught.args[0]
    assert [type(error) for error in heard.errors] == [ZeroDivisionError]


def test_a_lane_outlives_a_bug(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes.submit_write(raising(ZeroDivisionError()), heard.done, failed=heard.failed, owner=owner)
    lanes.submit_write(lambda _token: "next", heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert heard.results == ["next"]


def test_nobody_is_called_whose_owner_is_gone(lanes: Lanes, heard: Heard, qtbot: QtBot) -> None:
    owner = QObject()
    work = Gate("late")
    lanes.submit_read(work, heard.done, failed=heard.failed, owner=owner)
    assert work.began.wait(5)
    Shiboken.delete(owner)
    work.go.set()
    settle(qtbot, lanes)
    assert (heard.results, heard.errors) == ([], [])


def test_a_failed_write_is_told_even_when_its_owner_is_gone(lanes: Lanes, heard: Heard, qtbot: QtBot) -> None:
    owner = QObject()
    error = DiskFull("disk-full", "The disk is full.")
    lanes.submit_write(raising(error), heard.done, failed=heard.failed, owner=owner)
    Shiboken.delete(owner)
    with qtbot.waitSignal(lanes.unseen_failure, timeout=PATIENCE_MS) as caught:
        settle(qtbot, lanes)
    assert caught.args == [error]
    assert heard.errors == []


def test_a_callback_that_fails_leaves_the_lanes_working(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    def broken(_result: object) -> None:
        raise ValueError("a bug of a pane")

    with qtbot.captureExceptions() as caught:
        lanes.submit_read(lambda _token: 1, broken, failed=heard.failed, owner=owner)
        settle(qtbot, lanes)
    lanes.submit_read(lambda _token: 2, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert [kind for kind, _, _ in caught] == [ValueError]
    assert heard.results == [2]
