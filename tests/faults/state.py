"""What a library holds, as two digests: all of it with its journal, and what a person sees."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module

from refman.storage.text_dump import table_names

Rows = Callable[[sqlite3.Connection], Iterable[tuple[object, ...]]]
_JOURNAL = ("operation", "change")
_VOLATILE = {"operation": ("version", "owner", "size")}
"""Counters that differ when a step was begun before, and taken back."""


@dataclass(frozen=True, slots=True)
class State:
    """Digests; equal ones mean equal rows."""

    whole: str
    content: str


def state_of(location: str) -> State:
    """Reads every row through a connection of its own."""
    folder = os.path.dirname(os.path.realpath(location))
    whole, content = hashlib.sha256(), hashlib.sha256()
    with closing(sqlite3.connect(f"file:{location}?mode=ro", uri=True)) as connection:
        for name in table_names():
            # What is remembered of linked files has their places and times, which differ from run to run.
            if name == "meta" or name.startswith("linked_"):
                continue
            for row in _rows(connection, name):
                # Sources of linked files have the whole path, and every copy lies elsewhere.
                text = f"{name}{row!r}".replace(folder, "").encode("utf-8", "surrogatepass")
                whole.update(text)
                if name not in _JOURNAL:
                    content.update(text)
    return State(whole.hexdigest(), content.hexdigest())


def state_for(workload: str, location: str) -> State:
    """The same for the module of a workload; one whose ids may differ from run to run says itself what counts.

    A bulk step that was taken back has used up its ids: none is ever given twice.
    """
    rows: Rows | None = getattr(import_module(workload), "rows", None) if workload else None
    if rows is None:
        return state_of(location)
    folder = os.path.dirname(os.path.realpath(location))
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"file:{location}?mode=ro", uri=True)) as connection:
        for row in rows(connection):
            digest.update(repr(row).replace(folder, "").encode("utf-8", "surrogatepass"))
    return State(digest.hexdigest(), digest.hexdigest())


def _rows(connection: sqlite3.Connection, name: str) -> list[tuple[object, ...]]:
    known = [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]
    columns = ", ".join(f'"{column}"' for column in known if column not in _VOLATILE.get(name, ()))
    return sorted(connection.execute(f"SELECT {columns} FROM {name}").fetchall(), key=repr)
