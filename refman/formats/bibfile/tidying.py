"""A .bib put in order by named rules, each of which can be left out; what the entries say stays.

Entries that hold anything odd (comments between fields, a missing comma) keep their text and only move. Entries are
sorted between whatever is no entry: an `@string`, a `@preamble` or a comment that stands by itself stays where it is,
a comment right above an entry goes with it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from refman.formats.bibfile.document import Document, document_of
from refman.formats.bibfile.placing import is_metadata
from refman.formats.bibfile.sameness import say_the_same
from refman.formats.bibfile.style import newline_of
from refman.formats.bibfile.tidy_entries import tidy_entry
from refman.formats.bibfile.tidy_rules import USUAL_RULES, Rule
from refman.formats.bibtex.parts import EntryPart, OtherPart, Part

_BLANKS = " \t\r\n"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_GAP = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t\r\n]*")
_EMPTY_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*")
_DEEPEST = 5
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Piece:
    """What moves or stays together; `gap` is what stands before it. `key` is "" for what stays where it is.

    `leads` is True for a comment that belongs to an entry right behind it.
    """

    gap: str
    text: str
    is_entry: bool = False
    key: str = ""
    level: int = 0
    leads: bool = False


def tidied(document: Document, rules: Collection[Rule] = USUAL_RULES) -> Document:
    """The document by these rules; one that is tidy comes back as it is. Linear but for the sorting.

    Where broken text would be read otherwise beside another neighbour (a lone `@`), nothing is sorted, or nothing done.
    """
    for tried in (rules, [rule for rule in rules if rule is not Rule.SORT]):
        after = _settled(document, tried)
        if after is document or (after is not None and say_the_same(document, after)):
            return after
    return document


def _settled(document: Document, rules: Collection[Rule]) -> Document | None:
    """Laid out until nothing changes any more: broken text may be cut otherwise beside its new neighbours."""
    for _ in range(_ROUNDS):
        after = laid_out(document, rules)
        if after is document:
            return document
        document = after
    return None


def laid_out(document: Document, rules: Collection[Rule]) -> Document:
    """As `tidied`, without looking whether the result says the same."""
    newline = newline_of(document.text)
    pieces = _joined(_pieces(document, rules, newline))
    if Rule.SORT in rules:
        pieces = _sorted(pieces, newline)
    tail = document.text[document.parts[-1].end :] if document.parts else document.text
    if Rule.BLANK_LINES in rules:
        pieces = _spaced(pieces, newline)
        if not tail.strip(_BLANKS):
            tail = newline if pieces else ""
    text = "".join(piece.gap + piece.text for piece in pieces) + tail
    return document if text == document.text else document_of(text, document.encoding)


def _pieces(document: Document, rules: Collection[Rule], newline: str) -> Iterator[_Piece]:
    """The parts in order; of a comment each paragraph, and the line beside an entry, is one of its own."""
    levels = _levels(document)
    done = 0
    is_open = False
    for part in document.parts:
        gap = document.text[done : part.start]
        done = part.end
        # A block that nothing closes takes in the comments behind it: what follows it stays there.
        stays, is_open = is_open, _is_open(part)
        if isinstance(part, EntryPart):
            text = tidy_entry(document, part, rules, newline=newline)
            key = part.key.lower() if part.is_sound and not stays else ""
            yield _Piece(gap, text, is_entry=True, key=key, level=levels.get(key, 0))
        else:
            yield from _others(document, part, gap)


def _is_open(part: Part) -> bool:
    return part.kind == "broken" if isinstance(part, OtherPart) else not part.is_sound


def _others(document: Document, part: OtherPart, gap: str) -> Iterator[_Piece]:
    raw = document.raw(part)
    if part.kind != "comment" or raw.startswith("@") or is_metadata(document, part):
        yield _Piece(gap, raw)
        return
    if not _LINE_END.search(gap) and gap.strip(_BLANKS) == "" and part.start and (end := _LINE_GAP.search(raw)):
        yield _Piece(gap, raw[: end.start()])
        gap, raw = end.group(), raw[end.end() :]
    done = 0
    for empty in _EMPTY_LINE.finditer(raw):
        yield _Piece(gap, raw[done : empty.start()])
        gap, done = empty.group(), empty.end()
    yield _Piece(gap, raw[done:], leads=True)


def _joined(pieces: Iterator[_Piece]) -> list[_Piece]:
    """A comment on the line where an entry ends belongs to it, else to the entry that follows without an empty line."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        lines = len(_LINE_END.findall(piece.gap))
        if before is None or piece.gap.strip(_BLANKS):
            joined.append(piece)
        elif piece.is_entry and before.leads and lines <= 1:
            joined[-1] = replace(piece, gap=before.gap, text=before.text + piece.gap + piece.text)
        elif before.is_entry and not piece.is_entry and lines == 0 and not piece.text.startswith("@"):
            joined[-1] = replace(before, text=before.text + piece.gap + piece.text)
        else:
            joined.append(piece)
    return joined


def _levels(document: Document) -> dict[str, int]:
    """How many entries stand below a parent of a crossref, at most: it goes behind them all."""
    pairs = [
        (entry.key.lower(), parent)
        for entry in document.entries
        if (one := entry.field("crossref")) and (parent := one.value.strip('{}" ').lower())
    ]
    levels: dict[str, int] = {}
    for _ in range(_DEEPEST):
        for key, parent in pairs:
            levels[parent] = max(levels.get(parent, 0), min(levels.get(key, 0) + 1, _DEEPEST))
    return levels


def _sorted(pieces: Sequence[_Piece], newline: str) -> list[_Piece]:
    """Each run of entries by level and key; entries of one key keep their order, gaps their places."""
    done: list[_Piece] = []
    run: list[_Piece] = []
    for piece in (*pieces, _Piece("", "")):
        if piece.key:
            run.append(piece)
            continue
        moved = sorted(run, key=lambda one: (one.level, one.key))
        for old, new in zip(run, moved, strict=True):
            gap = old.gap if old is new or not done or _LINE_END.search(old.gap) else old.gap + newline
            done.append(replace(new, gap=gap))
        run.clear()
        done.append(piece)
    return done[:-1]


def _spaced(pieces: Sequence[_Piece], newline: str) -> list[_Piece]:
    """Other signs than blanks between two parts (form feeds) stay."""
    spaced: list[_Piece] = []
    for piece in pieces:
        if piece.gap.strip(_BLANKS):
            gap = piece.gap
        elif not spaced:
            gap = ""
        else:
            lines = len(_LINE_END.findall(piece.gap))
            is_beside_entry = piece.is_entry or spaced[-1].is_entry
            gap = newline * (2 if is_beside_entry else min(lines, 2)) or piece.gap
        spaced.append(replace(piece, gap=gap))
    return spaced
