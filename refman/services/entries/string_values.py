"""Values that hold macros: what they show when a macro changes, and the same value with another macro in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from refman.domain.paper import FieldValue, Paper, PaperId, People
from refman.domain.ports import Reader, Writer
from refman.domain.progress import Progress
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.raw_entry import read_value
from refman.formats.bibtex.values import evaluate, macros_of
from refman.services.entries.own_text import OwnTexts, file_of
from refman.services.entries.strings import StringTable, macro_values, papers_with_macros
from refman.services.entries.typed_text import keep_typed

_CHUNK = 500


def papers_of(reader: Reader, ids: Iterable[PaperId]) -> Iterator[Paper]:
    """Whole papers, some hundred at a time."""
    wanted = list(ids)
    for start in range(0, len(wanted), _CHUNK):
        yield from reader.papers(wanted[start : start + _CHUNK])


def naming(reader: Reader, name: str, progress: Progress) -> list[PaperId]:
    """The papers that use a macro of this name. Cost: reads every paper."""
    folded = name.lower()
    return [
        paper.id
        for paper in papers_with_macros(reader, progress)
        if any(folded in macros_of(source) for _, source in macro_values(paper))
    ]


def follow(writer: Writer, ids: Iterable[PaperId], before: StringTable, after: StringTable) -> None:
    """Shows what values with macros stand for now; their sources stay."""
    for paper in papers_of(writer, ids):
        place = file_of(paper)
        for name, source in macro_values(paper):
            was, macros = (
                {used: found.tex for used in macros_of(source) if (found := table.meant_at(used, place))}
                for table in (before, after)
            )
            if evaluate(source, {**STYLE_MACROS, **was}).tex != evaluate(source, {**STYLE_MACROS, **macros}).tex:
                _show(writer, paper, name, read_value(name, source, {**STYLE_MACROS, **macros}))


def _show(writer: Writer, paper: Paper, name: str, shown: FieldValue | People | None) -> None:
    present = paper.fields.get(name)
    people = paper.people.get(name)
    if isinstance(shown, FieldValue) and present is not None:
        writer.set_field(paper.id, name, replace(present, plain=shown.plain))
    elif isinstance(shown, People) and people is not None:
        writer.set_people(paper.id, name, replace(people, names=shown.names, truncated=shown.truncated))


def rewrite(writer: Writer, texts: OwnTexts, paper: Paper, sources: Mapping[str, str], *, now: datetime) -> None:
    """Gives fields other value expressions that show the same; an entry that leaves as its own text goes on so."""
    leaving = texts.as_it_leaves(paper)
    old = {name: value.source for name, value in paper.fields.items()}
    old |= {role: people.source for role, people in paper.people.items()}
    for name, source in sources.items():
        if name in paper.fields:
            writer.set_field(paper.id, name, replace(paper.fields[name], source=source))
        elif name in paper.people:
            writer.set_people(paper.id, name, replace(paper.people[name], source=source))
    if leaving is None or not sources:
        return
    entry, dialect = leaving

    def respell(name: str, value: str) -> str:
        return sources[name] if name in sources and value == old.get(name) else value

    text = entry.respelled(paper.key or entry.entry.key, respell).replace("\r\n", "\n").replace("\r", "\n")
    keep_typed(writer, paper.id, text, dialect=dialect, now=now)
