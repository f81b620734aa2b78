"""What is dropped from outside: files are attached to the paper on show, everything else is imported."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from refman.domain.paper import PaperId
from refman.services.library_files import LIBRARY_SUFFIX
from refman.ui.detail.pane import DetailPane
from refman.ui.import_flow import ImportFlow, can_import
from refman.ui.library import LibraryAdapter
from refman.ui.mime import files_of, take_as_copy

_READ = frozenset({".bib", ".bibtex", ".txt", ".ris", ".json", ".nbib", ".enw", ".xml", LIBRARY_SUFFIX})
"""Endings of files that hold papers; a file with another ending belongs to a paper."""
_ASKED = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class OutsideDrops(QObject):
    """Takes what none of the widgets inside the panes and the details wants."""

    def __init__(self, panes: QWidget, detail: DetailPane, adapter: LibraryAdapter, *, imports: ImportFlow) -> None:
        super().__init__(panes)
        self._detail = detail
        self._adapter = adapter
        self._imports = imports
        for place in (panes, detail):
            place.setAcceptDrops(True)
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ASKED and isinstance(event, QDropEvent):
            if can_import(event.mimeData()):
                take_as_copy(event)
            else:
                event.ignore()
            return True
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            is_link = event.proposedAction() is Qt.DropAction.LinkAction
            take_as_copy(event)
            self._take(event.mimeData(), is_link=is_link, is_on_paper=watched is self._detail)
            return True
        return False

    def _take(self, mime: QMimeData, *, is_link: bool, is_on_paper: bool) -> None:
        files, shown = files_of(mime), self._detail.paper_ids
        if not (files and is_on_paper and len(shown) == 1 and self._adapter.is_writable):
            self._imports.take_drop(mime)
            return
        for file in files:
            if file.suffix.lower() not in _READ:
                self._attach(shown[0], file, copy=not is_link)
        if readable := [file for file in files if file.suffix.lower() in _READ]:
            self._imports.take_files(readable)

    def _attach(self, paper_id: PaperId, file: Path, *, copy: bool) -> None:
        self._adapter.write(lambda library: library.attach(paper_id, file, copy=copy), owner=self._detail)
