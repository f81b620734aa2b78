"""What a fix makes of a value: of a field, of people, of the text of a field in a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from refman.domain.fields import canonical_name
from refman.domain.paper import Draft, FieldValue, Origin, PaperId, People
from refman.domain.ports import Writer
from refman.domain.quality import HEAD_TYPE, Fix
from refman.formats.bibfile.values import can_be_quoted
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.dating import read_dates
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.names import read_people
from refman.formats.bibtex.parts import EntryPart, FieldPart
from refman.formats.bibtex.plain_text import has_balanced_braces
from refman.formats.bibtex.plain_values import plain_value
from refman.formats.bibtex.values import evaluate

_DATES = ("date", "year", "month", "day")


@dataclass(frozen=True, slots=True)
class Mended:
    """The fields and people of a paper that are to become something else."""

    fields: Mapping[str, FieldValue]
    people: Mapping[str, People]
    type: str = ""
    """Another entry type, "" for the one that the paper has."""

    @property
    def is_empty(self) -> bool:
        """True when nothing is to change."""
        return not self.fields and not self.people and not self.type

    def write(self, writer: Writer, paper_id: PaperId) -> None:
        """Stores it."""
        if self.type:
            writer.set_type(paper_id, self.type)
        for name, value in self.fields.items():
            writer.set_field(paper_id, name, value)
        for role, people in self.people.items():
            writer.set_people(paper_id, role, people)


def mend(draft: Draft, fixes: Iterable[Fix]) -> Mended:
    """What the fixes make of a paper; one that fits no longer is passed over."""
    fields: dict[str, FieldValue] = {}
    people: dict[str, People] = {}
    kind = ""
    for fix in fixes:
        if fix.field == HEAD_TYPE:
            kind = fix.text
        elif fix.field in draft.people:
            changed = _people(draft.people[fix.field], fix)
            if changed:
                people[fix.field] = changed
        elif fix.field[:1] != "@" and (value := _field(draft.fields.get(fix.field), fix)):
            fields[fix.field] = value
    if any(name in fields for name in _DATES):
        fields = _with_dates(draft, fields)
    return Mended({name: value for name, value in fields.items() if draft.fields.get(name) != value}, people, kind)


def expression(before: str, fix: Fix) -> str:
    """The value expression in the delimiters that the value has, "" when the text cannot be one."""
    if fix.is_expression:
        return fix.text if is_value(fix.text) else ""
    if before[:1] == '"' and can_be_quoted(fix.text):
        return f'"{fix.text}"'
    return f"{{{fix.text}}}" if has_balanced_braces(fix.text) else ""


def field_part(entry: EntryPart, name: str) -> FieldPart | None:
    """The field of an entry that is stored under a name."""
    return next((one for one in entry.fields if canonical_name(one.name) == name), None)


def _field(value: FieldValue | None, fix: Fix) -> FieldValue | None:
    """The value that is to be there; one that is not there yet is TeX where the fix is an expression."""
    before = value.source if value is not None else "" if fix.is_expression else None
    if before is None:
        return FieldValue(fix.text, None, Origin.PERSON)
    source = expression(before, fix)
    if not source:
        return None
    return FieldValue(plain_value(fix.field, evaluate(source, STYLE_MACROS).tex), source, Origin.PERSON)


def _people(people: People, fix: Fix) -> People | None:
    source = expression(people.source, fix) if people.source is not None else ""
    if not source:
        return None
    read = read_people(source[1:-1]).people
    return People(read.names, read.truncated, source, Origin.PERSON)


def _with_dates(draft: Draft, fixed: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Month numbers, and the year, month and day that a date gives, follow what was mended."""
    dates = {name: value for name, value in {**draft.fields, **fixed}.items() if name in _DATES}
    read_dates(dates, 0)
    return {
        **fixed,
        **{name: replace(value, origin=Origin.PERSON) for name, value in dates.items() if _follows(draft, name, value)},
    }


def _follows(draft: Draft, name: str, value: FieldValue) -> bool:
    before = draft.fields.get(name)
    return before is None or (before.plain, before.source) != (value.plain, value.source)
