"""The table of what ran, for the terminal and for docs/reliability.md."""

import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tests.faults.tally import Tally, merged

_PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_HEAD = ("test", "runs", "faults", "lost", "half done", "unsound", "uncaught", "hung", "seconds")


def _row(tally: Tally) -> tuple[str, ...]:
    # What has no column of its own (a log that grew, a program that is missing) must not look like nothing.
    note = "FAILED, see above" if tally.failures and not tally.found else tally.note
    name = f"{tally.test} ({note})" if note else tally.test
    counts = (tally.runs, tally.faults, tally.lost, tally.half, tally.unsound, tally.uncaught, tally.hung)
    return (name, *(f"{count:,}" for count in counts), f"{tally.seconds:.1f}")


def table(tallies: Sequence[Tally], seconds: float) -> str:
    """Markdown, with the sums below; two processes work beside each other, so the time is less than its sum."""
    total = merged("all", tallies, 0)
    total.seconds, total.note = seconds, ""
    rows = [_HEAD, ("---", *("---:" for _ in _HEAD[1:])), *map(_row, tallies), _row(total)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_page(tallies: Sequence[Tally], *, seconds: float, is_long: bool) -> None:
    """Replaces the page by the figures of this run."""
    which = "long" if is_long else "short"
    _PAGE.write_text(
        "# What was tried to break refman\n\n"
        f"Written by `./dev faults{' --long' if is_long else ''}` ({which} run, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}); the figures are of this one run.\n"
        "A run is one piece of work with its check; a fault is what was done to it. *Lost*: acknowledged and not there "
        "afterwards. *Half done*: in no state\nbetween two operations. *Unsound*: the library, its index, its journal "
        "or its files contradict themselves, or something temporary was left.\n"
        "[reliability-map.md](reliability-map.md) says which danger is tried where, and what is not.\n\n"
        f"{table(tallies, seconds)}\n",
        encoding="utf-8",
    )
