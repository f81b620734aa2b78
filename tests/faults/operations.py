"""What the children do with a library, and the reference: the state after each operation of an undisturbed run."""

import importlib
import os
import pkgutil
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from refman import cli, domain, formats, services, storage
from refman.domain.errors import RefmanError
from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.session import Session, Workload
from tests.faults.state import State, state_of
from tests.faults.workloads import NAMES, workload


@dataclass(frozen=True, slots=True)
class Reference:
    """`states[n]` is that after operation `n`; 0 is the prepared library in `folder`."""

    workload: Workload
    folder: Path
    states: tuple[State, ...]
    seconds: float


def set_home(folder: Path) -> None:
    """Nothing of the person who runs this is read or written."""
    os.environ.update(HOME=str(folder), QT_QPA_PLATFORM="offscreen")
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())


def load_everything() -> None:
    """Modules are loaded before the first fork: a fault must hit refman's work and not an import of Python's."""
    for room in (cli, domain, formats, services, storage):
        for info in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if "migrations" not in info.name:
                importlib.import_module(info.name)
    for name in NAMES:
        workload(name)


def perform(chosen: Workload, folder: Path, first: int, last: int, acknowledge: Acknowledge) -> None:
    """Operations `first` to `last`, each acknowledged by its number; a `RefmanError` is told and ends the run."""
    session = Session(folder)
    number = first
    try:
        for number in range(first, last + 1):
            session.clock.number = number
            chosen.operate(session, number)
            acknowledge(str(number))
        session.close()
    except RefmanError as error:
        acknowledge(f"refused {type(error).__name__} {' '.join(error.message.split())}")


def start(chosen: Workload, folder: Path, first: int, last: int) -> Child:
    """A child that waits for `go`."""
    return spawn(partial(perform, chosen, folder, first, last), folder.with_name(f"{folder.name}.log"))


def open_and_close(folder: Path, acknowledge: Acknowledge) -> None:
    """The normal start of refman, and its end."""
    session = Session(folder)
    session.clock.number = 9_000
    try:
        acknowledge(session.library.name)
        session.close()
    except RefmanError as error:
        acknowledge(f"refused {type(error).__name__} {' '.join(error.message.split())}")


def acknowledged(child: Child, before: int) -> int:
    """The last operation that the child has promised."""
    numbers = [int(line) for line in child.lines if line.isdecimal()]
    return max(numbers, default=before)


def refusal(child: Child) -> str:
    """The sentence of the error that ended it, "" for none."""
    return next((line for line in child.lines if line.startswith("refused ")), "")


def _prepare(chosen: Workload, folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.opener.create(session.location)
    chosen.prepare(session)
    session.close()
    acknowledge("0")


def _states(chosen: Workload, folder: Path, acknowledge: Acknowledge) -> None:
    location = str(folder / "papers.refman")
    _tell(acknowledge, state_of(location))
    session = Session(folder)
    for number in range(1, chosen.OPERATIONS + 1):
        session.clock.number = number
        chosen.operate(session, number)
        session.close()
        _tell(acknowledge, state_of(location))


def _tell(acknowledge: Acknowledge, state: State) -> None:
    acknowledge(f"{state.whole} {state.content}")


def reference(chosen: Workload, place: Path) -> Reference:
    """Runs the workload undisturbed once. Raises: RuntimeError when it does not even do that."""
    folder, copy = place / "prepared", place / "reference"
    folder.mkdir(parents=True)
    _finish(spawn(partial(_prepare, chosen, folder), place / "prepare.log"))
    shutil.copytree(folder, copy)
    child = spawn(partial(_states, chosen, copy), place / "reference.log")
    _finish(child)
    states = tuple(State(*line.split()) for line in child.lines)
    timed = place / "timed"
    shutil.copytree(folder, timed)
    from_here = os.times().elapsed
    _finish(start(chosen, timed, 1, chosen.OPERATIONS))
    return Reference(chosen, folder, states, os.times().elapsed - from_here)


def _finish(child: Child) -> None:
    child.go()
    if not child.wait(600) or child.status:
        raise RuntimeError(f"the workload fails without any fault:\n{child.said}")
