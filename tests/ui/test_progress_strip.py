"""Work in the status bar: shown when it takes time, stopped on request, gone at its end."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from refman.ui.cancelling import ProgressReport
from refman.ui.icons import Icons
from refman.ui.progress_strip import ProgressStrip
from refman.ui.theme import ThemeController


@pytest.fixture
def strip(icons: Icons, themes: ThemeController, qtbot: QtBot) -> ProgressStrip:
    strip = ProgressStrip(icons=icons, themes=themes)
    strip.delay_ms = 0
    qtbot.addWidget(strip)
    return strip


def text(strip: ProgressStrip) -> str:
    return strip.findChildren(QLabel)[0].text()


def bar(strip: ProgressStrip) -> QProgressBar:
    return strip.findChildren(QProgressBar)[0]


def stop(strip: ProgressStrip) -> QToolButton:
    return strip.findChildren(QToolButton)[0]


def clock(strip: ProgressStrip) -> QTimer:
    return strip.findChildren(QTimer)[0]


def test_work_appears_after_a_moment_and_goes_at_its_end(strip: ProgressStrip, qtbot: QtBot) -> None:
    item = strip.begin("Importing refs.bib")
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    assert text(strip) == "Importing refs.bib"
    item.finish()
    assert not strip.isVisible()


def test_quick_work_does_not_flicker(strip: ProgressStrip) -> None:
    strip.delay_ms = 60_000
    item = strip.begin("Saving")
    assert clock(strip).isActive()
    item.finish()
    assert not clock(strip).isActive()


def test_the_bar_shows_the_part_that_is_done(strip: ProgressStrip) -> None:
    item = strip.begin("Importing")
    assert (bar(strip).minimum(), bar(strip).maximum()) == (0, 0)
    item.report(ProgressReport(3_000_000_000, 12_000_000_000, "3 of 12"))
    assert bar(strip).value() / bar(strip).maximum() == 0.25
    assert text(strip) == "3 of 12"
    item.report(ProgressReport(6_000_000_000, 12_000_000_000, ""))
    assert (bar(strip).value() / bar(strip).maximum(), text(strip)) == (0.5, "3 of 12")


def test_stop_asks_once_and_says_that_it_is_stopping(strip: ProgressStrip, qtbot: QtBot) -> None:
    asked: list[int] = []
    item = strip.begin("Importing", lambda: asked.append(1))
    qtbot.waitUntil(strip.isVisible)
    for _ in range(2):
        QTest.mouseClick(stop(strip), Qt.MouseButton.LeftButton)
    assert (asked, text(strip), stop(strip).isEnabled()) == ([1], "Stopping: Importing", False)
    item.report(ProgressReport(1, 2, "still at it"))
    assert text(strip) == "Stopping: still at it"


def test_what_cannot_be_stopped_has_no_working_stop_button(strip: ProgressStrip) -> None:
    strip.begin("Undoing")
    assert not stop(strip).isEnabled()


def test_of_several_the_newest_is_shown_and_the_others_are_counted(strip: ProgressStrip, qtbot: QtBot) -> None:
    first = strip.begin("Importing")
    second = strip.begin("Exporting")
    qtbot.waitUntil(strip.isVisible)
    assert text(strip) == "Exporting (and 1 more)"
    second.finish()
    assert (text(strip), strip.isVisible()) == ("Importing", True)
    first.finish()
    assert not strip.isVisible()


def test_everything_in_the_strip_has_a_name(strip: ProgressStrip) -> None:
    strip.begin("Importing")
    for widget in (strip, bar(strip), stop(strip), strip.findChildren(QLabel)[0]):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
