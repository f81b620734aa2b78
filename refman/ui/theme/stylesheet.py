"""Fills the template `resources/themes/refman.qss` with tokens and sizes.

In the template `$name` is a token of `Theme`, `$glyphs` the folder of glyphs, `$mono` the face of code, `12u` a length
of 12 design pixels that grows with the font, and `4u-1` one pixel less than `4u` (room for a focus ring that is one
pixel thicker than the border, or for what Qt adds by itself). `1px` stays one pixel.
"""

import re

from refman.domain.resources import resource_path
from refman.ui.theme.metrics import Metrics, TextRole
from refman.ui.theme.tokens import Theme

_TOKEN = re.compile(r"\$([a-z_]+)")
_LENGTH = re.compile(r"\b(\d+)u(?:-(\d+))?\b")


def stylesheet_of(theme: Theme, metrics: Metrics, *, glyphs: str) -> str:
    """The stylesheet of the whole application. `glyphs` is the folder of `glyphs.glyphs_of`."""
    # Not by `setFont` of a text: what the stylesheet has polished loses its face again when it gets its place.
    mono = ", ".join(f'"{family}"' for family in metrics.font(TextRole.MONO).families())
    values = {**theme.colours(), "glyphs": glyphs, "mono": mono}
    filled = _TOKEN.sub(lambda match: values[match[1]], template())
    return _LENGTH.sub(lambda match: f"{metrics.px(int(match[1])) - int(match[2] or 0)}px", filled)


def template() -> str:
    """The stylesheet before it is filled."""
    return resource_path("themes/refman.qss").read_text("utf-8")
