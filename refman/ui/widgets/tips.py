"""Tool tips that show a text and nothing else: Qt takes what looks like HTML for HTML, with pictures and links."""

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """What to give to `setToolTip` for a text that comes from papers, files or the person."""
    return f"<qt>{escape(text)}</qt>" if Qt.mightBeRichText(text) else text
