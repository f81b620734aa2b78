"""New ids: taken from SQLite's sequences, so that none is ever used twice."""

from sqlalchemy import Connection, text

_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


class Ids:
    """Hands out ids of AUTOINCREMENT tables inside one write transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[str, int] = {}

    def take(self, table: str, count: int = 1) -> int:
        """The first of `count` consecutive new ids; they must be used in this transaction."""
        if table not in self._last:
            self._last[table] = self._connection.scalar(_LAST, {"name": table}) or 0
        first = self._last[table] + 1
        self._last[table] += count
        return first

    def forget(self) -> None:
        """Another transaction begins: others may have taken ids."""
        self._last.clear()
