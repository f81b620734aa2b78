from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from refman.ui.detail.bibtex_tab import BibtexTab
from refman.ui.detail.raw_entry import RawEntryPane
from tests.ui.detail.conftest import Shown
from tests.ui.world import names_missing, press, type_into


def _edit(shown: Shown, place: int = 0) -> RawEntryPane:
    """Opens the entry of a paper as a person does."""
    shown.select(place)
    tab = shown.pane.bibtex_tab
    shown.pane.show_tab(tab)
    shown.world.settle()
    tab.edit.click()
    shown.world.until(lambda: tab.is_editing)
    return tab.raw.part


def _tab(shown: Shown) -> BibtexTab:
    return shown.pane.bibtex_tab


def _replace(raw: RawEntryPane, old: str, new: str) -> None:
    """Selects a text and types over it."""
    text = raw.editor.toPlainText()
    cursor = raw.editor.textCursor()
    cursor.setPosition(text.index(old))
    cursor.setPosition(text.index(old) + len(old), QTextCursor.MoveMode.KeepAnchor)
    raw.editor.setTextCursor(cursor)
    type_into(raw.editor, new)


def test_the_editor_is_made_when_somebody_edits(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(_tab(shown))
    shown.world.settle()
    assert _tab(shown).raw.made is None
    raw = _edit(shown)
    assert raw.editor.hasFocus() and raw.editor.toPlainText().startswith("@misc{zheng2026ai,")
    assert not raw.save.isEnabled() and raw.give_up.text() == "Close"
    assert names_missing(raw) == []


def test_a_typed_entry_is_saved_as_one_step(shown: Shown) -> None:
    raw = _edit(shown)
    _replace(raw, "zheng2026ai", "mine")
    _replace(raw, "year = {2026}", "year = {2025}, volume = 7")
    shown.world.until(raw.save.isEnabled)
    press(raw.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shown.world.until(lambda: not raw.is_dirty)
    shown.world.settle()
    assert (shown.paper().key, shown.paper().plain("year"), shown.paper().plain("volume")) == ("mine", "2025", "7")
    assert shown.world.told[-1].message == "BibTeX of zheng2026ai changed"
    assert _tab(shown).is_editing and not raw.save.isEnabled()
    # The form follows, and one undo takes everything back.
    assert shown.box("key").editor.value() == "mine"
    shown.world.elsewhere(lambda library: library.undo())
    assert (shown.paper().key, shown.paper().plain("volume")) == ("zheng2026ai", "")
    shown.world.until(lambda: raw.editor.toPlainText().startswith("@misc{zheng2026ai,"))


def test_a_mistake_is_named_with_its_line_while_it_is_typed(shown: Shown) -> None:
    raw = _edit(shown)
    _replace(raw, "year = {2026},", "year = {2026")
    shown.world.until(raw.says.isVisible)
    assert raw.says.text().startswith("Line 4: A brace or quote that opens here")
    assert raw.says.width() > 0.8 * raw.width(), "it stands above the buttons, not in what they leave"
    assert [mark.cursor.blockNumber() for mark in raw.editor.extraSelections()] == [3]
    assert not raw.save.isEnabled()
    _replace(raw, "year = {2026", "year = {2026},")
    shown.world.until(lambda: not raw.says.isVisible())
    assert raw.editor.extraSelections() == []


def test_a_taken_key_is_refused_with_a_sentence(shown: Shown) -> None:
    raw = _edit(shown)
    taken = shown.paper(1).key
    _replace(raw, "zheng2026ai", taken)
    press(raw.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    shown.world.until(raw.says.isVisible)
    assert f'The key "{taken}" belongs to another paper' in raw.says.text()
    assert shown.paper().key == "zheng2026ai" and taken in raw.editor.toPlainText()


def test_leaving_a_paper_saves_what_is_typed(shown: Shown) -> None:
    raw = _edit(shown)
    _replace(raw, "year = {2026}", "year = {2024}")
    shown.select(1)
    assert shown.paper(0).plain("year") == "2024"
    assert not _tab(shown).is_editing
    assert f"@misc{{{shown.paper(1).key}," in _tab(shown).text.toPlainText()


def test_discard_takes_the_stored_text_and_undo_brings_the_typed_one_back(shown: Shown) -> None:
    raw = _edit(shown)
    stored = raw.editor.toPlainText()
    _replace(raw, "year = {2026}", "year = {2")
    typed = raw.editor.toPlainText()
    assert raw.give_up.text() == "Discard changes"
    raw.give_up.click()
    assert raw.editor.toPlainText() == stored
    press(raw.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert raw.editor.toPlainText() == typed
    raw.give_up.click()
    raw.give_up.click()
    assert not _tab(shown).is_editing


def test_esc_leaves_a_text_that_was_not_changed(shown: Shown) -> None:
    raw = _edit(shown)
    type_into(raw.editor, "x")
    press(raw.editor, Qt.Key.Key_Escape)
    assert _tab(shown).is_editing
    press(raw.editor, Qt.Key.Key_Backspace)
    press(raw.editor, Qt.Key.Key_Escape)
    assert not _tab(shown).is_editing


def test_a_change_from_elsewhere_is_told_and_never_silently_overwritten(shown: Shown) -> None:
    raw = _edit(shown)
    _replace(raw, "{AI}", "Machine")
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"year": "2019"}))
    shown.world.until(lambda: "changed elsewhere" in raw.says.text())
    assert "Machine" in raw.editor.toPlainText() and "2026" in raw.editor.toPlainText()
    raw.commit()
    shown.world.until(lambda: not raw.is_dirty)
    assert shown.paper().plain("year") == "2026" and "Machine" in shown.paper().plain("title")


def test_a_change_from_elsewhere_is_shown_in_a_text_that_was_not_changed(shown: Shown) -> None:
    raw = _edit(shown)
    shown.world.elsewhere(lambda library: library.edit(shown.ids[0], {"year": "2019"}))
    shown.world.until(lambda: "year = {2019}" in raw.editor.toPlainText())
    assert not raw.is_dirty


def test_a_library_that_cannot_be_written_offers_no_editing(shown: Shown) -> None:
    shown.select(0)
    shown.pane.show_tab(_tab(shown))
    shown.pane.set_writable(False)
    assert not _tab(shown).edit.isEnabled()
    _tab(shown).edit_entry()
    shown.world.settle()
    assert not _tab(shown).is_editing


def test_colours_follow_the_text(shown: Shown) -> None:
    raw = _edit(shown)
    raw.editor.setPlainText('@article{k, title = {A \\emph{b} % no comment}, journal = jmlr # "x", % comment\n year=1}')
    first = raw.editor.document().firstBlock().layout().formats()
    coloured = [raw.editor.toPlainText()[one.start : one.start + one.length] for one in first]
    assert coloured == ["@article", "k", "title", "\\emph", "journal", "jmlr", "% comment"]
    assert shown.pane.findChild(RawEntryPane) is raw
