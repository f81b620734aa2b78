"""What the window keeps between two starts: place, panes, columns, order, recent libraries.

One INI file; a value that cannot be read (another version, a hand that edited it) counts as not kept.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from refman.domain.listing import DEFAULT_SORT, Sort, SortField
from refman.ui.pane_state import DetailPlace, Fourth, PaneState, Side
from refman.ui.table.column_layout import ColumnChoice

T = TypeVar("T")

_RECENT_MOST = 10
_WINDOWS = ("sidebar_window", "detail_window", "fourth_window")


class WindowState:
    """Reads and writes the file at `path`; small enough for the GUI thread. Writes reach the disk with `sync`."""

    def __init__(self, path: str) -> None:
        self._settings = QSettings(path, QSettings.Format.IniFormat)

    def sync(self) -> None:
        """Writes what was set."""
        self._settings.sync()

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window, empty when it was never closed."""
        kept = self._settings.value("window/geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    @property
    def panes(self) -> PaneState:
        """How the panes were laid out."""
        return self._kept("panes", PaneState(), _panes)

    @panes.setter
    def panes(self, state: PaneState) -> None:
        plain = asdict(state)
        for name in _WINDOWS:
            plain[name] = bytes(plain[name].toBase64().data()).decode()
        self._settings.setValue("panes", json.dumps(plain))

    @property
    def columns(self) -> ColumnChoice:
        """Which columns were shown, and how."""
        return self._kept("columns", ColumnChoice(), _columns)

    @columns.setter
    def columns(self, choice: ColumnChoice) -> None:
        self._settings.setValue("columns", json.dumps(asdict(choice)))

    @property
    def sort(self) -> tuple[Sort, ...]:
        """The order of the list."""
        return self._kept("sort", DEFAULT_SORT, _sort)

    @sort.setter
    def sort(self, sort: tuple[Sort, ...]) -> None:
        self._settings.setValue("sort", json.dumps([[level.field, level.is_descending] for level in sort]))

    @property
    def recent(self) -> tuple[str, ...]:
        """Libraries opened lately, the last one first."""
        return self._kept("recent", (), _recent)

    def remember_library(self, location: str) -> None:
        """Puts a library at the head of the recent ones."""
        others = [other for other in self.recent if other != location]
        self._settings.setValue("recent", json.dumps([location, *others][:_RECENT_MOST]))

    def forget_libraries(self) -> None:
        """Empties the list of recent libraries."""
        self._settings.remove("recent")

    def text(self, name: str) -> str:
        """What a pane kept under its own name, "" for nothing."""
        kept = self._settings.value(f"pane/{name}")
        return kept if isinstance(kept, str) else ""

    def keep_text(self, name: str, text: str) -> None:
        """Keeps what a pane gave."""
        self._settings.setValue(f"pane/{name}", text)

    def _kept(self, name: str, default: T, read: Callable[[Any], T]) -> T:
        kept = self._settings.value(name)
        if not isinstance(kept, str):
            return default
        try:
            return read(json.loads(kept))
        except (ValueError, TypeError, KeyError, AttributeError):
            return default


def _panes(kept: Any) -> PaneState:
    values = dict(kept)
    values["sidebar_side"] = Side(values["sidebar_side"])
    values["detail_place"] = DetailPlace(values["detail_place"])
    values["fourth"] = Fourth(values.get("fourth", Fourth.NONE))
    for name in _WINDOWS:
        values[name] = QByteArray.fromBase64(QByteArray(values.get(name, "").encode()))
    return PaneState(**values)


def _columns(kept: Any) -> ColumnChoice:
    widths = {str(name): int(width) for name, width in kept["widths"].items()}
    return ColumnChoice(tuple(map(str, kept["wide"])), tuple(map(str, kept["narrow"])), widths)


def _recent(kept: Any) -> tuple[str, ...]:
    is_list = isinstance(kept, list) and all(isinstance(location, str) for location in kept)
    return tuple(kept[:_RECENT_MOST]) if is_list else ()


def _sort(kept: Any) -> tuple[Sort, ...]:
    levels = tuple(Sort(SortField(field), is_descending=bool(is_descending)) for field, is_descending in kept)
    return levels or DEFAULT_SORT
