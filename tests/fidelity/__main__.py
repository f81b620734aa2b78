"""`./dev fidelity`: measures on real files what refman keeps of a .bib, and writes docs/fidelity.md."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.fidelity.bibliographies import equal_bibliographies, unchanged_entries
from tests.fidelity.collections import bib_files
from tests.fidelity.data_model import validated
from tests.fidelity.entries import names, reading
from tests.fidelity.speed import reading_speed
from tests.fidelity.table import PAGE, page


def main(arguments: Sequence[str]) -> int:
    """Measures and writes the page; 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="./dev fidelity", description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="more folders with .bib files; the page is not written then"
    )
    options = parser.parse_args(arguments)
    files = bib_files(options.folders)
    entries = sum(file.content.count(b"@") for file in files)
    rows = []
    for measure in (reading, names, unchanged_entries, equal_bibliographies, validated):
        sys.stderr.write(f"{measure.__name__.replace('_', ' ')} ...\n")
        rows += measure(files)
    sys.stderr.write("speed ...\n")
    rows += reading_speed()
    text = page(rows, collections=f"{len(files)} .bib files of TeX Live and of the tests, about {entries:,} blocks")
    if not options.folders:
        PAGE.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
