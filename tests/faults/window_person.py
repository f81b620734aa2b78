"""Somebody in front of the real window, in a child: what they do, and what the window told of each deed.

Qt begins in here and nowhere else: what becomes of a process that forks after Qt has begun is undefined.
"""

import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, cast
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from refman.app.window import create_window
from refman.domain.paper import PaperId
from refman.ui.messages import Message, MessageBar
from tests.faults.children import Acknowledge
from tests.faults.operations import refuse_to_open_libraries, set_home
from tests.ui.main_window.person import CTRL, ENTRY, Person

YEAR, TAG, NOTE, TITLE, AFTER = "1888", "kept/tag", "Typed into a note", "A title to take back", "after/fault"
_PATIENCE_MS = 100_000
_QUIET_TURNS = 3
_TRIES = 4


class _Bot(QtBot):
    """Waits as long as a window may take that meets a fault; there is no test around it."""

    def __init__(self) -> None:
        super().__init__(cast(pytest.FixtureRequest, None))
        cast(Any, qt_api).set_qt_api("pyside6")

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


def work_at_window(folder: Path, acknowledge: Acknowledge, *, begins: str, is_over_before_the_end: bool) -> None:
    """Opens, edits, tags, writes a note, takes an edit back, pastes, closes; tells how each of them ended.

    Before the step `begins` a tracer is waited for; where it is over before the end, until that is gone again, and one
    more deed has to be done then.
    """
    sys.addaudithook(refuse_to_open_libraries)
    set_home(folder.with_name(f"{folder.name}.home"))
    application = QApplication(["refman"])
    somebody = _Somebody(str(folder / "papers.refman"), acknowledge, begins)
    sys.excepthook = somebody.unexpected
    try:
        if somebody.opens():
            somebody.works()
            somebody.leaves(is_over=is_over_before_the_end)
    except TimeoutError:
        somebody.tell("hang", said=traceback.format_exc())
    del application


