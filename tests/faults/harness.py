"""What every test of the harness works with: places, references, the checker, chance."""

import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from tests.faults.check import Checker, Question, Verdict
from tests.faults.reference import Reference, shared_reference


@dataclass(slots=True)
class Harness:
    """`place` is a folder of its own; in `shared` are the prepared libraries of all processes.

    A test may be cut into `parts`, which any process takes; `is_long` asks for the counts of the long run.
    """

    place: Path
    shared: Path
    checker: Checker
    chance: random.Random
    is_long: bool = False
    part: int = 0
    parts: int = 1
    made: int = field(default=0)

    def count(self, short: int, long: int) -> int:
        """This part's share of the number of the run that this is."""
        wanted = long if self.is_long else short
        return wanted * (self.part + 1) // self.parts - wanted * self.part // self.parts

    def reference(self, name: str) -> Reference:
        """A workload prepared and run once undisturbed, by whichever process needs it first."""
        return shared_reference(name, self.shared)

    def copy(self, folder: Path) -> Path:
        """A copy of a folder to harm."""
        target = self.new_place()
        shutil.copytree(folder, target, symlinks=True)
        return target

    def new_place(self) -> Path:
        """The path of a folder that is not there yet."""
        self.made += 1
        return self.place / f"copy{self.made}"

    def forget(self, folder: Path) -> None:
        """Gives the room of a copy back."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)

    def keep(self, folder: Path) -> None:
        """A library that was found bad stays for whoever looks into it."""
        kept = Path(mkdtemp(prefix="refman-fault-", dir="/tmp"))
        shutil.copytree(folder, kept / "library", symlinks=True)
        print(f"kept: {kept}", file=sys.stderr)

    def check(self, known: Reference, folder: Path, promised: int, *, last: int | None = None) -> Verdict:
        """The library must be in a state from `promised` on, at most `last` (the one under way) in number."""
        most = len(known.states) - 1 if last is None else min(last, len(known.states) - 1)
        states = {number: (known.states[number].whole, known.states[number].content) for number in range(most + 1)}
        return self.checker.ask(Question(str(folder), states, promised, known.module))
