"""The house style of a .bib, learned from what stands in it, so that new text looks like the old."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from refman.formats.bibfile.document import Document
from refman.formats.bibtex.layout import in_order
from refman.formats.bibtex.macros import MONTHS
from refman.formats.bibtex.parts import EntryPart, FieldPart

_SAMPLES = 400
_ENOUGH = 2
T = TypeVar("T")


class Case(StrEnum):
    """How names are written."""

    LOWER = "lower"
    UPPER = "upper"
    CAPITAL = "capital"

    def write(self, name: str) -> str:
        """A name in this case."""
        return {"lower": name.lower(), "upper": name.upper(), "capital": name.capitalize()}[self.value]


class Alignment(StrEnum):
    """What stands in one column: nothing, the equals signs or the values; `OWN` ones differ between entries."""

    NONE = "none"
    EQUALS = "equals"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How new text of a file is to look. `column` counts characters from the start of the line; 0 fits the entry.

    `before` and `after` are what stands round an equals sign, `gap` stands between a comma and the next field, `close`
    between the last value and the end of its entry, `between` between two entries.
    """

    newline: str = "\n"
    gap: str = "\n  "
    before: str = " "
    after: str = " "
    alignment: Alignment = Alignment.NONE
    column: int = 0
    close: str = "\n"
    between: str = "\n\n"
    has_trailing_comma: bool = True
    is_quoted: bool = False
    has_bare_numbers: bool = False
    has_month_macros: bool = True
    is_unicode: bool = False
    type_case: Case = Case.LOWER
    name_case: Case = Case.LOWER
    order: Mapping[str, float] = field(default_factory=dict)
    macro_of: Mapping[str, str] = field(default_factory=dict)

    def name(self, name: str) -> str:
        """The name of a field as the file writes it."""
        return self.name_case.write(name)

    def field_text(self, name: str, value: str, *, column: int | None = None) -> str:
        """`name = value`, aligned; `column` is that of the entry."""
        place = self.column if column is None else column
        indent = len(self.gap) - len(self.gap.rstrip(" \t"))
        if self.alignment is Alignment.EQUALS:
            return f"{name}{' ' * max(place - indent - len(name), len(self.before), 1)}={self.after}{value}"
        start = f"{name}{self.before}="
        if self.alignment is Alignment.VALUES:
            return f"{start}{' ' * max(place - indent - len(start), 1)}{value}"
        return f"{start}{self.after}{value}"

    def column_for(self, names: Iterable[str]) -> int:
        """The column in an entry with these fields."""
        if self.column or self.alignment is Alignment.NONE:
            return self.column
        indent = len(self.gap) - len(self.gap.rstrip(" \t"))
        longest = max(map(len, names), default=0)
        extra = len(self.before) + 1 + max(len(self.after), 1) if self.alignment is Alignment.VALUES else 1
        return indent + longest + extra

    def place_for(self, name: str, present: Sequence[str]) -> int:
        """Before which of the present fields (by index) a new one goes: where it breaks the order least."""
        ranks = self._ranks((name, *present))
        own = ranks[name.lower()]
        costs = [sum(ranks[one.lower()] < own for one in present)]
        for one in present:
            rank = ranks[one.lower()]
            costs.append(costs[-1] - (rank < own) + (rank > own))
        best = min(costs)
        # The last of equally good places: behind what it follows usually.
        return len(costs) - 1 - costs[::-1].index(best)

    def _ranks(self, names: Iterable[str]) -> dict[str, float]:
        lowered = list(dict.fromkeys(name.lower() for name in names))
        if all(name in self.order for name in lowered):
            return {name: self.order[name] for name in lowered}
        return {name: float(place) for place, name in enumerate(in_order(lowered))}


def learn_style(document: Document) -> HouseStyle:
    """The style of a file; what it does not show is refman's own. Looks at 400 entries at most."""
    entries = _sample([entry for entry in document.entries if entry.is_sound and entry.fields])
    style = HouseStyle(newline=newline_of(document.text), is_unicode=not document.text.isascii())
    style = replace(
        style,
        gap=f"{style.newline}  ",
        close=style.newline,
        between=style.newline * 2,
        macro_of={tex: name for name, tex in document.own_macros.items() if tex},
    )
    if not entries:
        return style
    fields = [(document, one) for entry in entries for one in entry.fields]
    values = [one.value for _, one in fields]
    numbers = [value for value in values if value.strip('{}"').isdigit()]
    months = [one.value for _, one in fields if one.name.lower() == "month"]
    return replace(
        _learn_layout(document, entries, style),
        is_quoted=_share(value[0] == '"' for value in values if value[0] in '{"'),
        has_bare_numbers=_share(value.isdigit() for value in numbers),
        has_month_macros=not months or _share(value.lower() in MONTHS for value in months),
        type_case=_case(document.text[entry.type_start : entry.type_end] for entry in entries),
        name_case=_case(one.name for _, one in fields),
        order=_order(entries),
    )


def newline_of(text: str) -> str:
    """The line end that most lines have."""
    pairs = text.count("\r\n")
    counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    best = max(counts, key=lambda end: counts[end])
    return best if counts[best] else "\n"


