"""The only threads of the program: one lane that writes, in order, one that reads, and one for what takes long.

Work is a plain function that runs on a lane and gives back a value; `done` or `failed` is then called on the GUI
thread. Neither the lanes nor the work make or drop QObjects: what was submitted stays referenced on the GUI side until
its outcome was delivered there, and garbage is collected there only (`collecting`).
"""

import threading
from collections.abc import Callable
from itertools import count
from math import inf
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from refman.domain.errors import Cancelled, RefmanError
from refman.domain.plain_traces import plain_trace, without_frames
from refman.domain.progress import stop_if_cancelled
from refman.ui.cancelling import CancelToken, ProgressReport, Ticket
from refman.ui.collecting import GuiThreadCollector
from refman.ui.jobs import Job, Outcome

T = TypeVar("T")

_READERS = 3
"""The counts of all tags of a million papers take two of them for seconds: a typed letter finds the third one free."""
_LONG_ONES = 2
_TURN_S = 0.003
"""What is delivered in one turn of the event loop, but one outcome at least; painting comes between two turns."""


class Lane:
    """Jobs begin in the order in which they came. All methods are for the GUI thread.

    `run` and `send` are called on the threads of the lane, of which there are `most` when there is so much to do.
    """

    def __init__(self, name: str, most: int, *, run: Callable[[Job], Outcome], send: Callable[[Outcome], None]) -> None:
        self._name = name
        self._most = most
        self._run = run
        self._send = send
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads: list[threading.Thread] = []

    def put(self, job: Job) -> None:
        """Lets a job be done as soon as a thread is free; a thread more is made only when none is."""
        self._jobs.put(job)
        if not self._idle.acquire(blocking=False) and len(self._threads) < self._most:
            name = f"{self._name}-{len(self._threads) + 1}"
            # Daemon: a program that is told to end must not hang on a disk that does not answer.
            self._threads.append(threading.Thread(target=self._work_off, name=name, daemon=True))
            self._threads[-1].start()

    def end(self) -> None:
        """Lets the threads end behind the jobs that were put."""
        for _ in self._threads:
            self._jobs.put(None)

    def join(self, until: float) -> bool:
        """Waits for the threads; `until` is a time of `monotonic`. Whether all have ended."""
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work_off(self) -> None:
        while (job := self._next()) is not None:
            outcome = self._run(job)
            # The GUI thread must be the one that drops what the job and its result hold.
            del job
            self._send(outcome)
            del outcome

    def _next(self) -> Job | None:
        try:
            return self._jobs.get_nowait()
        except Empty:
            self._idle.release()
            return self._jobs.get()


