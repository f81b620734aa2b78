"""The little marks inside controls (tick, arrows), which a stylesheet can only take from files."""

from refman.ui.theme.memory_files import keep_in_memory
from refman.ui.theme.tokens import Theme

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}" fill="none" '
    'stroke="{colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>'
)
_TICK = (16, "M4 8.4 6.8 11.2 12 5.4")
_DASH = (16, "M4.5 8h7")
_DOT = (16, "M8 6.25a1.75 1.75 0 1 0 .01 0zM8 7.5a.5.5 0 1 0 .01 0z")
_DOWN = (12, "M3 4.5 6 7.5 9 4.5")
_UP = (12, "M3 7.5 6 4.5 9 7.5")
_RIGHT = (12, "M4.5 3 7.5 6 4.5 9")
_BRANCH_CLOSED = (20, "M8.5 7 11.5 10 8.5 13")
_BRANCH_OPEN = (20, "M7 8.5 10 11.5 13 8.5")
_CLOSE = (12, "M3.5 3.5 8.5 8.5M8.5 3.5 3.5 8.5")


def glyphs_of(theme: Theme) -> str:
    """The folder with one SVG a glyph; each theme has its own, since Qt caches by path."""
    files = {
        f"{name}.svg": _SVG.format(size=size, path=path, colour=colour)
        for name, (size, path, colour) in _glyphs(theme).items()
    }
    return keep_in_memory(f"refman-glyphs-{'dark' if theme.is_dark else 'light'}", files)


def _glyphs(theme: Theme) -> dict[str, tuple[int, str, str]]:
    return {
        "tick": (*_TICK, theme.accent_text),
        "dash": (*_DASH, theme.accent_text),
        "dot": (*_DOT, theme.accent_text),
        "tick-disabled": (*_TICK, theme.text_disabled),
        "tick-menu": (*_TICK, theme.text),
        "down": (*_DOWN, theme.icon),
        "down-disabled": (*_DOWN, theme.text_disabled),
        "up": (*_UP, theme.icon),
        "up-disabled": (*_UP, theme.text_disabled),
        "right": (*_RIGHT, theme.icon),
        "branch-closed": (*_BRANCH_CLOSED, theme.icon),
        "branch-open": (*_BRANCH_OPEN, theme.icon),
        "close": (*_CLOSE, theme.icon),
    }
