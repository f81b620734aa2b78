"""What the children do with a library."""

import importlib
import os
import pkgutil
import sys
from functools import partial
from pathlib import Path

from refman import cli, domain, formats, services, storage
from refman.domain.errors import RefmanError
from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.session import Session, Workload
from tests.faults.workloads import NAMES, workload

_ONLY_SQLITE = ("papers.refman", ".refman-wal", ".refman-shm", ".refman-journal")


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


def refuse_to_open_libraries(event: str, arguments: tuple[object, ...]) -> None:
    """Only SQLite opens a library or what belongs to it (decision 0010); it raises no such event, `open` does."""
    if event == "open" and isinstance(arguments[0], str | bytes):
        name = os.fsdecode(arguments[0])
        if name.endswith(_ONLY_SQLITE):
            raise AssertionError(f"{name} was opened beside SQLite")


def perform(chosen: Workload, folder: Path, first: int, last: int, acknowledge: Acknowledge) -> None:
    """Operations `first` to `last`, each acknowledged by its number; a `RefmanError` is told and ends the run."""
    sys.addaudithook(refuse_to_open_libraries)
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