class Lanes(QObject):
    """Made once by app, on the GUI thread, and closed by it. Every method is for the GUI thread.

    `unexpected` carries the traceback of a bug in work; `unseen_failure` the RefmanError of a write whose owner was
    gone, so that a failed save is told in any case. `idle` comes when nothing is left to do.
    """

    unexpected = Signal(str)
    unseen_failure = Signal(object)
    idle = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = count()
        self._jobs: dict[int, Job] = {}
        self._slots: dict[str, Job] = {}
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._reads = Lane("refman-reader", _READERS, run=_run, send=self._send)
        self._long = Lane("refman-long", _LONG_ONES, run=_run, send=self._send)
        self._writes = Lane("refman-writer", 1, run=_run, send=self._send)
        self._is_closed = False
        self._collector = GuiThreadCollector(self)
        # In turns, for all that has come at once would be one long block. A timer: painting goes before it.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._take_turn)
        # Queued, or a fast task would be delivered inside its own submission and an old search could win.
        self._arrived.connect(self._await_turn, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """True when every outcome was delivered."""
        return not self._jobs

    def submit_read(
        self,
        work: Callable[[CancelToken], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None],
        owner: QObject,
        slot: str | None = None,
        interrupt: Callable[[int], None] | None = None,
        progress: Callable[[ProgressReport], None] | None = None,
        is_long: bool = False,
    ) -> Ticket:
        """Runs `work` on a free reader.

        Args:
            is_long: work of seconds or minutes (an import, a backup), which no reader is kept from others for.
            failed: gets a RefmanError, or whatever a bug in `work` raised (`unexpected` has its traceback then).
            owner: callbacks are dropped once this object is destroyed.
            slot: newest wins: an earlier submission of the same slot is cancelled and its callbacks are never called.
            interrupt: called on the GUI thread when running work is cancelled, with the thread that it runs on.
        """
        token = self._token(interrupt)
        job = Job(token.job_id, work, done, failed, progress, owner, is_write=False, token=token)
        if slot is not None:
            self._outdate(slot, job)
        return self._submit(job, self._long if is_long else self._reads)

    def submit_write(
        self,
        work: Callable[[CancelToken], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[Exception], None],
        owner: QObject,
        progress: Callable[[ProgressReport], None] | None = None,
    ) -> Ticket:
        """Runs `work` after every write submitted before it; otherwise as `submit_read`."""
        token = self._token(None)
        job = Job(token.job_id, work, done, failed, progress, owner, is_write=True, token=token)
        return self._submit(job, self._writes)

    def settle(self, timeout_ms: int) -> bool:
        """Waits until the writes that were asked for have ended and delivers what has arrived: before the end.

        Returns:
            Whether they ended in time.
        """
        ended = threading.Event()
        self.submit_write(lambda _: ended.set(), lambda _: None, failed=lambda _: None, owner=self)
        is_over = ended.wait(timeout_ms / 1000)
        self._deliver_all()
        return is_over

    def close(self, timeout_ms: int) -> bool:
        """Cancels reads, finishes the writes that were asked for, ends the threads and delivers what is left.

        Writes that need longer than `timeout_ms` are asked to stop and get as long again.

        Returns:
            Whether all threads ended.
        """
        self._is_closed = True
        self._cancel(is_write=False)
        for lane in (self._reads, self._long, self._writes):
            lane.end()
        has_ended = self._join(timeout_ms)
        if not has_ended:
            self._cancel(is_write=True)
            has_ended = self._join(timeout_ms)
        self._deliver_all()
        self._turn.stop()
        self._collector.stop()
        return has_ended

    def _token(self, interrupt: Callable[[int], None] | None) -> CancelToken:
        job_id = next(self._ids)
        return CancelToken(job_id, lambda report: self._send(Outcome(job_id, report=report)), interrupt=interrupt)

    def _outdate(self, slot: str, newer: Job) -> None:
        older = self._slots.get(slot)
        self._slots[slot] = newer
        if older is not None and older.id in self._jobs:
            older.is_outdated = True
            older.token.cancel()

    def _submit(self, job: Job, lane: Lane) -> Ticket:
        if self._is_closed:
            raise RuntimeError("work was submitted after the lanes were closed")
        self._jobs[job.id] = job
        self._collector.set_busy(True)
        lane.put(job)
        return Ticket(job.token)

    def _send(self, outcome: Outcome) -> None:
        self._outcomes.put(outcome)
        self._arrived.emit()

    def _await_turn(self) -> None:
        # What a thread that did not end in time still brings after closing is for nobody.
        if not self._is_closed and not self._turn.isActive() and not self._outcomes.empty():
            self._turn.start()

    def _take_turn(self) -> None:
        # Before anything is delivered: whoever hears of it may wait in an event loop of its own.
        if not self._outcomes.empty():
            self._turn.start()
        self._deliver_all(until=monotonic() + _TURN_S)

    def _deliver_all(self, until: float = inf) -> None:
        while self._deliver_next() and monotonic() < until:
            pass

    def _deliver_next(self) -> bool:
        try:
            outcome = self._outcomes.get_nowait()
        except Empty:
            return False
        job = self._jobs[outcome.job_id]
        if outcome.report is None:
            self._finish(job, outcome)
        elif job.progress is not None and job.is_wanted and not job.token.is_cancelled:
            job.progress(outcome.report)
        return True

    def _finish(self, job: Job, outcome: Outcome) -> None:
        del self._jobs[job.id]
        self._slots = {slot: holder for slot, holder in self._slots.items() if holder is not job}
        if not self._jobs:
            self._collector.set_busy(False)
        if outcome.trace:
            self.unexpected.emit(outcome.trace)
        if job.is_wanted:
            outcome.tell(job)
        elif job.is_write and isinstance(outcome.error, RefmanError) and not isinstance(outcome.error, Cancelled):
            self.unseen_failure.emit(outcome.error)
        if not self._jobs:
            self.idle.emit()

    def _cancel(self, *, is_write: bool) -> None:
        for job in self._jobs.values():
            if job.is_write == is_write:
                # What nobody waits for any more: the panes that asked are closing too.
                job.is_outdated = job.is_outdated or not is_write
                job.token.cancel()

    def _join(self, timeout_ms: int) -> bool:
        deadline = monotonic() + timeout_ms / 1000
        return not [lane for lane in (self._reads, self._long, self._writes) if not lane.join(deadline)]


def _run(job: Job) -> Outcome:
    try:
        stop_if_cancelled(job.token)
        with job.token.running():
            return Outcome(job.id, result=job.work(job.token))
    except RefmanError as error:
        return Outcome(job.id, error=without_frames(error))
    except Exception as error:
        trace = plain_trace(error)
        return Outcome(job.id, error=without_frames(error), trace=trace)
