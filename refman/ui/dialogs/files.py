"""Asks for a file. The dialogs do not block: the answer comes by a call."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from refman.ui.dialogs.own_files import FileDialog


def ask_for_files(window: QWidget, title: str, kinds: str, *, chosen: Callable[[list[Path]], None]) -> QFileDialog:
    """Existing files, several at once."""
    dialog = _dialog(window, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_for_file(window: QWidget, title: str, kinds: str, *, chosen: Callable[[Path], None]) -> QFileDialog:
    """One existing file."""
    dialog = _dialog(window, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def ask_where_to_save(
    window: QWidget, title: str, kinds: str, *, suffix: str, verb: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """A place for a new file; the dialog itself asks before it takes one that exists."""
    dialog = _dialog(window, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def library_kinds() -> str:
    """The filter for library files."""
    return QCoreApplication.translate("Files", "refman libraries (*.refman);;All files (*)")


def _dialog(window: QWidget, title: str, kinds: str) -> QFileDialog:
    dialog = FileDialog(window, title)
    dialog.setNameFilter(kinds)
    return dialog
