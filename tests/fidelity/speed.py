"""Reading speed and memory beside bibtexparser's, each in a process of its own, and LaTeX to Unicode."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.fidelity.collections import BibFile
from tests.fidelity.table import Row

_ENTRIES = 20_000
_FEW = 1_000
_RUNS = 3
# Each prints CPU seconds, the largest memory in MB and how many entries it found.
_OURS = """
import gc, json, resource, sys, time
from refman.formats.bibtex.reading import read_in_parts
from refman.formats.bibtex.windows import split_blocks
# As in the worker process.
gc.freeze()
gc.set_threshold(50_000)
began = time.process_time()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    blocks = iter(lambda: file.read(1 << 16), "")
    count = sum(len(part.drafts) for part in read_in_parts(split_blocks(blocks), size=500))
took = time.process_time() - began
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count]))
"""
_THEIRS = """
import json, resource, sys, time
import bibtexparser
began = time.process_time()
library = bibtexparser.parse_file(sys.argv[1])
took = time.process_time() - began
print(json.dumps([took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(library.entries)]))
"""
_OUR_TEXT = """
import json, sys, time
from bibtexparser.model import Entry
from refman.formats.bibtex.latex_to_text import latex_to_text
from refman.formats.bibtex.splitter import split
with open(sys.argv[1], encoding="utf-8") as file:
    entries = [piece.block for piece in split(file.read()) if isinstance(piece.block, Entry)]
values = [field.value[1:-1] for entry in entries for field in entry.fields]
began = time.process_time()
for value in values:
    latex_to_text(value)
took = time.process_time() - began
print(json.dumps([took, 1e6 * took / len(values), len(entries)]))
"""
_THEIR_TEXT = """
import json, sys, time
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware
library = bibtexparser.parse_file(sys.argv[1])
middleware = LatexDecodingMiddleware(allow_inplace_modification=True)
began = time.process_time()
middleware.transform(library)
took = time.process_time() - began
print(json.dumps([took, 0, len(library.entries)]))
"""


def reading_speed(_: Sequence[BibFile]) -> list[Row]:
    """A made file of entries with abstracts, both in turn: medians of CPU seconds; memory of one five times as long."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.bib"
        path.write_text("".join(map(_entry, range(_ENTRIES))), "utf-8")
        few = Path(name) / "few.bib"
        few.write_text("".join(map(_entry, range(_FEW))), "utf-8")
        texts = [(_run(_OUR_TEXT, few), _run(_THEIR_TEXT, few)) for _ in range(_RUNS)]
        pairs = [(_run(_OURS, path), _run(_THEIRS, path)) for _ in range(_RUNS)]
        ratio = statistics.median(theirs[0] / ours[0] for ours, theirs in pairs)
        speed = statistics.median(ours[0] for ours, _ in pairs)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(map(_entry, range(_ENTRIES, 5 * _ENTRIES)))
        size = path.stat().st_size / 1e6
        memory = _run(_OURS, path)[1]
    text_ratio = statistics.median(theirs[0] / ours[0] for ours, theirs in texts)
    micro = statistics.median(ours[1] for ours, _ in texts)
    return [
        Row(
            f"reading {_ENTRIES:,} entries with abstracts into drafts, against bibtexparser's parsing alone",
            ">= 3 times as fast",
            f"{ratio:.1f} times ({_ENTRIES / speed:,.0f} entries a CPU second)",
            ratio >= 3,
        ),
        Row(f"memory for {size:.0f} MB, {5 * _ENTRIES:,} entries", "<= 300 MB", f"{memory:.0f} MB", memory <= 300),
        Row(
            f"LaTeX to Unicode of {_FEW:,} entries, against bibtexparser's middleware",
            ">= 100 times as fast",
            f"{text_ratio:.0f} times ({micro:.1f} us a value)",
            text_ratio >= 100,
        ),
    ]


def _run(code: str, path: Path) -> list[float]:
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def _entry(number: int) -> str:
    words = " ".join(f"word{(number * 31 + place * 7) % 997}" for place in range(190))
    return (
        f'@article{{key{number},\n  author = {{M{{\\"u}}ller, J. and Smith, Anna B. and de la Cruz, Carlos}},\n'
        f"  title = {{On the {{DNA}} of Problem {number} \\& {{$O(n^2)$}}}},\n  journal = {{Journal of Things}},\n"
        f"  year = {{{1990 + number % 35}}},\n  volume = {{{number % 90}}},\n  pages = {{{number}--{number + 9}}},\n"
        f"  doi = {{10.1000/x{number}}},\n  abstract = {{{words}}},\n}}\n\n"
    )
