"""The trash of notes, tags and files as a person sees it."""

import pytest
from PySide6.QtWidgets import QWidget

from refman.ui.dialogs.trash import TrashDialog
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController
from tests.ui.world import World


@pytest.fixture
def emptied() -> list[int]:
    """How much was to be emptied, each time somebody asked for it."""
    return []


@pytest.fixture
def dialog(world: World, themes: ThemeController, icons: Icons, window: QWidget, emptied: list[int]) -> TrashDialog:
    """Open over a library with a note, a tag and a paper in its trash."""
    ids = world.import_page()
    library = world.library
    note_id = library.add_note(ids[0], "\n# Read again\n\nsection 3").note_id
    assert note_id is not None
    library.tag(ids[:2], ["rl"])
    library.delete_note(note_id)
    library.delete_tag("rl")
    library.trash(ids[5:6])
    made = TrashDialog(world.adapter, emptied.append, is_writable=True, themes=themes, icons=icons, parent=window)
    world.adapter.changed.connect(made.refresh)
    made.open()
    world.settle()
    return made


def _rows(dialog: TrashDialog) -> list[list[str]]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items if item is not None]


def test_it_lists_what_was_deleted_and_of_what(dialog: TrashDialog) -> None:
    assert _rows(dialog) == [["Tag", "rl", "2 papers"], ["Note", "# Read again", "zheng2026ai"]]
    assert dialog.counts.text() == "Notes: 1 · Tags: 1 · Files: 0 · Papers in the trash: 1"
    assert not dialog.restore.isEnabled()


def test_a_note_is_restored(dialog: TrashDialog, world: World) -> None:
    paper_id = world.library.ids_of_keys(["zheng2026ai"])["zheng2026ai"]
    item = dialog.list.topLevelItem(1)
    assert item is not None
    item.setSelected(True)
    dialog.restore.click()
    world.settle()
    assert _rows(dialog) == [["Tag", "rl", "2 papers"]]
    assert [note.text for note in world.library.notes(paper_id)] == ["\n# Read again\n\nsection 3"]


def test_things_are_deleted_for_good(dialog: TrashDialog, world: World) -> None:
    dialog.list.selectAll()
    dialog.delete.click()
    world.settle()
    assert _rows(dialog) == []
    assert dialog.counts.text() == "Notes: 0 · Tags: 0 · Files: 0 · Papers in the trash: 1"
    world.library.undo()
    dialog.refresh()
    world.settle()
    assert len(_rows(dialog)) == 2


def test_the_whole_trash_is_emptied_papers_too(dialog: TrashDialog, emptied: list[int]) -> None:
    dialog.empty.click()
    assert emptied == [3]


def test_a_library_that_can_only_be_read_is_only_shown(
    world: World, themes: ThemeController, icons: Icons, window: QWidget
) -> None:
    ids = world.import_page()
    note_id = world.library.add_note(ids[0], "n").note_id
    assert note_id is not None
    world.library.delete_note(note_id)
    dialog = TrashDialog(world.adapter, lambda _: None, is_writable=False, themes=themes, icons=icons, parent=window)
    dialog.open()
    world.settle()
    dialog.list.selectAll()
    assert not (dialog.restore.isEnabled() or dialog.delete.isEnabled() or dialog.empty.isEnabled())
