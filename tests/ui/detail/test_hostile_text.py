"""HTML, scripts and links in every field of a paper: shown as the letters they are, wherever they are shown."""

from datetime import date

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.import_plan import ImportInput, ImportOptions
from refman.ui.theme import ThemeController
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.tips import plain_tip
from tests.ui.detail.conftest import Shown
from tests.ui.hostile.html import html_in

_PAYLOADS = [
    '<img src="file:///etc/passwd" onerror="alert(1)">',
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<b style="background:url(http://127.0.0.1/x)">bold</b>',
    "<qt><i>x</i></qt>",
    "<table><tr><td>x</td></tr></table>",
]


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_a_tip_is_text(payload: str) -> None:
    tip = plain_tip(payload)
    assert tip[:4] == "<qt>" and "<" not in tip.removeprefix("<qt>").removesuffix("</qt>")
    assert plain_tip("a < b & c") == "a < b & c"


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_labels_and_their_tips_show_letters(payload: str, themes: ThemeController, qtbot: QtBot) -> None:
    made = ElidedLabel(payload * 5)
    qtbot.addWidget(made)
    made.resize(40, 20)
    made.show()
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.toolTip() == plain_tip(payload * 5)


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_a_paper_full_of_html_is_shown_as_text(shown: Shown, payload: str) -> None:
    text = payload.replace('"', "'")
    entry = (
        f"@article{{evil, title = {{{text}}}, author = {{{{{text}}} and Doe, Jane}}, journal = {{{text}}},\n"
        f"abstract = {{{text}}}, note = {{{text}}}, doi = {{{text}}}, url = {{{text}}}, year = {{{text}}}, "
        f"keywords = {{{text}}}}}\n"
    )
    library = shown.world.library
    library.apply_import(
        library.plan_import([ImportInput("evil.bib", entry)], ImportOptions(date(2026, 1, 1), keywords_as_tags=True))
    )
    [paper] = [one for one in map(PaperId, library.ids(Listing())) if one not in shown.ids]
    library.add_note(paper, text)
    shown.ids.append(paper)
    shown.select(len(shown.ids) - 1)
    pane = shown.pane
    tabs = pane.findChild(QTabWidget)
    assert tabs is not None
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        shown.world.settle()
    assert [one.objectName() or one.text() for one in pane.findChildren(QLabel) if _reads_html(one)] == []
    assert [one.toolTip() for one in pane.findChildren(QWidget) if _has_html_tip(one)] == []
    assert html_in(pane) == []


_TAGS = ("img", "script", "b ", "qt", "i>", "table", "a href='javascript")


def _reads_html(one: QLabel) -> bool:
    """The line of authors is made of links of our own; what people are called is escaped in it."""
    if one.textFormat() is Qt.TextFormat.RichText:
        return any(f"<{tag}" in one.text() for tag in _TAGS)
    return one.textFormat() is not Qt.TextFormat.PlainText and Qt.mightBeRichText(one.text())


def _has_html_tip(one: QWidget) -> bool:
    """Only what stands around it is HTML."""
    tip = one.toolTip()
    return Qt.mightBeRichText(tip) and "<" in tip.removeprefix("<qt>").removesuffix("</qt>")
