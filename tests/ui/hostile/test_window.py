"""Every view and every dialog of the window on a library of strangers."""

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QTabWidget, QWidget

from refman.app.wiring import Wiring
from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from tests.source import sources
from tests.ui.hostile.dialogs import DIALOGS, Stranger
from tests.ui.hostile.html import html_in, is_text, tips_over
from tests.ui.hostile.library import fill, link
from tests.ui.hostile.traps import Trap
from tests.ui.main_window.conftest import OpenWindow, open_window

__all__ = ["open_window"]


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    """A file and a port that nobody may touch."""
    with Trap(tmp_path) as trap:
        yield trap


@pytest.fixture
def stranger(tmp_path: Path, open_window: OpenWindow, trap: Trap) -> Stranger:
    """A window on a library full of it, a paper of theirs selected."""
    location = tmp_path / "mine.refman"
    wiring = Wiring()
    wiring.create_library(str(location))
    library = wiring.open_library(str(location), settings=Settings())
    fill(library, tmp_path, trap.payload)
    refs = link(library, tmp_path, trap.payload)
    ids = [PaperId(number) for number in sorted(library.ids(Listing()))]
    library.close()
    assert trap.touched == []
    person = open_window(location)
    person.sees_papers(len(ids))
    person.context.live.keep_profiles((ExportProfile(name=trap.payload),))
    assert person.context.table.select_paper(ids[0])
    stranger = Stranger(person, trap.payload, ids=ids, refs=refs)
    person.sees(lambda: any(one.path == str(refs) for one in stranger.joint.statuses))
    return stranger


def _is_harmless(stranger: Stranger, trap: Trap, where: str, top: QWidget | None = None) -> None:
    """Nothing that is shown reads HTML, and nothing was fetched."""
    window = stranger.person.window
    stranger.person.sees(lambda: window.is_at_rest)
    shown = top or window
    shown.grab()
    assert html_in(shown) == [], where
    for view in _views(shown):
        assert [tip for tip in tips_over(view) if not is_text(tip)] == [], where
    assert trap.touched == [], where


def _views(top: QWidget) -> list[QAbstractItemView]:
    return [view for view in top.findChildren(QAbstractItemView) if view.isVisible()]


def test_every_view_shows_letters(stranger: Stranger, trap: Trap) -> None:
    person = stranger.person
    assert "<img" in person.cells("title")[person.context.table.currentIndex().row()]
    for tabs in person.window.findChildren(QTabWidget):
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            _is_harmless(stranger, trap, tabs.tabText(tab))
    person.does("paper.preview")
    person.sees(person.context.preview.isVisible)
    _is_harmless(stranger, trap, "preview")
    person.does("edit.select_all")
    _is_harmless(stranger, trap, "many selected")
    person.context.voice.say(trap.payload)
    person.context.search.setText(trap.payload)
    person.sees_searched(trap.payload)
    _is_harmless(stranger, trap, "message and search")


def test_every_dialog_shows_letters(stranger: Stranger, trap: Trap) -> None:
    for name, open_it in DIALOGS.items():
        open_it(stranger)
        stranger.person.sees(partial(_is_open, name))
        _is_harmless(stranger, trap, name, open_dialogs()[name])
        for dialog in open_dialogs().values():
            dialog.reject()
        stranger.person.sees(lambda: not open_dialogs())


def _is_open(name: str) -> bool:
    return name in open_dialogs()


def open_dialogs() -> dict[str, QDialog]:
    """Those that are open, by class."""
    tops = QApplication.topLevelWidgets()
    return {type(one).__name__: one for one in tops if isinstance(one, QDialog) and one.isVisible()}


def test_every_dialog_is_on_the_list() -> None:
    made = {
        node.name
        for source in sources("refman/ui")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QDialog" for base in node.bases)
    }
    assert made == set(DIALOGS)
