"""The language of patterns for citation keys, read: JabRef's markers and modifiers, and patterns for single types.

`[auth][year]; book, collection = [edtr][year]`: the first pattern is for all types, others for those they name.
Source: the JabRef manual, "Customize the citation key generator".
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from refman.domain.errors import InvalidValue
from refman.domain.frozen import dataclass

_OF_TYPES = re.compile(r"\s*([A-Za-z*]+(?:\s*,\s*[A-Za-z]+)*)\s*=(.*)", re.DOTALL)
_CALL = re.compile(r'regex\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*"((?:[^"\\]|\\.)*)"\s*\)', re.DOTALL)
_GROUP = re.compile(r"\$(\d)")
MODIFIER = re.compile(
    r"lower|upper|capitalize|titlecase|title_case|sentencecase|sentence_case|camel|abbr|truncate\d{1,4}"
)


@dataclass(frozen=True, slots=True)
class Modifier:
    """`lower`, `truncate3`, `regex` with what is looked for and what comes in its place, `default` with a text."""

    name: str
    wanted: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A piece of a pattern: a marker by name with what is done to it, or (without a name) a text as it stands."""

    name: str
    modifiers: tuple[Modifier, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern read: for all types, and for single ones (lower case)."""

    usual: tuple[Marker, ...]
    of_types: Mapping[str, tuple[Marker, ...]]

    def of(self, entry_type: str) -> tuple[Marker, ...]:
        """The pieces for a type."""
        return self.of_types.get(entry_type.lower(), self.usual)


@lru_cache(maxsize=64)
def read_pattern(text: str) -> KeyPattern:
    """Reads any text; what means nothing stands for itself."""
    usual, *others = _cut(text, ";")
    of_types: dict[str, tuple[Marker, ...]] = {}
    for other in others:
        match = _OF_TYPES.fullmatch(other)
        if match:
            pieces = tuple(_pieces(match.group(2).strip()))
            of_types.update((name.strip().lower(), pieces) for name in match.group(1).split(","))
    return KeyPattern(tuple(_pieces(usual)), MappingProxyType(of_types))


def check_pattern(text: str) -> None:
    """Says no to a pattern that cannot be meant.

    Raises:
        InvalidValue: no marker in it, a bracket without its partner, or a modifier that does not exist.
    """
    usual, *others = _cut(text, ";")
    _check_one(usual)
    for other in others:
        if other.strip():
            check_type_pattern(other)


def check_type_pattern(text: str) -> None:
    """As `check_pattern` for `book = [edtr][year]`. Raises: InvalidValue."""
    match = _OF_TYPES.fullmatch(text)
    if match is None:
        raise InvalidValue(
            "bad-key-pattern-type",
            f'"{text.strip()}" names no entry type; write book = [edtr][year].',
            text.strip(),
        )
    _check_one(match.group(2).strip())


def patterns_of_names(text: str) -> dict[str, str]:
    """`thesis = [auth][year]; talk = [auth]` as name to pattern; what is none is left out."""
    pairs = (part.partition("=") for part in _cut(text, ";"))
    return {name.strip(): pattern.strip() for name, _, pattern in pairs if name.strip() and pattern.strip()}


def parts_of(text: str) -> list[str]:
    """The parts between semicolons that stand outside brackets."""
    return [part.strip() for part in _cut(text, ";") if part.strip()]


def _check_one(text: str) -> None:
    pieces = list(_pieces(text))
    rest = "".join(piece.text for piece in pieces)
    if all(not piece.name for piece in pieces) or "[" in rest or "]" in rest:
        raise InvalidValue(
            "bad-key-pattern",
            f'"{text}" is not a pattern for citation keys; write markers in brackets, such as [auth][year].',
            text,
        )
    for piece in pieces:
        for modifier in piece.modifiers:
            _check_modifier(piece, modifier)


def _check_modifier(marker: Marker, modifier: Modifier) -> None:
    if modifier.name == "regex":
        try:
            re.compile(modifier.wanted)
            re.sub(modifier.wanted, modifier.instead, "")
        except (re.error, IndexError) as error:
            raise InvalidValue(
                "bad-key-regex", f'"{modifier.wanted}" is no regular expression: {error}.', modifier.wanted, str(error)
            ) from error
    elif modifier.name != "default" and not MODIFIER.fullmatch(modifier.name):
        raise InvalidValue(
            "bad-key-modifier",
            f'"{modifier.name}" in [{marker.name}] is not known; use lower, upper, capitalize, titlecase, abbr, '
            'truncate3, regex("a","b") or (text).',
            modifier.name,
            marker.name,
        )


def _pieces(text: str) -> Iterator[Marker]:
    """Texts and markers in order; a bracket without its partner is text."""
    place = 0
    while (start := text.find("[", place)) >= 0:
        end = _end_of_marker(text, start)
        if end < 0:
            break
        if start > place:
            yield Marker("", text=text[place:start])
        yield _marker(text[start + 1 : end])
        place = end + 1
    if place < len(text):
        yield Marker("", text=text[place:])


def _end_of_marker(text: str, start: int) -> int:
    """Where the bracket that opens there closes, brackets in quotes aside; -1 for nowhere."""
    is_quoted = False
    for place in range(start + 1, len(text)):
        char = text[place]
        if char == '"' and text[place - 1] != "\\":
            is_quoted = not is_quoted
        elif not is_quoted and char == "]":
            return place
        elif not is_quoted and char == "[":
            return -1
    return -1


def _marker(text: str) -> Marker:
    name, *modifiers = _cut(text, ":")
    return Marker(name.strip() or "?", tuple(map(_modifier, modifiers)))


def _modifier(text: str) -> Modifier:
    if call := _CALL.fullmatch(text.strip()):
        wanted, instead = (part.replace('\\"', '"') for part in call.groups())
        return Modifier("regex", wanted, _GROUP.sub(r"\\g<\1>", instead))
    if text.startswith("(") and text.endswith(")"):
        return Modifier("default", instead=text[1:-1])
    return Modifier(text)


def _cut(text: str, sign: str) -> list[str]:
    """The parts between the signs, those in brackets or quotes aside."""
    parts, start, depth, is_quoted = list[str](), 0, 0, False
    for place, char in enumerate(text):
        if char == '"' and depth + (sign == ":"):
            is_quoted = not is_quoted
        elif not is_quoted and char in "[]":
            depth = max(depth + (1 if char == "[" else -1), 0)
        elif char == sign and not is_quoted and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]
