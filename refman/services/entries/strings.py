"""The macros of a library: what each stands for, in which file, and which papers use it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from refman.domain.listing import Listing
from refman.domain.paper import FieldValue, Paper, PaperId, People, SourceId, SourceSpan
from refman.domain.ports import Reader
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.query import InTrash
from refman.domain.sources import Block
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.splitter import split
from refman.formats.bibtex.values import evaluate, macros_of
from refman.services.entries.macro_texts import library_source
from refman.services.entries.own_text import file_of

_CHUNK = 500
StringKey = tuple[SourceId, int, str]
"""File, place and name in lower case of a definition."""


@dataclass(frozen=True, slots=True)
class StringDef:
    """One `@string`; `source_name` is the file it was read from, "" for one that was added in refman.

    `tex` is what it stands for, without delimiters.
    """

    source_id: SourceId
    source_name: str
    block: Block = field(repr=False)
    tex: str = ""

    @property
    def name(self) -> str:
        """As it was written."""
        return self.block.name

    @property
    def folded(self) -> str:
        """As BibTeX tells macros apart."""
        return self.block.name.lower()


@dataclass(frozen=True, slots=True)
class StringUse:
    """The papers that use a macro, and what else of a file does (other macros, preambles)."""

    papers: tuple[PaperId, ...] = ()
    others: tuple[str, ...] = ()


class StringTable:
    """The macros of one snapshot, by file and place; those of refman itself last."""

    def __init__(self, reader: Reader) -> None:
        self._blocks = reader.blocks()
        library = library_source(self._blocks)
        names: dict[SourceId, str] = {}
        known: dict[SourceId, dict[str, str]] = {}
        self.definitions: list[StringDef] = []
        for source, block in self._blocks:
            if block.kind != "string":
                continue
            own = known.setdefault(source, dict(STYLE_MACROS))
            own[block.name.lower()] = evaluate(block.value, own).tex
            if source not in names:
                kept = reader.source_text(source) if source != library else None
                names[source] = kept.name if kept else ""
            self.definitions.append(StringDef(source, names[source], block, own[block.name.lower()]))
        self._by_name: dict[str, list[StringDef]] = {}
        for one in self.definitions:
            self._by_name.setdefault(one.folded, []).append(one)
        self._library = library

    def named(self, name: str) -> list[StringDef]:
        """Those of a name, in any case."""
        return self._by_name.get(name.lower(), [])

    def meant_at(self, name: str, place: SourceSpan | None) -> StringDef | None:
        """The definition that counts where a paper was read: the last one before it in its file, else that of refman,
        else the last one of all, which is the one that an export has."""
        found = self.named(name)
        before = [one for one in found if place and one.source_id == place.source_id]
        before = [one for one in before if place and one.block.span.start < place.span.start]
        own = [one for one in found if one.source_id == self._library]
        return next((some[-1] for some in (before, own, found) if some), None)

    def others_that_use(self, definition: StringDef) -> tuple[str, ...]:
        """What beside papers would break without it: other macros and preambles of its file, control entries."""
        return tuple(_beside(self._blocks, definition))


def _beside(blocks: Sequence[tuple[SourceId, Block]], definition: StringDef) -> Iterator[str]:
    for source, block in blocks:
        if source != definition.source_id or block == definition.block:
            continue
        if block.kind == "string" and definition.folded in macros_of(block.value):
            yield f"@string {block.name}"
        elif block.kind == "preamble" and any(definition.folded in found for found in _macros_in_preamble(block.raw)):
            yield "@preamble"
        elif block.kind == "control" and definition.folded in _macros_in_entry(block.raw):
            yield block.name


def _macros_in_preamble(raw: str) -> Iterator[list[str]]:
    for piece in split(raw):
        value = getattr(piece.block, "value", "")
        yield macros_of(value) if isinstance(value, str) else []


def _macros_in_entry(raw: str) -> set[str]:
    fields = [one for piece in split(raw) for one in getattr(piece.block, "fields", ())]
    return {name for one in fields for name in macros_of(one.value)}


def uses_macros(value: FieldValue | People) -> bool:
    """Whether the value expression may hold a macro; most are one text in braces."""
    source = value.source
    if not source or value.is_guess or source.isdigit():
        return False
    return source[0] not in '{"' or "#" in source


def macro_values(paper: Paper) -> Iterator[tuple[str, str]]:
    """Field names and value expressions of a paper that hold macros."""
    values: Mapping[str, FieldValue | People] = {**paper.fields, **paper.people}
    for name, value in values.items():
        if uses_macros(value) and value.source and macros_of(value.source):
            yield name, value.source


def papers_with_macros(reader: Reader, progress: Progress) -> Iterator[Paper]:
    """All papers whose values hold macros, those of the trash included. Cost: reads every paper. Raises: Cancelled."""
    listings = (Listing(), Listing(InTrash()))
    ids = [PaperId(number) for listing in listings for number in reader.ids(listing)]
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        progress.report(start, len(ids), "Macros")
        for paper in reader.papers(ids[start : start + _CHUNK]):
            if next(macro_values(paper), None) is not None:
                yield paper


def uses_of(reader: Reader, table: StringTable, progress: Progress) -> dict[StringKey, StringUse]:
    """The use of every macro by `key_of`; cost and errors as `papers_with_macros`."""
    papers: dict[StringKey, list[PaperId]] = {}
    for paper in papers_with_macros(reader, progress):
        names = {name for _, source in macro_values(paper) for name in macros_of(source)}
        for name in names:
            meant = table.meant_at(name, file_of(paper))
            if meant is not None:
                papers.setdefault(key_of(meant), []).append(paper.id)
    return {
        key_of(one): StringUse(tuple(papers.get(key_of(one), ())), table.others_that_use(one))
        for one in table.definitions
    }


def key_of(definition: StringDef) -> StringKey:
    """What tells two definitions of a snapshot apart."""
    return definition.source_id, definition.block.span.start, definition.folded
