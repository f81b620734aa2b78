"""Imports a .bib into a new library and prints what that took, as JSON."""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile
from time import perf_counter


def main(arguments: Sequence[str]) -> int:
    """Arguments: the .bib, and where a copy of the library goes ("" for nowhere)."""
    # Late, as in `refman.__main__`: a worker process imports the main module again before it begins.
    from refman.app.wiring import Wiring
    from refman.domain.progress import NoProgress
    from refman.services.import_plan import BigFile, ImportOptions

    bib, copy = arguments
    wiring = Wiring()
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "new.refman")
        wiring.create_library(location)
        library = wiring.open_library(location)
        options = ImportOptions(captured_on=wiring.clock.today())
        start = perf_counter()
        done = library.import_big([BigFile("papers.bib", Path(bib))], options, NoProgress())
        seconds = perf_counter() - start
        library.close()
        size = os.path.getsize(location)
        if copy:
            # Nobody has it open any more.
            copyfile(location, copy)
    own, worker = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    report = {
        "added": done.report.added,
        "seconds": seconds,
        "own_cpu": own.ru_utime + own.ru_stime,
        "worker_cpu": worker.ru_utime + worker.ru_stime,
        "own_mb": own.ru_maxrss / 1024,
        "worker_mb": worker.ru_maxrss / 1024,
        "bytes": size,
    }
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
