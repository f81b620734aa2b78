"""Which `@xdata` the references of single fields name (`publisher = {xdata=springer-publisher-1}`).

Apart from what they mean: a search among papers needs this alone, and nothing that reads LaTeX.
"""

import re
from collections.abc import Collection

from refman.domain.paper import Draft, FieldValue, People

XDATA_PATTERN = re.compile(r'xdata=([^\s{}"-]++)-([^\s{}"-]++)(?:-([0-9]{1,6}))?+', re.IGNORECASE)
"""A reference of biblatex to one field of an `@xdata`, and to one item of it."""
_IN_SOURCE = re.compile(rf'(?<![^\s{{"]){XDATA_PATTERN.pattern}(?![^\s}}"])', re.IGNORECASE)


def keys_in(source: str | None) -> list[str]:
    """The keys of all `@xdata` that a value expression refers to."""
    if source is None or "=" not in source:
        return []
    return [match.group(1) for match in _IN_SOURCE.finditer(source)]


def referred_keys(draft: Draft) -> list[str]:
    """The keys of all `@xdata` that the values of an entry refer to."""
    values: Collection[FieldValue | People] = (*draft.fields.values(), *draft.people.values())
    return [key for value in values if value.source and "=" in value.source for key in keys_in(value.source)]


def is_same_reference(one: str | None, other: str | None) -> bool:
    """True for two equal value expressions that refer to an `@xdata`: what they show depends on what was at hand."""
    return one is not None and one == other and bool(keys_in(one))
