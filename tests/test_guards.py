"""Each guard fails the test that does the forbidden thing, and no other."""

from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.guards.watchdog import Watchdog

_SINS = '''
import logging, os, socket, sys, threading
from pathlib import Path
import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget
from sqlalchemy import create_engine, text

KEPT = []

def run_as(module, code, **names):
    """Run code as if it stood in a module of refman, so that guards see refman at work."""
    import refman
    path = Path(refman.__file__).parent / module
    exec(compile(code, str(path), "exec"), names)

@pytest.fixture
def window(gui_thread_guard, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget

def test_bad_log():
    logging.getLogger("x").warning("disk is slow")

def test_bad_qt_message():
    qWarning("QObject: something is wrong")

def test_bad_thread():
    release = threading.Event()
    threading.Thread(target=release.wait, daemon=True).start()

def test_bad_timer(qtbot):
    timer = QTimer()
    timer.start(60_000)
    KEPT.append(timer)

def test_bad_open_of_library(tmp_path):
    path = tmp_path / "a.refman"
    path.write_bytes(b"")
    run_as("services/x.py", "path.read_bytes()", path=path)

def test_bad_copy_of_library(tmp_path):
    path = tmp_path / "a.refman"
    path.write_bytes(b"")
    run_as("storage/x.py", "import shutil; shutil.copy(path, target)", path=path,
           target=tmp_path / "copy")

def test_bad_open_through_link(tmp_path):
    path = tmp_path / "a.refman"
    path.write_bytes(b"")
    (tmp_path / "out.bib").symlink_to(path)
    run_as("storage/x.py", "open(path, 'ab').close()", path=tmp_path / "out.bib")

def test_bad_file_in_window(window, tmp_path):
    run_as("ui/x.py", "open(path, 'w').close()", path=tmp_path / "a.txt")

def test_bad_sql_in_window(window, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        run_as("ui/x.py", "connection.execute(query)", connection=connection, query=text("SELECT 1"))
    engine.dispose()

def test_bad_network_in_window(window):
    with socket.socket() as door:
        door.settimeout(1)
        run_as("ui/x.py", "door.connect_ex(('127.0.0.1', 9))", door=door)

def test_good_log(logged):
    logging.getLogger("x").warning("expected")
    assert [record.getMessage() for record in logged] == ["expected"]

def test_good_file_before_window(gui_thread_guard, tmp_path):
    run_as("ui/x.py", "open(path, 'w').close()", path=tmp_path / "a.txt")

def test_good_service_called_by_the_test(window, tmp_path):
    run_as("services/x.py", "open(path, 'w').close()", path=tmp_path / "a.txt")

def test_good_library_made_by_the_test(tmp_path):
    (tmp_path / "a.refman").write_bytes(b"not a library")

def test_good_home(own_home):
    assert Path.home() == own_home
    assert os.environ["REFMAN_LIBRARY"].startswith(str(own_home))
'''


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test run inside the test, with the same guards and settings."""
    monkeypatch.delenv("REFMAN_TEST_ALL", raising=False)
    root = Path(__file__).parents[1]
    pytester.makeconftest(f"import sys\nsys.path.insert(0, {str(root)!r})\nfrom tests.conftest import pytest_plugins\n")
    pytester.makeini("[pytest]\nfilterwarnings = error\nqt_log_level_fail = WARNING\nqt_api = pyside6\n")
    return pytester


def test_each_guard_bites(inner: pytest.Pytester) -> None:
    inner.makepyfile(test_sins=_SINS)
    result = inner.runpytest_subprocess("-q", "-rfE", "-p", "no:cacheprovider")
    report = result.stdout.str()
    names = [line[4:].split("(")[0] for line in _SINS.splitlines() if line.startswith("def test_")]
    blamed = {name for name in names if f"::{name} " in report or f"::{name}\n" in report + "\n"}
    assert blamed == {name for name in names if name.startswith("test_bad_")}, report


_NEEDY = """
import pytest

@pytest.mark.needs("program-that-nobody-has")
def test_needy():
    raise AssertionError("it must not run")

def test_modest():
    pass
"""


def test_a_test_without_its_program_is_left_out_and_counted(inner: pytest.Pytester) -> None:
    inner.makepyfile(_NEEDY)
    inner.runpytest_subprocess().assert_outcomes(passed=1, deselected=1)


def test_a_missing_program_is_an_error_where_all_must_run(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFMAN_TEST_ALL", "1")
    inner.makepyfile(_NEEDY)
    result = inner.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "program-that-nobody-has" in result.stderr.str()


def _spin(seconds: float) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end:
        pass


def test_watchdog_measures_the_longest_block_and_names_it(qtbot: QtBot, watchdog: Watchdog) -> None:
    done: list[bool] = []

    def slow_slot() -> None:
        _spin(0.12)
        done.append(True)

    QTimer.singleShot(0, slow_slot)
    watchdog.start()
    qtbot.waitUntil(lambda: bool(done))
    with watchdog.paused():
        _spin(0.2)
    watchdog.stop()
    assert watchdog.longest_ms > 100
    assert "slow_slot" in watchdog.where
