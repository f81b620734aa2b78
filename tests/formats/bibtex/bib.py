"""Short ways to read a .bib text, to make a paper and to write it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Paper, PaperId, People, SourceId, SourceSpan
from refman.formats.base import ExportContext, ImportResult, ReadContext
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.exporter import BiblatexExporter, BibtexExporter
from refman.formats.bibtex.importer import BibtexImporter

DATA = Path(__file__).parents[2] / "data"
BIBTEX, BIBLATEX = Dialect.BIBTEX, Dialect.BIBLATEX
EXPORTERS: Mapping[Dialect, BibtexExporter | BiblatexExporter] = {
    BIBTEX: BibtexExporter(),
    BIBLATEX: BiblatexExporter(),
}
JANE = Name("Jane", family="Doe")


def read(text: str) -> ImportResult:
    """What the importer makes of a text."""
    return BibtexImporter().read(text, ReadContext(date(2026, 11, 22)))


def read_one(text: str) -> Draft:
    """The only draft of a text."""
    (draft,) = read(text).drafts
    return draft


def read_field(name: str, source: str) -> FieldValue:
    """A field as read from an entry."""
    return read_one(f"@misc{{k, {name} = {source}}}").fields[name]


def paper(*authors: Name, kind: str = "misc", key: str = "key", **fields: str) -> Paper:
    """A paper as a person would type it: without any BibTeX source."""
    values = {name: FieldValue(value) for name, value in fields.items()}
    people = {"author": People(authors)} if authors else {}
    return Paper(type=kind, key=key, fields=values, people=people)


def stored(draft: Draft, number: int = 1) -> Paper:
    """A draft as a paper of a library."""
    return Paper(
        type=draft.type, key=draft.key, fields=draft.fields, people=draft.people, span=draft.span, id=PaperId(number)
    )


def context_of(text: str, result: ImportResult) -> ExportContext:
    """What a library that imported the text gives to an export."""
    blocks = [(SourceId(1), block) for block in result.blocks]
    macros = {block.name.lower(): block.value for block in result.blocks if block.kind == "string"}
    return ExportContext(macros, blocks=blocks, raw=lambda place: text[place.span.start : place.span.end])


def papers_of(result: ImportResult) -> list[Paper]:
    """The drafts of one text as papers of a library, by key."""
    return sorted(
        (_with_place(stored(draft, number)) for number, draft in enumerate(result.drafts, 1)), key=lambda one: one.key
    )


def _with_place(one: Paper) -> Paper:
    if one.span is None:
        return one
    return replace(one, came_from=(SourceSpan(SourceId(1), "x.bib", "bibtex", datetime(2026, 11, 22), one.span),))


def exported(text: str, dialect: Dialect = BIBTEX) -> str:
    """What a library that imported the text exports."""
    result = read(text)
    return "".join(EXPORTERS[dialect].write(papers_of(result), context_of(text, result)))


def cut(one: Paper) -> Paper:
    """The paper with its list of authors cut."""
    return replace(one, people={"author": replace(one.people["author"], truncated=True)})


def with_field(one: Paper, name: str, value: FieldValue) -> Paper:
    """The paper with one field set."""
    return replace(one, fields={**one.fields, name: value})


def write(
    *papers: Paper, dialect: Dialect = BIBTEX, macros: Mapping[str, str] | None = None, preambles: tuple[str, ...] = ()
) -> str:
    """The text of an export."""
    return "".join(EXPORTERS[dialect].write(papers, ExportContext(macros or {}, preambles)))


def written(one: Paper, name: str, dialect: Dialect = BIBTEX) -> str:
    """The value expression of one field of an exported entry, "" when it is not there."""
    lines = [line for line in write(one, dialect=dialect).splitlines() if line.startswith(f"  {name} = ")]
    return lines[0].removeprefix(f"  {name} = ").removesuffix(",") if lines else ""
