"""The history of a paper in the detail pane, and older values put back."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from refman.domain.listing import HistoryEntry
from refman.ui.detail.past import PastValues
from refman.ui.theme import ThemeController
from tests.ui.detail.conftest import Shown


def _open(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(shown.pane.more_tab)
    shown.world.until(
        lambda: bool(_buttons(shown)),
    )


def _texts(shown: Shown) -> list[str]:
    return [one.text() for one in shown.pane.more_tab.past.findChildren(QLabel) if one.isVisible()]


def _buttons(shown: Shown) -> list[QPushButton]:
    found = shown.pane.more_tab.past.findChildren(QPushButton, "putBack")
    return [one for one in found if one.isVisible()]


def test_every_change_shows_what_was_before_and_is_put_back(shown: Shown) -> None:
    before = shown.paper().plain("title")
    shown.world.library.edit(shown.ids[0], {"title": "Another title"})
    _open(shown)
    assert f"Before: {before}" in _texts(shown)
    assert "After: Another title" in _texts(shown)
    [put_back] = _buttons(shown)
    assert put_back.text() == "Put this value back"
    put_back.click()
    shown.world.until(lambda: len(_buttons(shown)) == 2)
    assert shown.paper().plain("title") == before
    shown.world.library.undo()
    assert shown.paper().plain("title") == "Another title"


def test_long_histories_are_shown_in_part(shown: Shown) -> None:
    for number in range(60):
        shown.world.library.edit(shown.ids[0], {"title": f"Title {number}"})
    _open(shown)
    shown.world.until(lambda: len(_buttons(shown)) == 50)
    more = next(one for one in shown.pane.more_tab.past.findChildren(QPushButton) if "older" in one.text())
    more.click()
    shown.world.until(lambda: len(_buttons(shown)) == 60)


def test_a_note_and_a_tag_are_called_what_they_are(themes: ThemeController, qtbot: QtBot) -> None:
    past = PastValues(themes)
    qtbot.addWidget(past)
    when = datetime(2026, 11, 23, 6, 31, tzinfo=UTC)
    names = ("note", "tag", "file", "trash", "title")
    past.show_entries([HistoryEntry(when, "A change", name, "", "x") for name in names])
    told = [one.text().rpartition(" · ")[2] for one in past.findChildren(QLabel) if " · " in one.text()]
    assert told == ["Note", "Tag", "File", "Trash", "Title"]
    assert [past.field.itemText(row) for row in range(1, past.field.count())] == sorted(told)
