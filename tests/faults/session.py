"""One library as a workload uses it: the real facade, opened when it is needed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from refman.domain.settings import Settings
from refman.services.backing_up import Backups
from refman.services.library import Library, open_library
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from tests.faults.clock import OperationClock


@dataclass(slots=True)
class Session:
    """`folder` has the library and whatever the workload put beside it."""

    folder: Path
    clock: OperationClock = field(default_factory=OperationClock)
    _library: Library | None = None

    @property
    def location(self) -> str:
        """The library."""
        return str(self.folder / "papers.refman")

    @property
    def opener(self) -> SqliteOpener:
        """Waits for others no longer than a test may."""
        return SqliteOpener(self.clock, wait_s=2.0)

    @property
    def backups(self) -> Backups:
        """The real backups of it."""
        return Backups(SqliteKeeper(self.clock), self.clock, self.location)

    @property
    def library(self) -> Library:
        """Open."""
        if self._library is None:
            self._library = open_library(self.opener, self.location, clock=self.clock, settings=Settings())
        return self._library

    def close(self) -> None:
        """Closes it, if it is open."""
        if self._library is not None:
            self._library.close()
            self._library = None


class Workload(Protocol):
    """A module in `tests/faults/workloads`: the same operations on every run, each of them all or nothing.

    One that writes other files too has a function `problem(session, at)`, which says what is wrong with them.
    """

    NAME: str
    OPERATIONS: int

    def prepare(self, session: Session) -> None:
        """Before operation 1; the library is there and empty. No fault hits it."""

    def operate(self, session: Session, number: int) -> None:
        """Operation `number`; when it returns it is acknowledged."""


BIB = (
    "@article{{{key}, title = {{Paper {number} about {{{{DNA}}}} and ünï}}, author = {{Byron, Ada and {{The Team}}}},\n"
    "  year = {year}, doi = {{10.1000/{key}}}, journal = {{Journal {group}}}}}\n"
)


def bib_text(stem: str, count: int) -> str:
    """Entries that an import takes."""
    return "".join(
        BIB.format(key=f"{stem}{number}", number=f"{stem} {number}", year=1990 + number % 30, group=number % 7)
        for number in range(count)
    )
