"""The question before a deed, and the report of a bug."""

import sys

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from refman import __version__
from refman.ui.dialogs.about import AboutDialog
from refman.ui.dialogs.confirm import ConfirmDialog, Question, ask
from refman.ui.dialogs.crash import CrashDialog, CrashReport
from refman.ui.icons import Icons
from refman.ui.theme import ThemeController

EMPTY = Question("Empty the trash?", "12 papers are deleted for good.", "Delete 12 papers", is_destructive=True)
MERGE = Question("Merge two tags?", "All papers of rl get planning.", "Merge the tags")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


class Asked:
    """A question that was asked, and what came of it."""

    def __init__(self, question: Question, *, themes: ThemeController, icons: Icons, window: QWidget) -> None:
        self.done: list[str] = []
        self.dialog: ConfirmDialog = ask(
            question, lambda: self.done.append(question.deed), themes=themes, icons=icons, window=window
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)

    def press(self, text: str) -> None:
        button = next(each for each in self.dialog.findChildren(QPushButton) if each.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def empty(themes: ThemeController, icons: Icons, window: QWidget) -> Asked:
    return Asked(EMPTY, themes=themes, icons=icons, window=window)


def test_the_button_says_the_deed_and_does_it(empty: Asked) -> None:
    assert [each.text() for each in empty.dialog.findChildren(QPushButton)] == ["Cancel", "Delete 12 papers"]
    empty.press("Delete 12 papers")
    assert (empty.done, empty.dialog.isVisible()) == (["Delete 12 papers"], False)


def test_cancel_and_escape_do_nothing(empty: Asked) -> None:
    empty.press("Cancel")
    assert (empty.done, empty.dialog.isVisible()) == ([], False)
    empty.dialog.open()
    QTest.keyClick(empty.dialog, Qt.Key.Key_Escape)
    assert (empty.done, empty.dialog.isVisible()) == ([], False)


def test_enter_keeps_where_something_would_be_destroyed(empty: Asked) -> None:
    QTest.keyClick(empty.dialog, Qt.Key.Key_Return)
    assert (empty.done, empty.dialog.isVisible()) == ([], False)


def test_enter_does_the_deed_where_nothing_is_destroyed(themes: ThemeController, icons: Icons, window: QWidget) -> None:
    merge = Asked(MERGE, themes=themes, icons=icons, window=window)
    QTest.keyClick(merge.dialog, Qt.Key.Key_Return)
    assert merge.done == ["Merge the tags"]


def test_a_screen_reader_hears_the_question(empty: Asked) -> None:
    spoken = QAccessible.queryAccessibleInterface(empty.dialog)
    assert spoken.text(QAccessible.Text.Name) == "Empty the trash?"
    assert spoken.text(QAccessible.Text.Description) == "12 papers are deleted for good."


def crash(themes: ThemeController, icons: Icons, qtbot: QtBot) -> CrashDialog:
    report = CrashReport("Traceback (most recent call last):\nValueError: no\n", "3.40.1")
    dialog = CrashDialog(report, themes=themes, icons=icons, window=None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_report_names_versions_and_traceback(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    text = crash(themes, icons, qtbot).report_text()
    for part in (f"refman {__version__}", f"Qt {qVersion()}", "SQLite 3.40.1", f"Python {sys.version.split()[0]}"):
        assert part in text
    assert text.endswith("Traceback (most recent call last):\nValueError: no\n")


def test_the_report_can_be_copied(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    dialog = crash(themes, icons, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == dialog.report_text()
    assert dialog.isVisible()


def test_a_further_bug_is_added_and_a_flood_of_them_is_not(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    dialog = crash(themes, icons, qtbot)
    for number in range(1000):
        dialog.add(f"KeyError: {number}")
    assert "KeyError: 0\n" in dialog.report_text()
    assert dialog.report_text().count("KeyError") == 10


def test_the_report_is_read_only_and_has_a_name(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    field = crash(themes, icons, qtbot).findChildren(QPlainTextEdit)[0]
    assert field.isReadOnly()
    assert QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name) == "Report"


def test_escape_closes_the_report(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    dialog = crash(themes, icons, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_about_tells_the_version_and_enter_closes_it(themes: ThemeController, window: QWidget) -> None:
    about = AboutDialog(themes=themes, window=window)
    about.open()
    interface = QAccessible.queryAccessibleInterface(about)
    assert __version__ in interface.text(QAccessible.Text.Description)
    QTest.keyClick(about, Qt.Key.Key_Return)
    assert not about.isVisible()
