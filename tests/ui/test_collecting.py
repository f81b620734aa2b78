"""The collector of garbage: by Python's own thresholds, but for the youngest only when nothing is at work."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from refman.ui.collecting import GuiThreadCollector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GuiThreadCollector]:
    collector = GuiThreadCollector()
    yield collector
    collector.stop()
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("counts", "is_busy", "collected"),
    [
        ((10, 0, 0), False, []),
        ((9000, 0, 0), False, [0]),
        ((9000, 90, 0), False, [1]),
        ((9000, 90, 90), False, [2]),
        ((9000, 90, 90), True, [0]),
        ((9000, 90, 0), True, [0]),
        ((10, 90, 90), True, []),
        ((10, 90, 90), False, []),
    ],
)
def test_the_oldest_generation_that_is_due_is_collected(
    collector: GuiThreadCollector,
    monkeypatch: pytest.MonkeyPatch,
    counts: tuple[int, int, int],
    is_busy: bool,
    collected: list[int],
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "collect", asked.append)
    collector.set_busy(is_busy)
    collector.collect()
    assert asked == collected


def test_python_does_not_collect_by_itself_meanwhile(collector: GuiThreadCollector) -> None:
    assert not gc.isenabled()
