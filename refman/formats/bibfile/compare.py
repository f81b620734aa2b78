"""What differs between two .bib files, entry by entry and field by field; layout and order do not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibtex.parts import EntryPart
from refman.formats.bibtex.values import is_macro, operands


class What(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field (`@type` and `@key` stand for these) before and after, as written; None where there is none."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """What became of one entry; `key` is the one it has now, or had last."""

    what: What
    key: str
    fields: tuple[FieldDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherDifference:
    """A string, preamble or comment that came or went; a changed one is both."""

    kind: str
    before: str | None
    after: str | None


def normal(value: str) -> tuple[str, ...]:
    """A value without its layout: delimiters, blanks and line breaks do not count, macros by their lower-case name."""
    parts: list[str] = []
    for part in operands(value):
        if is_macro(part):
            parts.append("@" + part.lower())
        else:
            text = " ".join((part[1:-1] if part[0] in '{"' else part).split())
            parts.append("=" + text)
    return tuple(parts)


def facts_of(entry: EntryPart) -> dict[str, str]:
    """Lower-case field names to values as written; the first of two fields with one name counts."""
    facts: dict[str, str] = {}
    for one in entry.fields:
        facts.setdefault(one.name.lower(), one.value)
    return facts


def says_the_same(document: Document, entry: EntryPart, other: Document, counterpart: EntryPart) -> bool:
    """True when type and fields are equal but for layout; entries that are not sound are compared as text."""
    if document.raw(entry) == other.raw(counterpart):
        return True
    if not (entry.is_sound and counterpart.is_sound):
        return False
    return entry.type == counterpart.type and _normal_facts(entry) == _normal_facts(counterpart)


def aligned(base: Document, other: Document) -> dict[EntryId, EntryPart]:
    """The entries of `other` under the ids they have in `base`: a renamed one is found by all that it says."""
    found = dict(other.by_id)
    gone = [one for one in base.by_id if one not in found]
    new = [one for one in found if one not in base.by_id]
    if not gone or not new:
        return found
    by_facts: dict[object, EntryId] = {}
    for one in new:
        if found[one].fields:
            by_facts[_fingerprint(found[one])] = one
    for one in gone:
        renamed = by_facts.pop(_fingerprint(base.by_id[one]), None)
        if renamed is not None:
            found[one] = found.pop(renamed)
    return found


def entry_differences(before: Document, after: Document) -> list[EntryDifference]:
    """What became of the entries, in the order of `after`, those that went at the end."""
    counterparts = aligned(before, after)
    found = [
        one
        for entry_id, entry in sorted(counterparts.items(), key=lambda pair: pair[1].start)
        if (one := _difference(before, after, before.by_id.get(entry_id), entry)) is not None
    ]
    found += [
        EntryDifference(What.REMOVED, entry.key, _fields(facts_of(entry), {}))
        for entry_id, entry in before.by_id.items()
        if entry_id not in counterparts
    ]
    return found


def other_differences(before: Document, after: Document) -> list[OtherDifference]:
    """Strings, preambles and comments that came or went."""
    old = [(part.kind, before.raw(part)) for part in before.others]
    new = [(part.kind, after.raw(part)) for part in after.others]
    gone = [OtherDifference(kind, raw, None) for kind, raw in old if (kind, raw) not in set(new)]
    return gone + [OtherDifference(kind, None, raw) for kind, raw in new if (kind, raw) not in set(old)]


def _difference(before: Document, after: Document, old: EntryPart | None, new: EntryPart) -> EntryDifference | None:
    if old is None:
        return EntryDifference(What.ADDED, new.key, _fields({}, facts_of(new)))
    if old.key == new.key and says_the_same(before, old, after, new):
        return None
    head = [
        FieldDifference(name, one, other)
        for name, one, other in (("@key", old.key, new.key), ("@type", old.type, new.type))
        if one != other
    ]
    what = What.CHANGED if old.key == new.key else What.RENAMED
    return EntryDifference(what, new.key, (*head, *_fields(facts_of(old), facts_of(new))))


def _fields(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldDifference, ...]:
    return tuple(
        FieldDifference(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*new, *old))
        if name not in old or name not in new or normal(old[name]) != normal(new[name])
    )


def _normal_facts(entry: EntryPart) -> dict[str, tuple[str, ...]]:
    return {name: normal(value) for name, value in facts_of(entry).items()}


def _fingerprint(entry: EntryPart) -> object:
    return entry.type, frozenset(_normal_facts(entry).items())
