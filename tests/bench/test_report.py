"""The report tells growth and what has become slower, and nothing about noise."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.bench.measure import Figure
from tests.bench.papers import drafts
from tests.bench.peers import names, spent_by
from tests.bench.report import Report, load, slower_than


def _report(*figures: tuple[int, Figure]) -> Report:
    report = Report({"processor": "any"})
    for papers, figure in figures:
        report.add(papers, figure)
    return report


def _figure(median: float, floor: float | None, *, unit: str = "ms") -> Figure:
    return Figure("search", unit, median, median / 2, floor, "<= 40 ms")


def test_a_table_has_a_column_for_each_size_and_the_growth_between_them() -> None:
    text = _report((1_000, _figure(2, 1)), (10_000, _figure(6, 2))).text()
    assert text.splitlines()[-1] == (
        "| search | 2 ms (min 1; 2.00x floor) | 6 ms (min 3; 3.00x floor) | 3.0x | <= 40 ms |"
    )


def test_what_is_stored_is_loaded_and_newer_figures_replace_those_of_the_same_size(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    old = _report((1_000, _figure(2, 1)), (10_000, _figure(6, 2)))
    old.take(_report((10_000, _figure(8, 2))))
    old.store(path)
    assert load(path) == old
    assert load(path).figures["search"][10_000].ratio == 4
    assert load(tmp_path / "none.json").figures == {}


def test_only_a_ratio_that_has_grown_by_half_is_told_and_never_a_time() -> None:
    recorded = _report((1_000, _figure(20, 10)))
    assert slower_than(recorded, _report((1_000, _figure(200, 100)))) == []
    assert slower_than(recorded, _report((1_000, _figure(29, 10)))) == []
    assert slower_than(recorded, _report((10_000, _figure(90, 10)))) == []
    assert slower_than(recorded, _report((1_000, _figure(40, 10)))) == [
        "slower: search, 1,000 papers: 4.00x floor, was 2.00x"
    ]


def test_differences_of_a_moment_and_figures_without_a_floor_are_no_matter() -> None:
    assert slower_than(_report((1_000, _figure(1, 0.5))), _report((1_000, _figure(2.5, 0.5)))) == []
    assert slower_than(_report((1_000, _figure(1, None))), _report((1_000, _figure(90, None)))) == []


def test_the_table_stands_between_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "performance.md"
    path.write_text("Before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter\n", encoding="utf-8")
    _report((1_000, _figure(2, 1))).write_table(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Before\n<!-- figures -->\n- processor: any\n")
    assert text.endswith("\n<!-- end of figures -->\nafter\n")
    assert "old" not in text


def test_the_same_papers_are_generated_every_time_whatever_their_number() -> None:
    first, second = list(islice(drafts(1_000), 30)), list(drafts(30))
    assert first == second
    assert all(2 <= len(draft.tags) <= 6 for draft in first)
    assert all(1_000 <= len(draft.fields["abstract"].plain) <= 1_600 for draft in first)
    assert [bool(draft.notes) for draft in first] == [number % 20 == 0 for number in range(30)]


def test_a_program_is_measured_without_what_started_it() -> None:
    ballast = bytearray(200 << 20)
    spent = spent_by([sys.executable, "-S", "-c", "x = bytearray(30 << 20); print(sum(range(10 ** 6)))"], {})
    assert len(ballast) == 200 << 20
    assert 30 < spent.peak_mb < 150 and 0 < spent.cpu_s < 60
    with pytest.raises(subprocess.CalledProcessError):
        spent_by([sys.executable, "-S", "-c", "raise SystemExit(3)"], {})


def test_programs_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert names() == "bibtexparser; not installed: pybtex, papis, JabRef, bibutils"