def layout_of_entry(document: Document, entry: EntryPart, style: HouseStyle) -> HouseStyle:
    """The style with what this entry itself shows."""
    if not entry.fields:
        return style
    learned = _learn_layout(document, [entry], style)
    if len({len(one.name) for one in entry.fields}) < _ENOUGH:
        learned = replace(learned, alignment=style.alignment, column=style.column)
    delimiters = [one.value[0] for one in entry.fields if one.value[0] in '{"']
    quoted = _share(mark == '"' for mark in delimiters) if delimiters else style.is_quoted
    return replace(learned, between=style.between, is_quoted=quoted)


def _learn_layout(document: Document, entries: Sequence[EntryPart], style: HouseStyle) -> HouseStyle:
    text = document.text
    gaps = [gap for entry in entries for gap in _gaps(text, entry)]
    ends = [_ending(text, entry) for entry in entries]
    pairs = [_round_equals(text, one) for entry in entries for one in entry.fields]
    alignment, column = _alignment(text, entries)
    before, after = _most(pairs, ("", ""))
    if alignment is Alignment.VALUES:
        before = _most([before for before, _ in pairs], "")
    if alignment is Alignment.EQUALS:
        before, after = " ", _most([after for _, after in pairs], "")
    return replace(
        style,
        gap=_most(gaps, style.gap),
        before=before,
        after=after,
        alignment=alignment,
        column=column,
        close=_most([close for close, _ in ends if "%" not in close], style.close),
        has_trailing_comma=_share(comma for _, comma in ends),
        between=_most(_between(document, entries), style.between),
    )


def _gaps(text: str, entry: EntryPart) -> list[str]:
    """What stands between a comma and the next field, where it is white space."""
    starts = [entry.key_end, *(one.end for one in entry.fields[:-1])]
    found = [text[start : one.start] for start, one in zip(starts, entry.fields, strict=True)]
    spaces = [gap.partition(",")[2] for gap in found if gap.lstrip()[:1] == ","]
    return [space for space in spaces if not space.strip()]


def _ending(text: str, entry: EntryPart) -> tuple[str, bool]:
    rest = text[entry.fields[-1].end : entry.closing]
    return (rest.partition(",")[2], True) if rest.lstrip()[:1] == "," else (rest, False)


def _between(document: Document, entries: Sequence[EntryPart]) -> list[str]:
    starts = {part.start: number for number, part in enumerate(document.parts)}
    found = []
    for entry in entries:
        number = starts[entry.start]
        if number and isinstance(document.parts[number - 1], EntryPart):
            found.append(document.text[document.parts[number - 1].end : entry.start])
    return found


def _round_equals(text: str, one: FieldPart) -> tuple[str, str]:
    between = text[one.start + len(one.name) : one.value_start]
    before, _, after = between.partition("=")
    return before, after


def _alignment(text: str, entries: Sequence[EntryPart]) -> tuple[Alignment, int]:
    """What most entries align, and in which column; 0 when it differs between entries."""
    found = [one for entry in entries if (one := _alignment_of(text, entry))]
    if not found:
        return Alignment.NONE, 0
    kind = _most([kind for kind, _ in found], Alignment.NONE)
    columns = [column for one, column in found if one is kind]
    column = _most(columns, 0)
    return kind, column if columns.count(column) * 5 >= len(columns) * 3 else 0


def _alignment_of(text: str, entry: EntryPart) -> tuple[Alignment, int] | None:
    """None when the entry cannot tell: one field, or names of one length."""
    if len({len(one.name) for one in entry.fields}) < _ENOUGH:
        return None
    equals, values, pairs = [], [], []
    for one in entry.fields:
        before, after = _round_equals(text, one)
        line = max(text.rfind("\n", 0, one.start), text.rfind("\r", 0, one.start)) + 1
        equals.append(one.start - line + len(one.name) + len(before))
        values.append(one.value_start - line)
        pairs.append((before, after))
    if len(set(pairs)) == 1:
        return Alignment.NONE, 0
    for kind, columns in ((Alignment.EQUALS, equals), (Alignment.VALUES, values)):
        column = _most(columns, 0)
        if columns.count(column) * 5 >= len(columns) * 4:
            return kind, column
    return Alignment.NONE, 0


def _order(entries: Sequence[EntryPart]) -> dict[str, float]:
    """The mean place of each field in its entries, 0 to 1."""
    places: dict[str, list[float]] = {}
    for entry in entries:
        last = max(len(entry.fields) - 1, 1)
        for number, one in enumerate(entry.fields):
            places.setdefault(one.name.lower(), []).append(number / last)
    return {name: sum(found) / len(found) for name, found in places.items()}


def _case(names: Iterable[str]) -> Case:
    counts = Counter(_case_of(name) for name in names if name.isascii())
    return max(Case, key=lambda case: counts[case])


def _case_of(name: str) -> Case:
    if name.islower():
        return Case.LOWER
    return Case.UPPER if name.isupper() else Case.CAPITAL


def _most(values: Sequence[T], default: T) -> T:
    return Counter(values).most_common(1)[0][0] if values else default


def _share(claims: Iterable[bool]) -> bool:
    """True when more than half are."""
    listed = list(claims)
    return sum(listed) * 2 > len(listed)


def _sample(entries: Sequence[EntryPart]) -> Sequence[EntryPart]:
    return entries if len(entries) <= _SAMPLES else entries[:: len(entries) // _SAMPLES + 1]
