"""What an entry was meant to say that BibTeX cannot read, or reads otherwise: its text with one slip mended.

Texts in, texts out; whoever asks decides whether the proposal is taken.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from refman.domain.fields import NAME_FIELDS
from refman.formats.bibfile.values import can_be_quoted
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.grammar import NAME
from refman.formats.bibtex.parts import EntryPart, FieldPart, OtherPart, Part, parts_of
from refman.formats.bibtex.plain_text import has_balanced_braces
from refman.formats.bibtex.plain_values import stored_name
from refman.formats.bibtex.values import operands

_MOST_COMMAS = 100
_MOST_LINES = 200
_KEY_WITHOUT_COMMA = re.compile(rf"@\s*+{NAME}\s*+[{{(]\s*+[^\s,{{}}()=]++")
_FIELD_FOLLOWS = re.compile(rf"\s*+{NAME}\s*+=")
_FIELD_IN_VALUE = re.compile(rf"[\r\n][ \t]*+{NAME}[ \t]*+=[ \t]*+[{{\"]")
_OPEN_LINE = re.compile(rf"[ \t]*+{NAME}[ \t]*+=[ \t]*+\{{.*\S", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Repair:
    """The text of the entry as it would be. One that is not certain is for a person to see first."""

    text: str
    is_certain: bool = True


def repair(raw: str, code: str, argument: str = "") -> Repair | None:
    """The text of one entry without the first slip of this kind; None where nobody can say what was meant.

    `code` and `argument` are those of the problem that the reader told. Linear in the length of the text, but for
    missing commas and braces, of which the first hundred are looked for.
    """
    mender = _MENDERS.get(code)
    return mender(raw, argument) if mender else None


# A comma


def _with_commas(raw: str, _: str) -> Repair | None:
    """All commas that are missing behind the key and between fields."""
    text = raw
    for _number in range(_MOST_COMMAS):
        place = _missing_comma(text)
        if place < 0:
            break
        text = f"{text[:place]},{text[place:]}"
    return Repair(text) if text != raw and _sound(text) else None


def _missing_comma(text: str) -> int:
    """The end of what should have a comma behind it, -1 when there is nothing of the kind."""
    part = _first(text)
    if part is None or all(problem.code != "missing-comma" for problem in part.problems):
        return -1
    if isinstance(part, EntryPart):
        raw = part.piece.entry if part.piece else None
        end = raw.fields[-1][3] + len(raw.fields[-1][1]) if raw and raw.fields else part.key_end
    else:
        key = _KEY_WITHOUT_COMMA.match(text)
        end = key.end() if key else len(text)
    return end if _FIELD_FOLLOWS.match(text, end) else -1


# A field that stands twice


def _without_repeat(raw: str, name: str) -> Repair | None:
    """The second field of a name goes; people and keywords of both are joined in the first, as they are shown."""
    entry = _sound(raw)
    own = [field for field in entry.fields if stored_name(field.name) == stored_name(name)] if entry else []
    if entry is None or len(own) < 2:
        return None
    first, second = own[:2]
    before = entry.fields[entry.fields.index(second) - 1]
    if raw[before.end : second.start].strip() != ",":
        return None
    left = raw[: before.end] + raw[second.end :]
    one, other = _text_of(first), _text_of(second)
    if first.value == second.value or (one is not None and one == other):
        return Repair(left)
    joined = _joined(stored_name(name), first, one, other)
    return Repair(left[: first.value_start] + (joined or first.value) + left[first.end :], is_certain=False)


def _joined(name: str, first: FieldPart, one: str | None, other: str | None) -> str:
    """Both texts in the delimiters of the first, "" for what is no list."""
    if one is None or other is None or not (name in NAME_FIELDS or name == "keywords"):
        return ""
    separator = " and " if name in NAME_FIELDS else "; " if ";" in one + other else ", "
    text = f"{one}{separator}{other}"
    return f'"{text}"' if first.value[0] == '"' and can_be_quoted(text) else f"{{{text}}}"


def _text_of(field: FieldPart) -> str | None:
    """What stands between the delimiters; None for macros and chains."""
    value = field.value
    return value[1:-1] if value[:1] in {"{", '"'} and list(operands(value)) == [value] else None


# A value


def _with_braces(raw: str, value: str) -> Repair | None:
    """Braces round a value that is neither a number nor a macro."""
    return _braced(raw, value, is_certain=True)


def _macro_as_text(raw: str, macro: str) -> Repair | None:
    """Braces round the name of a macro that nobody defines; the class of the document may define it all the same."""
    return _braced(raw, macro, is_certain=False)


def _braced(raw: str, value: str, *, is_certain: bool) -> Repair | None:
    entry = _sound(raw)
    field = next((one for one in entry.fields if one.value == value), None) if entry else None
    if field is None or not is_value(f"{{{value}}}"):
        return None
    return Repair(f"{raw[: field.value_start]}{{{value}}}{raw[field.end :]}", is_certain)


# The end


def _closed(raw: str, _: str) -> Repair | None:
    """The brace that is missing: at the end of the field that swallows the next one, else behind the last field."""
    body = raw.rstrip()
    for text in (*_with_closed_lines(body), f"{body}\n}}", f"{body}}}"):
        entry = _sound(text)
        if entry and entry.fields and not any(_FIELD_IN_VALUE.search(field.value) for field in entry.fields):
            return Repair(text + raw[len(body) :], is_certain=False)
    return None


def _with_closed_lines(body: str) -> list[str]:
    """The text with a brace at the end of one line that opens more than it closes, for each such line."""
    found = []
    start = 0
    for line in body.splitlines(keepends=True)[:_MOST_LINES]:
        text = line.rstrip()
        if _OPEN_LINE.fullmatch(text) and not has_balanced_braces(text):
            end = start + len(text.removesuffix(",").rstrip())
            found.append(f"{body[:end]}}}{body[end:]}")
        start += len(line)
    return found[:_MOST_COMMAS]


def _first(text: str) -> Part | None:
    """The part that a text begins with, where only comments stand behind it."""
    parts = list(parts_of(text))
    is_alone = all(isinstance(part, OtherPart) and part.kind == "comment" for part in parts[1:])
    return parts[0] if parts and is_alone else None


def _sound(text: str) -> EntryPart | None:
    part = _first(text)
    return part if isinstance(part, EntryPart) and part.is_sound else None


_MENDERS: MappingProxyType[str, Callable[[str, str], Repair | None]] = MappingProxyType(
    {
        "missing-comma": _with_commas,
        "duplicate-field": _without_repeat,
        "not-a-value": _with_braces,
        "undefined-macro": _macro_as_text,
        "entry-not-closed": _closed,
        "value-not-closed": _closed,
    }
)
