"""What BibTeX writes into a .blg: messages, the places that follow them, and what it shows of the text there.

The forms are those of bibtex.web 0.99d: a warning begins with `Warning--`, its place may stand on the next line; an
error ends with `---line 3 of file refs.bib` or has that on the next line, and the text shown behind ` : `.
"""

import re
from collections.abc import Iterator

from refman.formats.build_note import BuildNote

_WARNING = "Warning--"
_WARNING_PLACE = re.compile(r"--line (\d+) of file (.+)")
_PLACE = re.compile(r"(.*?)---(?:line (\d+) of|while reading) file (.+)")
_NO_ENTRY = re.compile(r"I didn't find a database entry for \"(.+)\"")
_ENTRY_TYPE = re.compile(r"entry type for \"(.+)\" isn't style-file defined")
_IGNORED_FIELD = re.compile(r"I'm ignoring (\S+)'s extra \"")
_IN_ENTRY = re.compile(r".*? (?:in|for) (?:entry )?\"?([^\s\"]+)\"?")
_OF_A_NAME = re.compile(r".* for entry (\S+)")
_CROSS_REFERENCE = re.compile(r"A bad cross reference---entry \"(.+)\"")
_SHOWN_ENTRY = re.compile(r" : @[^\s{(]*+\s*+[{(]\s*+([^\s,{}()]++)")
_EXECUTING = "while executing"


def bibtex_notes(lines: list[str]) -> Iterator[BuildNote]:
    """The warnings and errors in order; one that BibTeX says several times is told once."""
    seen: set[BuildNote] = set()
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        after = lines[number + 1] if number + 1 < len(lines) else ""
        note = _warning(line, after) or _reference(line, after) or _error(before, line, after)
        if note is not None and note not in seen:
            seen.add(note)
            yield note


def _warning(line: str, after: str) -> BuildNote | None:
    if not line.startswith(_WARNING):
        return None
    message = line.removeprefix(_WARNING)
    patterns = (_NO_ENTRY, _ENTRY_TYPE, _IGNORED_FIELD, _IN_ENTRY)
    named = next((match for pattern in patterns if (match := pattern.fullmatch(message))), None)
    named = named or _IGNORED_FIELD.match(message)
    place = _WARNING_PLACE.fullmatch(after)
    file, at = (place[2], int(place[1])) if place else ("", 0)
    return BuildNote(named[1] if named else "", message, file=file, line=at)


def _reference(line: str, after: str) -> BuildNote | None:
    match = _CROSS_REFERENCE.fullmatch(line)
    return BuildNote(match[1], f"{line} {after}".strip(), is_error=True) if match else None


def _error(before: str, line: str, after: str) -> BuildNote | None:
    """The message stands in front of the place, or on the line before it; a place in a style is nobody's."""
    match = _PLACE.fullmatch(line)
    if match is None or line.startswith(" "):
        return None
    message, at, file = match[1] or before, int(match[2] or 0), match[3]
    if message == _EXECUTING:
        named = _OF_A_NAME.fullmatch(before)
        return BuildNote(named[1] if named else "", before, is_error=True)
    shown = _SHOWN_ENTRY.match(after) if message.startswith("Repeated entry") else None
    return BuildNote(shown[1] if shown else "", message, is_error=True, file=file, line=at)
