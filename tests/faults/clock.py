"""A clock that is set by the number of the operation, so that every run writes the same rows."""

from datetime import UTC, date, datetime, timedelta

_START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


class OperationClock:
    """Fulfils `domain.ports.Clock`; a minute for each operation, so that no two merge."""

    def __init__(self) -> None:
        self.number = 0

    def now(self) -> datetime:
        return _START + timedelta(minutes=self.number)

    def today(self) -> date:
        return self.now().date()
