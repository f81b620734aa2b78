"""A step of thousands of papers is undone and done again with its progress seen, and can be stopped."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton

from refman.app.wiring import Wiring
from refman.domain.changes import OperationState
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, SHIFT, Person

_COUNT = 3000


@pytest.fixture
def imported(library: Path, open_window: OpenWindow) -> Person:
    """Somebody in front of a library whose last step brought many papers."""
    text = "".join(
        f"@misc{{k{n}, title = {{Title number {n}}}, author={{Roe, R.}}, year = 2020}}\n" for n in range(_COUNT)
    )
    filled = Wiring().open_library(str(library))
    options = ImportOptions(filled.clock.today())
    filled.apply_import(filled.plan_import([ImportInput("many.bib", text)], options))
    filled.close()
    person = open_window(library)
    person.sees_papers(_COUNT)
    _sees_enabled(person, "edit.undo")
    return person


def _sees_enabled(person: Person, command: str) -> None:
    actions = person.context.actions
    assert actions is not None
    person.sees(actions.action(command).isEnabled)


def _work(person: Person) -> str:
    strip = person.window.status.progress
    return " ".join(label.text() for label in strip.findChildren(QLabel) if strip.isVisible())


def _states(library: Library) -> list[OperationState]:
    return [step.state for step in library.history()]


def test_undo_and_redo_show_their_progress(imported: Person) -> None:
    imported.context.table.setFocus()
    imported.presses(Qt.Key.Key_Z, CTRL)
    imported.sees(lambda: "Undoing: Import" in _work(imported))
    imported.sees_papers(0)
    imported.sees_message("Undone: Import")
    _sees_enabled(imported, "edit.redo")
    imported.does("edit.redo")
    imported.sees(lambda: "Doing again: Import" in _work(imported))
    imported.sees_papers(_COUNT)
    imported.sees_message("Done again: Import")


def test_a_stopped_undo_leaves_the_step_as_it_was(imported: Person) -> None:
    imported.does("edit.undo")
    imported.sees(lambda: "Undoing" in _work(imported))
    stop = next(b for b in imported.window.status.progress.findChildren(QToolButton) if b.isVisible())
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    imported.sees_message("Stopped")
    assert imported.knows(_states) == [OperationState.DONE]
    imported.sees_papers(_COUNT)


def test_keys_pressed_meanwhile_are_done_after_it_in_their_order(imported: Person) -> None:
    imported.context.table.setFocus()
    imported.presses(Qt.Key.Key_Z, CTRL)
    imported.sees(lambda: "Undoing" in _work(imported))
    imported.presses(Qt.Key.Key_Z, CTRL | SHIFT)
    imported.sees_message("Done again: Import")
    imported.sees_papers(_COUNT)
    assert imported.knows(_states) == [OperationState.DONE]


def test_what_is_typed_meanwhile_does_not_wait(imported: Person) -> None:
    told: list[str] = []
    imported.context.adapter.told.connect(lambda outcome: told.append(outcome.message))
    imported.does("edit.undo")
    bar = imported.window.status.progress.findChild(QProgressBar)
    assert bar is not None
    # Papers go: before, a backup may be made, and what is done then comes before the undo.
    imported.sees(lambda: "Undoing" in _work(imported) and bar.maximum() > 0)
    imported.context.adapter.write(
        lambda library: library.new_paper("misc", {"title": "Meanwhile"}), owner=imported.window
    )
    imported.sees(lambda: len(told) == 2)
    assert told[1].startswith("Undone: Import")
    imported.sees_papers(1)
    assert imported.cells("title") == ["Meanwhile"]
