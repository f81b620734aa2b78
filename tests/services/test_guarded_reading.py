"""Files that take too much to read are refused, and those beside them are imported."""

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from refman.domain.errors import Cancelled, UnreadableInput
from refman.domain.progress import NoProgress
from refman.formats import IMPORTERS
from refman.formats.base import ImportResult, ReadContext
from refman.services import guarded_reading, reading
from refman.services.guarded_reading import read_apart, read_guarded, read_within_limits, reading_limits
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.services.part_codec import from_bytes
from refman.services.reading import read_inputs
from refman.workers.pool import SpawnedWorkers
from tests.services.conftest import CAPTURED

_GOOD = "@misc{good, title = {A good one}}\n"
_LARGE = _GOOD + "% " + "x" * guarded_reading.APART_FROM
_OPTIONS = ImportOptions(CAPTURED)
DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass
class _Hostile:
    """An importer that a file has taken over."""

    kind: str
    name: str = "bibtex"
    label: str = "BibTeX"

    def confidence(self, text: str, file_name: str) -> float:
        return 1.0

    def read(self, text: str, context: ReadContext) -> ImportResult:
        if "good" in text:
            return _REAL.read(text, context)
        taken = b"x"
        while True:
            # 1 GB is more than there may be.
            taken = taken * 2 if self.kind == "memory" and len(taken) < 1 << 30 else taken


_REAL = IMPORTERS["bibtex"]


class _Told:
    """Workers that say how a process ended."""

    def __init__(self, ends: Exception | None = None, silent: int = 0) -> None:
        self._ends = ends
        self._silent = silent
        self.calls = 0

    def stream(
        self, task: Callable[..., Iterator[bytes]], *arguments: object
    ) -> AbstractContextManager[Iterator[bytes | None]]:
        self.calls += 1
        return nullcontext(self._values(task(*arguments)))

    def _values(self, real: Iterator[bytes]) -> Iterator[bytes | None]:
        yield from [None] * self._silent
        if self._ends is not None:
            raise self._ends
        yield from real


def _read(workers: _Told, *inputs: ImportInput) -> list[tuple[str, str, int]]:
    """Name, code of the refusal and how many drafts, of each input."""
    readings = read_guarded(lambda: workers, inputs, _OPTIONS, progress=NoProgress())
    return [(one.name, one.refusal.code if one.refusal else "", len(one.result.drafts)) for one in readings]


def test_what_is_small_is_read_at_once() -> None:
    workers = _Told()
    assert _read(workers, ImportInput("small.bib", _GOOD)) == [("small.bib", "", 1)]
    assert workers.calls == 0


def test_what_is_large_is_read_apart() -> None:
    workers = _Told(silent=3)
    assert _read(workers, ImportInput("large.bib", _LARGE)) == [("large.bib", "", 1)]
    assert workers.calls == 1


def test_what_needs_too_much_is_refused_alone() -> None:
    workers = _Told(UnreadableInput("too-much-memory", "It needs more memory."))
    assert _read(workers, ImportInput("large.bib", _LARGE), ImportInput("small.bib", _GOOD)) == [
        ("large.bib", "too-much-memory", 0),
        ("small.bib", "", 1),
    ]


def test_what_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_reading, "MOST_SECONDS", -1.0)
    assert _read(_Told(silent=1), ImportInput("large.bib", _LARGE)) == [("large.bib", "too-much-time", 0)]


def test_it_can_be_stopped() -> None:
    class Stopped(NoProgress):
        is_cancelled = True

    with pytest.raises(Cancelled):
        read_guarded(lambda: _Told(silent=1), [ImportInput("l", _LARGE)], _OPTIONS, progress=Stopped())


def test_every_sample_comes_from_the_process_as_it_is_read_here() -> None:
    paths = [path for path in DATA.rglob("*") if path.suffix in (".txt", ".bib") and path.stat().st_size < 1 << 20]
    assert len(paths) > 20
    for path in paths:
        one = ImportInput(path.name, path.read_bytes().decode("utf-8", "surrogateescape"))
        [expected] = read_inputs([one], _OPTIONS)
        [value] = read_apart(one, _OPTIONS)
        assert guarded_reading._reading(one, from_bytes(value)) == expected, path


def test_a_real_process_reads(library: Library) -> None:
    library.workers = SpawnedWorkers
    plan = library.plan_import([ImportInput("large.bib", _LARGE), ImportInput("odd", "\x01" * 70_000)], _OPTIONS)
    assert [one.file for one in plan.refused] == ["odd"]
    assert library.apply_import(plan).added == 1


def test_a_plan_tells_what_was_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = _Told(UnreadableInput("too-much-memory", "It needs more memory."))
    monkeypatch.setattr(library, "workers", lambda: workers)
    plan = library.plan_import([ImportInput("large.bib", _LARGE), ImportInput("small.bib", _GOOD)], _OPTIONS)
    assert [(one.file, one.code) for one in plan.refused] == [("large.bib", "too-much-memory")]
    assert library.apply_import(plan).added == 1


def test_a_command_gives_up_what_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_reading, "MOST_SECONDS", 0.2)
    before = signal.getsignal(signal.SIGPROF)
    monkeypatch.setattr(reading, "detect", lambda text, name: _Hostile("time"))
    readings = read_within_limits([ImportInput("for-ever.bib", "@"), ImportInput("good.bib", _GOOD)], _OPTIONS)
    assert readings[0].refusal is not None and readings[0].refusal.code == "too-much-time"
    assert [draft.key for draft in readings[1].result.drafts] == ["good"]
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_a_command_gives_up_what_needs_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_reading, "MOST_BYTES", 256 << 20)
    monkeypatch.setattr(reading, "detect", lambda text, name: _Hostile("memory"))
    readings = read_within_limits([ImportInput("bomb.bib", "@"), ImportInput("good.bib", _GOOD)], _OPTIONS)
    assert readings[0].refusal is not None and readings[0].refusal.code == "too-much-memory"
    assert [draft.key for draft in readings[1].result.drafts] == ["good"]


def test_time_is_that_of_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_reading, "MOST_SECONDS", 0.2)
    with reading_limits("waits.bib"):
        signal.sigtimedwait([], 0.5)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
