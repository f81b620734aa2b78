"""`./dev faults`: runs every test of the harness, prints the counts, writes docs/reliability.md."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from tests.faults.operations import load_everything, set_home
from tests.faults.plan import every_part
from tests.faults.processes import run_all
from tests.faults.report import table, write_page

_MEMORY = Path("/dev/shm")
_ROOM = 3 << 30


def main(arguments: Sequence[str]) -> int:
    """Runs the tests that are asked for; 1 when anything was lost, half done, unsound, uncaught or hung."""
    options = _parser().parse_args(arguments)
    parts = [part for part in every_part(is_long=options.long) if options.only in part.test]
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="refman-faults-", dir=_quick_place()) as place:
        set_home(Path(place, "home"))
        os.environ["TMPDIR"] = tempfile.tempdir = place
        load_everything()
        tallies = run_all(parts, Path(place), is_long=options.long)
        tempfile.tempdir = None
    print(table(tallies, monotonic() - began))
    for tally in tallies:
        if tally.note:
            print(f"Note: {tally.test}: {tally.note}")
    if options.page and (options.long or not options.only):
        write_page(tallies, seconds=monotonic() - began, is_long=options.long)
    return 0 if all(tally.is_well for tally in tallies) else 1


def _quick_place() -> str | None:
    """In memory, where there is room: what a disk would do is done by the tests themselves."""
    return str(_MEMORY) if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the counts of the long run; takes hours")
    parser.add_argument(
        "--only",
        metavar="TEXT",
        default="",
        help="the tests with this in their name; the page keeps what it says of others, the short run writes none",
    )
    parser.add_argument("--no-page", action="store_false", dest="page", help="leave docs/reliability.md as it is")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
