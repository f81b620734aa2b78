"""A library that takes long to open is told about, and the word goes when it is there."""

from pathlib import Path
from threading import Event

import pytest

from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from tests.guards.patience import LONG_MS
from tests.ui.main_window.conftest import OpenWindow


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Libraries are opened once it is set, as when a killed import is taken back first."""
    gate, plainly = Event(), SqliteOpener.open

    def slowly(opener: SqliteOpener, location: str) -> SqliteStore:
        assert gate.wait(LONG_MS / 1000)
        return plainly(opener, location)

    monkeypatch.setattr(SqliteOpener, "open", slowly)
    return gate


def test_a_library_that_opens_slowly_is_told_about_until_it_is_there(
    library: Path, gate: Event, open_window: OpenWindow
) -> None:
    person = open_window(library)
    person.sees_message("The library is being opened.")
    gate.set()
    person.sees(lambda: person.window.pages.page.value == "empty")
    assert person.message == ""


def test_why_it_cannot_be_opened_takes_its_place(tmp_path: Path, gate: Event, open_window: OpenWindow) -> None:
    person = open_window(tmp_path / "gone.refman")
    person.sees_message("The library is being opened.")
    gate.set()
    person.sees(lambda: person.window.pages.page.value == "trouble")
    assert person.message == ""
