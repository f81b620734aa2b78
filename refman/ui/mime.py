"""What is dragged inside the window: papers onto tags, tags onto papers."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

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
