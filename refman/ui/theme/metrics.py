"""The sizes of the window; all of them grow with the font."""

from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase

from refman.domain.frozen import dataclass
from refman.domain.settings import RowHeight

SPACES = (0, 4, 8, 12, 16, 24)
"""The only distances between things, in design pixels."""

FONT_PX = 13
"""The base font; a design pixel is one pixel at this size."""

_ROW_HEIGHTS = {RowHeight.COMFORTABLE: 28, RowHeight.COMPACT: 24, RowHeight.DENSE: 20}


class TextRole(StrEnum):
    """What a text is for. Labels carry it (`set_role`), delegates ask `Metrics.font`."""

    BODY = "body"
    SECONDARY = "secondary"
    """Quiet, 12 px."""
    STRONG = "strong"
    """The body in semibold."""
    TITLE = "title"
    """18 px semibold, one to a pane."""
    HEADING = "heading"
    """Small caps over a section."""
    MONO = "mono"
    """Citation keys and BibTeX only."""
    ERROR = "error"
    """A reason beside what is wrong, 12 px."""


_ROLE_PX = {TextRole.SECONDARY: 12, TextRole.TITLE: 18, TextRole.HEADING: 11, TextRole.MONO: 12, TextRole.ERROR: 12}
_SEMIBOLD = frozenset({TextRole.STRONG, TextRole.TITLE, TextRole.HEADING})


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device-independent pixels; `scale` is 1.0 at a base font of 13 px.

    `xs`, `s`, `m`, `lg` and `xl` are the five distances 4, 8, 12, 16 and 24.
    """

    scale: float = 1.0

    def px(self, design_px: float) -> int:
        """A size given in design pixels; what is not 0 never vanishes."""
        return max(1, round(design_px * self.scale)) if design_px else 0

    def font_px(self, role: TextRole) -> int:
        """Height of the font of a role."""
        return self.px(_ROLE_PX.get(role, FONT_PX))

    def font(self, role: TextRole = TextRole.BODY) -> QFont:
        """The font of a role: the system's own face in our size."""
        is_mono = role is TextRole.MONO
        face = QFontDatabase.SystemFont.FixedFont if is_mono else QFontDatabase.SystemFont.GeneralFont
        font = QFontDatabase.systemFont(face)
        font.setPixelSize(self.font_px(role))
        if role in _SEMIBOLD:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def row_height(self, density: RowHeight) -> int:
        """Height of a row of the paper list."""
        return self.px(_ROW_HEIGHTS[density])

    def icon_size(self, design_px: int = 18) -> QSize:
        """A square icon: 18 in toolbars, 16 beside text."""
        return QSize(self.px(design_px), self.px(design_px))

    @property
    def xs(self) -> int:
        """4: between things that belong together."""
        return self.px(4)

    @property
    def s(self) -> int:
        """8: between controls."""
        return self.px(8)

    @property
    def m(self) -> int:
        """12: margins of panes."""
        return self.px(12)

    @property
    def lg(self) -> int:
        """16: margins of dialogs, between groups."""
        return self.px(16)

    @property
    def xl(self) -> int:
        """24: between sections."""
        return self.px(24)
