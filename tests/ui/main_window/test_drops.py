"""Files and text from outside, dropped on the panes: attached to the paper on show, or imported."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from refman.domain.paper import PaperId
from refman.services.library import Library
from tests.ui.main_window.person import CTRL, ENTRY, SHIFT, Person

_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def files(*paths: Path) -> QMimeData:
    """As a file manager offers them: with their names as text."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))
    return mime


def enters(target: QWidget, mime: QMimeData, keys: Qt.KeyboardModifier = _NONE) -> bool:
    """Whether the widget wants what is dragged over it."""
    event = QDragEnterEvent(QPoint(5, 5), _ACTIONS, mime, _LEFT, keys)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(target: QWidget, mime: QMimeData, keys: Qt.KeyboardModifier = _NONE) -> None:
    """The program that it comes from is told that it was copied, so that it moves nothing away."""
    assert enters(target, mime, keys)
    event = QDropEvent(QPointF(5, 5), _ACTIONS, mime, _LEFT, keys)
    QApplication.sendEvent(target, event)
    assert event.dropAction() is Qt.DropAction.CopyAction


def attached(person: Person, paper_id: PaperId) -> Sequence[tuple[str, bool]]:
    """Name of each file of a paper, and whether it is a copy."""

    def read(library: Library) -> list[tuple[str, bool]]:
        paper = library.paper(paper_id)
        assert paper is not None
        return [(Path(one.path).name, one.is_stored) for one in paper.attachments]

    found = person.knows(read)
    assert isinstance(found, list)
    return found


def lists(person: Person, key: str) -> bool:
    return key in person.cells("key")


def has_files(person: Person, paper_id: PaperId, count: int) -> bool:
    return len(attached(person, paper_id)) == count


@pytest.fixture
def shown(reader: Person) -> Person:
    """The first paper is shown."""
    reader.clicks_row(0)
    reader.sees(lambda: reader.context.detail.head.title.editor.value() == reader.cells("title")[0])
    return reader


def test_a_file_on_the_details_is_attached_as_a_copy(shown: Person, tmp_path: Path) -> None:
    pdf, bib = tmp_path / "read me.pdf", tmp_path / "one.bib"
    pdf.write_bytes(b"%PDF-1.4\n")
    bib.write_text(ENTRY, "utf-8")
    paper = shown.context.selected[0]
    drop(shown.context.detail, files(pdf))
    shown.sees(lambda: len(attached(shown, paper)) == 1)
    assert attached(shown, paper)[0][1]
    assert pdf.exists()
    drop(shown.context.detail, files(pdf), CTRL | SHIFT)
    shown.sees(lambda: len(attached(shown, paper)) == 2)
    assert attached(shown, paper)[1] == ("read me.pdf", False)
    drop(shown.context.detail, files(bib))
    shown.sees_papers(24)
    assert len(attached(shown, paper)) == 2


def test_without_a_paper_on_show_a_file_is_refused_as_everywhere(reader: Person, tmp_path: Path) -> None:
    pdf = tmp_path / "read me.pdf"
    pdf.write_bytes(b"%PDF-1.4\n\xff\xfe")
    drop(reader.context.detail, files(pdf))
    reader.sees_message("read me.pdf")
    assert reader.context.feed.count == 23


def test_text_is_imported_wherever_it_is_dropped_and_named_for_it(reader: Person) -> None:
    for target, key in ((reader.context.detail, "knuth1984"), (reader.context.panes, "other2020")):
        mime = QMimeData()
        mime.setText(ENTRY if key == "knuth1984" else "@misc{other2020, title = {Other}, year = 2020}")
        drop(target, mime)
        reader.sees(partial(lists, reader, key))
    nonsense = QMimeData()
    nonsense.setText("Dear all,\n\nlunch is at noon.\n")
    drop(reader.context.panes, nonsense)
    reader.sees_message("Dropped text")


def test_the_name_of_a_dropped_file_is_typed_into_no_editor(shown: Person, tmp_path: Path) -> None:
    """It goes on to the details, which attach it."""
    detail, paper = shown.context.detail, shown.context.selected[0]
    title, year = detail.head.title, detail.paper_tab.form.box("year")
    for count, editor in enumerate((title.control, year.control, detail.notes_tab.editor), start=1):
        pdf = tmp_path / f"{count}.pdf"
        pdf.write_bytes(b"%%PDF-1.%d\n" % count)
        target = editor.viewport() if isinstance(editor, QAbstractScrollArea) else editor
        assert target.acceptDrops()
        drop(target, files(pdf))
        shown.sees(partial(has_files, shown, paper, count))
    assert not title.is_dirty and not year.is_dirty and detail.notes_tab.editor.toPlainText() == ""
