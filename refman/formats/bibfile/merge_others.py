"""The merge of what is no entry: strings by name, metadata of other programs by name, the rest as it stands."""

import re
from dataclasses import dataclass

from refman.formats.bibfile.document import Document, Splice, spliced
from refman.formats.bibfile.style import newline_of
from refman.formats.bibtex.parts import EntryPart, OtherPart, Part

_META = re.compile(r"@comment\s*\{\s*(jabref-[\w-]+:\s*[\w-]+|BibDesk [\w ]+)", re.IGNORECASE)
_Identity = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class OtherConflict:
    """A string or a block of metadata that both changed in different ways; None where one removed it."""

    name: str
    mine: str | None
    theirs: str | None


def with_others(base: Document, mine: Document, theirs: Document) -> tuple[Document, tuple[OtherConflict, ...]]:
    """Mine with the strings, preambles and comments that theirs changed since base."""
    known = {mine.raw(part) for part in mine.others}
    old, own, new = _by_identity(base), _by_identity(mine), _by_identity(theirs)
    splices: list[Splice] = []
    conflicts: list[OtherConflict] = []
    for identity in dict.fromkeys((*new, *old)):
        before, here, there = (
            _text(*pair) for pair in ((base, old.get(identity)), (mine, own.get(identity)), (theirs, new.get(identity)))
        )
        if there in (before, here):
            continue
        if here != before:
            conflicts.append(OtherConflict(identity[1], here, there))
        elif here is None and there is not None:
            if theirs.raw(new[identity]) not in known:
                splices.append(_insertion(mine, theirs, new[identity]))
        else:
            splices.append(_replacement(mine, own[identity], there))
    return spliced(mine, _joined(splices)), tuple(conflicts)


def _text(document: Document, part: OtherPart | None) -> str | None:
    return document.raw(part) if part else None


def _by_identity(document: Document) -> dict[_Identity, OtherPart]:
    found: dict[_Identity, OtherPart] = {}
    counts: dict[tuple[str, str], int] = {}
    for part in document.others:
        name = part.name.lower() if part.kind == "string" else _meta_name(document.raw(part))
        number = counts.get((part.kind, name), 0)
        counts[(part.kind, name)] = number + 1
        found[(part.kind, name, number)] = part
    return found


def _meta_name(raw: str) -> str:
    match = _META.match(raw)
    return match.group(1).lower() if match else raw


def _insertion(mine: Document, theirs: Document, part: OtherPart) -> Splice:
    """Behind the counterpart of what stands before it in theirs, with the white space that it has there."""
    number = next(place for place, one in enumerate(theirs.parts) if one.start == part.start)
    for place in range(number - 1, -1, -1):
        anchor = _counterpart(mine, theirs, theirs.parts[place])
        if anchor:
            gap = theirs.text[theirs.parts[number - 1].end : part.start] or newline_of(mine.text)
            return Splice(anchor.end, anchor.end, gap + theirs.raw(part))
    gap = newline_of(mine.text) * 2
    return Splice(0, 0, theirs.raw(part) + gap)


def _counterpart(mine: Document, theirs: Document, part: Part) -> Part | None:
    if isinstance(part, EntryPart):
        return mine.by_id.get((part.key, 0))
    identity = next(one for one, found in _by_identity(theirs).items() if found.start == part.start)
    return _by_identity(mine).get(identity)


def _replacement(mine: Document, part: OtherPart, text: str | None) -> Splice:
    if text is not None:
        return Splice(part.start, part.end, text)
    number = next(place for place, one in enumerate(mine.parts) if one.start == part.start)
    if number:
        return Splice(mine.parts[number - 1].end, part.end, "")
    following = mine.parts[1].start if len(mine.parts) > 1 else part.end
    return Splice(part.start, following, "")


def _joined(splices: list[Splice]) -> list[Splice]:
    """Insertions at one offset as one, in their order; removals that share the white space between them as one."""
    at_offset: dict[int, str] = {}
    rest: list[Splice] = []
    for one in sorted(splices, key=lambda splice: splice.start):
        if one.start == one.end:
            at_offset[one.start] = at_offset.get(one.start, "") + one.text
        elif rest and one.start < rest[-1].end and not (one.text or rest[-1].text):
            rest[-1] = Splice(rest[-1].start, max(one.end, rest[-1].end), "")
        else:
            rest.append(one)
    return [*rest, *(Splice(start, start, text) for start, text in at_offset.items())]
