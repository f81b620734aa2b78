"""Colours for BibTeX: entry type and key, names of fields, macros, TeX commands, math, comments.

One pass over a line with one expression, and a number that says what the line before left open.
"""

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from refman.ui.theme import ThemeController, qcolor

_LONGEST = 20_000
"""A line that is longer is only coloured so far: the window never waits for one."""
_DEEPEST = 1_000
_TOKEN = re.compile(
    r"(?P<escaped>\\[{}\"%$#&_])|(?P<command>\\(?:[A-Za-z@]+|.))|(?P<math>\$[^$\n]{1,400}\$)|(?P<comment>%.*)"
    r"|(?P<type>@[ \t]*[A-Za-z]+)|(?P<open>[{(])|(?P<close>[})])|(?P<quote>\")"
    r"|(?P<word>[^\s{}()\",=#%\\$@]+)(?=(?P<equals>\s*=)?)"
)


class BibtexHighlighter(QSyntaxHighlighter):
    """Looks only; a text that is broken is coloured as far as it makes sense."""

    def __init__(self, document: QTextDocument, themes: ThemeController) -> None:
        super().__init__(document)
        self._themes = themes
        self._looks: dict[str, QTextCharFormat] = {}
        themes.changed.connect(self._apply_theme)
        self._take_colours()

    def highlightBlock(self, text: str) -> None:
        # Twice the depth of braces, and one for an open quote; -1 before anything.
        depth, is_quoted = divmod(max(self.previousBlockState(), 0), 2)
        end = min(len(text), _LONGEST)
        match = _TOKEN.search(text, 0, end)
        while match:
            kind = "word" if match.lastgroup == "equals" else match.lastgroup or ""
            is_value = depth > 1 or bool(is_quoted)
            look = self._look_of(kind, match, is_value=is_value)
            if look is not None:
                self.setFormat(match.start(), match.end() - match.start(), look)
            depth, is_quoted = _after(kind, depth, is_quoted)
            # In a value a percent sign begins no comment.
            behind = match.start() + 1 if kind == "comment" and is_value else match.end()
            match = _TOKEN.search(text, behind, end)
        self.setCurrentBlockState(2 * depth + is_quoted)

    def _look_of(self, kind: str, match: re.Match[str], *, is_value: bool) -> QTextCharFormat | None:
        if is_value:
            return self._looks.get(kind) if kind in {"command", "math", "escaped"} else None
        if kind != "word":
            return self._looks.get(kind) if kind in {"type", "comment"} else None
        if match.group("equals"):
            return self._looks["field"]
        before = match.string[: match.start()].rstrip()
        if before.endswith(("{", "(")):
            return self._looks["key"]
        return None if match.group("word").isdigit() else self._looks["macro"]

    def _apply_theme(self) -> None:
        self._take_colours()
        self.rehighlight()

    def _take_colours(self) -> None:
        theme = self._themes.theme
        colours = {
            "type": theme.accent,
            "key": theme.text,
            "field": theme.accent,
            "macro": theme.success,
            "command": theme.warning,
            "escaped": theme.warning,
            "math": theme.warning,
            "comment": theme.text_secondary,
        }
        for name, colour in colours.items():
            look = QTextCharFormat()
            look.setForeground(qcolor(colour))
            look.setFontItalic(name == "comment")
            if name in {"type", "key"}:
                look.setFontWeight(QFont.Weight.DemiBold)
            self._looks[name] = look


def _after(kind: str, depth: int, is_quoted: int) -> tuple[int, int]:
    """Braces that are open, and whether a quote is, behind a token."""
    if kind == "open":
        return min(depth + 1, _DEEPEST), is_quoted
    if kind == "close":
        return max(depth - 1, 0), is_quoted
    return depth, 1 - is_quoted if kind == "quote" and depth == 1 else is_quoted
