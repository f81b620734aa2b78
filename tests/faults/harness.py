"""What every test of the harness works with: places, references, the checker, chance."""

import random
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from tests.faults.check import Checker, Question, Verdict
from tests.faults.operations import Reference, reference
from tests.faults.workloads import workload


@dataclass(slots=True)
class Harness:
    """`place` is a folder of its own; `is_long` asks for the counts of the long run."""

    place: Path
    is_long: bool
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))
    checker: Checker = field(default_factory=Checker)
    _references: dict[str, Reference] = field(default_factory=dict)
    made: int = 0

    def count(self, short: int, long: int) -> int:
        """The number of the run that this is."""
        return long if self.is_long else short

    def reference(self, name: str) -> Reference:
        """A workload prepared and run once undisturbed."""
        if name not in self._references:
            self._references[name] = reference(workload(name), self.place / name)
        return self._references[name]

    def copy(self, folder: Path) -> Path:
        """A copy of a folder to harm."""
        self.made += 1
        target = self.place / f"copy{self.made}"
        shutil.copytree(folder, target, symlinks=True)
        return target

    def forget(self, folder: Path) -> None:
        """Gives the room of a copy back."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_name(f"{folder.name}.log").unlink(missing_ok=True)

    def keep(self, folder: Path) -> None:
        """A library that was found bad stays for whoever looks into it."""
        kept = Path(mkdtemp(prefix="refman-fault-"))
        shutil.copytree(folder, kept / "library", symlinks=True)
        print(f"kept: {kept}", file=sys.stderr)

    def check(self, known: Reference, folder: Path, promised: int, *, last: int | None = None) -> Verdict:
        """The library must be in a state from `promised` on, at most `last` (the one under way) in number."""
        most = len(known.states) - 1 if last is None else min(last, len(known.states) - 1)
        states = {number: (known.states[number].whole, known.states[number].content) for number in range(most + 1)}
        return self.checker.ask(Question(str(folder), states, promised))
