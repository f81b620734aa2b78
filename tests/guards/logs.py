"""A log record of level WARNING or above fails the test, unless the test asks for the records."""

import logging
from collections.abc import Iterator

import pytest


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_logs(request: pytest.FixtureRequest) -> Iterator[_Collector]:
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield collector
    root.removeHandler(collector)
    if collector.records and "logged" not in request.fixturenames:
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
        pytest.fail("logged unexpectedly:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture
def logged(_quiet_logs: _Collector) -> list[logging.LogRecord]:
    """The warnings and errors logged so far, oldest first; the test asserts on them itself."""
    return _quiet_logs.records