class _Somebody:
    def __init__(self, location: str, acknowledge: Acknowledge, begins: str) -> None:
        self._acknowledge = acknowledge
        self._begins = begins
        window = create_window(location)
        self._person = Person(window, _Bot())
        self._told: list[Message] = []
        self._refusals: list[str] = []
        self._first = self._second = PaperId(0)
        self._watch()
        window.resize(1280, 800)
        window.show()
        window.activateWindow()

    def _watch(self) -> None:
        bar = self._person.find(MessageBar, "messageBar")
        show = bar.show_message

        def shown(message: Message) -> None:
            self._told.append(message)
            show(message)

        patch.object(bar, "show_message", shown).start()
        adapter = self._person.context.adapter
        adapter.not_opened.connect(lambda _, error: self._refusals.append(error.message))

    def tell(self, step: str, *, state: str = "", said: str = "", about: int = 0) -> None:
        """One line to whoever started this."""
        self._acknowledge(json.dumps({"step": step, "state": state, "said": said, "about": about}))

    def unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What a slot of Qt lets out."""
        self.tell("bug", said="".join(traceback.format_exception(kind, error, trace)))

    # Waiting -----------------------------------------------------------------------------------------------------

    def _rests(self, seen: Callable[[], object] = lambda: False) -> bool:
        """Waits until something is seen, or nothing is under way any more; whether it is seen."""
        quiet, context = 0, self._person.context

        def is_over() -> bool:
            nonlocal quiet
            is_busy = context.adapter.pending.is_busy or context.imports.is_under_way
            quiet = 0 if is_busy or not self._person.window.is_at_rest else quiet + 1
            return bool(seen()) or quiet > _QUIET_TURNS

        self._person.sees(is_over)
        return bool(seen())

    def _crashes(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget.objectName() == "crashDialog" and widget.isVisible():
                self.tell("bug", said="a crash report is shown")
                widget.close()

    def _deed(self, step: str, do: Callable[[], object], stored: Callable[[], bool], *, about: int = 0) -> bool:
        """Does it; tells whether the window shows it as stored, and else what it said."""
        self._told.clear()
        if step == self._begins:
            self.tell("begins")
            self._person.sees(_is_traced)
        do()
        self._rests()
        self._rests(stored)
        self._crashes()
        is_stored = stored()
        self.tell(step, state="stored" if is_stored else "refused", said=self._said(), about=about)
        return is_stored

    def _said(self) -> str:
        detail = self._person.context.detail
        seen = [self._person.message, *(message.text for message in self._told)]
        seen += [box.error.text() for box in (detail.paper_tab.form.box("year"), detail.head.title)]
        seen += [detail.notes_tab.warning.text()]
        return " | ".join(dict.fromkeys(text for text in seen if text))

    # Working -----------------------------------------------------------------------------------------------------

    def opens(self) -> bool:
        """Whether the library is shown; tells it."""
        table = self._person.context.table
        self._person.sees(lambda: bool(self._refusals) or self._person.context.adapter.is_open)
        self._rests(lambda: table.papers.rowCount() == 30)
        self._crashes()
        if self._refusals:
            self.tell("opened", state="refused", said=self._refusals[0])
            self._person.window.end()
            return False
        self.tell("opened", state="stored" if table.papers.rowCount() == 30 else "refused", said=self._said())
        return True

    def works(self) -> None:
        """Every deed that the panes allow by then."""
        self._first = self._chooses(0)
        if self._first:
            self._types_year()
            self._tags(TAG, "tag", self._first)
            self._writes_note()
        self._second = self._chooses(2)
        if self._second and self._types_title():
            self.tell("undoing")
            self._deed("undo", self._takes_back, lambda: self._has_told("Undone"), about=self._second)
        self._deed("paste", lambda: self._person.pastes(ENTRY), lambda: self._has_told("1 added"))

    def _takes_back(self) -> None:
        self._person.context.table.setFocus()
        self._person.presses(Qt.Key.Key_Z, CTRL)

    def _has_told(self, part: str) -> bool:
        return any(part in message.text for message in self._told)

    def _chooses(self, row: int) -> PaperId:
        """Clicks a row and waits until the pane shows its paper; 0, and what was said, where it does not."""
        person, detail = self._person, self._person.context.detail
        self._told.clear()
        wanted = person.context.table.papers.id_at(row)
        if wanted is not None:
            person.clicks_row(row)
            form = detail.paper_tab.form
            if self._rests(lambda: detail.paper_ids == [wanted] and form.box("year").isVisible()):
                return wanted
        self.tell("unseen", state="refused", said=self._said())
        return PaperId(0)

    def _types(self, control: QWidget, text: str) -> None:
        control.setFocus()
        if isinstance(control, QLineEdit):
            control.selectAll()
        else:
            QTest.keyClick(control, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(control, text)
        QTest.keyClick(control, Qt.Key.Key_Return)

    def _types_year(self) -> None:
        box = self._person.context.detail.paper_tab.form.box("year")
        self._deed("year", lambda: self._types(box.control, YEAR), lambda: not box.is_dirty, about=self._first)

    def _types_title(self) -> bool:
        box = self._person.context.detail.head.title
        return self._deed(
            "title", lambda: self._types(box.control, TITLE), lambda: not box.is_dirty, about=self._second
        )

    def _tags(self, name: str, step: str, about: PaperId) -> bool:
        tags = self._person.context.detail.paper_tab.tags
        return self._deed(
            step,
            lambda: self._types(tags.field, name),
            lambda: any(name in chip.text() for chip in tags.chips),
            about=about,
        )

    def _writes_note(self) -> None:
        detail = self._person.context.detail
        notes = detail.notes_tab
        detail.write_note()
        if not self._rests(lambda: not notes.editor.isReadOnly()):
            return

        def write() -> None:
            QTest.keyClicks(notes.editor, NOTE)
            notes.flush()

        self._deed("note", write, lambda: not list(notes.unsaved()), about=self._first)
        detail.show_tab(detail.paper_tab)

    # Leaving -----------------------------------------------------------------------------------------------------

    def leaves(self, *, is_over: bool) -> None:
        """Closes the window; one that stays because of what is not stored is ended as the system does."""
        window = self._person.window
        if is_over:
            self.tell("over")
            self._person.sees(lambda: not _is_traced())
            # What could not be read before is read when it is chosen again.
            chosen = self._chooses(1) or self._chooses(0)
            if chosen:
                self._tags(AFTER, "after", chosen)
        for _ in range(_TRIES if is_over else 1):
            # What was refused while it closed keeps it open, to be read; the question asks for another try.
            question = self._question()
            if question is not None:
                self._person.clicks_button("Try again", question)
            elif window.isVisible():
                window.close()
            self._rests(lambda: not window.isVisible())
        self._crashes()
        state = "stays" if window.isVisible() else "closed"
        said = " | ".join([self._said(), *(f"{one.what}: {one.text}" for one in window.joints.unsaved())])
        window.end()
        self.tell("closed", state=state, said=said)

    def _question(self) -> QWidget | None:
        shown = (w for w in QApplication.topLevelWidgets() if w.objectName() == "confirmDialog" and w.isVisible())
        return next(shown, None)


def _is_traced() -> bool:
    return "TracerPid:\t0" not in Path("/proc/self/status").read_text()
