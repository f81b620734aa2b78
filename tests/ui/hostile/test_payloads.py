"""Fifteen hundred payloads in the fields, people, tags and notes of a library, each shown by the window once.

Nothing is loaded, nothing is more than letters.
"""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QTabWidget
from pytestqt.qtbot import QtBot

from refman.app.wiring import Wiring
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library
from refman.ui.detail.note_editor import NotePreview
from refman.ui.theme import ThemeController
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.text_block import TextBlock
from refman.ui.widgets.tips import plain_tip
from tests.ui.hostile.html import html_in, is_text, tips_over
from tests.ui.hostile.payloads import COUNT, payloads
from tests.ui.hostile.traps import Trap
from tests.ui.main_window.conftest import OpenWindow, open_window
from tests.ui.main_window.person import Person
from tests.ui.world import CAPTURED

__all__ = ["open_window"]

_FIELDS = (
    "title",
    "abstract",
    "journal",
    "booktitle",
    "note",
    "publisher",
    "series",
    "subtitle",
    "titleaddon",
    "maintitle",
    "shorttitle",
    "shortjournal",
    "address",
    "organization",
    "institution",
    "school",
    "howpublished",
    "annote",
    "addendum",
    "eventtitle",
    "version",
    "edition",
    "language",
    "pubstate",
    "chapter",
)
_PAPERS = COUNT // len(_FIELDS)


def _sent(trap: Trap) -> list[str]:
    return payloads(
        trap.picture.as_uri(), str(trap.picture), trap.address, "javascript:alert(1)", f"//{trap.address[7:]}"
    )


def _fill(library: Library, sent: list[str]) -> list[PaperId]:
    """Fields of its own for each paper; its note has them all, its author and its tag are one of them."""
    empty = "".join(f"@misc{{evil{number}, title = {{{number}}}}}\n" for number in range(_PAPERS))
    library.apply_import(library.plan_import([ImportInput("evil.bib", empty)], ImportOptions(CAPTURED)))
    ids = list(library.ids_of_keys(f"evil{number}" for number in range(_PAPERS)).values())
    for number, paper in enumerate(ids):
        mine = sent[number * len(_FIELDS) :][: len(_FIELDS)]
        library.edit(paper, dict(zip(_FIELDS, mine, strict=True)) | {"author": f"{{{mine[0]}}} and Doe, {{{mine[1]}}}"})
        library.add_note(paper, "\n\n".join(f"{one}\n\n- {one}\n\n# {one}" for one in mine))
        library.tag([paper], [mine[2].replace("/", "|")])
    return ids


def test_no_tip_no_label_and_no_preview_of_a_note_takes_one_for_html(
    tmp_path: Path, themes: ThemeController, qtbot: QtBot
) -> None:
    note, name, bar = NotePreview(themes), ElidedLabel(""), TextBlock(most_lines=3)
    for widget in (note, name, bar):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        widget.show()
    with Trap(tmp_path) as trap:
        for payload in _sent(trap):
            note.show_note(f"{payload}\n\n- {payload}\n\n# {payload}")
            name.setText(payload)
            bar.show_text(payload)
            assert is_text(plain_tip(payload))
            assert [html_in(widget) for widget in (note, name, bar)] == [[], [], []], payload
            note.grab()
        name.grab()
        bar.grab()
        assert trap.touched == []


def _is_shown(person: Person, paper: PaperId) -> bool:
    return person.context.detail.paper_ids == [paper] and person.window.is_at_rest


def test_each_of_1500_payloads_is_letters_in_the_window(tmp_path: Path, open_window: OpenWindow) -> None:
    with Trap(tmp_path) as trap:
        sent = _sent(trap)
        assert len(set(sent)) == COUNT
        location = tmp_path / "mine.refman"
        wiring = Wiring()
        wiring.create_library(str(location))
        library = wiring.open_library(str(location), settings=Settings())
        ids = _fill(library, sent)
        kept = {library.papers([paper])[0].plain(name) for paper in ids for name in _FIELDS}
        assert [one for one in sent if " ".join(one.split()) not in {" ".join(it.split()) for it in kept}] == []
        library.close()
        person = open_window(location)
        person.sees_papers(_PAPERS)
        detail, tabs = person.context.detail, person.window.findChildren(QTabWidget)
        for number, paper in enumerate(ids):
            assert person.context.table.select_paper(paper)
            person.sees(partial(_is_shown, person, paper))
            for tab in tabs:
                tab.setCurrentIndex(number % tab.count())
            person.sees(lambda: person.window.is_at_rest)
            person.window.grab()
            assert html_in(detail) == [], number
            assert trap.touched == [], number
        assert html_in(person.window) == []
        for view in person.window.findChildren(QAbstractItemView):
            assert [tip for tip in tips_over(view) if view.isVisible() and not is_text(tip)] == []
