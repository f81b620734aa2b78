"""What is being typed into a cell counts as typed: it must not go with its editor."""

from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit


def commit_open_editor(view: QAbstractItemView) -> None:
    """Ends the editing of a cell as Enter does; nothing when none is edited."""
    if view.state() is not QAbstractItemView.State.EditingState:
        return
    for editor in view.viewport().findChildren(QLineEdit):
        view.commitData(editor)
        view.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
