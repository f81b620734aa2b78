"""What is dragged: papers onto tags and tags onto papers inside the window, files and text from outside."""

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

PAPERS = "application/x-refman-papers"
"""Paper ids as 8-byte integers of this machine; never leaves the process in a way that matters."""

TAGS = "application/x-refman-tags"
"""Tag names in UTF-8, one a line."""


def papers_to_mime(ids: "array[int]") -> QMimeData:
    """A drag of papers; any number, 8 bytes each."""
    mime = QMimeData()
    mime.setData(PAPERS, ids.tobytes())
    return mime


def papers_of_mime(mime: QMimeData) -> "array[int]":
    """The dragged papers, empty when the drag carries none."""
    ids = array("q")
    data = mime.data(PAPERS).data() if mime.hasFormat(PAPERS) else b""
    ids.frombytes(data[: len(data) - len(data) % ids.itemsize])
    return ids


def tags_to_mime(names: Sequence[str]) -> QMimeData:
    """A drag of tags; their text goes along for other programs."""
    mime = QMimeData()
    mime.setData(TAGS, "\n".join(names).encode())
    mime.setText(", ".join(names))
    return mime


def tags_of_mime(mime: QMimeData) -> list[str]:
    """The dragged tags, empty when the drag carries none."""
    if not mime.hasFormat(TAGS):
        return []
    return [name for name in bytes(mime.data(TAGS).data()).decode(errors="replace").split("\n") if name]


def files_of(mime: QMimeData) -> list[Path]:
    """The files that are pasted or dragged, empty when there are none."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def take_as_copy(event: QDropEvent) -> None:
    """Accepts a drag so that the program it comes from keeps what it offers to move."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
