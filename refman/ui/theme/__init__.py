"""Looks of the window: tokens, sizes, palette and stylesheet; `ThemeController` puts them on the application."""

from refman.ui.theme.controller import ThemeController
from refman.ui.theme.metrics import Metrics, TextRole
from refman.ui.theme.tokens import DARK, LIGHT, TagColours, Theme, contrast, qcolor

__all__ = ["DARK", "LIGHT", "Metrics", "TagColours", "TextRole", "Theme", "ThemeController", "contrast", "qcolor"]
