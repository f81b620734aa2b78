"""The search index is tended when nothing was written for a moment."""

import pytest
from pytestqt.qtbot import QtBot

from refman.services.library import Library
from refman.ui.index_tender import IndexTender
from tests.ui.world import World


@pytest.fixture
def tended(world: World, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each tending gave: twice there is more to do."""
    given: list[bool] = []

    def tend(_library: Library) -> bool:
        given.append(len(given) < 2)
        return given[-1]

    monkeypatch.setattr(Library, "tend_index", tend)
    IndexTender(world.adapter, world.lanes)
    return given


def test_after_a_change_it_is_tended_until_nothing_is_left(world: World, tended: list[bool], qtbot: QtBot) -> None:
    world.adapter.write(lambda library: library.create_tag("rl"), owner=world.adapter)
    qtbot.waitUntil(lambda: tended == [True, True, False], timeout=60_000)
