"""The two themes: readable by the numbers of WCAG, on the grid, switched without a restart."""

import re
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from refman.domain.settings import RowHeight, ThemeMode
from refman.ui.theme import DARK, LIGHT, Metrics, TextRole, Theme, ThemeController, contrast
from refman.ui.theme.glyphs import glyphs_of
from refman.ui.theme.metrics import SPACES
from refman.ui.theme.stylesheet import stylesheet_of, template
from refman.ui.theme.tokens import luminance

BACKGROUNDS = ("window", "surface", "raised", "hover", "selection", "selection_inactive")
both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def pairs(theme: Theme, fronts: tuple[str, ...], backs: tuple[str, ...]) -> dict[tuple[str, str], float]:
    colours = theme.colours()
    return {(front, back): contrast(colours[front], colours[back]) for front, back in product(fronts, backs)}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@both
def test_every_text_can_be_read_on_every_background(theme: Theme) -> None:
    texts = pairs(theme, ("text", "text_secondary", "danger", "warning", "success"), BACKGROUNDS)
    texts |= pairs(theme, ("text",), ("mark", "button", "button_hover", "line"))
    texts |= pairs(theme, ("accent_text",), ("accent", "accent_hover"))
    texts |= pairs(theme, ("danger_text",), ("danger_fill", "danger_hover"))
    assert {pair: ratio for pair, ratio in texts.items() if ratio < 4.5} == {}


@both
def test_icons_and_the_focus_ring_are_seen_on_every_background(theme: Theme) -> None:
    ratios = pairs(theme, ("icon", "accent", "danger", "warning", "success"), (*BACKGROUNDS, "button"))
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@both
def test_edges_of_controls_are_seen_where_controls_stand(theme: Theme) -> None:
    ratios = pairs(theme, ("control",), ("window", "surface", "raised", "hover"))
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@both
def test_disabled_text_is_quiet_but_there(theme: Theme) -> None:
    ratios = pairs(theme, ("text_disabled",), ("window", "surface", "raised"))
    assert all(3 <= ratio < 4.5 for ratio in ratios.values()), ratios


@both
def test_tag_dots_are_seen_and_chips_can_be_read(theme: Theme) -> None:
    assert len(theme.tags) == 13
    for tag in theme.tags:
        assert contrast(tag.chip_text, tag.chip) >= 4.5, tag
        assert all(contrast(tag.dot, theme.colours()[back]) >= 3 for back in BACKGROUNDS), tag


@both
def test_the_twelve_hues_have_one_luminance(theme: Theme) -> None:
    for part in ("dot", "chip", "chip_text"):
        values = [luminance(getattr(tag, part)) for tag in theme.tags[1:]]
        assert max(values) - min(values) < 0.02, part
    assert len({tag.dot for tag in theme.tags}) == 13


def test_both_themes_name_the_tag_colours_alike() -> None:
    assert [tag.name for tag in LIGHT.tags] == [tag.name for tag in DARK.tags]


def test_a_tag_colour_of_a_newer_version_looks_like_none() -> None:
    assert LIGHT.tag(13) == LIGHT.tag(-1) == LIGHT.tags[0]


def test_the_stylesheet_uses_only_the_distances_of_the_grid() -> None:
    for name, value in re.findall(r"(padding[a-z-]*|margin[a-z-]*|spacing):([^;]+);", template()):
        used = {int(number) for number in re.findall(r"(\d+)u", value)}
        assert used <= set(SPACES), f"{name}:{value}"


def test_the_stylesheet_names_no_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", template()) == []


@both
def test_the_filled_stylesheet_has_nothing_left_to_fill(theme: Theme) -> None:
    filled = stylesheet_of(theme, Metrics(1.5), glyphs="/glyphs")
    assert re.findall(r"\$[a-z_]+|\b\d+u\b", filled) == []
    assert "padding: 6px 18px" in filled
    assert theme.accent in filled


def test_sizes_grow_with_the_font() -> None:
    metrics = Metrics(2.0)
    assert (metrics.xs, metrics.s, metrics.m, metrics.lg, metrics.xl) == (8, 16, 24, 32, 48)
    assert metrics.row_height(RowHeight.COMFORTABLE) == 56
    assert metrics.font(TextRole.TITLE).pixelSize() == 36
    assert Metrics(0.8).px(1) == 1
    assert Metrics().px(0) == 0


def window_colour(application: QApplication) -> str:
    return application.palette().color(QPalette.ColorRole.Window).name()


def test_the_theme_switches_at_runtime(qapp: QApplication, qtbot: QtBot) -> None:
    controller = ThemeController(qapp, mode=ThemeMode.LIGHT)
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    assert window_colour(qapp) == LIGHT.window
    with qtbot.waitSignal(controller.changed):
        controller.set_mode(ThemeMode.DARK)
    assert controller.theme is DARK
    assert window_colour(qapp) == DARK.window
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text


def test_choosing_the_same_theme_again_changes_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    controller = ThemeController(qapp, mode=ThemeMode.DARK)
    with qtbot.assertNotEmitted(controller.changed):
        controller.set_mode(ThemeMode.DARK)


def test_the_system_scheme_is_followed_only_when_asked(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _hints: Qt.ColorScheme.Dark)
    controller = ThemeController(qapp, mode=ThemeMode.LIGHT)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert controller.theme is LIGHT
    controller.set_mode(ThemeMode.SYSTEM)
    assert controller.theme is DARK
    monkeypatch.setattr(type(hints), "colorScheme", lambda _hints: Qt.ColorScheme.Light)
    with qtbot.waitSignal(controller.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert controller.theme is LIGHT


def test_the_font_scale_changes_at_runtime(qapp: QApplication, qtbot: QtBot) -> None:
    controller = ThemeController(qapp, mode=ThemeMode.LIGHT)
    with qtbot.waitSignal(controller.changed):
        controller.set_font_scale(1.5)
    assert qapp.font().pixelSize() == 20
    assert controller.metrics.px(12) == 18


def test_a_window_can_be_built_before_it_is_dressed(qapp: QApplication) -> None:
    qapp.setStyleSheet("")
    controller = ThemeController(qapp, mode=ThemeMode.LIGHT, is_dressed=False)
    controller.set_mode(ThemeMode.DARK)
    assert (window_colour(qapp), qapp.styleSheet()) == (DARK.window, "")
    controller.dress()
    assert DARK.accent in qapp.styleSheet()
    controller.set_mode(ThemeMode.LIGHT)
    assert LIGHT.accent in qapp.styleSheet()


@both
def test_every_glyph_of_the_stylesheet_is_drawn_in_a_colour_of_its_theme(qapp: QApplication, theme: Theme) -> None:
    names = set(re.findall(r"url\(\$glyphs/([^)]+)\)", template()))
    assert len(names) > 5
    for name in names:
        picture = QIcon(f"{glyphs_of(theme)}/{name}").pixmap(32).toImage()
        drawn = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert drawn & set(theme.colours().values()), name


def test_the_glyphs_of_a_theme_are_in_memory(qapp: QApplication) -> None:
    """A slow or a full disk is nothing to a change of the theme."""
    controller = ThemeController(qapp, mode=ThemeMode.LIGHT)
    for mode, theme in ((ThemeMode.DARK, DARK), (ThemeMode.LIGHT, LIGHT)):
        controller.set_mode(mode)
        used = re.findall(r"url\(([^)]+)\)", qapp.styleSheet())
        assert used
        assert all(place.startswith(f"{glyphs_of(theme)}/") and place.startswith(":/") for place in used)
