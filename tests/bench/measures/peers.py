"""The same .bib read by refman and by other programs that are installed: processor time and memory."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile
from statistics import median

from tests.bench.bench import Bench
from tests.bench.bib_file import bench_bib
from tests.bench.measure import Figure
from tests.bench.peers import PEERS, Spent, run_peer, spent_by

MOST_UNASKED = 10_000
_MOST_PAPERS = 100_000
"""The others need gigabytes and many minutes for these already."""


def measure(bench: Bench) -> list[Figure]:
    """All in turn, so that a machine that slows down slows all; refman's import stores, indexes and checks as well."""
    if bench.papers > _MOST_PAPERS:
        return []
    bib = bench_bib(bench.papers)
    ours: list[Spent] = []
    exports: list[Spent] = []
    theirs: dict[str, list[Spent]] = {peer.name: [] for peer in PEERS if peer.is_installed}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(bench.long_runs):
            ours.append(spent_by([sys.executable, "-m", "tests.bench.children.importing", str(bib), ""], {}))
            exports.append(_export(bench, folder))
            for peer in PEERS:
                if peer.is_installed:
                    theirs[peer.name].append(run_peer(peer, bib, folder))
    figures = _figures("refman: import of the .bib into a library", ours, ours)
    figures += _figures("refman: export of the library to .bib", exports, exports)
    for peer in PEERS:
        if peer.is_installed:
            figures += _figures(f"{peer.name}: {peer.deed}", theirs[peer.name], ours)
    return figures


def _export(bench: Bench, folder: Path) -> Spent:
    copy, target = str(folder / "copy.refman"), str(folder / "out.bib")
    copyfile(bench.library, copy)
    return spent_by([sys.executable, "-m", "refman", "export", "--library", copy, "--output", target], {})


def _figures(name: str, spent: Sequence[Spent], ours: Sequence[Spent]) -> list[Figure]:
    seconds, memory = [one.cpu_s for one in spent], [one.peak_mb for one in spent]
    our_seconds = median(one.cpu_s for one in ours)
    floor = None if spent is ours or name.startswith("refman") else our_seconds
    against = "; floor: refman's import" if floor else ""
    return [
        Figure(f"beside others, {name}, processor time{against}", "s", median(seconds), min(seconds), floor),
        Figure(f"beside others, {name}, peak memory of its largest process", "MB", median(memory), min(memory)),
    ]
