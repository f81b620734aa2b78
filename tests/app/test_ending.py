"""The program ended by the system: nothing typed is lost, the layout is found again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.app.ending import Ending
from refman.app.window import create_window
from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.ui.main_window import MainWindow


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with one paper."""
    path = tmp_path / "mine.refman"
    Wiring().create_library(str(path))
    opened = Wiring().open_library(str(path))
    opened.new_paper("misc", {"title": "One"})
    opened.close()
    return path


@pytest.fixture
def window(library: Path, qtbot: QtBot) -> MainWindow:
    """A window with a note that is typed and not saved yet, and a folded sidebar."""
    window = create_window(str(library))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.context.table.papers.rowCount() == 1)
    window.context.table.go(1)
    editor = window.context.detail.notes_tab.editor
    qtbot.waitUntil(lambda: not editor.isReadOnly() and window.context.detail.head.title.editor.value() == "One")
    window.actions_by_id.action("view.sidebar").trigger()
    editor.insertPlainText("typed and not saved")
    return window


@pytest.fixture
def ending(qapp: QApplication, window: MainWindow) -> Iterator[Ending]:
    ending = Ending(qapp, window)
    yield ending
    ending.let_go()


@pytest.mark.usefixtures("ending")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_closes_the_window_and_nothing_is_lost(
    window: MainWindow, library: Path, qtbot: QtBot, number: signal.Signals
) -> None:
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert _notes(library) == ["typed and not saved"]
    again = create_window(str(library))
    qtbot.addWidget(again)
    assert again.context.panes.state.is_sidebar_folded
    again.close()


def test_the_end_of_a_session_stores_and_leaves_the_window(window: MainWindow, library: Path, ending: Ending) -> None:
    ending.save()
    assert _notes(library) == ["typed and not saved"]
    assert window.isVisible()
    window.close()
    ending.save()


def test_the_program_ends_well_by_a_signal(library: Path) -> None:
    script = (
        "import os, signal, sys; import refman.app.window as w\n"
        "make = w.create_window\n"
        "def watched(location):\n"
        "    window = make(location)\n"
        "    window.context.feed.listed.connect(lambda: os.kill(os.getpid(), getattr(signal, sys.argv[2])))\n"
        "    return window\n"
        "w.create_window = watched\n"
        "sys.exit(w.run_gui(sys.argv[1]))\n"
    )
    statuses = [
        subprocess.run([sys.executable, "-c", script, str(library), name], capture_output=True, timeout=60).returncode
        for name in ("SIGTERM", "SIGINT")
    ]
    assert statuses == [0, 130]


def _notes(library: Path) -> list[str]:
    opened = Wiring().open_library(str(library))
    notes = [note.text for note in opened.notes(PaperId(1))]
    opened.close()
    return notes
