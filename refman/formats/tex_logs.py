"""What the last build said of citations and entries: BibTeX's and biber's .blg, LaTeX's .log."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildNote:
    """One warning. `key` is the entry it is about, "" for none; `file` and `line` a place that it names ("" and 0)."""

    key: str
    message: str
    is_error: bool = False
    file: str = ""
    line: int = 0


# TeX breaks lines of the log after 79 bytes (max_print_line).
_WRAP = 79
_BIBTEX_WARNING = re.compile(r"Warning--(.*)")
_NO_ENTRY = re.compile(r"I didn't find a database entry for [\"'`](.+?)[\"'](?: \(section \d+\))?$")
_IN_ENTRY = re.compile(r"(.*?) (?:in|for) (?:entry )?\"?([^\s\"]+)\"?$")
_BIBTEX_ERROR = re.compile(r"(.+?)---line (\d+) of file (\S+)")
_ENTRY_TYPE = re.compile(r"(entry type for) \"?([^\s\"]+?)\"? isn't style-file defined")
_BIBER = re.compile(r"\[\d+\] \S+> (WARN|ERROR) - (.*)")
_BIBER_KEY = re.compile(r"(?:[Ee]ntry|key:?|entry key) '([^']+)'")
_BIBER_PLACE = re.compile(r"(\S{1,1000}?\.bib)(?:_\d+\.utf8)?, line (\d+)")
# Limits where a pattern may begin anywhere: without them a log made for it takes the square of its length.
_UNDEFINED = re.compile(
    r"(?:LaTeX|Package natbib) Warning: (Citation [`']([^'\n]{1,1000})' .{0,300}?undefined)(?: on input line (\d+))?"
)
_BIBLATEX_MISSING = re.compile(
    r"Package biblatex Warning: The following entry could not be found\s*\(biblatex\)\s*in the database:"
    r"\s*\(biblatex\)\s*(\S+)"
)


def blg_notes(text: str) -> Iterator[BuildNote]:
    """The warnings and errors of a .blg, BibTeX's or biber's, in order."""
    for line in text.splitlines():
        note = _bibtex_note(line) or _biber_note(line)
        if note:
            yield note


def log_notes(text: str) -> Iterator[BuildNote]:
    """What a .log says of citations, each key once."""
    seen: set[str] = set()
    joined = _unwrapped(text)
    found = [(match.start(), match.group(2), match.group(1), match.group(3)) for match in _UNDEFINED.finditer(joined)]
    found += [
        (match.start(), match.group(1), f"Entry '{match.group(1)}' could not be found in the database", None)
        for match in _BIBLATEX_MISSING.finditer(joined)
    ]
    for _, key, message, line in sorted(found):
        if key not in seen:
            seen.add(key)
            yield BuildNote(key, re.sub(r"\s+", " ", message), line=int(line or 0))


def _bibtex_note(line: str) -> BuildNote | None:
    if match := _BIBTEX_WARNING.match(line):
        message = match.group(1)
        named = _NO_ENTRY.match(message) or _ENTRY_TYPE.match(message) or _IN_ENTRY.match(message)
        return BuildNote(named.group(named.lastindex or 1) if named else "", message)
    if match := _BIBTEX_ERROR.match(line):
        return BuildNote("", match.group(1), is_error=True, file=match.group(3), line=int(match.group(2)))
    return None


def _biber_note(line: str) -> BuildNote | None:
    match = _BIBER.match(line)
    if match is None:
        return None
    message = match.group(2)
    named = _NO_ENTRY.match(message) or _BIBER_KEY.search(message)
    place = _BIBER_PLACE.search(message)
    return BuildNote(
        named.group(1) if named else "",
        message,
        is_error=match.group(1) == "ERROR",
        file=place.group(1) if place else "",
        line=int(place.group(2)) if place else 0,
    )


def _unwrapped(text: str) -> str:
    pieces: list[str] = []
    for line in text.splitlines():
        pieces.append(line if len(line.encode("utf-8", "replace")) == _WRAP else line + "\n")
    return "".join(pieces)
