"""The only threads of the program: one lane that writes, in order, and a few that read.

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
from refman.domain.plain_traces import plain_trace
from refman.domain.progress import stop_if_cancelled
from refman.ui.cancelling import CancelToken, ProgressReport, Ticket
from refman.ui.collecting import GuiThreadCollector
from refman.ui.jobs import Job, Outcome

T = TypeVar("T")

_READERS = 2
_READ_TRIES = 3
_TURN_S = 0.003
"""What is delivered in one turn of the event loop, but one outcome at least; painting comes between two turns."""


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
        self._reads: SimpleQueue[Job | None] = SimpleQueue()
        self._writes: SimpleQueue[Job | None] = SimpleQueue()
        self._readers: list[threading.Thread] = []
        self._writers: list[threading.Thread] = []
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
        interrupt: Callable[[], None] | None = None,
        progress: Callable[[ProgressReport], None] | None = None,
    ) -> Ticket:
        """Runs `work` on a free reader.

        Args:
            failed: gets a RefmanError, or whatever a bug in `work` raised (`unexpected` has its traceback then).
            owner: callbacks are dropped once this object is destroyed.
            slot: newest wins: an earlier submission of the same slot is cancelled and its callbacks are never called.
            interrupt: called on the GUI thread when running work is cancelled. It may hit other readers as well:
                a read that ends by `Cancelled` without having been cancelled is tried again.
        """
        token = self._token(interrupt)
        job = Job(token.job_id, work, done, failed, progress, owner, is_write=False, token=token)
        if slot is not None:
            self._outdate(slot, job)
        return self._submit(job)

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
        return self._submit(Job(token.job_id, work, done, failed, progress, owner, is_write=True, token=token))

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
        for _ in self._readers:
            self._reads.put(None)
        self._writes.put(None)
        has_ended = self._join(timeout_ms)
        if not has_ended:
            self._cancel(is_write=True)
            has_ended = self._join(timeout_ms)
        self._deliver_all()
        self._turn.stop()
        self._collector.stop()
        return has_ended

    def _token(self, interrupt: Callable[[], None] | None) -> CancelToken:
        job_id = next(self._ids)
        return CancelToken(job_id, lambda report: self._send(Outcome(job_id, report=report)), interrupt=interrupt)

    def _outdate(self, slot: str, newer: Job) -> None:
        older = self._slots.get(slot)
        self._slots[slot] = newer
        if older is not None and older.id in self._jobs:
            older.is_outdated = True
            older.token.cancel()

    def _submit(self, job: Job) -> Ticket:
        if self._is_closed:
            raise RuntimeError("work was submitted after the lanes were closed")
        self._jobs[job.id] = job
        self._collector.set_busy(True)
        (self._writes if job.is_write else self._reads).put(job)
        self._start_thread(is_write=job.is_write)
        return Ticket(job.token)

    def _start_thread(self, *, is_write: bool) -> None:
        readers, writers = (self._readers, self._reads, _READERS), (self._writers, self._writes, 1)
        threads, queue, most = writers if is_write else readers
        if len(threads) < most:
            name = "refman-writer" if is_write else f"refman-reader-{len(threads) + 1}"
            # Daemon: a program that is told to end must not hang on a disk that does not answer.
            threads.append(threading.Thread(target=self._work_off, args=(queue,), name=name, daemon=True))
            threads[-1].start()

    def _work_off(self, queue: "SimpleQueue[Job | None]") -> None:
        while (job := queue.get()) is not None:
            outcome = _run(job)
            # The GUI thread must be the one that drops what the job and its result hold.
            del job
            self._send(outcome)
            del outcome

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
        for thread in (*self._readers, *self._writers):
            thread.join(max(0.0, deadline - monotonic()))
        return not any(thread.is_alive() for thread in (*self._readers, *self._writers))


def _run(job: Job) -> Outcome:
    try:
        return Outcome(job.id, result=_attempt(job))
    except RefmanError as error:
        return Outcome(job.id, error=_without_frames(error))
    except Exception as error:
        trace = plain_trace(error)
        return Outcome(job.id, error=_without_frames(error), trace=trace)


def _attempt(job: Job) -> object:
    """Runs the work; a read that was interrupted in the place of another one is run again."""
    tries_left = 0 if job.is_write else _READ_TRIES - 1
    while True:
        stop_if_cancelled(job.token)
        try:
            with job.token.running():
                return job.work(job.token)
        except Cancelled:
            if job.token.is_cancelled or not tries_left:
                raise
            tries_left -= 1


def _without_frames(error: Exception) -> Exception:
    """The frames of a traceback hold everything the work touched, and would let it end on this thread."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return error
