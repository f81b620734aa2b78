"""A step of thousands of papers is undone and done again with its progress seen, and can be stopped."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton

from refman.app.wiring import Wiring
from refman.domain.changes import OperationId, OperationState
from refman.domain.progress import Progress
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.storage import undoing
from refman.ui import taking_back
from tests.empty_library import lay_empty_library
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, SHIFT, Person

_COUNT = 3000
_PATIENCE_S = 60.0
_Replay = Callable[..., Outcome]


class Held:
    """A progress whose work goes on, after its first report, when the test has seen it."""

    def __init__(self, progress: Progress, seen: threading.Event) -> None:
        self._progress = progress
        self._seen = seen

    def report(self, done: int, total: int | None, text: str = "") -> None:
        """Tells, then waits."""
        self._progress.report(done, total, text)
        self._seen.wait(_PATIENCE_S)

    @property
    def is_cancelled(self) -> bool:
        """As the person wants it."""
        return self._progress.is_cancelled


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set it when what a long step shows was seen: undo and redo are too fast to be caught by looking."""
    seen = threading.Event()

    def held(replay: _Replay) -> _Replay:
        def work(library: Library, progress: Progress, *, only: OperationId | None) -> Outcome:
            return replay(library, Held(progress, seen), only=only)

        return work

    monkeypatch.setattr(taking_back, "_undo", held(taking_back._undo))
    monkeypatch.setattr(taking_back, "_redo", held(taking_back._redo))
    yield seen
    seen.set()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library whose last step brought many papers."""
    location = tmp_path_factory.mktemp("filled") / "many.refman"
    lay_empty_library(location)
    text = "".join(
        f"@misc{{k{n}, title = {{Title number {n}}}, author={{Roe, R.}}, year = 2020}}\n" for n in range(_COUNT)
    )
    library = Wiring().open_library(str(location))
    library.apply_import(library.plan_import([ImportInput("many.bib", text)], ImportOptions(library.clock.today())))
    library.close()
    # Closed, it has taken its log in.
    assert [path.name for path in location.parent.glob("*-wal") if path.stat().st_size] == []
    return location.read_bytes()


@pytest.fixture
def imported(library: Path, filled: bytes, open_window: OpenWindow) -> Person:
    """Somebody in front of that library."""
    library.write_bytes(filled)
    person = open_window(library)
    person.sees_papers(_COUNT)
    _sees_enabled(person, "edit.undo")
    return person


def _sees_enabled(person: Person, command: str) -> None:
    actions = person.context.actions
    assert actions is not None
    person.sees(actions.action(command).isEnabled)


def _agrees(person: Person) -> None:
    question = person.dialog("confirmDialog")
    assert any(label.text() == "Remove 3,000 of 3,000 papers?" for label in question.findChildren(QLabel))
    person.clicks_button("Remove 3,000 papers", question)


def _work(person: Person) -> str:
    strip = person.window.status.progress
    return " ".join(label.text() for label in strip.findChildren(QLabel) if strip.isVisible())


def _states(library: Library) -> list[OperationState]:
    return [step.state for step in library.history()]


def test_undo_and_redo_show_their_progress(imported: Person, seen: threading.Event) -> None:
    imported.context.table.setFocus()
    imported.presses(Qt.Key.Key_Z, CTRL)
    _agrees(imported)
    imported.sees(lambda: "Undoing: Import" in _work(imported))
    seen.set()
    imported.sees_papers(0)
    imported.sees_message("Undone: Import")
    _sees_enabled(imported, "edit.redo")
    seen.clear()
    imported.does("edit.redo")
    imported.sees(lambda: "Doing again: Import" in _work(imported))
    seen.set()
    imported.sees_papers(_COUNT)
    imported.sees_message("Done again: Import")


def test_who_does_not_agree_keeps_the_papers_and_can_undo_again(imported: Person, seen: threading.Event) -> None:
    seen.set()
    imported.does("edit.undo")
    imported.clicks_button("Keep them", imported.dialog("confirmDialog"))
    _sees_enabled(imported, "edit.undo")
    assert imported.knows(_states) == [OperationState.DONE]
    imported.sees_papers(_COUNT)
    imported.does("edit.undo")
    _agrees(imported)
    imported.sees_papers(0)


def test_a_stopped_undo_leaves_the_step_as_it_was(imported: Person, seen: threading.Event) -> None:
    imported.does("edit.undo")
    _agrees(imported)
    imported.sees(lambda: "Undoing" in _work(imported))
    stop = next(b for b in imported.window.status.progress.findChildren(QToolButton) if b.isVisible())
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    seen.set()
    imported.sees_message("Stopped")
    assert imported.knows(_states) == [OperationState.DONE]
    imported.sees_papers(_COUNT)


def test_keys_pressed_meanwhile_are_done_after_it_in_their_order(imported: Person, seen: threading.Event) -> None:
    imported.context.table.setFocus()
    imported.presses(Qt.Key.Key_Z, CTRL)
    _agrees(imported)
    imported.sees(lambda: "Undoing" in _work(imported))
    imported.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    seen.set()
    imported.sees_message("Done again: Import")
    imported.sees_papers(_COUNT)
    assert imported.knows(_states) == [OperationState.DONE]


def test_what_is_typed_meanwhile_does_not_wait(
    imported: Person, seen: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a quick machine all of it fits into one turn.
    monkeypatch.setattr(undoing, "TURN_S", 0.0)
    told: list[str] = []
    imported.context.adapter.told.connect(lambda outcome: told.append(outcome.message))
    imported.does("edit.undo")
    _agrees(imported)
    bar = imported.window.status.progress.findChild(QProgressBar)
    assert bar is not None
    # Papers go: before, a backup may be made, and what is done then comes before the undo.
    imported.sees(lambda: "Undoing" in _work(imported) and bar.maximum() > 0)
    imported.context.adapter.write(
        lambda library: library.new_paper("misc", {"title": "Meanwhile"}), owner=imported.window
    )
    seen.set()
    imported.sees(lambda: len(told) == 2)
    assert told[1].startswith("Undone: Import")
    imported.sees_papers(1)
    assert imported.cells("title") == ["Meanwhile"]


def test_closing_asks_and_closes_when_it_is_done(imported: Person, seen: threading.Event, library: Path) -> None:
    imported.does("edit.undo")
    _agrees(imported)
    imported.sees(lambda: "Undoing" in _work(imported))
    assert not imported.window.close()
    question = imported.dialog("confirmDialog")
    assert any("Not finished yet: Undoing: Import" in label.text() for label in question.findChildren(QLabel))
    imported.clicks_button("Close when it is done", question)
    assert imported.window.isVisible()
    seen.set()
    imported.sees(lambda: not imported.window.isVisible())
    assert _count(library) == 0


def test_closing_can_stop_it(imported: Person, seen: threading.Event, library: Path) -> None:
    imported.does("edit.undo")
    _agrees(imported)
    imported.sees(lambda: "Undoing" in _work(imported))
    assert not imported.window.close()
    question = imported.dialog("confirmDialog")
    # The work is stopped at its next report; once it has ended, the question is gone.
    seen.set()
    imported.clicks_button("Stop and close", question)
    imported.sees(lambda: not imported.window.isVisible())
    assert _count(library) in {0, _COUNT}


def _count(library: Path) -> int:
    opened = Wiring().open_library(str(library))
    count = opened.sidebar_counts().papers
    opened.close()
    return count
