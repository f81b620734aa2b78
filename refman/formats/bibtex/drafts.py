"""One entry of a .bib as a draft."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bibtexparser.model import Entry, Field

from refman.domain.errors import Problem
from refman.domain.fields import NAME_FIELDS, canonical_name
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.formats.bibtex.arxiv import find_id
from refman.formats.bibtex.dating import read_dates, split_month
from refman.formats.bibtex.names import read_people
from refman.formats.bibtex.plain_values import plain_value
from refman.formats.bibtex.values import Evaluated, evaluate

# Names of refman's own JSON; in a .bib they are fields that nobody knows.
_ONLY_JSON = frozenset({"authors", "editors", "category", "primary_class"})

_ADDRESS = re.compile(r"https?://\S+")

# With them an empty value means that nothing is inherited; elsewhere it means nothing.
_INHERITING = frozenset({"crossref", "xdata"})


def read_draft(
    entry: Entry, span: Span, macros: Mapping[str, str], beyond: Sequence[Field] = ()
) -> tuple[Draft, list[Problem]]:
    """The draft and what was odd in it. Every value keeps its source; `macros` are lower-case names to TeX.

    `beyond` are fields that BibTeX ignores: shown and searched where there is no other, never written.
    """
    inherits = any(field.key.lower() in _INHERITING for field in entry.fields)
    reading = _Reading(macros, keeps_empty=inherits)
    for field in entry.fields:
        reading.read(field)
    problems = reading.problems + read_dates(reading.fields, span.line)
    fields, people = reading.fields, reading.people
    if beyond:
        ignored, _ = read_draft(Entry(entry.entry_type, entry.key, list(beyond)), span, macros)
        fields = {**{name: FieldValue(value.plain, is_guess=True) for name, value in ignored.fields.items()}, **fields}
        people = {
            **{role: People(found.names, found.truncated, is_guess=True) for role, found in ignored.people.items()},
            **people,
        }
    _note_arxiv_id(fields)
    _note_address(fields)
    return Draft(type=entry.entry_type, key=entry.key, fields=fields, people=people, span=span), problems


class _Reading:
    def __init__(self, macros: Mapping[str, str], *, keeps_empty: bool) -> None:
        self.fields: dict[str, FieldValue] = {}
        self.people: dict[str, People] = {}
        self.problems: list[Problem] = []
        self._macros = macros
        self._keeps_empty = keeps_empty
        self._seen: set[str] = set()

    def read(self, field: Field) -> None:
        """Takes one field; of two with one name the first counts, as in BibTeX."""
        lowered = field.key.lower()
        name = lowered if lowered in _ONLY_JSON else canonical_name(lowered)
        value = evaluate(field.value, self._macros)
        if name in self._seen:
            self._problem(
                field, "duplicate-field", f"The field {field.key} stands twice; the first one counts.", field.key
            )
            self._join(name, value)
            return
        self._seen.add(name)
        if not value.is_legal:
            self._problem(field, "not-a-value", f"BibTeX cannot read {field.value} without braces.", field.value)
        source = field.value if value.is_legal else None
        if name in NAME_FIELDS:
            self._read_people(field, name, value, source=source)
        elif (plain := plain_value(name, value.tex)) or self._keeps_empty:
            self.fields[name] = FieldValue(plain, source)
        if name != "month" or split_month(value.tex) == (None, ""):
            for macro in value.unknown:
                self._problem(field, "undefined-macro", f"No @string defines {macro}; its name is shown.", macro)

    def _join(self, name: str, more: Evaluated) -> None:
        """Shows people and keywords of both fields; the source stays that of the first, which BibTeX reads."""
        if name in self.people:
            first, second = self.people[name], read_people(more.tex).people
            truncated = first.truncated or second.truncated
            self.people[name] = replace(first, names=(*first.names, *second.names), truncated=truncated)
        elif name == "keywords" and name in self.fields:
            first_words, words = self.fields[name], plain_value(name, more.tex)
            separator = "; " if ";" in first_words.plain + words else ", "
            self.fields[name] = replace(first_words, plain=f"{first_words.plain}{separator}{words}")

    def _read_people(self, field: Field, name: str, value: Evaluated, *, source: str | None) -> None:
        read = read_people(value.tex)
        if read.people.names or read.people.truncated or self._keeps_empty:
            self.people[name] = replace(read.people, source=source)
        for fault in read.faults:
            self._problem(field, fault.code, fault.message, fault.argument)

    def _problem(self, field: Field, code: str, message: str, argument: str) -> None:
        self.problems.append(Problem(field.start_line or 0, code, message, (argument,)))


def _note_arxiv_id(fields: dict[str, FieldValue]) -> None:
    """An id that stands elsewhere is noted for search and duplicates, marked as derived: it never leaves as a field."""
    if "eprint" not in fields and (found := find_id({name: value.plain for name, value in fields.items()})):
        fields["eprint"] = FieldValue(found, is_guess=True)


def _note_address(fields: dict[str, FieldValue]) -> None:
    """An address that stands where old styles print it (`howpublished = {\\url{...}}`) can be opened as one."""
    if "url" not in fields:
        places = (fields[name].plain for name in ("howpublished", "note") if name in fields)
        if found := next(filter(_ADDRESS.fullmatch, places), ""):
            fields["url"] = FieldValue(found, is_guess=True)
