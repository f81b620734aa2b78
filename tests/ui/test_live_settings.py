"""The settings in force: changed in one place, everybody told, the looks follow."""

import pytest
from pytestqt.qtbot import QtBot

from refman.domain.errors import InvalidValue
from refman.domain.settings import Settings, ThemeMode
from refman.ui.live_settings import LiveSettings, show_in_theme
from refman.ui.theme import DARK, LIGHT, ThemeController


def test_a_change_is_told_with_the_new_settings(qtbot: QtBot) -> None:
    live = LiveSettings(Settings())
    with qtbot.waitSignal(live.changed) as told:
        live.change("abstract_font_px", 16)
    assert told.args == [live.value] == [Settings(abstract_font_px=16)]


def test_setting_the_same_value_tells_nobody(qtbot: QtBot) -> None:
    live = LiveSettings(Settings())
    with qtbot.assertNotEmitted(live.changed):
        live.change("abstract_font_px", 14)
        live.reset("theme")


def test_a_value_it_cannot_hold_changes_nothing(qtbot: QtBot) -> None:
    live = LiveSettings(Settings())
    with qtbot.assertNotEmitted(live.changed), pytest.raises(InvalidValue):
        live.change("abstract_font_px", 200)
    assert live.value == Settings()


def test_reset_brings_the_default_back(qtbot: QtBot) -> None:
    live = LiveSettings(Settings(abstract_font_px=20, preview_before_import=False))
    live.reset("abstract_font_px")
    assert live.value == Settings(preview_before_import=False)


def test_theme_and_text_size_follow_the_settings(themes: ThemeController) -> None:
    live = LiveSettings(Settings(theme=ThemeMode.DARK, font_scale_percent=150))
    show_in_theme(live, themes)
    assert (themes.theme, themes.metrics.scale) == (DARK, 1.5)
    live.change("theme", "light")
    live.change("font_scale_percent", 80)
    assert (themes.theme, themes.metrics.scale) == (LIGHT, 0.8)
