"""Their half of a synchronisation: what changed in the file since it was last read, in terms of papers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from refman.domain.links import LinkedEntry
from refman.domain.paper import Draft, FieldValue, Paper, PaperId, People
from refman.formats.bibfile.compare import aligned
from refman.formats.bibfile.document import Document
from refman.formats.bibtex.parts import EntryPart, draft_of
from refman.formats.bibtex.values import macros_of
from refman.services.linking.seen import GONE, TYPE, changed_names, overlays_of, same_people
from refman.services.linking.sync_plan import Choices, Clash, Side, Taken


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry that is not what it was; `before` is None for a new one, `after` for one that is gone."""

    key: str
    old_key: str
    before: Draft | None
    after: Draft | None


def changed_entries(base: Document, now: Document) -> Iterator[ChangedEntry]:
    """In the order of the file, those that are gone at the end. Of two entries with one key the first counts."""
    if base.text == now.text:
        return
    macros = {name for name in {*base.macros, *now.macros} if base.macros.get(name) != now.macros.get(name)}
    counterparts = aligned(base, now)
    for entry_id, entry in sorted(counterparts.items(), key=lambda pair: pair[1].start):
        if entry_id[1] or not entry.key:
            continue
        old = base.by_id.get(entry_id)
        if old is None:
            yield ChangedEntry(entry.key, "", None, draft_of(entry, now.macros))
        elif base.raw(old) != now.raw(entry) or (macros and _uses(entry, macros)):
            old_key = old.key if old.key != entry.key else ""
            yield ChangedEntry(entry.key, old_key, draft_of(old, base.macros), draft_of(entry, now.macros))
    for (key, number), old in base.by_id.items():
        if (key, number) not in counterparts and not number:
            yield ChangedEntry(key, "", draft_of(old, base.macros), None)


def _uses(entry: EntryPart, macros: set[str]) -> bool:
    return any(macro in macros for one in entry.fields for macro in macros_of(one.value))


@dataclass(slots=True)
class TheirChanges:
    """Collects what they changed, and where it clashes with what the library changed."""

    entries: Mapping[str, LinkedEntry]
    papers: Mapping[PaperId, Paper]
    choices: Choices
    taken: list[Taken] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    settled: set[tuple[str, str]] = field(default_factory=set)
    """(key, field) that the library need not write: both are equal, or theirs was chosen."""

    def take(self, changed: ChangedEntry) -> None:
        """Decides about one entry."""
        entry = self.entries.get(changed.old_key or changed.key)
        if changed.after is None:
            if entry:
                self.gone.append(changed.key)
        elif entry is None or GONE in entry.seen or entry.paper_id not in self.papers:
            self.taken.append(Taken(changed.key, changed.after, old_key=changed.old_key))
        else:
            self._take_fields(changed, entry, self.papers[entry.paper_id])

    def _take_fields(self, changed: ChangedEntry, entry: LinkedEntry, paper: Paper) -> None:
        before, after = changed.before or Draft(), changed.after
        assert after is not None
        own, held = changed_names(paper, entry.seen), overlays_of(entry.seen)
        fields: dict[str, FieldValue | None] = {}
        people: dict[str, People | None] = {}
        for name in _names(before, after):
            if name not in held and self._takes(changed, name, paper, is_own=name in own):
                if name in {*before.people, *after.people}:
                    people[name] = after.people.get(name)
                else:
                    fields[name] = after.fields.get(name)
        kind = None
        if before.type != after.type and TYPE not in held and self._takes(changed, TYPE, paper, is_own=TYPE in own):
            kind = after.type
        if fields or people or kind or changed.old_key:
            self.taken.append(Taken(changed.key, after, paper.id, fields, people, kind, changed.old_key))

    def _takes(self, changed: ChangedEntry, name: str, paper: Paper, *, is_own: bool) -> bool:
        """True when the library is to get the value of the file."""
        assert changed.after is not None
        mine, theirs = shown(paper, name), shown(changed.after, name)
        if mine == theirs:
            self.settled.add((changed.key, name))
            return False
        if not is_own:
            return True
        side = self.choices.get((changed.key, name)) or self.choices.get(("", ""))
        if side is None:
            base = shown(changed.before, name) if changed.before else None
            self.clashes.append(Clash(changed.key, name, base, mine, theirs))
        if side is Side.THEIRS:
            self.settled.add((changed.key, name))
        return side is Side.THEIRS


def _names(before: Draft, after: Draft) -> list[str]:
    """Fields and roles whose values differ, as read or as written."""
    names = dict.fromkeys((*after.fields, *before.fields))
    found = [name for name in names if before.fields.get(name) != after.fields.get(name)]
    roles = dict.fromkeys((*after.people, *before.people))
    return found + [role for role in roles if not _equal_people(before.people.get(role), after.people.get(role))]


def _equal_people(one: People | None, other: People | None) -> bool:
    return same_people(one, other) and (one.source if one else None) == (other.source if other else None)


def shown(draft: Draft, name: str) -> str | None:
    """A field as people read it, None when there is none."""
    if name == TYPE:
        return draft.type
    if name in draft.people:
        people = draft.people[name]
        names = [
            one.literal or ", ".join(filter(None, (f"{one.prefix} {one.family}".strip(), one.given)))
            for one in people.names
        ]
        return " and ".join([*names, *(["others"] if people.truncated else [])]) or None
    return draft.plain(name) or None
