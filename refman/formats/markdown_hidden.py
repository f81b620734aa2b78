"""What Markdown shows as it is or not at all: code blocks, code spans, indented code, HTML comments."""

import re
from collections.abc import Iterator

from refman.formats.tex_hidden import Part, with_signs

# pandoc manual, "Fenced code blocks", "Verbatim"; a fence may stand in a list or a quotation.
_OPENING = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|\d++[.)])[ \t]++)?(?:(?P<fence>`{3,}+(?=[^`\n]*+$)|~{3,}+)(?P<info>[^\n]*+))"
    r"|\\[\\`]|(?P<comment><!--)|(?P<ticks>`++)",
    re.MULTILINE,
)
# A span ends with as many backticks as it began with, and never behind its paragraph.
_SPAN = re.compile(r"(?P<ticks>`++)(?:[^`\n]++|\n(?![ \t>\r]*+(?:\n|\Z))|(?!(?P=ticks)(?!`))`++)*+(?P=ticks)(?!`)")
# pandoc manual, "Generic raw attribute": this is LaTeX, no code.
_RAW = re.compile(r"\s*+\{=(?:la)?tex\}")
# `---` on the first line; its values are Markdown, its lists are indented.
_HEAD = re.compile(r"\A\ufeff?---[ \t\r]*+\n(?:(?!(?:---|\.\.\.)[ \t\r]*+$)[^\n]*+\n)*+", re.MULTILINE)
_INDENTED = re.compile(r" {4}|\t| {1,3}\t")
# What is indented behind these belongs to them: items of lists, notes, definitions.
_ITEM = re.compile(r" {0,3}(?:[-*+:~]|[\da-zA-Z#]{1,9}[.)]|\([\w@#-]{1,40}\)|\[\^[^\]\n]*+\]:)[ \t]")


def blanked_markdown(text: str) -> str:
    """The text with all that is hidden replaced by blanks of equal length; white space stays."""
    parts = list(_marked_parts(text))
    # Neither an empty line nor an indented one may come of blanks.
    indented = list(_indented_parts(with_signs(text, parts, "x")))
    return with_signs(with_signs(text, parts, " "), indented, " ")


def markdown_comments(text: str) -> Iterator[Part]:
    """Where HTML comments stand, in order."""
    return (part for part in _marked_parts(text) if text.startswith("<!--", part[0]))


def _marked_parts(text: str) -> Iterator[Part]:
    """Code between fences or backticks, and comments; a fence that is not closed goes on to the end."""
    position, has_end = 0, True
    while opening := _OPENING.search(text, position):
        position = opening.end()
        end = 0
        if opening["fence"]:
            end = _end_of_block(text, opening)
        elif opening["ticks"]:
            span = _SPAN.match(text, opening.start())
            end = span.end() if span else 0
        elif opening["comment"] and has_end:
            end = text.find("-->", position) + 3
            has_end = end > 2
            end *= has_end
        if not end:
            continue
        position = end
        if not _RAW.match(opening["info"] or ""):
            yield opening.start(), end


def _end_of_block(text: str, opening: re.Match[str]) -> int:
    """Behind the fence that closes a block: of the same sign, at least as long."""
    fence = opening["fence"]
    closing = re.compile(rf"^[ \t>]*+{fence}{fence[0]}*+[ \t\r]*+$", re.MULTILINE).search(text, opening.end())
    return closing.end() if closing else len(text)


def _indented_parts(shown: str) -> Iterator[Part]:
    """Lines of indented code: behind an empty line, in no list (pandoc manual, "Indented code blocks")."""
    head = _HEAD.match(shown)
    start = head.end() if head else 0
    lines = _Lines()
    for line in shown[start:].split("\n"):
        if lines.is_code(line):
            yield start, start + len(line)
        start += len(line) + 1


class _Lines:
    """Knows of each line, in order, whether it is indented code."""

    def __init__(self) -> None:
        self._is_behind_empty = True
        self._is_in_item = False
        self._is_code = False

    def is_code(self, line: str) -> bool:
        """Of the next line."""
        if not line.strip():
            self._is_behind_empty = True
            return False
        if _INDENTED.match(line):
            self._is_code = self._is_code or (self._is_behind_empty and not self._is_in_item)
        else:
            goes_on = self._is_in_item and (not self._is_behind_empty or line.startswith(" "))
            self._is_in_item = goes_on or _ITEM.match(line) is not None
            self._is_code = False
        self._is_behind_empty = False
        return self._is_code
