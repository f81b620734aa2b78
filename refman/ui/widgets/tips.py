"""Tool tips that show a text and nothing else: Qt takes what looks like HTML for HTML, with pictures and links."""

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """What to give to `setToolTip` for a text that comes from papers, files or the person."""
    if not Qt.mightBeRichText(text):
        return text
    # Late: the names of all HTML characters take 3 ms to load, and hardly any text looks like HTML.
    from html import escape

    return f"<qt>{escape(text)}</qt>"
