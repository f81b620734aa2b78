"""What nobody holds any more ends on the GUI thread (decision 0060)."""

import gc
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from refman.domain.errors import RefmanError
from refman.ui.cancelling import CancelToken
from refman.ui.tasks import Lanes
from tests.ui.tasks.work import Heard, settle


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
