"""What the last build said of citations and entries: BibTeX's and biber's .blg, LaTeX's .log."""

import re
from collections.abc import Iterator

from refman.formats.bibtex_log import bibtex_notes
from refman.formats.build_note import BuildNote

# TeX breaks lines of the log after 79 bytes (max_print_line).
_WRAP = 79
_NO_ENTRY = re.compile(r"I didn't find a database entry for [\"'`](.+?)[\"'](?: \(section \d+\))?$")
_BIBER = re.compile(r"\[\d+\] \S+> (WARN|ERROR) - (.*)")
_BIBER_KEY = re.compile(r"(?:[Ee]ntry|key:?|entry key) '([^']+)'")
_BIBER_LINE = re.compile(r"\[\d+\] \S+> (?:INFO|WARN|ERROR|DEBUG) - ")
_BIBER_SOURCE = re.compile(r"Found BibTeX data source '([^']+)'")
_BIBER_COPY = re.compile(r"\.utf8, line (\d+)")
_HEAD = 5
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
    lines = text.splitlines()
    if not any(map(_BIBER_LINE.match, lines[:_HEAD])):
        yield from bibtex_notes(lines)
        return
    sources = {match[1] for line in lines if (match := _BIBER_SOURCE.search(line))}
    for line in lines:
        note = _biber_note(line, sources.copy().pop() if len(sources) == 1 else "")
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


def _biber_note(line: str, source: str) -> BuildNote | None:
    """`source` is the only .bib that was read, "" for several: biber names its own copies of them."""
    match = _BIBER.match(line)
    if match is None:
        return None
    message = match.group(2)
    named = _NO_ENTRY.match(message) or _BIBER_KEY.search(message)
    place, copy = _BIBER_PLACE.search(message), _BIBER_COPY.search(message)
    file, at = (place[1], place[2]) if place else (source, copy[1]) if copy and source else ("", "0")
    return BuildNote(
        named.group(1) if named else "", message, is_error=match.group(1) == "ERROR", file=file, line=int(at)
    )


def _unwrapped(text: str) -> str:
    pieces: list[str] = []
    for line in text.splitlines():
        pieces.append(line if len(line.encode("utf-8", "replace")) == _WRAP else line + "\n")
    return "".join(pieces)
