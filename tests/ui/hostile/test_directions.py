"""Every view and dialog on a library whose texts turn directions, have no letters, or are a heap of marks."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTabWidget

from refman.app.wiring import Wiring
from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from tests.ui.hostile.dialogs import DIALOGS, Stranger
from tests.ui.hostile.library import fill, link
from tests.ui.hostile.test_window import open_dialogs
from tests.ui.main_window.conftest import OpenWindow, open_window

__all__ = ["open_window"]

_PAYLOADS = (
    # Overrides and isolates that nothing closes, and marks of both directions.
    "\u202eA fdp.exe\u2067 \u05e9\u05dc\u05d5\u05dd \u2066 \u200f\u200e \u202d (1) \u2068",
    # Nothing to be seen: joiners, a word joiner, a soft hyphen, a mark of byte order.
    "A\u200b\u200d\u2060\u00ad\ufeff\u034f",
    "Z" + "\u0300\u0489" * 60 + " \U0001f469\u200d\U0001f52c \ufffd \U0010fffd",
)


@pytest.fixture(params=_PAYLOADS, ids=["directions", "invisible", "heaps"])
def stranger(request: pytest.FixtureRequest, tmp_path: Path, open_window: OpenWindow) -> Stranger:
    """A window on a library full of it, a paper of theirs selected."""
    payload: str = request.param
    location = tmp_path / "mine.refman"
    wiring = Wiring()
    wiring.create_library(str(location))
    library = wiring.open_library(str(location), settings=Settings())
    fill(library, tmp_path, payload)
    refs = link(library, tmp_path, payload)
    ids = [PaperId(number) for number in sorted(library.ids(Listing()))]
    library.close()
    person = open_window(location)
    person.sees_papers(len(ids))
    person.context.live.keep_profiles((ExportProfile(name=payload),))
    assert person.context.table.select_paper(ids[0])
    stranger = Stranger(person, payload, ids=ids, refs=refs)
    person.sees(lambda: any(one.path == str(refs) for one in stranger.joint.statuses))
    return stranger


def test_every_view_shows_them_and_changes_none(stranger: Stranger) -> None:
    person = stranger.person
    typed = stranger.paper().plain("title")
    for tabs in person.window.findChildren(QTabWidget):
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            person.sees(lambda: person.window.is_at_rest)
            person.window.grab()
    person.does("paper.preview")
    person.sees(person.context.preview.isVisible)
    person.window.grab()
    person.context.voice.say(stranger.payload)
    person.context.search.setText(stranger.payload)
    person.sees_searched(stranger.payload)
    person.sees(lambda: person.window.is_at_rest)
    person.window.grab()
    assert stranger.paper().plain("title") == typed
    # Signs that are nothing to be seen go when a file is read; its text is kept as it was.
    assert stranger.payload[0] in typed


def test_every_dialog_opens_on_them(stranger: Stranger) -> None:
    for name, open_it in DIALOGS.items():
        open_it(stranger)
        stranger.person.sees(partial(_is_open, name))
        stranger.person.sees(lambda: stranger.person.window.is_at_rest)
        open_dialogs()[name].grab()
        for dialog in open_dialogs().values():
            dialog.reject()
        stranger.person.sees(lambda: not open_dialogs())


def _is_open(name: str) -> bool:
    return name in open_dialogs()
