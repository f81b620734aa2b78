"""The lanes: order, newest wins, cancelling, errors, and where things happen."""

import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from refman.domain.errors import Cancelled, DiskFull, RefmanError
from refman.domain.progress import Progress, stop_if_cancelled
from refman.ui.cancelling import CancelToken, ProgressReport
from refman.ui.tasks import Lanes

T = TypeVar("T")

PATIENCE_MS = 60_000


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    lanes = Lanes()
    yield lanes
    assert lanes.close(PATIENCE_MS)


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[str] = []

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(threading.current_thread().name)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.append(threading.current_thread().name)


@pytest.fixture
def heard() -> Heard:
    return Heard()


class Gate:
    """Work that says when it began and ends when it is let go, or when it is cancelled."""

    def __init__(self, result: object = None) -> None:
        self.began = threading.Event()
        self.go = threading.Event()
        self._result = result

    def __call__(self, token: CancelToken) -> object:
        self.began.set()
        while not self.go.wait(0.001):
            stop_if_cancelled(token)
        return self._result


def settle(qtbot: QtBot, lanes: Lanes) -> None:
    qtbot.waitUntil(lambda: lanes.is_idle, timeout=PATIENCE_MS)


def thread_name(_token: CancelToken) -> str:
    return threading.current_thread().name


def giving(value: object) -> Callable[[CancelToken], object]:
    return lambda _token: value


def note_down(numbers: list[int], number: int, _token: CancelToken) -> None:
    numbers.append(number)


def raising(error: Exception) -> Callable[[CancelToken], object]:
    def work(_token: CancelToken) -> object:
        raise error

    return work


