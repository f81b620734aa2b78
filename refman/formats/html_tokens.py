"""Tags and text of HTML in one pass that never looks back, so that no text takes more than linear time.

Python's own parser takes the square of the length for tags that are not closed, and raises for some broken ones. What
is no tag by the HTML standard (section 13.2.5) is text; what is not closed goes to the end and is left out.
"""

import html
import re
from collections.abc import Iterator

from refman.domain.frozen import dataclass

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_BETWEEN = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"([^\s/>=][^\s/>=]*+)\s*+(=\s*+)?")
_BARE_VALUE = re.compile(r"[^\s>]*")
_RAW = frozenset({"script", "style"})
"""What is in them is no HTML."""
_HUGE = re.compile(r"&(?=#[0-9]{8})")
"""No character has such a number; Python refuses to read very long ones."""


@dataclass(frozen=True, slots=True)
class Tag:
    """`name` in lower case; attributes with character references resolved, the first of two of one name."""

    name: str
    is_end: bool
    attributes: dict[str, str]


def html_tokens(text: str) -> Iterator[str | Tag]:
    """Text (character references resolved) and tags, in order; comments and declarations are left out. Never raises."""
    position = 0
    while position < len(text):
        opening = text.find("<", position)
        if opening < 0:
            opening = len(text)
        if opening > position:
            yield unescaped(text[position:opening])
        if opening == len(text):
            return
        position, token = _marked_up(text, opening)
        if token is not None:
            yield token
        if isinstance(token, Tag) and token.name in _RAW and not token.is_end:
            position = _past_raw(text, position, token.name)


def unescaped(text: str) -> str:
    """`&amp;` is `&`. Never raises."""
    if "&" not in text:
        return text
    return html.unescape(_HUGE.sub("&amp;", text))


def _marked_up(text: str, start: int) -> tuple[int, str | Tag | None]:
    """What begins with `<`, and where it ends."""
    if text.startswith("<!--", start):
        return _past(text, "-->", start + 4), None
    is_end = text.startswith("</", start)
    name = _NAME.match(text, start + 1 + is_end)
    if name:
        position, attributes = _attributes(text, name.end())
        # One that the text ends in is no tag.
        is_whole = text.startswith(">", position)
        return position + 1, Tag(name[0].lower(), is_end, attributes) if is_whole else None
    if is_end or text.startswith(("<!", "<?"), start):
        return _past(text, ">", start + 2), None
    return start + 1, "<"


def _attributes(text: str, position: int) -> tuple[int, dict[str, str]]:
    """The attributes up to the `>` of the tag or the end of the text, and where that is."""
    found: dict[str, str] = {}
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
        attribute = _ATTRIBUTE.match(text, position)
        if attribute is None:
            if text.startswith("=", position):
                # A stray one.
                position += 1
                continue
            return position, found
        position = attribute.end()
        value = ""
        if attribute[2]:
            position, value = _value(text, position)
        found.setdefault(attribute[1].lower(), unescaped(value))


def _value(text: str, position: int) -> tuple[int, str]:
    quote = text[position : position + 1]
    if quote and quote in "\"'":
        end = text.find(quote, position + 1)
        end = len(text) if end < 0 else end
        return min(end + 1, len(text)), text[position + 1 : end]
    bare = _BARE_VALUE.match(text, position)
    return (bare.end(), bare[0]) if bare else (position, "")


def _past_raw(text: str, position: int, name: str) -> int:
    """The end tag of a script or a style, or the end of the text."""
    end = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(text, position)
    return end.start() if end else len(text)


def _past(text: str, ending: str, position: int) -> int:
    found = text.find(ending, position)
    return len(text) if found < 0 else found + len(ending)
