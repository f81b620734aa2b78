"""What a paper was when file and library last met, in a few bytes a field.

A value is remembered as a hash of its plain text and its source. An overlay, a field that says something else in the
file (or is not there), has `!` behind it: it is neither written nor taken until the person says so. Names with `@`:
`@type` is the entry type, `@gone` an entry that somebody took out of the file, `@ours` one that refman put in,
`@before` and `@out` what undo needs (`entry_memory.py`), `@was` the paper that was merged (`merged.py`).
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2s

from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex.xdata_keys import is_same_reference

GONE = "@gone"
OURS = "@ours"
TYPE = "@type"
BEFORE = "@before"
OUT = "@out"
WAS = "@was"
_OVERLAY = "!"
_BYTES = 6


def seen_of(paper: Draft) -> dict[str, str]:
    """Field name to hash; values that were derived do not count."""
    seen = {name: _hash_of_field(value) for name, value in paper.fields.items() if not value.is_guess}
    seen |= {role: _hash_of_people(people) for role, people in paper.people.items() if not people.is_guess}
    return {**seen, TYPE: _hash(paper.type.lower())}


def changed_names(paper: Draft, seen: Mapping[str, str]) -> set[str]:
    """The fields that are not what they were, those that came and went among them, overlays not."""
    now = seen_of(paper)
    # What is inherited now may have been remembered as the paper's own.
    derived = {role for role, people in paper.people.items() if people.is_guess}
    return {
        name
        for name in {*now, *seen} - {GONE, OURS, BEFORE, OUT, WAS} - derived
        if not seen.get(name, "").endswith(_OVERLAY) and now.get(name, "") != seen.get(name, "")
    }


def state_of(seen: Mapping[str, str]) -> str:
    """One hash of all fields that file and library say alike."""
    shared = [(name, value) for name, value in seen.items() if name == TYPE or name[:1] != "@"]
    return _hash(repr(sorted(pair for pair in shared if not pair[1].endswith(_OVERLAY))))


def overlays_of(seen: Mapping[str, str]) -> set[str]:
    """The fields that the file says otherwise."""
    return {name for name, value in seen.items() if value.endswith(_OVERLAY)}


def with_overlays(seen: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Marks fields as overlays; a field that the paper lacks too."""
    return {**seen, **{name: seen.get(name, "").removesuffix(_OVERLAY) + _OVERLAY for name in names}}


def differing_names(paper: Draft, draft: Draft) -> set[str]:
    """The fields of which paper and entry say different things in plain text."""
    names = {*paper.fields, *draft.fields} - {*paper.people, *draft.people}
    found = {
        name for name in names if _plain(paper, name) != _plain(draft, name) and not _refer_alike(name, paper, draft)
    }
    roles = {*paper.people, *draft.people}
    found |= {role for role in roles if not same_people(paper.people.get(role), draft.people.get(role))}
    return found | ({TYPE} if paper.type.lower() != draft.type.lower() else set())


def same_people(one: People | None, other: People | None) -> bool:
    """True when both name the same people."""
    first, second = (People() if people is None or people.is_guess else people for people in (one, other))
    if is_same_reference(first.source, second.source):
        return True
    return (first.names, first.truncated) == (second.names, second.truncated)


def _plain(draft: Draft, name: str) -> str:
    value = draft.fields.get(name)
    return value.plain if value and not value.is_guess else ""


def _refer_alike(name: str, paper: Draft, draft: Draft) -> bool:
    one, other = paper.fields.get(name), draft.fields.get(name)
    return one is not None and other is not None and is_same_reference(one.source, other.source)


def _hash_of_field(value: FieldValue) -> str:
    return _hash(f"{value.plain}\0{value.source}") if value.plain or value.source else ""


def _hash_of_people(people: People) -> str:
    return _hash(f"{people.names!r}\0{people.truncated}\0{people.source}") if people.names or people.truncated else ""


def _hash(text: str) -> str:
    return blake2s(text.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
