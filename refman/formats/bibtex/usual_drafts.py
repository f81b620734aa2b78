"""The values of entries as nearly all are: every field once, nothing odd in any.

What one loop is not sure of is left to `drafts`, which knows every case; on what both read they agree.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from refman.domain.fields import NAME_FIELDS
from refman.domain.paper import FieldValue, People
from refman.formats.bibtex.plain_values import INHERITING, Reader, plain_value, reader_of, stored_name
from refman.formats.bibtex.raw_entries import RawField
from refman.formats.bibtex.usual_people import usual_people
from refman.formats.bibtex.usual_values import usual_tex

# Fields whose values many entries of a file share: each is read once.
_SHARED = frozenset(
    {
        *("year", "month", "journal", "booktitle", "volume", "number", "issue", "series", "edition", "publisher"),
        *("address", "organization", "institution", "school", "archiveprefix", "primaryclass", "issn", "language"),
    }
)
_LONGEST_SHARED = 100
_MOST_FIELDS = 40

Step = tuple[str, Reader | None, bool]
"""The name under which a field is stored, what reads its values (None for people), and whether they are shared."""


Read = tuple[dict[str, FieldValue], dict[str, People]]


def read_usual(written: Sequence[RawField], macros: Mapping[str, str]) -> Read | None:
    """The values of the fields that `usual_entries` read; None where one is odd. `macros`: lower-case names to TeX."""
    if len(written) > _MOST_FIELDS or (steps := _steps(tuple([field[0] for field in written]))) is None:
        return None
    return _values(steps, written, macros)


def _values(steps: Sequence[Step], written: Sequence[RawField], macros: Mapping[str, str]) -> Read | None:
    fields: dict[str, FieldValue] = {}
    people: dict[str, People] = {}
    for (name, reader, is_shared), (_, source, _, _, tex) in zip(steps, written, strict=True):
        if is_shared and tex is not None and len(source) <= _LONGEST_SHARED:
            if value := _shared_value(name, source):
                fields[name] = value
        elif tex is None and (tex := usual_tex(source, macros)) is None:
            return None
        elif reader is None:
            names = usual_people(tex)
            if names is None:
                return None
            people[name] = People(names, False, source)
        elif plain := reader(tex):
            fields[name] = FieldValue(plain, source)
    return fields, people


@lru_cache(maxsize=1024)
def _steps(names: tuple[str, ...]) -> Sequence[Step] | None:
    """What is to do for fields of these names, as they are written; None where they are odd together."""
    stored = [*map(stored_name, names)]
    if len(set(stored)) < len(stored) or not INHERITING.isdisjoint(map(str.lower, names)):
        return None
    return [(name, None if name in NAME_FIELDS else reader_of(name), name in _SHARED) for name in stored]


@lru_cache(maxsize=4096)
def _shared_value(name: str, source: str) -> FieldValue | None:
    """The value of a source in braces, None for an empty one."""
    plain = plain_value(name, source[1:-1])
    return FieldValue(plain, source) if plain else None
