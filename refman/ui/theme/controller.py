"""Puts the theme on the application and tells the widgets that paint for themselves when it changes."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from refman.domain.settings import ThemeMode
from refman.ui.theme.dressing import put_on
from refman.ui.theme.glyphs import glyphs_of
from refman.ui.theme.metrics import Metrics
from refman.ui.theme.palette import palette_of
from refman.ui.theme.stylesheet import stylesheet_of
from refman.ui.theme.tokens import DARK, LIGHT, Theme


class ThemeController(QObject):
    """Built once by app and passed down. `theme` and `metrics` are those in force; `changed` says both are new.

    With `is_dressed=False` there is no stylesheet until `dress`: widgets that are built under one are styled anew each
    time they are put into another, which took 100 ms for the main window instead of 40.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        *,
        mode: ThemeMode = ThemeMode.SYSTEM,
        font_scale: float = 1.0,
        is_dressed: bool = True,
    ) -> None:
        super().__init__()
        self._application = application
        self._mode = mode
        self._is_dressed = is_dressed
        self.theme: Theme = LIGHT
        self.metrics = Metrics(font_scale)
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply(self._wanted_theme(), self.metrics)

    def dress(self) -> None:
        """Puts the stylesheet on, after the widgets are built and before they are shown."""
        self._is_dressed = True
        self._put_on_stylesheet()

    @property
    def mode(self) -> ThemeMode:
        """What the person chose."""
        return self._mode

    def set_mode(self, mode: ThemeMode) -> None:
        """Light, dark or as the system; at once."""
        self._mode = mode
        self._update(self._wanted_theme(), self.metrics)

    def set_font_scale(self, font_scale: float) -> None:
        """1.0 is a base font of 13 px; at once."""
        self._update(self.theme, Metrics(font_scale))

    def _follow_system(self) -> None:
        self._update(self._wanted_theme(), self.metrics)

    def _wanted_theme(self) -> Theme:
        if self._mode is ThemeMode.SYSTEM:
            return DARK if self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode is ThemeMode.DARK else LIGHT

    def _update(self, theme: Theme, metrics: Metrics) -> None:
        if (theme, metrics) != (self.theme, self.metrics):
            self._apply(theme, metrics)
            self.changed.emit()

    def _apply(self, theme: Theme, metrics: Metrics) -> None:
        self.theme, self.metrics = theme, metrics
        self._application.setPalette(palette_of(theme))
        # Every widget is told of a font that is put on, also of the one it has.
        if self._application.font() != metrics.font():
            self._application.setFont(metrics.font())
        if self._is_dressed:
            self._put_on_stylesheet()

    def _put_on_stylesheet(self) -> None:
        sheet = stylesheet_of(self.theme, self.metrics, glyphs=glyphs_of(self.theme))
        put_on(self._application, sheet)
