"""Whether two documents say the same, however they are laid out: what a rewrite is held against before it is kept."""

from collections import Counter
from collections.abc import Hashable

from refman.domain.paper import FieldValue, People
from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import EntryPart, Part, draft_of
from refman.formats.bibtex.values import evaluate


def say_the_same(one: Document, other: Document) -> bool:
    """Equal entries under equal keys, by what each value stands for where it stands; equal lines beside entries."""
    return _entries(one) == _entries(other) and _lines(one) == _lines(other)


def _entries(document: Document) -> dict[EntryId, Hashable]:
    """What each entry says with the strings that stand before it."""
    macros = dict(STYLE_MACROS)
    ids = iter(document.by_id)
    found: dict[EntryId, Hashable] = {}
    for part in document.parts:
        if isinstance(part, EntryPart):
            found[next(ids)] = _said(document, part, macros)
        elif part.kind == "string":
            macros[part.name.lower()] = evaluate(part.value, macros).tex
    return found


def _said(document: Document, entry: EntryPart, macros: dict[str, str]) -> Hashable:
    if not entry.is_sound:
        return document.raw(entry)
    draft = draft_of(entry, macros)
    fields = frozenset((name, value.plain, _tex(value, macros)) for name, value in draft.fields.items())
    people = frozenset(
        (role, value.names, value.truncated, _tex(value, macros)) for role, value in draft.people.items()
    )
    return draft.type, entry.key, fields, people, _all_values(entry, macros)


def _all_values(entry: EntryPart, macros: dict[str, str]) -> Hashable:
    """Second fields of a name too, which count for nobody but must not be lost."""
    values = [(one.name.lower(), evaluate(one.value, macros).tex) for one in entry.fields]
    return frozenset(Counter(values).items())


def _tex(value: FieldValue | People, macros: dict[str, str]) -> str | None:
    return evaluate(value.source, macros).tex if value.source is not None else None


def _lines(document: Document) -> Counter[str]:
    """The lines of all that is no entry, blanks at their ends aside."""
    return Counter(
        line.strip() for part in document.parts for line in _raw(document, part).splitlines() if line.strip()
    )


def _raw(document: Document, part: Part) -> str:
    return "" if isinstance(part, EntryPart) else document.raw(part)
