"""Many papers are deleted with the progress seen; it can be stopped, and undo waits for its end."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.domain.ports import Clock, Store
from refman.domain.progress import Progress
from refman.services import trashing
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.outcome import Outcome
from refman.ui import voice
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import CTRL, Person

_COUNT = 4
_PATIENCE_S = 60.0


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set it when what the window shows was seen: the papers of this test are few, and go one by one."""
    seen = threading.Event()
    real = trashing.trash

    def trash(store: Store, clock: Clock, ids: Sequence[PaperId], progress: Progress) -> Outcome:
        seen.wait(_PATIENCE_S)
        return real(store, clock, ids, progress)

    monkeypatch.setattr(trashing, "trash", trash)
    monkeypatch.setattr(trashing, "_CHUNK", 1)
    monkeypatch.setattr(voice, "LONG_PAPERS", _COUNT)
    yield seen
    seen.set()


@pytest.fixture
def chooser(library: Path, open_window: OpenWindow) -> Person:
    """Somebody who has selected all papers."""
    text = "".join(f"@misc{{k{n}, title = {{Title {n}}}, author={{Roe, R.}}, year = 2020}}\n" for n in range(_COUNT))
    filled = Wiring().open_library(str(library))
    options = ImportOptions(filled.clock.today())
    filled.apply_import(filled.plan_import([ImportInput("many.bib", text)], options))
    filled.close()
    person = open_window(library)
    person.sees_papers(_COUNT)
    actions = person.context.actions
    assert actions is not None
    person.does("edit.select_all")
    person.sees(actions.action("paper.trash").isEnabled)
    return person


def _work(person: Person) -> str:
    strip = person.window.status.progress
    return " ".join(label.text() for label in strip.findChildren(QLabel) if strip.isVisible())


def test_undo_waits_for_the_deletion_and_takes_it_back(chooser: Person, seen: threading.Event) -> None:
    chooser.does("paper.trash")
    chooser.sees(lambda: "Deleting 4 papers" in _work(chooser))
    chooser.context.table.setFocus()
    chooser.presses(Qt.Key.Key_Z, CTRL)
    seen.set()
    chooser.sees_message("Undone: Delete 4 papers")
    chooser.sees_papers(_COUNT)


def test_a_stopped_deletion_leaves_every_paper(chooser: Person, seen: threading.Event) -> None:
    chooser.does("paper.trash")
    chooser.sees(lambda: "Deleting" in _work(chooser))
    stop = next(b for b in chooser.window.status.progress.findChildren(QToolButton) if b.isVisible())
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    seen.set()
    chooser.sees_message("Stopped: Deleting")
    assert chooser.knows(lambda library: library.sidebar_counts().trashed) == 0
    chooser.sees_papers(_COUNT)
