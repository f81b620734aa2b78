"""The library on the lanes: answers, changes of this window and of others, another library, the end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from refman.app.wiring import Wiring
from refman.domain.changes import Changes
from refman.domain.errors import InvalidValue, LibraryError, LibraryMissing, NotFound, RefmanError
from refman.domain.settings import Settings
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.library import LibraryAdapter
from tests.ui.world import World


@pytest.fixture
def heard(world: World) -> list[tuple[Changes, object]]:
    """What `changed` told."""
    heard: list[tuple[Changes, object]] = []
    world.adapter.changed.connect(lambda changes, source: heard.append((changes, source)))
    return heard


def test_a_write_is_told_once_with_its_source(world: World, heard: list[tuple[Changes, object]]) -> None:
    source, done = QObject(), list[Outcome]()
    world.adapter.write(lambda library: library.create_tag("rl"), done.append, owner=source)
    world.settle()
    world.adapter.look_for_changes()
    world.settle()
    assert heard == [(done[0].changes, source)]
    assert world.told == done


def test_what_others_wrote_is_told_without_a_source(world: World, heard: list[tuple[Changes, object]]) -> None:
    world.library.new_paper("misc", {"title": "Elsewhere"})
    world.adapter.look_for_changes()
    world.settle()
    # The library of the tests tells of others only that something changed.
    assert heard == [(Changes(everything=True), None)]


def test_a_write_between_writes_of_others_hides_none_of_them(world: World, heard: list[tuple[Changes, object]]) -> None:
    world.library.new_paper("misc", {"title": "Theirs"})
    world.adapter.write(lambda library: library.create_tag("ours"), owner=world.adapter)
    world.settle()
    world.adapter.look_for_changes()
    world.settle()
    assert (Changes(everything=True), None) in heard


def test_a_quiet_write_is_not_told_to_the_person(world: World) -> None:
    world.adapter.write(lambda library: library.create_tag("rl"), owner=world.adapter, is_quiet=True)
    world.settle()
    assert world.told == []


def test_a_write_that_changes_nothing_changes_no_view(world: World, heard: list[tuple[Changes, object]]) -> None:
    world.library.create_tag("rl")
    world.adapter.look_for_changes()
    world.settle()
    heard.clear()
    world.adapter.write(lambda library: library.create_tag("rl"), owner=world.adapter)
    world.settle()
    assert heard == []
    assert [outcome.is_nothing for outcome in world.told] == [True]


def test_a_refused_write_is_told_to_whoever_asked_else_to_the_person(world: World) -> None:
    own: list[Exception] = []
    world.adapter.write(lambda library: library.create_tag("/"), owner=world.adapter, failed=own.append)
    world.adapter.write(lambda library: library.create_tag("/"), owner=world.adapter)
    world.settle()
    assert [type(error) for error in (*own, *world.refused)] == [InvalidValue, InvalidValue]


def _unreadable(_: Library) -> int:
    raise LibraryError("library-io", "The disk reports an error.")


def _unfound(_: Library) -> int:
    raise NotFound("no-paper", "There is no such paper.")


def test_a_library_that_cannot_be_read_is_told_to_whoever_asked_else_to_the_person(world: World) -> None:
    own: list[Exception] = []
    world.adapter.read(_unreadable, lambda _: None, owner=world.adapter, failed=own.append)
    world.adapter.read(_unreadable, lambda _: None, owner=world.adapter)
    world.adapter.read(_unfound, lambda _: None, owner=world.adapter)
    world.settle()
    assert [type(error) for error in (*own, *world.refused)] == [LibraryError, LibraryError]


def _giving(number: int) -> Callable[[Library], int]:
    return lambda _: number


def test_of_one_slot_the_newest_is_answered(world: World) -> None:
    answers: list[int] = []
    for number in range(5):
        world.adapter.read(_giving(number), answers.append, owner=world.adapter, slot="test")
    world.settle()
    assert answers[-1] == 4


def test_work_tells_what_it_wrote(world: World, heard: list[tuple[Changes, object]]) -> None:
    done: list[str] = []
    world.library.new_paper("misc", {"title": "No key yet"})
    world.adapter.look_for_changes()
    world.settle()
    heard.clear()
    world.adapter.work(lambda library, _: library.create_tag("rl").message, done.append)
    world.settle()
    world.until(lambda: heard == [(Changes(everything=True), None)])
    assert len(done) == 1


def test_without_a_library_nothing_is_asked(world: World) -> None:
    heard: list[object] = []
    world.adapter.close()
    world.adapter.read(lambda library: library.tags(), heard.append, owner=world.adapter)
    world.adapter.write(lambda library: library.create_tag("rl"), heard.append, owner=world.adapter)
    assert world.adapter.work(lambda library, _: library.tags(), heard.append) is None
    world.settle()
    assert heard == []
    assert (world.adapter.location, world.adapter.name, world.adapter.is_writable) == ("", "", False)


def test_a_library_that_is_not_there_leaves_the_present_one_open(world: World, qtbot: QtBot) -> None:
    with qtbot.waitSignal(world.adapter.not_opened) as refused:
        world.adapter.open("gone.refman")
    location, error = refused.args
    assert (location, type(error)) == ("gone.refman", LibraryMissing)
    assert world.adapter.name == "here"


def test_a_restore_that_fails_leaves_the_library_open(tmp_path: Path, qtbot: QtBot, world: World) -> None:
    location = str(tmp_path / "mine.refman")
    Wiring().create_library(location)
    (tmp_path / "letter.refman").write_bytes(b"no library" * 500)
    adapter = LibraryAdapter(world.lanes, Wiring(), Settings())
    refused: list[object] = []
    adapter.refused.connect(refused.append)
    with qtbot.waitSignal(adapter.opened):
        adapter.open(location)
    with qtbot.waitSignal(adapter.opened):
        adapter.restore(tmp_path / "letter.refman", location, refused.append)
    assert (adapter.location, [isinstance(one, RefmanError) for one in refused]) == (location, [True])
    assert adapter.is_open
    adapter.close()
    world.settle()
