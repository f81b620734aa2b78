"""Imports in chunks: progress, cancelling, repeats across chunks."""

from datetime import UTC, datetime

import pytest

from refman.domain.errors import Cancelled
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services import applying
from refman.services.import_plan import (
    ImportInput,
    ImportOptions,
    OnDuplicate,
)
from refman.services.library import Library
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import CAPTURED, import_texts, paper_of
from tests.services.short_pages import SHORT, all_papers, figures


class _Watcher:
    """Cancels after some reports."""

    def __init__(self, most: int = 1_000) -> None:
        self.reports: list[tuple[int, int | None]] = []
        self._most = most

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.reports.append((done, total))

    @property
    def is_cancelled(self) -> bool:
        return len(self.reports) >= self._most


def _many(number: int) -> str:
    entries = (f"@misc{{k{one}, title={{Title {one}}}, author={{Ann Smith}}}}\n" for one in range(number))
    return "".join(entries)


def test_a_big_import_is_one_step_in_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 5)
    watcher = _Watcher()
    text = _many(12) + _many(12).replace("@misc", "\n@misc")
    plan = library.plan_import([ImportInput("many.bib", text)], ImportOptions(CAPTURED))
    report = library.apply_import(plan, watcher)
    assert figures(report) == (12, 0, 12, 0)
    assert report.keys == tuple(f"k{one}" for one in range(12)) * 2
    assert watcher.reports == [(5, 24), (10, 24), (15, 24), (20, 24), (24, 24)]
    assert [(one.name, one.papers) for one in library.history()] == [("Import 24 papers from many.bib", 12)]
    if isinstance(library.store, FakeStore):
        assert library.store.chunks == 4
    library.undo()
    assert all_papers(library) == []


def test_cancel_takes_everything_back(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 5)
    plan = library.plan_import([ImportInput("many.bib", _many(12))], ImportOptions(CAPTURED))
    with pytest.raises(Cancelled):
        library.apply_import(plan, _Watcher(2))
    assert all_papers(library) == []
    assert library.history() == []


def test_reading_can_be_cancelled(library: Library) -> None:
    with pytest.raises(Cancelled):
        library.plan_import([ImportInput("many.bib", _many(2))], ImportOptions(CAPTURED), _Watcher(0))


def test_entries_with_different_keys_stay_two_across_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 1)
    twins = "".join(f"@misc{{{key}, title={{One}}, author={{Ann Smith}}, year=2020}}\n" for key in ("a", "b"))
    assert figures(import_texts(library, twins)) == (2, 0, 0, 0)


def test_keep_knows_repeats_across_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 1)
    report = import_texts(library, SHORT + "\n" + SHORT, on_duplicate=OnDuplicate.KEEP)
    assert figures(report) == (1, 0, 1, 0)


def test_the_list_shows_new_papers_first(library: Library, clock: FakeClock) -> None:
    import_texts(library, SHORT)
    clock.pass_seconds(60)
    import_texts(library, "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n")
    titles = [row.title for row in library.rows([PaperId(one) for one in library.ids(Listing())])]
    assert titles == ["Another One", "A Paper on Things"]
    assert library.rows([paper_of(library, "last2020another").id])[0].added == datetime(2026, 11, 22, 10, 1, tzinfo=UTC)
