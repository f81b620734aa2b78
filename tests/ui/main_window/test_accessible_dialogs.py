"""Every dialog and every menu: a name for whatever takes the focus, Tab everywhere, no letter for two things."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from tests.ui.hostile.dialogs import DIALOGS, Stranger
from tests.ui.hostile.library import fill, link
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import Person

_WORDS = "Reading list"
_NOT_STOPS = {"CommandPalette"}
"""Its one stop is the line that is typed into."""


@pytest.fixture
def somebody(tmp_path: Path, open_window: OpenWindow) -> Stranger:
    """A window on a library with something for every dialog, a paper selected."""
    location = tmp_path / "mine.refman"
    wiring = Wiring()
    wiring.create_library(str(location))
    library = wiring.open_library(str(location), settings=Settings())
    fill(library, tmp_path, _WORDS)
    refs = link(library, tmp_path, _WORDS)
    ids = [PaperId(number) for number in sorted(library.ids(Listing()))]
    library.close()
    person = open_window(location)
    person.sees_papers(len(ids))
    assert person.context.table.select_paper(ids[0])
    somebody = Stranger(person, _WORDS, ids=ids, refs=refs)
    person.sees(lambda: any(one.path == str(refs) for one in somebody.joint.statuses))
    return somebody


def _open() -> dict[str, QDialog]:
    tops = QApplication.topLevelWidgets()
    return {type(one).__name__: one for one in tops if isinstance(one, QDialog) and one.isVisible()}


def _is_active(dialog: QDialog) -> bool:
    return QApplication.activeWindow() is dialog and QApplication.focusWidget() is not None


def _is_open(name: str) -> bool:
    return name in _open()


def _stops(dialog: QWidget) -> list[QWidget]:
    """What takes the focus by Tab and is to be seen."""
    return [
        one
        for one in dialog.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.isVisibleTo(dialog)
        and one.isEnabled()
        and not one.objectName().startswith("qt_")
    ]


def _spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)).strip()


def _letters(dialog: QWidget) -> Iterator[str]:
    for one in dialog.findChildren(QWidget):
        if isinstance(one, QAbstractButton | QLabel) and one.isVisibleTo(dialog):
            yield from _mnemonic(one.text()) if isinstance(one, QAbstractButton) or one.buddy() is not None else ""


def _mnemonic(text: str) -> str:
    """The letter behind the last single `&`, "" for none."""
    _, mark, after = text.replace("&&", "").partition("&")
    return after[:1].casefold() if mark else ""


def _reached(dialog: QWidget) -> set[QWidget]:
    first = QApplication.focusWidget() or dialog
    found: set[QWidget] = set()
    focused: QWidget | None = first
    while focused is not None and focused not in found:
        found.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
    return found


def test_whatever_takes_the_focus_in_a_dialog_has_a_name_and_is_reached_by_tab(somebody: Stranger) -> None:
    nameless, unreached, twice = {}, {}, {}
    for name, open_it in DIALOGS.items():
        open_it(somebody)
        somebody.person.sees(partial(_is_open, name))
        somebody.person.sees(lambda: somebody.person.window.is_at_rest)
        dialog = _open()[name]
        stops = _stops(dialog)
        nameless[name] = [type(one).__name__ for one in (dialog, *stops) if not _spoken(one)]
        twice[name] = [letter for letter, count in Counter(_letters(dialog)).items() if count > 1]
        if name not in _NOT_STOPS:
            dialog.activateWindow()
            somebody.person.sees(partial(_is_active, dialog))
            reached = _reached(dialog)
            unreached[name] = [f"{type(one).__name__} {_spoken(one)}" for one in stops if one not in reached]
        for shown in _open().values():
            shown.reject()
        somebody.person.sees(lambda: not _open())
    for found in (nameless, unreached, twice):
        assert {name: what for name, what in found.items() if what} == {}


def test_no_letter_of_a_menu_means_two_things(reader: Person) -> None:
    twice = {}
    for menu in (reader.window.menuBar(), *reader.window.menuBar().findChildren(QMenu)):
        letters = Counter(letter for action in menu.actions() if (letter := _mnemonic(action.text())))
        title = menu.title() if isinstance(menu, QMenu) else "bar"
        twice[title] = [letter for letter, count in letters.items() if count > 1]
    assert len(twice) > 7
    assert {title: letters for title, letters in twice.items() if letters} == {}
