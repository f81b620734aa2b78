"""`./dev fidelity`: measures on real files what refman keeps of a .bib, and writes docs/fidelity.md."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tests.fidelity.bibliographies import equal_bibliographies, unchanged_entries
from tests.fidelity.collections import BibFile, bib_files
from tests.fidelity.data_model import validated
from tests.fidelity.entries import names, reading
from tests.fidelity.linked_files import linked_files
from tests.fidelity.linked_work import linked_work
from tests.fidelity.names_and_titles import names_and_titles
from tests.fidelity.record import record, recorded
from tests.fidelity.speed import reading_speed
from tests.fidelity.table import PAGE, Part, Row, page

PARTS: dict[str, Callable[[Sequence[BibFile]], list[Row]]] = {
    "reading": reading,
    "names": names,
    "texts": names_and_titles,
    "unchanged": unchanged_entries,
    "bibliographies": equal_bibliographies,
    "biber": validated,
    "linked": linked_files,
    "work": linked_work,
    "speed": reading_speed,
}

_MADE = frozenset({"work", "speed"})
"""Parts that make their own file."""


def main(arguments: Sequence[str]) -> int:
    """Measures and writes the page; 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="./dev fidelity", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="more folders with .bib files; the page is not written then"
    )
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="this part; the page keeps what it says of others"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="a sample: each Nth file; the page says so")
    options = parser.parse_args(arguments)
    files = bib_files(options.folders)[:: options.every]
    of = f"{len(files)} files" + (f", each {options.every}th" if options.every > 1 else "")
    kept: dict[str, Part] = {}
    is_met = True
    for name in options.only or PARTS:
        sys.stderr.write(f"{name} ...\n")
        rows = PARTS[name](files)
        is_met = is_met and all(row.is_met for row in rows)
        if not options.folders:
            # Another part may have been measured meanwhile.
            kept = recorded()
        kept[name] = Part(date.today().isoformat(), "a made file" if name in _MADE else of, rows)
        if not options.folders:
            record(kept)
            PAGE.write_text(page(_in_order(kept)), "utf-8")
    sys.stdout.write(page(_in_order(kept)))
    return 0 if is_met else 1


def _in_order(kept: dict[str, Part]) -> list[Part]:
    return [kept[name] for name in PARTS if name in kept]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
