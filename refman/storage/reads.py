"""What all parts of a reader share: one connection inside one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.sql.elements import BindParameter

from refman.storage.search.recall import Recall, View
from refman.storage.values import to_json_list


class Reads:
    """Reads over one connection; whoever made the connection ends its transaction."""

    def __init__(self, connection: Connection, recall: Recall | None = None) -> None:
        self.connection = connection
        self._recall = recall

    @property
    def view(self) -> View:
        """The snapshot; without a `recall`, as inside a write, nothing is remembered from one question to the next."""
        return View.of(self.connection, self._recall or Recall())


LIST: BindParameter[str] = bindparam("list")
"""The parameter that takes the `as_list` of values; statements with it are compiled once for any number."""


def in_list() -> Select[Any]:
    """The values of `LIST` as a subquery for IN."""
    return select(func.json_each(LIST).table_valued("value").c.value)


def as_list(values: Iterable[int] | Iterable[str]) -> dict[str, str]:
    """The parameters of a statement that uses `in_list`."""
    return {"list": to_json_list(values)}
