"""Pieces of SQL with their parameters in order. What a person typed is only ever a parameter."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, CursorResult

from refman.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Sql:
    """Text with `?` for every parameter."""

    text: str
    parameters: tuple[Any, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        if isinstance(other, str):
            return Sql(self.text + other, self.parameters)
        return Sql(self.text + other.text, self.parameters + other.parameters)

    def __radd__(self, other: str) -> "Sql":
        return Sql(other + self.text, self.parameters)

    def run(self, connection: Connection) -> CursorResult[*tuple[Any, ...]]:
        """Executes it."""
        return connection.exec_driver_sql(self.text, self.parameters)


def join(separator: str, parts: Iterable[Sql]) -> Sql:
    """The parts with a separator between them."""
    listed = list(parts)
    return Sql(
        separator.join(part.text for part in listed), tuple(value for part in listed for value in part.parameters)
    )
