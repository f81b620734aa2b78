"""In one slot the newest wins; what is interrupted or cancelled."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from refman.domain.errors import Cancelled
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import Gate, Heard, giving, settle


def _name_of(thread: int) -> str:
    return next(one.name for one in threading.enumerate() if one.ident == thread)


def test_in_one_slot_the_newest_wins(lanes: Lanes, owner: QObject, heard: Heard, qtbot: QtBot) -> None:
    running = Gate("r")
    interrupted: list[tuple[str, str]] = []
    lanes.submit_read(
        running,
        heard.done,
        failed=heard.failed,
        owner=owner,
        slot="search",
        interrupt=lambda thread: interrupted.append((threading.current_thread().name, _name_of(thread))),
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
    assert interrupted == [(threading.main_thread().name, "refman-reader-1")]


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
    gates = [Gate(), Gate(), Gate()]
    for gate in gates:
        lanes.submit_read(gate, heard.done, failed=heard.failed, owner=owner)
        assert gate.began.wait(5)
    interrupted: list[bool] = []
    waiting = lanes.submit_read(
        lambda _token: "never",
        heard.done,
        failed=heard.failed,
        owner=owner,
        interrupt=lambda _: interrupted.append(True),
    )
    waiting.cancel()
    for gate in gates:
        gate.go.set()
    settle(qtbot, lanes)
    assert (heard.results, interrupted) == ([None, None, None], [])
    assert [type(error) for error in heard.errors] == [Cancelled]


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
