"""Changing the `@string`s of a .bib: what they stand for, their names wherever they are used, and new ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from refman.formats.bibfile.document import Document, Splice, spliced
from refman.formats.bibfile.style import newline_of
from refman.formats.bibfile.values import can_be_quoted
from refman.formats.bibtex.parts import OtherPart
from refman.formats.bibtex.plain_text import has_balanced_braces
from refman.formats.bibtex.values import operands, with_names


@dataclass(frozen=True, slots=True)
class StringEdit:
    """`old` is the name that the file has, "" for a new definition; `name` and `value` what it is to have."""

    old: str
    name: str
    value: str


def with_strings(document: Document, edits: Sequence[StringEdit]) -> Document:
    """The document with all edits made; definitions that stand twice are all changed. No edit: the very same."""
    if not edits:
        return document
    by_name = {one.old.lower(): one for one in edits if one.old}
    names = {old: one.name for old, one in by_name.items() if old != one.name.lower()}
    splices = list(respelled_uses(document, names)) if names else []
    for part in document.others:
        if part.kind == "string":
            edit = by_name.get(part.name.lower())
            name = edit.name if edit and part.name.lower() in names else part.name
            value = in_delimiters(edit.value, part.value) if edit else with_names(part.value, names)
            if (name, value) != (part.name, part.value):
                splices.append(Splice(part.start, part.end, _text(document, part, name, value)))
    new = [one for one in edits if not one.old]
    home = last_before_entries(document)
    if new and home is not None:
        newline = newline_of(document.text)
        texts = (_text(document, home, one.name, in_delimiters(one.value, home.value)) for one in new)
        splices.append(Splice(home.end, home.end, "".join(f"{newline}{text}" for text in texts)))
    return spliced(document, splices)


def last_before_entries(document: Document) -> OtherPart | None:
    """The `@string` behind which a new one may stand: BibTeX wants it before its first use."""
    first = document.entries[0].start if document.entries else len(document.text)
    found = [part for part in document.others if part.kind == "string" and part.end <= first]
    return found[-1] if found else None


def respelled_uses(document: Document, names: Mapping[str, str]) -> Iterator[Splice]:
    """Macros under other names (`names`: old ones in lower case to new ones) in entries and preambles."""
    for entry in document.entries:
        for one in entry.fields:
            yield Splice(one.value_start, one.end, with_names(one.value, names))
    for part in document.others:
        start = document.text.find(part.value, part.start) if part.kind == "preamble" and part.value else -1
        if start >= 0:
            yield Splice(start, start + len(part.value), with_names(part.value, names))


def in_delimiters(value: str, present: str) -> str:
    """A value expression between the signs that `present` has, where it is one text."""
    if len(operands(value)) != 1 or value[0] not in '{"' or present[:1] in ("", value[0]):
        return value
    tex = value[1:-1]
    if present[0] == '"':
        return f'"{tex}"' if can_be_quoted(tex) else value
    return f"{{{tex}}}" if present[0] == "{" and has_balanced_braces(tex) else value


def _text(document: Document, part: OtherPart, name: str, value: str) -> str:
    """The definition with another name and value, all else as it stands."""
    raw = document.raw(part)
    start, place = raw.rindex(part.value), raw.index(part.name, _opening(raw))
    return "".join((raw[:place], name, raw[place + len(part.name) : start], value, raw[start + len(part.value) :]))


def _opening(raw: str) -> int:
    """Behind the brace or parenthesis: `@string` itself may be the name of a macro."""
    return min(place for sign in "{(" if (place := raw.find(sign)) >= 0) + 1
