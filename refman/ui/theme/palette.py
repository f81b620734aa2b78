"""The tokens as a QPalette: what Fusion and delegates paint with, and what the stylesheet does not say."""

from PySide6.QtGui import QPalette

from refman.ui.theme.tokens import Theme, qcolor

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


def palette_of(theme: Theme) -> QPalette:
    """All roles and groups, so that nothing of the desktop's own colours shines through."""
    palette = QPalette()
    for role, colour in _roles(theme).items():
        palette.setColor(role, qcolor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        palette.setColor(_Group.Disabled, role, qcolor(theme.text_disabled))
    for group in (_Group.Inactive, _Group.Disabled):
        palette.setColor(group, _Role.Highlight, qcolor(theme.selection_inactive))
    return palette


def _roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: theme.window,
        _Role.WindowText: theme.text,
        _Role.Base: theme.surface,
        _Role.AlternateBase: theme.surface,
        _Role.Text: theme.text,
        _Role.PlaceholderText: theme.text_secondary,
        _Role.Button: theme.button,
        _Role.ButtonText: theme.text,
        _Role.BrightText: theme.danger,
        _Role.ToolTipBase: theme.raised,
        _Role.ToolTipText: theme.text,
        _Role.Highlight: theme.selection,
        _Role.HighlightedText: theme.text,
        _Role.Accent: theme.accent,
        # Accent is for selection, focus and the main button: a link is text that is underlined.
        _Role.Link: theme.text,
        _Role.LinkVisited: theme.text,
        _Role.Light: theme.raised,
        _Role.Midlight: theme.line,
        _Role.Mid: theme.line,
        _Role.Dark: theme.control,
        _Role.Shadow: theme.line,
    }
