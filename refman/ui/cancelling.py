"""How work on a lane learns that it should stop, and how it tells how far it is."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from refman.domain.errors import Cancelled
from refman.domain.frozen import dataclass
from refman.domain.plain_traces import plain_error

_log = logging.getLogger(__name__)

_REPORT_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """How far work is: `done` of `total` units (None = unknown) of what `text` says."""

    done: int
    total: int | None
    text: str


class CancelToken:
    """What work sees of its submitter: whether to stop, and whom to tell how far it is. Fulfils `domain.Progress`."""

    def __init__(
        self, job_id: int, announce: Callable[[ProgressReport], None], *, interrupt: Callable[[int], None] | None = None
    ) -> None:
        self.job_id = job_id
        self._announce = announce
        self._interrupt = interrupt
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._thread: int | None = None
        self._next_report = 0.0

    @property
    def is_cancelled(self) -> bool:
        """True once nobody wants the result any more."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Asks the work to stop, and interrupts what it waits for. Any thread."""
        with self._lock:
            self._is_cancelled = True
            if self._thread is not None and self._interrupt is not None:
                self._interrupt(self._thread)

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Passes on at most one report in 50 ms; cheap otherwise."""
        now = monotonic()
        if now >= self._next_report:
            self._next_report = now + _REPORT_EVERY_S
            self._announce(ProgressReport(done, total, text))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Used by the lane around the work: an interrupt must not hit what the same thread does next."""
        self._set_thread(threading.get_ident())
        try:
            yield
        finally:
            self._set_thread(None)

    def _set_thread(self, thread: int | None) -> None:
        with self._lock:
            self._thread = thread


class Ticket:
    """What the submitter keeps to stop its work."""

    def __init__(self, token: CancelToken) -> None:
        self._token = token

    def cancel(self) -> None:
        """Asks the work to stop; it ends by `failed(Cancelled)` when it does, by `done` when it was quicker."""
        self._token.cancel()


def log_failure(error: Exception) -> None:
    """For work whose failure nobody has to be told of; what was cancelled has not failed."""
    if not isinstance(error, Cancelled):
        _log.info("not read: %s", plain_error(error))
