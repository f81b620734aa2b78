"""The lines of a pasted page without what browsers, editors and the clipboard do to them."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# U+2028 and U+2029 are line ends too: some programs put them on the clipboard.
_PIECE = re.compile("\r\n|[\n\r\u2028\u2029]|[^\n\r\u2028\u2029]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NEEDS_TIDYING = re.compile(r"[^\x20-\x7e]|&")
# Controls that are no white space, soft hyphens, zero-width and direction marks: nobody typed them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: tidied `text`, 1-based `number`, offsets in the source without its outer blanks."""

    number: int
    start: int
    end: int
    text: str
    is_after_blank: bool


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank, in order; `is_after_blank` also holds for the first one."""
    lines: list[Line] = []
    number, is_after_blank, is_blank = 1, True, True
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece[0] in "\n\r\u2028\u2029":
            number += 1
            is_after_blank, is_blank = is_after_blank or is_blank, True
            continue
        tidied = tidy(piece)
        if tidied:
            start = match.start() + len(piece) - len(piece.lstrip())
            lines.append(Line(number, start, start + len(piece.strip()), tidied, is_after_blank))
            is_after_blank, is_blank = False, False
    return lines


def tidy(text: str) -> str:
    """One line of plain text: NFC, entities decoded, no invisible characters, single blanks, ends trimmed."""
    if not _NEEDS_TIDYING.search(text):
        return " ".join(text.split())
    decoded = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    visible = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", decoded))
    return " ".join(unicodedata.normalize("NFC", visible).split())


# The words after which a hyphen at a line end stands for itself: `low-` / `and high-level`.
_SUSPENDING = frozenset({"and", "or", "to", "und", "oder", "et", "y"})
_ENDS_IN_WORD_HYPHEN = re.compile(r"[^\s-]-{1,3}\Z")


def join_lines(lines: Sequence[Line]) -> str:
    """One paragraph of hard-wrapped lines; a word broken after its hyphen is put together again, hyphen kept."""
    parts: list[str] = []
    before = ""
    for line in lines:
        parts += [_glue(before, line.text), line.text]
        before = line.text
    return "".join(parts)


def _glue(before: str, after: str) -> str:
    first_word = after.split(" ", 1)[0]
    is_broken_word = _ENDS_IN_WORD_HYPHEN.search(before[-4:]) and first_word[0].isalnum()
    return "" if not before or (is_broken_word and first_word.lower() not in _SUSPENDING) else " "
