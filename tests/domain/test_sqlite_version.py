"""Which versions of SQLite are known to lose or damage something."""

import pytest

from refman.domain.sqlite_version import known_of


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)])
def test_repaired_versions_have_no_problem(version: tuple[int, ...]) -> None:
    assert known_of(version).problem is None


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)])
def test_what_two_writers_lose_is_told_to_whoever_asks(version: tuple[int, ...]) -> None:
    engine = known_of(version)
    assert engine.problem is not None and not engine.is_urgent
    assert engine.problem.message.startswith(f"SQLite {engine.version} can lose what two programs write")


def test_a_withdrawn_version_is_told_at_each_start() -> None:
    engine = known_of((3, 52, 0))
    assert engine.problem is not None and engine.is_urgent
    assert engine.problem.code == "sqlite-withdrawn"
