"""The program as it is started."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from refman.app.main import create_window
from refman.app.places import places
from refman.app.wiring import Wiring
from refman.ui.dialogs.crash import CrashDialog


def test_the_program_opens_a_window_and_ends(tmp_path: Path) -> None:
    library = tmp_path / "mine.refman"
    Wiring().create_library(str(library))
    done = subprocess.run(
        [sys.executable, "-m", "refman", "--library", str(library), "gui", "--quit-after-start"],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr


def test_a_trial_start_fails_when_the_library_cannot_be_opened(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "refman", "--library", str(tmp_path / "gone.refman"), "gui", "--quit-after-start"],
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_without_a_display_one_sentence_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = subprocess.run([sys.executable, "-m", "refman", "gui"], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_bug_in_work_shows_a_report_and_the_window_goes_on(
    tmp_path: Path, qtbot: QtBot, logged: list[object]
) -> None:
    library = tmp_path / "mine.refman"
    Wiring().create_library(str(library))
    window = create_window(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.context.adapter.is_open)
    for _ in range(2):
        window.context.adapter.read(lambda library: 1 // 0, lambda _: None, owner=window)
    qtbot.waitUntil(lambda: [report.count("ZeroDivisionError") for report in _reports()] == [2])
    assert window.isEnabled()
    assert len(logged) == 2


def _reports() -> list[str]:
    """What the crash dialogs that are open say."""
    found: list[QWidget] = QApplication.topLevelWidgets()
    return [widget.report_text() for widget in found if isinstance(widget, CrashDialog) and widget.isVisible()]


def test_settings_that_cannot_be_read_are_told_and_the_window_opens(tmp_path: Path, qtbot: QtBot) -> None:
    path = places().settings
    path.parent.mkdir(parents=True)
    path.write_text("theme = [", "utf-8")
    window = create_window(tmp_path / "x.refman")
    qtbot.addWidget(window)
    message = window.findChild(QWidget, "messageBar").message
    assert "is not TOML" in message.text


def test_a_preference_reaches_the_file(tmp_path: Path, qtbot: QtBot) -> None:
    window = create_window(tmp_path / "x.refman")
    qtbot.addWidget(window)
    window.context.live.change("row_height", "dense")
    window.close()
    assert 'row_height = "dense"' in places().settings.read_text("utf-8")


def test_a_window_needs_an_application() -> None:
    code = "from refman.app.main import create_window; create_window('x.refman')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert "a window needs a QApplication" in done.stderr
