"""Changing one entry: each edit touches its own bytes only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from refman.formats.bibfile.document import Document, Splice, document_of, spliced
from refman.formats.bibfile.style import HouseStyle, layout_of_entry
from refman.formats.bibfile.values import in_style
from refman.formats.bibtex.parts import EntryPart


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What is to become of an entry. Values are value expressions; None takes a field away.

    `as_given` values are written as they stand, others in the style of the file. `raw` takes the place of the whole
    entry, whatever else is said.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    type: str | None = None
    key: str | None = None
    as_given: bool = False
    raw: str | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing is to change."""
        return not self.fields and self.type is None and self.key is None and self.raw is None


def change_entry(document: Document, entry: EntryPart, change: EntryChange, *, style: HouseStyle) -> list[Splice]:
    """The one splice that does it, none when nothing differs; an entry that is not sound is left alone."""
    if change.raw is not None:
        return shortest(entry.start, document.raw(entry), change.raw)
    if not entry.is_sound or change.is_empty:
        return []
    alone = document_of(document.raw(entry))
    before = alone.text
    for name, value in change.fields.items():
        alone = _with_field(alone, name, value, style=style, as_given=change.as_given)
    alone = spliced(alone, list(_head(alone.entries[0], change)))
    return shortest(entry.start, before, alone.text)


def new_entry(key: str, entry_type: str, fields: Sequence[tuple[str, str]], *, style: HouseStyle) -> str:
    """The text of an entry in the style of a file; `fields` in refman's order, values as value expressions."""
    order = style.order
    present: list[str] = []
    values: dict[str, str] = {}
    for name, value in fields:
        place = style.place_for(name, present) if order else len(present)
        present.insert(place, name)
        values[name] = in_style(name, value, style)
    column = style.column_for(map(style.name, present))
    lines = [style.field_text(style.name(name), values[name], column=column) for name in present]
    body = "".join(f",{style.gap}{line}" for line in lines)
    comma = "," if style.has_trailing_comma or not lines else ""
    return f"@{style.type_case.write(entry_type)}{{{key}{body}{comma}{style.close}}}"


def _head(entry: EntryPart, change: EntryChange) -> Iterable[Splice]:
    if change.type is not None and change.type.lower() != entry.type:
        yield Splice(entry.type_start, entry.type_end, change.type)
    if change.key is not None and change.key != entry.key:
        yield Splice(entry.key_start, entry.key_end, change.key)


def _with_field(alone: Document, name: str, value: str | None, *, style: HouseStyle, as_given: bool) -> Document:
    entry = alone.entries[0]
    present = entry.field(name)
    if value is None:
        return spliced(alone, [_removed(alone.text, entry, name)]) if present else alone
    local = layout_of_entry(alone, entry, style)
    written = value if as_given else in_style(name, value, local, present.value if present else "")
    if present:
        return spliced(alone, [Splice(present.value_start, present.end, written)])
    return spliced(alone, [_added(alone, entry, (name, written), local=local, as_given=as_given)])


def _added(alone: Document, entry: EntryPart, named: tuple[str, str], *, local: HouseStyle, as_given: bool) -> Splice:
    """A new field: before the one it precedes, or behind the last one; comments stay where they are."""
    name, value = named
    shown = name if as_given else local.name(name)
    text = local.field_text(shown, value, column=local.column_for([*(one.name for one in entry.fields), shown]))
    place = local.place_for(name, [one.name for one in entry.fields])
    if place < len(entry.fields):
        start = entry.fields[place].start
        return Splice(start, start, f"{text},{local.gap}")
    start = entry.fields[-1].end if entry.fields else entry.key_end
    comma = _comma_behind(alone.text, start, entry.closing)
    if comma < 0:
        return Splice(start, start, f",{local.gap}{text}" + ("" if entry.fields else local.close))
    if entry.fields or alone.text[comma + 1 : entry.closing].strip():
        # Behind the comma, so that the line before stays as it is.
        return Splice(comma + 1, comma + 1, f"{local.gap}{text},")
    return Splice(comma + 1, entry.closing, f"{local.gap}{text}{',' * local.has_trailing_comma}{local.close}")


def _removed(text: str, entry: EntryPart, name: str) -> Splice:
    """Takes a field with its line; a comment beside it stays."""
    number = next(number for number, one in enumerate(entry.fields) if one.name.lower() == name.lower())
    one = entry.fields[number]
    before = entry.fields[number - 1].end if number else entry.key_end
    comma = _comma_behind(text, one.end, entry.closing)
    gap = text[before : one.start]
    if comma >= 0:
        space = len(gap) - len(gap.rstrip())
        return Splice(one.start - space, comma + 1, "")
    if gap.strip() == ",":
        return Splice(before, one.end, "")
    return Splice(one.start, one.end, "")


def _comma_behind(text: str, start: int, end: int) -> int:
    """The offset of the comma that follows with nothing but white space between, -1 when there is none."""
    rest = text[start:end].lstrip()
    return end - len(rest) if rest[:1] == "," else -1


def shortest(offset: int, before: str, after: str) -> list[Splice]:
    """The splice without the ends that both texts share."""
    if before == after:
        return []
    start = 0
    most = min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return [Splice(offset + start, offset + len(before) - end, after[start : len(after) - end])]
