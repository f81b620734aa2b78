"""One entry of a .bib as a draft."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bibtexparser.model import Entry, Field

from refman.domain.errors import Problem
from refman.domain.fields import NAME_FIELDS
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.formats.bibtex.arxiv import find_id
from refman.formats.bibtex.dating import read_dates, split_month
from refman.formats.bibtex.names import read_people
from refman.formats.bibtex.plain_values import INHERITING, plain_value, stored_name
from refman.formats.bibtex.raw_entries import RawEntry, RawField
from refman.formats.bibtex.usual_drafts import read_usual
from refman.formats.bibtex.usual_values import usual_tex
from refman.formats.bibtex.values import Evaluated, evaluate

_ADDRESS = re.compile(r"https?://\S+")


def read_draft(
    entry: Entry, span: Span, macros: Mapping[str, str], beyond: Sequence[Field] = ()
) -> tuple[Draft, list[Problem]]:
    """The draft and what was odd in it. Every value keeps its source; `macros` are lower-case names to TeX.

    `beyond` are fields that BibTeX ignores: shown and searched where there is no other, never written.
    """
    raw = RawEntry(entry.entry_type, entry.key, -1, list(map(_raw, entry.fields)), -1, beyond=list(map(_raw, beyond)))
    return read_raw(raw, span, macros=macros, line_of=int)


def read_raw(
    entry: RawEntry, span: Span, *, macros: Mapping[str, str], line_of: Callable[[int], int]
) -> tuple[Draft, list[Problem]]:
    """The same of an entry as it was read; `line_of` gives the line of a place in it."""
    usual = read_usual(entry.fields, macros) if entry.is_usual else None
    if usual is None:
        reading = _Reading(entry, macros, line_of)
        reading.read()
        fields, people, problems = reading.fields, reading.people, reading.problems
    else:
        (fields, people), problems = usual, []
    problems += read_dates(fields, span.line)
    if entry.beyond:
        ignored, _ = read_raw(
            RawEntry(entry.type, entry.key, -1, entry.beyond, -1), span, macros=macros, line_of=line_of
        )
        fields = {**{name: FieldValue(value.plain, is_guess=True) for name, value in ignored.fields.items()}, **fields}
        people = {
            **{role: People(found.names, found.truncated, is_guess=True) for role, found in ignored.people.items()},
            **people,
        }
    _note_arxiv_id(fields)
    _note_address(fields)
    return Draft(entry.type, entry.key, fields, people, span=span), problems


def _raw(field: Field) -> RawField:
    """With its line for its place."""
    return field.key, field.value, 0, field.start_line or 0, None


class _Reading:
    def __init__(self, entry: RawEntry, macros: Mapping[str, str], line_of: Callable[[int], int]) -> None:
        self.fields: dict[str, FieldValue] = {}
        self.people: dict[str, People] = {}
        self.problems: list[Problem] = []
        self._entry = entry
        self._macros = macros
        self._line_of = line_of
        self._seen: set[str] = set()

    def read(self) -> None:
        """Takes all fields; of two with one name the first counts, as in BibTeX."""
        for field in self._entry.fields:
            written, source, _, _, tex = field
            name = stored_name(written)
            if name in self._seen or (tex is None and (tex := usual_tex(source, self._macros)) is None):
                self._read_odd(field, name)
                continue
            self._seen.add(name)
            if name in NAME_FIELDS:
                self._read_people(field, name, tex, source=source)
            elif (plain := plain_value(name, tex)) or self._keeps_empty():
                self.fields[name] = FieldValue(plain, source)

    def _read_odd(self, field: RawField, name: str) -> None:
        """One whose value is more than one text, or whose name was there before."""
        written, source = field[0], field[1]
        value = evaluate(source, self._macros)
        if name in self._seen:
            self._problem(field, "duplicate-field", f"The field {written} stands twice; the first one counts.", written)
            self._join(name, value)
            return
        self._seen.add(name)
        if not value.is_legal:
            self._problem(field, "not-a-value", f"BibTeX cannot read {source} without braces.", source)
        kept = source if value.is_legal else None
        if name in NAME_FIELDS:
            self._read_people(field, name, value.tex, source=kept)
        elif (plain := plain_value(name, value.tex)) or self._keeps_empty():
            self.fields[name] = FieldValue(plain, kept)
        if name != "month" or split_month(value.tex) == (None, ""):
            for macro in value.unknown:
                self._problem(field, "undefined-macro", f"No @string defines {macro}; its name is shown.", macro)

    def _keeps_empty(self) -> bool:
        return any(name.lower() in INHERITING for name, *_ in self._entry.fields)

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

    def _read_people(self, field: RawField, name: str, tex: str, *, source: str | None) -> None:
        read = read_people(tex)
        people = read.people
        if people.names or people.truncated or self._keeps_empty():
            self.people[name] = People(people.names, people.truncated, source)
        for fault in read.faults:
            self._problem(field, fault.code, fault.message, fault.argument)

    def _problem(self, field: RawField, code: str, message: str, argument: str) -> None:
        self.problems.append(Problem(self._line_of(field[3]), code, message, (argument,)))


def _note_arxiv_id(fields: dict[str, FieldValue]) -> None:
    """An id that stands elsewhere is noted for search and duplicates, marked as derived: it never leaves as a field."""
    if "eprint" not in fields and (found := find_id(fields)):
        fields["eprint"] = FieldValue(found, is_guess=True)


def _note_address(fields: dict[str, FieldValue]) -> None:
    """An address that stands where old styles print it (`howpublished = {\\url{...}}`) can be opened as one."""
    if "url" not in fields and ("howpublished" in fields or "note" in fields):
        places = (fields[name].plain for name in ("howpublished", "note") if name in fields)
        if found := next(filter(_ADDRESS.fullmatch, places), ""):
            fields["url"] = FieldValue(found, is_guess=True)
