"""What can be dropped on which row of the sidebar."""

from array import array

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from refman.ui.mime import papers_to_mime, tags_to_mime
from tests.ui.sidebar.conftest import Shown


def _drop(shown: Shown, mime: QMimeData, key: str) -> bool:
    """Drags over a row and lets go; whether the row took it."""
    tree, place = shown.pane.tree, shown.place(key)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    tree.dragEnterEvent(QDragEnterEvent(place, actions, mime, buttons, none))
    move = QDragMoveEvent(place, actions, mime, buttons, none)
    move.ignore()
    tree.dragMoveEvent(move)
    if move.isAccepted():
        tree.dropEvent(QDropEvent(QPointF(place), actions, mime, buttons, none))
    shown.world.settle()
    return move.isAccepted()


def test_papers_dropped_on_a_tag_are_tagged(shown: Shown) -> None:
    assert _drop(shown, papers_to_mime(array("q", shown.ids[10:12])), "tag:to read")
    assert "to read 3" in shown.texts()
    assert shown.world.paper(shown.ids[10]).tags == ("to read",)


def test_papers_dropped_on_the_trash_go_there(shown: Shown) -> None:
    assert _drop(shown, papers_to_mime(array("q", shown.ids[10:12])), "place:trash")
    assert "Trash 2" in shown.texts()


def test_papers_do_not_drop_on_a_heading(shown: Shown) -> None:
    assert not _drop(shown, papers_to_mime(array("q", shown.ids[:1])), "section:library")


def test_a_tag_dropped_on_another_moves_under_it_and_back_to_the_top(shown: Shown) -> None:
    assert _drop(shown, tags_to_mime(["to read"]), "tag:rl")
    assert "to read" not in [tag.name for tag in shown.world.library.tags()]
    assert "rl/to read" in [tag.name for tag in shown.world.library.tags()]
    assert _drop(shown, tags_to_mime(["rl/to read"]), "section:tags")
    assert "to read" in [tag.name for tag in shown.world.library.tags()]


def test_a_shut_tag_opens_under_a_drag_that_rests_on_it(shown: Shown) -> None:
    tree, find = shown.pane.tree, shown.pane.model.find
    tree.collapse(find("tag:rl"))
    everywhere = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, tags_to_mime(["to read"]))
    move = QDragMoveEvent(shown.place("tag:rl"), *everywhere, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    tree.dragMoveEvent(move)
    assert not tree.isExpanded(find("tag:rl"))
    shown.world.until(lambda: tree.isExpanded(find("tag:rl")))


def test_a_tag_does_not_move_under_itself(shown: Shown) -> None:
    assert not _drop(shown, tags_to_mime(["rl"]), "tag:rl/planning")
