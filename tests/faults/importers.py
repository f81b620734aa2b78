"""Mutants of real files for every reader: nothing is raised, nothing hangs, memory stays bounded (C1, C2, C5)."""

import random
import resource
from functools import partial
from pathlib import Path
from time import monotonic

from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.readers import reader_of, seed_files
from tests.faults.tally import Tally

_LONGEST = 40_000
_MOST_MEMORY = 2 * 1024**3
_SLOW_S = 5.0
_PATIENCE_S = 3600.0
_SHAPES = ("{" * 20_000, "}" * 20_000, "@" * 20_000, "\n" * 50_000, "a and " * 10_000, "\0" * 20_000, "\ud800" * 99)


def mutants(importer: str, harness: Harness, tally: Tally) -> None:
    """Reads so many mutants in a child with limits of memory."""
    wanted = harness.count(2000, 200_000)
    child = spawn(partial(_read_all, importer, wanted, harness.chance.random()), harness.place / f"{importer}.log")
    child.go()
    if not child.wait(_PATIENCE_S):
        tally.hang(importer)
    if child.status:
        tally.bug(importer, child.said)
    for line in child.lines:
        if line.startswith("slow"):
            tally.fail(importer, line)
    tally.runs = tally.faults = max((int(line) for line in child.lines if line.isdecimal()), default=0)


def _read_all(importer: str, wanted: int, seed: float, acknowledge: Acknowledge) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    chance = random.Random(seed)
    seeds = [path.read_text("utf-8", "replace")[:_LONGEST] for path in seed_files(importer)]
    read = reader_of(importer)
    for number in range(1, wanted + 1):
        text = _SHAPES[number % len(_SHAPES)] if number % 100 == 0 else _mutant(chance, seeds)
        began = monotonic()
        try:
            read(text)
        except BaseException:
            Path(f"/tmp/refman-mutant-{importer.replace(' ', '-')}").write_text(text, "utf-8", "surrogatepass")
            raise
        if monotonic() - began > _SLOW_S:
            acknowledge(f"slow: mutant {number} of {len(text)} characters took {monotonic() - began:.1f} s")
        if number % 100 == 0 or number == wanted:
            acknowledge(str(number))


def _mutant(chance: random.Random, seeds: list[str]) -> str:
    """A piece of a real text, harmed in one to four ways."""
    whole = chance.choice(seeds)
    start = chance.randrange(max(1, len(whole) - 2000))
    text = whole[start : start + chance.randint(1, 4000)]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(6):
            case 0:
                text = text[:at] + chance.choice('{}"@#,=\\%\n\0\ufeff\u202e\ud800é\U0001f600') + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 40) :]
            case 2:
                text = text[:at]
            case 3:
                text = text[:at] + text[max(0, at - 60) : at] * chance.randint(1, 5) + text[at:]
            case 4:
                text = text[at:] + text[:at]
            case _:
                text = "".join(chr(ord(c) ^ 1) if chance.random() < 0.01 else c for c in text)
    return text
