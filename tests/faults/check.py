"""CHK: is a library sound after a fault, is what was promised there, is nothing half done.

One long-lived child checks one folder after the other, by the normal start path of refman.
"""

import json
import os
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from refman.domain.errors import LibraryError, RefmanError
from refman.domain.progress import NoProgress
from refman.services.deep_check import check_deep
from refman.storage.keeper import SqliteKeeper
from tests.faults.session import Session
from tests.faults.state import State, state_for, state_of

_SLOWEST_START_S = 30.0
"""A start takes 5 s more at most (RELIABILITY section 2); this machine may be busy with other things."""


_GOES_WITH_THE_NEXT = (".out.bib.", ".refs.bib.", "rebuilt", "rescued")


@dataclass(frozen=True, slots=True)
class Question:
    """A folder, the states that are allowed in it (by number of operation), and the last that was promised."""

    folder: str
    states: dict[int, tuple[str, str]]
    promised: int
    workload: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found; all empty is well. `at` is the operation whose state the library has."""

    lost: str = ""
    half: str = ""
    unsound: str = ""
    at: int = -1

    @property
    def is_well(self) -> bool:
        """Nothing lost, half done or unsound."""
        return not (self.lost or self.half or self.unsound)


class Checker:
    """The long-lived child; it is begun anew when it hangs or dies, which counts as an unsound library."""

    def __init__(self) -> None:
        self._pid = 0
        self._to = self._from = -1

    def ask(self, question: Question) -> Verdict:
        """Checks one folder."""
        if not self._pid:
            self._begin()
        data = json.dumps(asdict(question)).encode() + b"\n"
        _write_all(self._to, data)
        answer = self._read()
        if answer is None:
            self.close()
            return Verdict(unsound="the check ended with an exception (above)")
        return Verdict(**answer)

    def _begin(self) -> None:
        to_read, self._to = os.pipe()
        self._from, from_write = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._to)
                os.close(self._from)
                _serve(to_read, from_write)
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(0)
        os.close(to_read)
        os.close(from_write)

    def _read(self) -> dict[str, Any] | None:
        data = b""
        while not data.endswith(b"\n"):
            piece = os.read(self._from, 65536)
            if not piece:
                return None
            data += piece
        found: dict[str, Any] = json.loads(data)
        return found

    def close(self) -> None:
        """Ends it."""
        if self._pid:
            os.close(self._to)
            os.close(self._from)
            os.waitpid(self._pid, 0)
            self._pid = 0


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _serve(source: int, target: int) -> None:
    with os.fdopen(source, "rb") as lines:
        for line in lines:
            values = json.loads(line)
            states = {int(number): tuple(pair) for number, pair in values["states"].items()}
            verdict = examine(Question(values["folder"], states, values["promised"], values["workload"]))
            _write_all(target, json.dumps(asdict(verdict)).encode() + b"\n")


def examine(question: Question) -> Verdict:
    """The six points of the check."""
    session = Session(Path(question.folder))
    session.clock.number = 10_000
    try:
        return _examine(session, question)
    except RefmanError as error:
        return Verdict(unsound=f"{type(error).__name__}: {error.message}")
    finally:
        session.close()


def _examine(session: Session, question: Question) -> Verdict:
    if problem := unsound(session):
        return Verdict(unsound=problem)
    at, verdict = _find(question, state_for(question.workload, session.location))
    if verdict is not None:
        return verdict
    if problem := _file_problem(session, question.workload, at) or undo_problem(session):
        return Verdict(half=problem, at=at)
    session.close()
    return Verdict(unsound=left_over(session), at=at)


def unsound(session: Session) -> str:
    """What is wrong with the library that a start and a deep check find, "" for nothing."""
    began = monotonic()
    with session.library.store.read():
        seconds = monotonic() - began
    if seconds > _SLOWEST_START_S:
        return f"the start took {seconds:.1f} s"
    return "; ".join(check_deep(SqliteKeeper(session.clock), session.location, progress=NoProgress()))


def _find(question: Question, state: State) -> tuple[int, Verdict | None]:
    """The operation whose state this is, the newest of equal ones."""
    at = max((number for number, known in question.states.items() if known[0] == state.whole), default=-1)
    if at < 0:
        return at, Verdict(half="the library is in no state between two operations")
    if at < question.promised:
        return at, Verdict(lost=f"operation {question.promised} was acknowledged, the library is at {at}", at=at)
    return at, None


def _file_problem(session: Session, workload: str, at: int) -> str:
    """What a workload finds wrong with the files that it writes beside the library."""
    look: Callable[[Session, int], str] | None = getattr(import_module(workload), "problem", None) if workload else None
    return look(session, at) if look else ""


def undo_problem(session: Session) -> str:
    """Undo and redo of the last step give the same library again."""
    before = state_of(session.location)
    if session.library.undoable() is None:
        return ""
    lying = session.library.discards()
    with session.library.agreed():
        session.library.undo()
    # What lies in the trash beside papers stands in the journal alone.
    if state_of(session.location).content == before.content and session.library.discards() == lying:
        return "undo changed nothing"
    session.library.redo()
    if state_of(session.location) != before:
        return "undo and redo of the last step give another library"
    return ""


def left_over(session: Session) -> str:
    """After the second start nothing temporary is left, and every backup can be opened."""
    # What a killed backup, export or rebuild left goes with the next one of that name.
    names = [
        path
        for path in session.folder.rglob("*")
        if (".new-" in path.name or path.suffix == ".tmp")
        and not (path.parent.suffix == ".backups" or path.name.startswith(_GOES_WITH_THE_NEXT))
    ]
    if names:
        return f"left over: {', '.join(path.name for path in names)}"
    for backup in session.folder.rglob("*.refman"):
        # What a restore put aside is as good as it was.
        if backup.name == "papers.refman" or ".before-restore-" in backup.name:
            continue
        try:
            with SqliteKeeper(session.clock).view(str(backup)) as store, store.read() as reader:
                reader.counts()
        except LibraryError as error:
            return f"backup {backup.name}: {error.message}"
    return ""
