"""What is kept between two starts comes back as it was, and nonsense counts as not kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from refman.domain.listing import DEFAULT_SORT, Sort, SortField
from refman.ui.pane_state import DetailPlace, PaneState, Side
from refman.ui.table.column_layout import ColumnChoice
from refman.ui.window_state import WindowState

_PANES = PaneState(
    is_sidebar_folded=True,
    sidebar_side=Side.RIGHT,
    sidebar_width=300,
    detail_place=DetailPlace.WINDOW,
    detail_height=280,
    detail_window=QByteArray(b"\x00\xff geometry"),
)
_COLUMNS = ColumnChoice(wide=("title", "year"), narrow=("title",), widths={"year": 70})
_SORT = (Sort(SortField.YEAR, is_descending=True), Sort(SortField.TITLE))


def test_everything_comes_back(tmp_path: Path) -> None:
    path = str(tmp_path / "window.ini")
    kept = WindowState(path)
    kept.geometry = QByteArray(b"\x01\x02")
    kept.panes, kept.columns, kept.sort = _PANES, _COLUMNS, _SORT
    kept.keep_text("sidebar", '{"closed": ["tag:rl"]}')
    kept.sync()
    again = WindowState(path)
    assert again.geometry == QByteArray(b"\x01\x02")
    assert (again.panes, again.columns, again.sort) == (_PANES, _COLUMNS, _SORT)
    assert again.text("sidebar") == '{"closed": ["tag:rl"]}'


def test_a_first_start_has_the_defaults(tmp_path: Path) -> None:
    kept = WindowState(str(tmp_path / "window.ini"))
    assert (kept.panes, kept.columns, kept.sort, kept.recent) == (PaneState(), ColumnChoice(), DEFAULT_SORT, ())
    assert kept.geometry.isEmpty()


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "7", '{"sidebar_side": "top"}', '[["colour", true]]', "null"])
def test_nonsense_counts_as_not_kept(tmp_path: Path, nonsense: str) -> None:
    path = str(tmp_path / "window.ini")
    written = QSettings(path, QSettings.Format.IniFormat)
    for name in ("panes", "columns", "sort", "recent", "window/geometry"):
        written.setValue(name, nonsense)
    written.sync()
    kept = WindowState(path)
    assert (kept.panes, kept.columns, kept.sort) == (PaneState(), ColumnChoice(), DEFAULT_SORT)
    assert kept.recent == ()


def test_recent_libraries_are_ten_the_last_one_first(tmp_path: Path) -> None:
    kept = WindowState(str(tmp_path / "window.ini"))
    for number in (*range(12), 5):
        kept.remember_library(f"/l/{number}.refman")
    assert [int(Path(location).stem) for location in kept.recent] == [5, 11, 10, 9, 8, 7, 6, 4, 3, 2]
    kept.forget_libraries()
    assert kept.recent == ()
