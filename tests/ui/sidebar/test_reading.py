"""Everything is read once, however much is typed meanwhile; then its tags are counted in the newest list."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject

from refman.domain.listing import Listing
from refman.domain.query import Tagged
from refman.services.library import Library
from refman.ui.sidebar.reading import SidebarReading
from refman.ui.sidebar.rows import SidebarContent
from tests.ui.world import World

_RL, _NLP = Listing(Tagged("rl")), Listing(Tagged("nlp"))


class _Door:
    """Answers when it is told to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.asked: list[Callable[[], None]] = []

    def read(self, work: Callable[[Library], Any], done: Callable[[Any], None], **_: object) -> None:
        self.asked.append(lambda: done(work(self._library)))

    def write(self, *_: object, **__: object) -> None:
        raise AssertionError


@pytest.fixture
def door(world: World) -> _Door:
    ids = world.import_page()
    world.library.tag(ids[:3], ["rl"])
    world.library.tag(ids[:2], ["nlp"])
    return _Door(world.library)


@pytest.fixture
def shown() -> list[SidebarContent]:
    return []


@pytest.fixture
def reading(door: _Door, shown: list[SidebarContent], owner: QObject) -> SidebarReading:
    return SidebarReading(door, shown.append, owner)


@pytest.fixture
def owner(world: World) -> QObject:
    return world.adapter


def test_what_is_typed_while_everything_is_read_does_not_begin_it_again(
    reading: SidebarReading, door: _Door, shown: list[SidebarContent]
) -> None:
    reading.read_all()
    reading.count_in(_RL)
    reading.count_in(_NLP)
    assert len(door.asked) == 1
    door.asked[0]()
    assert len(door.asked) == 2
    door.asked[1]()
    assert [content.here for content in shown] == [None, {"nlp": 2, "rl": 2}]


def test_a_list_is_counted_once(reading: SidebarReading, door: _Door, shown: list[SidebarContent]) -> None:
    reading.read_all()
    door.asked.pop()()
    reading.count_in(Listing())
    assert door.asked == []
    reading.count_in(_RL)
    reading.count_in(_RL)
    assert len(door.asked) == 1
    door.asked.pop()()
    reading.read_all()
    door.asked.pop()()
    assert door.asked == []
    assert [content.here for content in shown] == [None, {"nlp": 2, "rl": 3}, {"nlp": 2, "rl": 3}]
