"""Icons: every declared one is there, in the colours of the theme, sharp, and of one set."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from refman.domain.resources import resource_path
from refman.domain.settings import ThemeMode
from refman.ui.icons import IconName, Icons, Tint, app_icon
from refman.ui.theme import DARK, LIGHT, ThemeController


def opaque_colours(image: QImage) -> set[str]:
    """The colours of the pixels that are wholly covered."""
    return {pixel.name() for pixel in pixels(image) if pixel.alpha() == 255}


def distance(one: str, other: str) -> int:
    """The largest difference of a channel: where lines cross, smoothing rounds."""
    return max(abs(a - b) for a, b in zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True))


def pixels(image: QImage) -> Iterator[QColor]:
    for x in range(image.width()):
        for y in range(image.height()):
            yield image.pixelColor(x, y)


def image_of(icon: QIcon, *, mode: QIcon.Mode = QIcon.Mode.Normal, ratio: float = 1.0, px: int = 18) -> QImage:
    return icon.pixmap(QSize(px, px), ratio, mode).toImage()


@pytest.mark.parametrize("name", list(IconName))
def test_every_declared_icon_is_drawn_in_both_themes(themes: ThemeController, icons: Icons, name: IconName) -> None:
    for mode, theme in ((ThemeMode.LIGHT, LIGHT), (ThemeMode.DARK, DARK)):
        themes.set_mode(mode)
        colours = opaque_colours(image_of(icons.icon(name), px=24))
        assert theme.icon in colours
        assert max(distance(colour, theme.icon) for colour in colours) <= 1


def test_no_icon_file_is_left_undeclared() -> None:
    files = {path.stem for path in resource_path("icons").glob("*.svg")}
    assert files == {name.value for name in IconName} | {"app"}


def test_all_icons_are_of_one_set_and_its_licence_is_beside_them() -> None:
    for name in IconName:
        source = resource_path(f"icons/{name}.svg").read_text()
        assert 'viewBox="0 0 24 24"' in source
        assert 'stroke-width="2"' in source
        assert 'stroke="currentColor"' in source
    assert "ISC License" in resource_path("icons/LICENSE").read_text()


def test_a_disabled_icon_is_of_the_disabled_grey(icons: Icons) -> None:
    image = image_of(icons.icon(IconName.TAG, Tint.DANGER), mode=QIcon.Mode.Disabled, px=48)
    assert opaque_colours(image) == {LIGHT.text_disabled}


def test_a_tint_is_a_token_of_the_theme(icons: Icons) -> None:
    for tint in Tint:
        assert opaque_colours(image_of(icons.icon(IconName.TAG, tint), px=48)) == {LIGHT.colours()[tint]}


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_has_the_pixels_of_the_screen(icons: Icons, ratio: float) -> None:
    image = image_of(icons.icon(IconName.SEARCH), ratio=ratio)
    assert (image.width(), image.height()) == (18 * ratio, 18 * ratio)
    assert image.devicePixelRatio() == ratio


def test_a_button_that_keeps_its_icon_shows_the_new_theme(themes: ThemeController, icons: Icons, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icons.icon(IconName.TRASH_2))
    button.setIconSize(QSize(48, 48))
    button.show()
    themes.set_mode(ThemeMode.DARK)
    assert DARK.icon in opaque_colours(button.grab().toImage())


class Pane:
    """Keeps icons and is garbage that only the collector finds."""

    def __init__(self, icons: Icons) -> None:
        self.itself = self
        self.icons = icons
        self.icon = icons.icon(IconName.TAG)
        self.action = QAction(icons.icon(IconName.PLUS), "New")


def test_icons_end_well_in_any_order(themes: ThemeController) -> None:
    # Frozen: only what this test makes is walked over.
    gc.freeze()
    for number in range(200):
        icons = Icons(themes)
        for name in IconName:
            icons.icon(name)
        Pane(icons)
        del icons
        for generation in (0, 1, 2)[number % 3 :]:
            gc.collect(generation)
    gc.unfreeze()


def test_an_icon_can_be_copied_and_changed(icons: Icons) -> None:
    changed = QIcon(icons.icon(IconName.TAG))
    changed.addPixmap(QPixmap(8, 8))
    gc.collect()
    assert not changed.pixmap(QSize(18, 18)).isNull()
    del changed
    gc.collect()
    assert not icons.icon(IconName.TAG).pixmap(QSize(18, 18)).isNull()


def test_an_icon_outlives_what_made_it_as_an_empty_one(themes: ThemeController) -> None:
    icon = Icons(themes).icon(IconName.TAG)
    gc.collect()
    assert icon.pixmap(QSize(18, 18)).isNull()


def test_the_program_has_its_own_icon() -> None:
    assert len(opaque_colours(image_of(app_icon(), px=64))) > 10


def test_an_icon_in_a_wider_place_stands_in_its_middle_and_is_not_stretched(icons: Icons) -> None:
    image = icons.icon(IconName.QUOTE).pixmap(QSize(48, 16), 1.0).toImage()
    assert image.size() == QSize(48, 16)
    columns = [x for x in range(48) if any(image.pixelColor(x, y).alpha() for y in range(16))]
    assert 16 <= min(columns) < max(columns) < 32