def test_work_runs_on_a_lane_and_its_result_comes_on_the_gui_thread(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    lanes.submit_read(thread_name, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    lanes.submit_write(thread_name, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert heard.results == ["refman-reader-1", "refman-writer"]
    assert set(heard.threads) == {threading.main_thread().name}


def test_a_result_is_never_delivered_inside_the_submission(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    finished = threading.Event()
    lanes.submit_read(lambda _token: finished.set(), heard.done, failed=heard.failed, owner=owner)
    assert finished.wait(5)
    assert heard.results == []
    settle(qtbot, lanes)
    assert heard.results == [None]


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
        lanes.submit_write(partial(_set_and_give, event, str(number)), tell, failed=print, owner=owner)
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
        work: Callable[[CancelToken], int] = partial(_set_and_give, event, number)
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
        lanes.submit_write(partial(_set_and_give, event, answer), done, failed=print, owner=owner)
    for event in ended:
        assert event.wait(PATIENCE_MS / 1000)
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=PATIENCE_MS)
    assert heard == ["first", "second", "asked"]


def _set_and_give(event: threading.Event, value: T, _token: CancelToken) -> T:
    event.set()
    return value


def test_writes_run_in_the_order_they_were_asked_for(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    ran: list[int] = []
    for number in range(50):
        lanes.submit_write(
            partial(note_down, ran, number),
            heard.done,
            failed=heard.failed,
            owner=owner,
        )
    settle(qtbot, lanes)
    assert ran == list(range(50))


def test_a_long_write_holds_up_no_read(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    long = Gate("written")
    lanes.submit_write(long, heard.done, failed=heard.failed, owner=owner)
    lanes.submit_read(lambda _token: "read", heard.done, failed=heard.failed, owner=owner)
    qtbot.waitUntil(lambda: heard.results == ["read"], timeout=PATIENCE_MS)
    long.go.set()
    settle(qtbot, lanes)
    assert heard.results == ["read", "written"]


def test_two_reads_run_side_by_side(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    slow = Gate("slow")
    lanes.submit_read(slow, heard.done, failed=heard.failed, owner=owner)
    lanes.submit_read(lambda _token: "quick", heard.done, failed=heard.failed, owner=owner)
    qtbot.waitUntil(lambda: heard.results == ["quick"], timeout=PATIENCE_MS)
    slow.go.set()
    settle(qtbot, lanes)


def test_in_one_slot_the_newest_wins(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    running = Gate("r")
    interrupted: list[str] = []
    lanes.submit_read(
        running,
        heard.done,
        failed=heard.failed,
        owner=owner,
        slot="search",
        interrupt=lambda: interrupted.append(threading.current_thread().name),
    )
    assert running.began.wait(5)
    for text in ("re", "rei", "rein"):
        lanes.submit_read(
            giving(text),
            heard.done,
            failed=heard.failed,
            owner=owner,
            slot="search",
        )
    settle(qtbot, lanes)
    assert (heard.results, heard.errors) == (["rein"], [])
    assert interrupted == [threading.main_thread().name]


def test_a_result_that_was_ready_before_a_newer_submission_is_dropped(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    finished = threading.Event()
    lanes.submit_read(lambda _token: finished.set(), heard.done, failed=heard.failed, owner=owner, slot="search")
    assert finished.wait(5)
    lanes.submit_read(lambda _token: "newer", heard.done, failed=heard.failed, owner=owner, slot="search")
    settle(qtbot, lanes)
    assert heard.results == ["newer"]


def test_slots_do_not_disturb_each_other(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    lanes.submit_read(lambda _token: "rows", heard.done, failed=heard.failed, owner=owner, slot="rows")
    lanes.submit_read(lambda _token: "counts", heard.done, failed=heard.failed, owner=owner, slot="counts")
    settle(qtbot, lanes)
    assert sorted(map(str, heard.results)) == ["counts", "rows"]


def test_an_interrupt_is_not_called_for_work_that_has_not_begun(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    gates = [Gate(), Gate()]
    for gate in gates:
        lanes.submit_read(gate, heard.done, failed=heard.failed, owner=owner)
        assert gate.began.wait(5)
    interrupted: list[bool] = []
    waiting = lanes.submit_read(
        lambda _token: "never",
        heard.done,
        failed=heard.failed,
        owner=owner,
        interrupt=lambda: interrupted.append(True),
    )
    waiting.cancel()
    for gate in gates:
        gate.go.set()
    settle(qtbot, lanes)
    assert (heard.results, interrupted) == ([None, None], [])
    assert [type(error) for error in heard.errors] == [Cancelled]


def test_a_read_that_was_hit_by_the_interrupt_of_another_is_tried_again(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    tries: list[int] = []

    def work(_token: CancelToken) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Cancelled("cancelled", "interrupted")
        return "read"

    lanes.submit_read(work, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert (heard.results, len(tries)) == (["read"], 3)


def test_a_cancelled_write_ends_by_cancelled_and_is_not_tried_again(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    work = Gate()
    ticket = lanes.submit_write(work, heard.done, failed=heard.failed, owner=owner)
    assert work.began.wait(5)
    ticket.cancel()
    settle(qtbot, lanes)
    assert heard.results == []
    assert [type(error) for error in heard.errors] == [Cancelled]


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


def test_progress_is_thinned_out_and_comes_on_the_gui_thread(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    reports: list[ProgressReport] = []
    threads: set[str] = set()

    def work(progress: Progress) -> None:
        for number in range(10_000):
            progress.report(number, 10_000, "reading")

    def hear(report: ProgressReport) -> None:
        reports.append(report)
        threads.add(threading.current_thread().name)

    lanes.submit_write(work, heard.done, failed=heard.failed, owner=owner, progress=hear)
    settle(qtbot, lanes)
    assert reports[0] == ProgressReport(0, 10_000, "reading")
    assert len(reports) < 100
    assert threads == {threading.main_thread().name}
    assert heard.results == [None]


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
    qtbot.waitUntil(lambda: "refman-writer" not in {thread.name for thread in threading.enumerate()})
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


class Cycle(QObject):
    """Dies only by the garbage collector; its timer may not be stopped on another thread."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        timer = QTimer(self)
        timer.start(60_000)


def test_dead_objects_in_a_cycle_end_on_the_gui_thread(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    ended_on: list[str] = []
    cycle = Cycle()
    cycle.destroyed.connect(lambda: ended_on.append(threading.current_thread().name))
    del cycle

    def allocate(_token: CancelToken) -> int:
        return len([[number] for number in range(200_000)])

    lanes.submit_read(allocate, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert not gc.isenabled()
    gc.collect()
    assert ended_on == [threading.main_thread().name]


def test_what_work_holds_is_dropped_on_the_gui_thread(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    ended_on: list[str] = []

    class Held:
        def __del__(self) -> None:
            ended_on.append(threading.current_thread().name)

    def fail(held: Held) -> Callable[[CancelToken], object]:
        def work(_token: CancelToken) -> object:
            raise RefmanError("held", f"{held}")

        return work

    for _ in range(20):
        lanes.submit_write(fail(Held()), heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    heard.errors.clear()
    assert ended_on == [threading.main_thread().name] * 20
