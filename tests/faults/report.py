"""The table of what ran, for the terminal and for docs/reliability.md."""

import platform
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.faults.plan import every_part
from tests.faults.tally import Tally, merged

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_SHORT, _LONG = "short run", "long run"
_PAGE_TEXT = """# What was tried to break refman

A run is one piece of work with its check; a fault is what was done to it. *Lost*: acknowledged and not there
afterwards. *Half done*: in no state between two operations. *Unsound*: the library, its index, its journal or its
files contradict themselves, or something temporary was left.
[reliability-map.md](reliability-map.md) says which danger is tried where, and what is not.

## The short run

{short}

## The long run

Written by `./dev faults --long`, which takes hours; `--only TEXT` runs the lines with this in their name, and the
others stay as they were measured.

{long}
"""
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
    return _markdown([_HEAD, *map(_row, tallies), _row(total)])


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *others = rows
    lines = [head, ("---", *("---:" for _ in head[1:])), *others]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def write_page(tallies: Sequence[Tally], *, seconds: float, is_long: bool, page: Path = PAGE) -> None:
    """Puts the figures of this run on the page: the short run replaces its table, the long one its own lines."""
    before = page.read_text("utf-8") if page.exists() else ""
    if is_long:
        short, long = _between(before, _SHORT), _long_table(tallies, _between(before, _LONG))
    else:
        versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {date.today()}"
        short = f"`./dev faults` ({versions}); the figures are of this one run.\n\n{table(tallies, seconds)}"
        long = _between(before, _LONG)
    page.write_text(_PAGE_TEXT.format(short=_marked(_SHORT, short), long=_marked(_LONG, long)), encoding="utf-8")


def _long_table(tallies: Sequence[Tally], before: str) -> str:
    """The lines that are there already, but for those that were measured again, in the order of the plan."""
    head = (*_HEAD, "measured")
    cells = [tuple(one.strip() for one in line.strip("|").split("|")) for line in before.splitlines()[2:]]
    lines = {row[0]: row for row in cells}
    for tally in tallies:
        lines = {name: row for name, row in lines.items() if name.split(" (")[0] != tally.test}
        row = _row(tally)
        lines[row[0]] = (*row, str(date.today()))
    order = list(dict.fromkeys(part.test for part in every_part(is_long=True)))
    ordered = sorted(lines.values(), key=lambda row: order.index(row[0].split(" (")[0]))
    return _markdown([head, *ordered])


def _marked(name: str, text: str) -> str:
    return f"<!-- {name} -->\n{text}\n<!-- end of {name} -->"


def _between(page: str, name: str) -> str:
    return page.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- end of {name} -->")[0]
