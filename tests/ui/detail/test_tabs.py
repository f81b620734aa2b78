"""The tabs beside the fields: the entry as BibTeX, and where the paper came from."""

from PySide6.QtGui import QFontMetrics, QGuiApplication

from tests.ui.detail.conftest import Shown


def test_bibtex_is_shown_in_both_dialects(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(shown.pane.bibtex_tab)
    shown.world.settle()
    assert shown.pane.bibtex_tab.text.toPlainText().startswith("@misc{zheng2026ai,")
    shown.pane.bibtex_tab.set_format("biblatex")
    shown.world.settle()
    assert "date = {2026-05-07}" in shown.pane.bibtex_tab.text.toPlainText()
    shown.pane.bibtex_tab.copy.click()
    assert "zheng2026ai" in QGuiApplication.clipboard().text()


def test_bibtex_stands_in_letters_of_one_width(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(shown.pane.bibtex_tab)
    shown.world.settle()
    measure = QFontMetrics(shown.pane.bibtex_tab.text.font())
    assert measure.horizontalAdvance("iiii") == measure.horizontalAdvance("MMMM")


def test_more_tells_where_it_came_from_and_lights_the_text(shown: Shown) -> None:
    shown.select(1)
    shown.pane.show_tab(shown.pane.more_tab)
    shown.world.settle()
    row = shown.pane.more_tab.findChild(type(shown.pane.head.cite), "cameFrom")
    assert row is not None and "page, line" in row.text()
    row.click()
    shown.world.settle()
    source = shown.pane.more_tab.source
    assert source.isVisible() and source.lit_text().startswith("LGNov 29, 2024\nAmplifying human performance")
