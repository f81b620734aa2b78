"""Windows on libraries of the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from refman.app.window import create_window
from tests.empty_library import lay_empty_library
from tests.ui.main_window.person import PAGE, Person

OpenWindow = Callable[[Path], Person]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library."""
    path = tmp_path / "mine.refman"
    lay_empty_library(path)
    return path


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens a window of 1280 x 800 on a library."""

    def open_window(location: Path) -> Person:
        window = create_window(str(location))
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        window.context.table.setFocus()
        return Person(window, qtbot)

    yield open_window
    # What Python put there and still is there when the interpreter ends brings Qt down.
    QGuiApplication.clipboard().clear()


@pytest.fixture
def person(library: Path, open_window: OpenWindow) -> Person:
    """Somebody in front of an empty library."""
    person = open_window(library)
    person.sees(lambda: person.context.adapter.is_open and person.window.pages.page.value == "empty")
    return person


@pytest.fixture
def reader(person: Person) -> Person:
    """Somebody in front of the 23 papers of the author page, the newest import first."""
    person.context.live.change("preview_before_import", False)
    person.context.imports.take_files([PAGE.absolute()])
    person.sees_papers(23)
    person.sees_message("23 added")
    person.context.table.setFocus()
    return person
