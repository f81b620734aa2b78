"""One entry of a .bib as a draft."""

from collections.abc import Mapping
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

# With them an empty value means that nothing is inherited; elsewhere it means nothing.
_INHERITING = frozenset({"crossref", "xdata"})


def read_draft(entry: Entry, span: Span, macros: Mapping[str, str]) -> tuple[Draft, list[Problem]]:
    """The draft and what was odd in it. Every value keeps its source; `macros` are lower-case names to TeX."""
    inherits = any(field.key.lower() in _INHERITING for field in entry.fields)
    reading = _Reading(macros, keeps_empty=inherits)
    for field in entry.fields:
        reading.read(field)
    problems = reading.problems + read_dates(reading.fields, span.line)
    _note_arxiv_id(reading.fields)
    draft = Draft(type=entry.entry_type, key=entry.key, fields=reading.fields, people=reading.people, span=span)
    return draft, problems


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
        if name in self._seen:
            self._problem(
                field, "duplicate-field", f"The field {field.key} stands twice; the first one counts.", field.key
            )
            return
        self._seen.add(name)
        value = evaluate(field.value, self._macros)
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
