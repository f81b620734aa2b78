"""What the lanes work off, and what comes back of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from refman.domain.frozen import dataclass
from refman.ui.cancelling import CancelToken, ProgressReport


@dataclass(eq=False, slots=True)
class Job:
    """Something submitted. Lives in the lanes until its outcome was delivered."""

    id: int
    work: Callable[[CancelToken], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[ProgressReport], None] | None
    owner: QObject
    is_write: bool
    token: CancelToken
    is_outdated: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is left to be told."""
        return not self.is_outdated and Shiboken.isValid(self.owner)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a lane sends to the GUI thread: a report, or the end of a job (`trace` only for a bug)."""

    job_id: int
    report: ProgressReport | None = None
    result: Any = None
    error: Exception | None = None
    trace: str = ""

    def tell(self, job: Job) -> None:
        """Calls who asked."""
        job.done(self.result) if self.error is None else job.failed(self.error)
