"""Where work runs and where its result comes; writes in their order, reads beside them."""

import threading
from functools import partial

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from refman.domain.progress import Progress
from refman.ui.cancelling import CancelToken, ProgressReport
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import PATIENCE_MS, Gate, Heard, settle, thread_name


def test_work_runs_on_a_lane_and_its_result_comes_on_the_gui_thread(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    lanes.submit_read(thread_name, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    lanes.submit_write(thread_name, heard.done, failed=heard.failed, owner=owner)
    settle(qtbot, lanes)
    assert heard.results == ["refman-reader-1", "refman-writer-1"]
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


def note_down(numbers: list[int], number: int, _token: CancelToken) -> None:
    numbers.append(number)


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


def test_a_read_finds_a_reader_while_two_others_take_long(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    slow = [Gate("slow"), Gate("slow")]
    for gate in slow:
        lanes.submit_read(gate, heard.done, failed=heard.failed, owner=owner)
    lanes.submit_read(lambda _token: "quick", heard.done, failed=heard.failed, owner=owner)
    qtbot.waitUntil(lambda: heard.results == ["quick"], timeout=PATIENCE_MS)
    for gate in slow:
        gate.go.set()
    settle(qtbot, lanes)


def test_however_much_takes_long_a_read_finds_a_reader(
    lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot
) -> None:
    long = [Gate("long") for _ in range(5)]
    for gate in long:
        lanes.submit_read(gate, heard.done, failed=heard.failed, owner=owner, is_long=True)
    lanes.submit_read(thread_name, heard.done, failed=heard.failed, owner=owner)
    qtbot.waitUntil(lambda: heard.results == ["refman-reader-1"], timeout=PATIENCE_MS)
    for gate in long:
        gate.go.set()
    settle(qtbot, lanes)
    assert heard.results[1:] == ["long"] * 5


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
