"""The reference: the state of a library after each operation of an undisturbed run."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.session import Session, Workload
from tests.faults.state import State, state_for
from tests.faults.workloads import workload

_PATIENCE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Reference:
    """`states[n]` is that after operation `n`; 0 is the prepared library in `folder`.

    `seconds` of all operations and `longest` of one are without checks.
    """

    workload: Workload
    folder: Path
    states: tuple[State, ...]
    seconds: float
    longest: float

    @property
    def module(self) -> str:
        """The name of the module of the workload."""
        return str(vars(self.workload)["__name__"])


def shared_reference(name: str, shared: Path) -> Reference:
    """Made once for all processes. Raises: RuntimeError when the workload does not even run undisturbed."""
    place = shared / name
    place.mkdir(parents=True, exist_ok=True)
    with _turn(place / "lock"):
        if not (place / "states.json").exists():
            _make(workload(name), place)
    seconds, longest, *states = json.loads((place / "states.json").read_text())
    return Reference(workload(name), place / "prepared", tuple(State(*pair) for pair in states), seconds, longest)


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(chosen: Workload, place: Path) -> None:
    folder, copy = place / "prepared", place / "reference"
    # What another test left that failed here.
    for old in (folder, copy):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir()
    _finish(spawn(partial(_prepare, chosen, folder), place / "prepare.log"))
    shutil.copytree(folder, copy, symlinks=True)
    child = spawn(partial(_states, chosen, copy), place / "reference.log")
    _finish(child)
    *states, seconds, longest = child.lines
    (place / "states.json").write_text(json.dumps([float(seconds), float(longest), *(line.split() for line in states)]))
    shutil.rmtree(copy)


def _finish(child: Child) -> None:
    child.go()
    if not child.wait(_PATIENCE_S) or child.status:
        raise RuntimeError(f"the workload fails without any fault:\n{child.said}")


def _prepare(chosen: Workload, folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.opener.create(session.location)
    chosen.prepare(session)
    session.close()
    acknowledge("0")


def _states(chosen: Workload, folder: Path, acknowledge: Acknowledge) -> None:
    session, seconds = Session(folder), [0.0]
    module = str(vars(chosen)["__name__"])
    _tell(acknowledge, state_for(module, session.location))
    for number in range(1, chosen.OPERATIONS + 1):
        session.clock.number = number
        began = monotonic()
        chosen.operate(session, number)
        session.close()
        seconds.append(monotonic() - began)
        _tell(acknowledge, state_for(module, session.location))
    acknowledge(str(sum(seconds)))
    acknowledge(str(max(seconds)))


def _tell(acknowledge: Acknowledge, state: State) -> None:
    acknowledge(f"{state.whole} {state.content}")
