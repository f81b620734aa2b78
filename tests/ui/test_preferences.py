"""The preferences: every declared setting has a control, what is changed holds at once, defaults come back."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from refman.domain.errors import InvalidValue
from refman.domain.settings import SETTINGS, RowHeight, Settings, ThemeMode
from refman.ui.dialogs.preferences import PreferencesDialog
from refman.ui.icons import Icons
from refman.ui.live_settings import LiveSettings
from refman.ui.theme import ThemeController

Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture
def live(qtbot: QtBot) -> LiveSettings:
    return LiveSettings(Settings(row_height=RowHeight.DENSE, keywords_become_tags=True))


def example(pattern: str) -> str:
    if "]" not in pattern:
        raise InvalidValue("key-pattern", "A pattern has a name in brackets.", pattern)
    return f"Example of {len(pattern)} letters"


@pytest.fixture
def form(live: LiveSettings, themes: ThemeController, icons: Icons, qtbot: QtBot) -> PreferencesDialog:
    form = PreferencesDialog(live, themes=themes, icons=icons, examples={"citation_key_pattern": example})
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(form)
    form.show()
    return form


def control(form: PreferencesDialog, kind: type[Kind], name: str) -> Kind:
    return next(each for each in form.findChildren(kind) if each.objectName() == name)


def resets(form: PreferencesDialog) -> dict[str, QToolButton]:
    buttons = form.findChildren(QToolButton)
    named = {button.accessibleName().removeprefix("Back to the default: "): button for button in buttons}
    return {setting.name: named[setting.label] for setting in SETTINGS if setting.label in named}


def texts(form: PreferencesDialog) -> list[str]:
    return [each.text() for each in form.findChildren(QLabel) if each.isVisible()]


def is_named_for_readers(editor: QWidget, name: str) -> bool:
    """By its own name or, as Qt does for combo boxes on Linux, by the label it is the buddy of."""
    spoken = QAccessible.queryAccessibleInterface(editor)
    labels = [other.text(QAccessible.Text.Name) for other, _ in spoken.relations(QAccessible.RelationFlag.Label)]
    return name in (spoken.text(QAccessible.Text.Name), *labels)


def test_every_setting_has_a_control_with_its_name_and_a_reset(form: PreferencesDialog) -> None:
    for setting in SETTINGS:
        editor = control(form, QWidget, setting.name)
        assert editor.accessibleName() == setting.label
        assert is_named_for_readers(editor, setting.label)
        assert editor.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert set(resets(form)) == {setting.name for setting in SETTINGS}


def test_the_form_shows_the_settings_in_force(form: PreferencesDialog) -> None:
    assert control(form, QComboBox, "row_height").currentText() == "Dense"
    assert control(form, QComboBox, "cite_command").currentText() == "\\cite"
    assert control(form, QCheckBox, "keywords_become_tags").isChecked()
    assert control(form, QSpinBox, "font_scale_percent").text() == "100 %"
    assert control(form, QLineEdit, "citation_key_pattern").text() == "[auth:lower][year][veryshorttitle:lower]"


def test_a_choice_holds_at_once(form: PreferencesDialog, live: LiveSettings) -> None:
    box = control(form, QComboBox, "theme")
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert live.value.theme is ThemeMode.DARK


def test_a_switch_holds_at_once(form: PreferencesDialog, live: LiveSettings) -> None:
    QTest.keyClick(control(form, QCheckBox, "preview_before_import"), Qt.Key.Key_Space)
    assert live.value.preview_before_import is False


def test_a_number_holds_when_it_is_whole(form: PreferencesDialog, live: LiveSettings) -> None:
    box = control(form, QSpinBox, "abstract_font_px")
    box.selectAll()
    QTest.keyClicks(box, "2")
    assert live.value.abstract_font_px == 14
    QTest.keyClicks(box, "0")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert live.value.abstract_font_px == 20
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert live.value.abstract_font_px == 21


def test_a_text_shows_what_it_would_do(form: PreferencesDialog, live: LiveSettings) -> None:
    line = control(form, QLineEdit, "citation_key_pattern")
    line.clear()
    QTest.keyClicks(line, "[auth]")
    assert live.value.citation_key_pattern == "[auth]"
    assert any(text.startswith("Example of 6 letters") for text in texts(form))


def test_a_text_that_cannot_be_used_is_explained_and_changes_nothing(
    form: PreferencesDialog, live: LiveSettings
) -> None:
    line = control(form, QLineEdit, "citation_key_pattern")
    line.clear()
    QTest.keyClicks(line, "[a")
    assert live.value.citation_key_pattern == Settings().citation_key_pattern
    assert "A pattern has a name in brackets." in texts(form)
    assert line.property("invalid") is True
    QTest.keyClicks(line, "]")
    assert live.value.citation_key_pattern == "[a]"
    assert "A pattern has a name in brackets." not in texts(form)
    assert line.property("invalid") is False


def test_reset_brings_back_one_default_and_is_off_where_nothing_differs(
    form: PreferencesDialog, live: LiveSettings
) -> None:
    assert {name for name, button in resets(form).items() if button.isEnabled()} == {
        "row_height",
        "keywords_become_tags",
    }
    QTest.mouseClick(resets(form)["row_height"], Qt.MouseButton.LeftButton)
    assert live.value == Settings(keywords_become_tags=True)
    assert control(form, QComboBox, "row_height").currentText() == "Comfortable"
    assert not resets(form)["row_height"].isEnabled()


def test_the_form_follows_a_change_made_elsewhere(form: PreferencesDialog, live: LiveSettings) -> None:
    live.change("theme", "dark")
    assert control(form, QComboBox, "theme").currentText() == "Dark"


def test_close_and_escape_end_it(form: PreferencesDialog) -> None:
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    form.show()
    close = next(each for each in form.findChildren(QPushButton) if each.text() == "Close")
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not form.isVisible()


def test_the_second_place_for_backups_is_chosen_in_a_dialog(
    form: PreferencesDialog, live: LiveSettings, tmp_path: Path
) -> None:
    (choose,) = [one for one in form.findChildren(QPushButton) if one.text() == "Choose…"]
    choose.click()
    dialog = form.findChild(QFileDialog, "fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert live.value.second_backup_folder == str(tmp_path)
