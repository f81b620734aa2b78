"""References of biblatex to one field of an `@xdata`: `publisher = {xdata=springer-publisher-1}`.

Read as biber does since 2.13 (`add_xdata_ref` and `resolve_xdata` in its Entry.pm): the key has no hyphen, the position
counts the items of a list or the people from 1 on, without one all of them stand there; a reference may be one item
of a list among others. What is shown comes from there, the source stays the reference, so biblatex text leaves as read.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex.braces import is_one_group
from refman.formats.bibtex.names import read_people, split_names
from refman.formats.bibtex.plain_values import plain_value, stored_name
from refman.formats.bibtex.xdata_keys import XDATA_PATTERN, keys_in, referred_keys

_DEEPEST = 10
_LISTS = frozenset(
    {
        *("publisher", "address", "institution", "school", "organization", "language", "origlanguage"),
        *("origlocation", "origpublisher", "lista", "listb", "listc", "listd", "liste", "listf"),
    }
)


class Reference(NamedTuple):
    """The key of the `@xdata`, the field there under its stored name, and the item of it; 0 for all."""

    key: str
    field: str
    position: int


Containers = Callable[[str], Draft | None]
"""The `@xdata` of a key."""


def reference_of(text: str) -> Reference | None:
    """The reference that a whole value, item or name is, None for any other text."""
    match = XDATA_PATTERN.fullmatch(text.strip())
    return _reference(match) if match else None


def resolved(draft: Draft, containers: Containers, *, depth: int = 0) -> Draft:
    """The draft with the values that its references mean, where they are known; their sources are those meant too.

    A value that is put together has no source.
    """
    if depth > _DEEPEST or not referred_keys(draft):
        return draft
    resolving = _Resolving(containers, depth)
    fields = {name: resolving.field(name, value) for name, value in draft.fields.items()}
    people = {role: resolving.people(value) for role, value in draft.people.items()}
    return replace(draft, fields=fields, people=people)


def shown(draft: Draft, containers: Containers) -> Draft:
    """The draft as `resolved` gives it, for display and search: every source stays as it was read."""
    meant = resolved(draft, containers)
    if meant is draft:
        return draft
    fields = {name: replace(value, plain=meant.fields[name].plain) for name, value in draft.fields.items()}
    people = {
        role: replace(value, names=meant.people[role].names, truncated=meant.people[role].truncated)
        for role, value in draft.people.items()
    }
    return replace(draft, fields=fields, people=people)


def by_key(drafts: Mapping[str, Draft]) -> Containers:
    """Containers of drafts under their keys in lower case."""
    return lambda key: drafts.get(key.lower())


class _Resolving:
    def __init__(self, containers: Containers, depth: int) -> None:
        self._containers = containers
        self._depth = depth

    def field(self, name: str, value: FieldValue) -> FieldValue:
        if not keys_in(value.source):
            return value
        own = list(_items(name, value)) if name in _LISTS else [_tex(value)]
        found = [self._field_meant(item) for item in own]
        if len(own) == 1:
            return replace(found[0], origin=value.origin) if found[0] else value
        texts = [meant.plain if meant else plain_value(name, item) for item, meant in zip(own, found, strict=True)]
        return replace(value, plain=" and ".join(texts), source=None) if any(found) else value

    def people(self, value: People) -> People:
        if not keys_in(value.source):
            return value
        # Anew from the source: what is stored may be what it means already.
        own = read_people(_text(value.source)).people
        found = [self._people_meant(name) for name in own.names]
        if len(found) == 1 and found[0] and not own.truncated:
            return replace(found[0], origin=value.origin)
        names = [
            one for name, meant in zip(own.names, found, strict=True) for one in (meant.names if meant else (name,))
        ]
        return replace(value, names=tuple(names), source=None) if any(found) else value

    def _container(self, reference: Reference | None) -> Draft | None:
        found = self._containers(reference.key) if reference else None
        return resolved(found, self._containers, depth=self._depth + 1) if found else None

    def _field_meant(self, item: str) -> FieldValue | None:
        reference = reference_of(item)
        container = self._container(reference)
        value = container.fields.get(reference.field) if container and reference else None
        if value is None or reference is None or not (reference.position and reference.field in _LISTS):
            return value
        items = list(_items(reference.field, value))
        if reference.position > len(items):
            return None
        return value if len(items) == 1 else FieldValue(plain_value(reference.field, items[reference.position - 1]))

    def _people_meant(self, name: Name) -> People | None:
        reference = reference_of(name.literal)
        container = self._container(reference)
        people = container.people.get(reference.field) if container and reference else None
        if people is None or reference is None or not reference.position:
            return people
        chosen = people.names[reference.position - 1 : reference.position]
        return People(chosen) if chosen else None


def _reference(match: re.Match[str]) -> Reference:
    key, field, position = match.groups()
    return Reference(key, stored_name(field), int(position or 0))


def _items(name: str, value: FieldValue) -> Iterator[str]:
    """The items of a list as TeX, or as plain text where its value is no text in braces."""
    yield from split_names(_tex(value))


def _tex(value: FieldValue) -> str:
    return _text(value.source) or value.plain


def _text(source: str | None) -> str:
    """What stands between delimiters, "" for any other value expression."""
    if not source or not (is_one_group(source) or (source[0] == source[-1] == '"' and len(source) > 1)):
        return ""
    return source[1:-1]
