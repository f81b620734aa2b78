"""Where a new entry goes: in order where the file is ordered, else behind the last entry or a given one."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from refman.formats.bibfile.document import Document, document_of
from refman.formats.bibtex.parts import EntryPart, OtherPart, Part
from refman.formats.bibtex.values import evaluate

_FEWEST = 8
_METADATA = re.compile(
    r"@comment\s*\{\s*(?:jabref-|BibDesk )|Local Variables:|^\s*%%.*BibDesk|^\s*%+\s*Encoding:", re.IGNORECASE
)
_SURNAME = re.compile(r"\s+and\s+")
SortKey = Callable[[EntryPart, Document], Any]


def is_metadata(document: Document, part: Part) -> bool:
    """True for what other programs keep in a .bib for themselves."""
    return isinstance(part, OtherPart) and part.kind == "comment" and bool(_METADATA.search(document.raw(part)))


@dataclass(frozen=True)
class Places:
    """Finds places in one file."""

    document: Document

    @cached_property
    def _order(self) -> tuple[SortKey, list[Any], list[int]] | None:
        """The order of the file: its key, ascending values, and the entries (by number) that have them."""
        entries = self.document.entries
        if len(entries) < _FEWEST:
            return None
        best: tuple[SortKey, list[Any], list[int]] | None = None
        for key in (_exact_key, _folded_key, _by_author, _by_title, _by_year, _by_year_down):
            values = [key(entry, self.document) for entry in entries]
            kept = longest_ascending(values)
            is_better = best is None or len(kept) > len(best[2])
            if is_better and len(kept) * 100 >= len(entries) * 95 and len(set(values)) * 2 > len(values):
                best = key, [values[number] for number in kept], kept
        return best

    def behind(self, text: str, after: str = "") -> int:
        """How many entries stand before the place of a new entry (its text); `after` is the key it would follow."""
        entries = self.document.entries
        new = document_of(text)
        number = self._in_order(new) if self._order else self._after(after)
        number = max([number, *(place + 1 for place, one in enumerate(entries) if _names(one, new.entries[0].key))])
        parents = _parents(new.entries[0])
        return min([number, *(place for place, one in enumerate(entries) if one.key.lower() in parents)])

    def _in_order(self, new: Document) -> int:
        assert self._order is not None
        key, values, numbers = self._order
        place = bisect_right(values, key(new.entries[0], new))
        return numbers[place - 1] + 1 if place else numbers[0]

    def number_behind(self, key: str) -> int:
        """How many entries stand before the place right behind the last entry with a key; 0 for ""."""
        return self._after(key) if key else 0

    def _after(self, key: str) -> int:
        entries = self.document.entries
        return next((number + 1 for number, one in enumerate(entries) if one.key == key and key), len(entries))

    def offset(self, number: int) -> tuple[int, bool]:
        """The offset of a place that has `number` entries before it, and whether the new text goes behind something.

        Behind an entry with the comment on its line, else before the comments of the first entry.
        """
        document = self.document
        if number:
            end = document.entries[number - 1].end
            return end + len(_same_line_comment(document, end)), True
        if document.entries:
            return self._start_with_comments(document.entries[0]), False
        parts = [part for part in document.parts if not self._is_footer(part)]
        return (parts[-1].end, True) if parts else (document.parts[0].start if document.parts else 0, False)

    def _is_footer(self, part: Part) -> bool:
        text = self.document.raw(part)
        return is_metadata(self.document, part) and "Encoding:" not in text and "BibDesk" not in text[:200]

    def _start_with_comments(self, entry: EntryPart) -> int:
        """Where the comment begins that stands right above an entry, or the entry itself."""
        comment = comment_above(self.document, entry)
        return comment.start if comment else entry.start


def comment_above(document: Document, entry: EntryPart) -> OtherPart | None:
    """The comment with no empty line between itself and the entry."""
    number = next(place for place, part in enumerate(document.parts) if part.start == entry.start)
    above = document.parts[number - 1] if number else None
    if not isinstance(above, OtherPart) or above.kind != "comment" or is_metadata(document, above):
        return None
    between = document.text[above.end : entry.start]
    lines = between.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    return above if lines <= 1 else None


def _same_line_comment(document: Document, end: int) -> str:
    match = re.compile(r"[ \t]*+%[^\r\n]*+").match(document.text, end)
    return match.group() if match else ""


def longest_ascending(values: Sequence[Any]) -> list[int]:
    """The indexes of a longest ascending (not strictly) subsequence; n log n."""
    tails: list[Any] = []
    ends: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        place = bisect_right(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [number]
    found = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(number)
        number = before[number]
    return found[::-1]


def _parents(entry: EntryPart) -> set[str]:
    """Keys in lower case that must stand behind this entry."""
    named = [entry.field(name) for name in ("crossref", "xref", "xdata")]
    return {key.strip().lower() for one in named if one for key in one.value.strip('{}"').split(",") if key.strip()}


def _names(entry: EntryPart, key: str) -> bool:
    return key.lower() in _parents(entry)


def _exact_key(entry: EntryPart, document: Document) -> Any:
    return entry.key


def _folded_key(entry: EntryPart, document: Document) -> Any:
    return entry.key.lower()


def _tex(entry: EntryPart, document: Document, name: str) -> str:
    one = entry.field(name)
    return evaluate(one.value, document.macros).tex.strip("{} ").lower() if one else ""


def _by_author(entry: EntryPart, document: Document) -> Any:
    first = _SURNAME.split(_tex(entry, document, "author") or _tex(entry, document, "editor"))[0]
    family = first.partition(",")[0] if "," in first else first.rsplit(" ", 1)[-1]
    return family, _tex(entry, document, "year")


def _by_title(entry: EntryPart, document: Document) -> Any:
    return _tex(entry, document, "title")


def _by_year(entry: EntryPart, document: Document) -> Any:
    return _tex(entry, document, "year") or _tex(entry, document, "date")[:4]


def _by_year_down(entry: EntryPart, document: Document) -> Any:
    year = _by_year(entry, document)
    return -int(year) if year.isdigit() else 0
