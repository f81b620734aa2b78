"""Changing a whole .bib: entries come, go and change, all else keeps its bytes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from refman.formats.bibfile.document import Document, EntryId, Splice, document_of, spliced
from refman.formats.bibfile.entry_edits import EntryChange, change_entry, new_entry
from refman.formats.bibfile.placing import Places, comment_above
from refman.formats.bibfile.style import HouseStyle, learn_style
from refman.formats.bibtex.parts import EntryPart, Part


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to add: its fields in refman's order as value expressions, or (`raw`) its text as it stands.

    `after` is the key of the entry it follows where the file has no order; with `keeps_place` it follows that entry
    in any case, "" being the beginning of the file. `gap` is the white space that keeps it apart, "" for that of the
    file's style. `anchor` is the text of the comment (or what else is no entry) that it stands behind, if it is there.
    """

    key: str
    type: str = "misc"
    fields: tuple[tuple[str, str], ...] = ()
    raw: str = ""
    after: str = ""
    keeps_place: bool = False
    gap: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to become of a file."""

    changed: Mapping[EntryId, EntryChange] = field(default_factory=dict)
    added: Sequence[NewEntry] = ()
    removed: Sequence[EntryId] = ()

    @property
    def is_empty(self) -> bool:
        """True when nothing is to change."""
        return not self.changed and not self.added and not self.removed

    @property
    def count(self) -> int:
        """How many entries come, go or change."""
        return len(self.changed) + len(self.added) + len(self.removed)


def edited(document: Document, edits: Edits, *, style: HouseStyle | None = None) -> Document:
    """The document with all edits made. Entries that are gone or not sound are passed over."""
    if edits.is_empty:
        return document
    style = style or learn_style(document)
    gone = {document.by_id[one].start for one in edits.removed if one in document.by_id}
    splices = [_removal(document, entry, gone) for entry in document.entries if entry.start in gone]
    for entry_id, change in edits.changed.items():
        entry = document.by_id.get(entry_id)
        if entry and entry.start not in gone:
            splices += change_entry(document, entry, change, style=style)
    places = Places(document)
    splices += _additions(places, edits.added, style=style)
    return spliced(document, splices)


def text_of(new: NewEntry, style: HouseStyle) -> str:
    """The text of an entry that is to be added."""
    return new.raw or new_entry(new.key, new.type, new.fields, style=style)


def _additions(places: Places, added: Sequence[NewEntry], *, style: HouseStyle) -> list[Splice]:
    """One splice a place; several entries at one place stand in their own order, parents last."""
    at_place: dict[tuple[int, bool], list[tuple[str, str]]] = {}
    for new in _ordered(added, style):
        text = text_of(new, style)
        at_place.setdefault(_place(places, new, text), []).append((new.gap or style.between, text))
    splices = []
    for (start, is_behind), texts in at_place.items():
        if is_behind:
            text = "".join(f"{gap}{one}" for gap, one in texts)
        elif places.document.text:
            text = "".join(f"{one}{gap}" for gap, one in texts)
        else:
            text = style.between.join(one for _, one in texts) + style.newline
        splices.append(Splice(start, start, text))
    return splices


def _place(places: Places, new: NewEntry, text: str) -> tuple[int, bool]:
    """The offset of a new entry, and whether it goes behind something."""
    document = places.document
    ends = list(_ends_of(document, new.anchor)) if new.anchor else []
    if len(ends) == 1:
        return ends[0], True
    return places.offset(places.number_behind(new.after) if new.keeps_place else places.behind(text, new.after))


def _ends_of(document: Document, anchor: str) -> Iterator[int]:
    """Where whole lines between the entries say this; two comments are one when the entry between them is gone."""
    for part in document.others:
        raw = document.raw(part)
        start = raw.find(anchor)
        if start >= 0 and raw[start + len(anchor) :][:1] in ("", "\r", "\n"):
            yield part.start + start + len(anchor)


def _ordered(added: Sequence[NewEntry], style: HouseStyle) -> list[NewEntry]:
    """Those that keep their place first, as they come; the others by key, each crossref parent behind its children."""
    free = [(document_of(text_of(new, style)).entries[0], new) for new in added if not new.keeps_place]
    named = {
        one.value.strip('{}" ').lower()
        for entry, _ in free
        for one in entry.fields
        if one.name.lower() in {"crossref", "xref", "xdata"}
    }
    free.sort(key=lambda pair: (pair[0].key.lower() in named, pair[0].key.lower(), pair[0].key))
    return [*(new for new in added if new.keeps_place), *(new for _, new in free)]


def _removal(document: Document, entry: EntryPart, gone: set[int]) -> Splice:
    """Takes the entry, the empty lines before it and the comment right above that names it."""
    comment = comment_above(document, entry)
    start = entry.start
    if comment and _names(document.raw(comment), entry.key):
        start = comment.start
    before = _part_before(document, start)
    if before is not None:
        return Splice(before.end, entry.end, "")
    after = _part_before(document, entry.end, is_behind=True)
    end = after.start if after and after.start not in gone else entry.end
    return Splice(start, end, "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: `gap` is the white space that keeps it apart, `text` its own with the comment that names
    it, `anchor` that of the comment before it, "" where an entry or nothing is."""

    gap: str
    text: str
    anchor: str


def place_of(document: Document, entry: EntryPart) -> Place:
    """What would go with the entry, and what it is found behind."""
    splice = _removal(document, entry, {entry.start})
    gone = document.text[splice.start : splice.end]
    text = gone.strip()
    before = _part_before(document, splice.start + 1)
    anchor = document.raw(before) if before and not isinstance(before, EntryPart) and before.end <= splice.start else ""
    return Place(gone[: len(gone) - len(gone.lstrip())] or gone[len(gone.rstrip()) :], text, anchor)


def _part_before(document: Document, offset: int, *, is_behind: bool = False) -> Part | None:
    """The part that ends before an offset, or the one that starts behind it."""
    low, high = 0, len(document.parts)
    while low < high:
        middle = (low + high) // 2
        if document.parts[middle].start < offset:
            low = middle + 1
        else:
            high = middle
    if is_behind:
        return document.parts[low] if low < len(document.parts) else None
    return document.parts[low - 1] if low else None


def _names(comment: str, key: str) -> bool:
    return re.search(rf"(?<![\w:.-]){re.escape(key)}(?![\w-])", comment) is not None
