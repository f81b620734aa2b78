"""The one table of colours: every colour of the window is a token of `Theme`, given for light and for dark.

What each must hold is computed in tests/ui/test_theme.py: text >= 4.5:1 and icons and control borders >= 3:1 on every
background they stand on (WCAG 2.2, 1.4.3 and 1.4.11), the tag hues of one luminance.
"""

from dataclasses import fields
from functools import lru_cache

from PySide6.QtGui import QColor

from refman.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class TagColours:
    """How one tag colour looks: a dot on any background, and a chip with its text."""

    name: str
    dot: str
    chip: str
    chip_text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `#rrggbb`. `tags[i]` belongs to tag colour `i`; 0 is a tag without a colour, 1 to 12 are the hues."""

    is_dark: bool
    window: str
    """Frame: toolbar, sidebar, status bar, dialogs."""
    surface: str
    """What is read: list, detail pane, text fields."""
    raised: str
    """What lies above the rest: menus, tooltips, the command palette, the message bar."""
    line: str
    """Hairlines between things; decoration only, never the edge of a control."""
    edge: str
    """Around what lies above the rest, where there is no shadow to set it off."""
    control: str
    """Edges of text fields and check boxes."""
    icon: str
    button: str
    button_hover: str
    hover: str
    """Behind what the pointer is over."""
    text: str
    text_secondary: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    """Text and icons on `accent`."""
    selection: str
    selection_inactive: str
    """The selection of a view that has not the focus."""
    mark: str
    """Behind the words of a search; the text on it is `text`."""
    danger: str
    danger_fill: str
    danger_hover: str
    danger_text: str
    """Text and icons on `danger_fill` and `danger_hover`."""
    warning: str
    success: str
    tags: tuple[TagColours, ...]

    def colours(self) -> dict[str, str]:
        """Every single colour by its token."""
        return {field.name: value for field in fields(self) if isinstance(value := getattr(self, field.name), str)}

    def tag(self, colour: int) -> TagColours:
        """The look of tag colour 0 to 12; a number this version does not know looks like 0."""
        return self.tags[colour] if 0 <= colour < len(self.tags) else self.tags[0]


LIGHT = Theme(
    is_dark=False,
    window="#f6f6f8",
    surface="#ffffff",
    raised="#ffffff",
    line="#e3e3e8",
    edge="#c6c6ce",
    control="#85858f",
    icon="#5c5c66",
    button="#e8e8ed",
    button_hover="#dedee5",
    hover="#ececf0",
    text="#1b1b1f",
    text_secondary="#5c5c66",
    text_disabled="#8a8a94",
    accent="#2f62d8",
    accent_hover="#2553bf",
    accent_text="#ffffff",
    selection="#dce7fe",
    selection_inactive="#e7e7ec",
    mark="#ffe9a6",
    danger="#bb2a2a",
    danger_fill="#bb2a2a",
    danger_hover="#a32222",
    danger_text="#ffffff",
    warning="#875400",
    success="#19733d",
    tags=(
        TagColours("none", "#7d7d87", "#ececf0", "#4f4f58"),
        TagColours("red", "#d44e4b", "#ffe5e3", "#9b3231"),
        TagColours("orange", "#c75d01", "#ffe6d9", "#8f4000"),
        TagColours("amber", "#ab6f02", "#ffe8cc", "#7a4d00"),
        TagColours("yellow", "#8f7b02", "#f3ecc6", "#655700"),
        TagColours("lime", "#668702", "#e2f0cc", "#475f00"),
        TagColours("green", "#028f41", "#d3f3d8", "#00652b"),
        TagColours("teal", "#078b78", "#c6f5e9", "#006354"),
        TagColours("cyan", "#008899", "#c4f3fc", "#00606d"),
        TagColours("sky", "#0483c0", "#d8eefe", "#005c8a"),
        TagColours("blue", "#5375e2", "#e3ebff", "#3851a6"),
        TagColours("violet", "#9264d6", "#efe8ff", "#68449d"),
        TagColours("pink", "#c94f90", "#fee4ef", "#923367"),
    ),
)

DARK = Theme(
    is_dark=True,
    window="#18191c",
    surface="#1e1f23",
    raised="#27292e",
    line="#31333a",
    edge="#50535c",
    control="#777a84",
    icon="#aeb0b9",
    button="#33353c",
    button_hover="#3d4048",
    hover="#2b2d33",
    text="#ececf0",
    text_secondary="#a9abb5",
    text_disabled="#757882",
    accent="#7ea4ff",
    accent_hover="#96b5ff",
    accent_text="#0b1222",
    selection="#2b3a5e",
    selection_inactive="#32343b",
    mark="#5c4b12",
    danger="#ff8178",
    danger_fill="#c23a34",
    danger_hover="#cc443d",
    danger_text="#ffffff",
    warning="#e5aa55",
    success="#63cc91",
    tags=(
        TagColours("none", "#9496a0", "#33353c", "#c3c5cd"),
        TagColours("red", "#f77e76", "#59312e", "#ffa39c"),
        TagColours("orange", "#ef8646", "#56331f", "#f8a97d"),
        TagColours("amber", "#dd9213", "#503715", "#e9b16a"),
        TagColours("yellow", "#baa104", "#443c12", "#cebc65"),
        TagColours("lime", "#8aae38", "#34401b", "#a9c676"),
        TagColours("green", "#4ab669", "#214329", "#83cc92"),
        TagColours("teal", "#00b69d", "#08443a", "#5cceb7"),
        TagColours("cyan", "#09b2c7", "#01434c", "#52cbdf"),
        TagColours("sky", "#29abf4", "#1a3f58", "#74c4fa"),
        TagColours("blue", "#7c9eff", "#2f3b5c", "#a0baff"),
        TagColours("violet", "#b58ff6", "#423658", "#caaffb"),
        TagColours("pink", "#ec7db5", "#563042", "#f6a3ca"),
    ),
)


@lru_cache(maxsize=256)
def qcolor(colour: str) -> QColor:
    """The token as a QColor, parsed once; treat it as read-only."""
    return QColor(colour)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
