"""Imports a .bib as large files are imported, each part a transaction of its own; tells each part as a line.

Arguments: the library, the .bib. Run by `test_killed_import.py`, which ends it at some line.
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_PART = 50


class Telling:
    """Progress as lines."""

    is_cancelled = False

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Tells that so many papers are stored."""
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Imports."""
    # Late: a worker process would load it all when it imports the main module.
    from refman.app.wiring import Wiring
    from refman.services import file_reading
    from refman.services.import_plan import BigFile, ImportOptions
    from refman.services.in_process import InProcess
    from refman.storage import transaction

    file_reading._PART = _PART
    transaction._LONGEST_TURN_S = 0
    location, bib = arguments
    library = Wiring().open_library(location)
    library.workers = InProcess
    library.import_big([BigFile("papers.bib", Path(bib))], ImportOptions(date(2026, 11, 22)), Telling())
    library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
