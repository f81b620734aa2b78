"""Coverage-guided fuzzing of one reader with Atheris (C1): `python -m tests.faults.fuzz NAME SECONDS FOLDER`.

What is found stays in FOLDER; it becomes a file in tests/data/regressions.
"""

import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

from tests.faults.harness import Harness
from tests.faults.importers import mutants
from tests.faults.readers import SEEDS, reader_of, seed_files
from tests.faults.tally import Tally

_SLOWEST_S = 10
_MEMORY_MB = 1024
_LONGEST = 20_000


def fuzz(importer: str, harness: Harness, tally: Tally) -> None:
    """So many seconds; other mutants without guidance where this Python has no Atheris, and the table says so."""
    if find_spec("atheris") is None:
        tally.note = "without guidance: there is no Atheris for this Python"
        print(f"{importer}: {tally.note}", file=sys.stderr, flush=True)
        mutants(importer, harness, tally)
        return
    folder = harness.new_place()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for number, path in enumerate(seed_files(importer)):
        (corpus / str(number)).write_bytes(path.read_bytes()[:_LONGEST])
    seconds = harness.count(10, 1800)
    command = [sys.executable, "-m", "tests.faults.fuzz", importer, str(seconds), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds * 3 + 300)
    executed = re.search(r"number_of_executed_units: +(\d+)", done.stderr)
    tally.runs = tally.faults = int(executed[1]) if executed else 0
    found = [path for path in folder.iterdir() if path.is_file()]
    if found or done.returncode or not tally.runs:
        kind = tally.hang if any(path.name.startswith("timeout-") for path in found) else None
        if kind:
            kind(importer)
        else:
            tally.bug(importer, f"{done.stdout[-2000:]} {done.stderr[-2000:]}")
        harness.keep(folder)


def _main(importer: str, seconds: str, folder: str) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["refman.formats"]):
        read = reader_of(importer)
        read("")

    def read_one(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape" if data[:1] == b"\xff" else "replace")
        read(text)

    options = [
        f"-max_total_time={seconds}",
        f"-timeout={_SLOWEST_S}",
        f"-rss_limit_mb={_MEMORY_MB}",
        f"-max_len={_LONGEST}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        f"{folder}/corpus",
    ]
    atheris.Setup([sys.argv[0], *options], read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    assert sys.argv[1] in SEEDS
    _main(*sys.argv[1:])
