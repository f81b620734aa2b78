"""One paper as an entry: its own text where it was read in this dialect and nobody edited it, else written anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from refman.domain.export_profile import CaseProtection, ExportProfile
from refman.domain.fields import NAME_FIELDS
from refman.domain.paper import FieldValue, Origin, Paper, SourceId, SourceSpan
from refman.domain.sources import TYPED_ENTRY
from refman.formats.base import ExportContext
from refman.formats.bibtex.as_read import EntryText, is_unedited, read_again
from refman.formats.bibtex.control import ControlEntries
from refman.formats.bibtex.definitions import Definitions
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.expanding import expanded
from refman.formats.bibtex.field_writing import Writing, value_as_read, written_fields
from refman.formats.bibtex.local_paths import holds_local_path
from refman.formats.bibtex.names import has_extended_names
from refman.formats.bibtex.origin_dialect import dialects_of_sources
from refman.formats.bibtex.subtitles import with_joined_titles
from refman.formats.bibtex.types import entry_type

_FORMAT = "bibtex"
_POINTERS = ("crossref", "xref", "xdata")
_FOLLOWING = ("crossref", "xref", "related")
_HAS_NO_POINTER = frozenset(_POINTERS).isdisjoint


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """The text of an entry without anything behind it, its value expressions, and the kept file it came from."""

    key: str
    text: str
    values: Sequence[str]
    parents: frozenset[str]
    source: SourceId | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a paper was read, the dialect of that file and its entry; no entry when that is not kept or broken."""

    place: SourceSpan
    dialect: Dialect | None
    entry: EntryText | None


class EntryWriter:
    """Writes the entries of one export."""

    def __init__(self, dialect: Dialect, context: ExportContext, control: ControlEntries) -> None:
        self._dialect = dialect
        self._context = context
        self._control = control
        self._definitions = Definitions(context.macros, context.blocks)
        self._shaping = context.shaping
        self._styled = context.shaping.types or frozenset[str]() if context.shaping else frozenset[str]()
        self._unread = self._writing_of(None)
        self._dialects: Mapping[SourceId, Dialect] = dialects_of_sources(context.blocks)

    def write(self, paper: Paper, parents: set[str]) -> WrittenEntry:
        """The entry of a paper; `parents` are lower-case keys of those that entries before it name as theirs."""
        readings = self._readings(paper)
        for reading in readings:
            if reading.entry and self._is_as_read(paper, reading, reading.entry):
                written = self._as_read(paper, reading, reading.entry)
                if written.text:
                    return written
        return self._anew(paper, readings[0] if readings else None, parents)

    def _is_as_read(self, paper: Paper, reading: _Reading, entry: EntryText) -> bool:
        has_days = self._dialect is not Dialect.BIBTEX
        if self._dialect is Dialect.BIBTEX and self._control.keys_of_data(paper):
            return False
        paper = replace(paper, fields={**paper.fields, **_pointers_read(paper, entry)})
        return reading.dialect in {self._dialect, None} and is_unedited(paper, entry.draft, has_days=has_days)

    def _readings(self, paper: Paper) -> list[_Reading]:
        """What a person typed as this entry, the newest first, then the files. What was typed over the entry of a file
        uses the macros of that file and leaves with its preambles."""
        if not paper.came_from:
            return []
        files = [place for place in paper.came_from if place.format == _FORMAT]
        typed = [place for place in paper.came_from if place.format == TYPED_ENTRY]
        over = [self._reading(place, of=files[0] if files else place) for place in reversed(typed)]
        return [*over, *(self._reading(place, of=place) for place in files)]

    def _reading(self, place: SourceSpan, *, of: SourceSpan) -> _Reading:
        raw = self._context.raw(place)
        dialect = self._dialects.get(place.source_id) or self._dialects.get(of.source_id)
        return _Reading(of, dialect, read_again(raw) if raw else None)

    def _as_read(self, paper: Paper, reading: _Reading, entry: EntryText) -> WrittenEntry:
        writing = self._writing(reading.place)
        values: list[str] = []
        pointers = {name: f"{{{paper.plain(name)}}}" for name in _pointers_read(paper, entry)}
        if reading.dialect is not Dialect.BIBLATEX and (parent := self._parent_for_biber(paper)):
            pointers["crossref"] = f"{{{parent}}}"

        def respell(name: str, value: str) -> str:
            values.append(pointers.get(name) or _respelled(name, writing.expand(value), writing))
            return values[-1]

        drops = None if self._context.local_paths else holds_local_path
        text = entry.respelled(paper.key, respell, drops).replace("\r\n", "\n").replace("\r", "\n")
        return WrittenEntry(paper.key, text, values, self._pointed(paper), reading.place.source_id)

    def _anew(self, paper: Paper, reading: _Reading | None, parents: set[str]) -> WrittenEntry:
        read_in = self._type_read_in(paper, reading)
        if self._dialect is Dialect.BIBTEX and self._control.keys_of_data(paper):
            paper = self._control.without_xdata(paper)
        if parent := self._parent_for_biber(paper):
            paper = replace(paper, fields={**paper.fields, "crossref": FieldValue(parent, f"{{{parent}}}")})
        if not self._context.local_paths:
            paper = _without_local_paths(paper)
        if self._dialect is Dialect.BIBTEX and read_in is Dialect.BIBLATEX and paper.key.lower() in parents:
            paper = _with_booktitle(paper)
        fields = written_fields(paper, self._writing(reading.place if reading else None))
        if self._joins_titles(reading):
            fields = with_joined_titles(fields)
        lines = "".join([f"  {name} = {value},\n" for name, value in fields])
        kind = entry_type(paper, self._dialect, read_in=read_in, styled=self._styled)
        source = reading.place.source_id if reading else None
        values = [value for _, value in fields]
        leaves_pointer = not _HAS_NO_POINTER(paper.fields) and any(name in _POINTERS for name, _ in fields)
        parent_keys = self._pointed(paper) if leaves_pointer else self._referred(paper)
        return WrittenEntry(paper.key, f"@{kind}{{{paper.key},\n{lines}}}", values, parent_keys, source)

    def _parent_for_biber(self, paper: Paper) -> str:
        """The key of the parent where `crossref` names it in another case, which BibTeX finds and biber does not."""
        if self._dialect is not Dialect.BIBLATEX or "crossref" not in paper.fields:
            return ""
        named = paper.plain("crossref").strip()
        key = self._context.spelled(named) if named else ""
        return key if key != named else ""

    def _pointed(self, paper: Paper) -> frozenset[str]:
        return _parents(paper) | self._referred(paper)

    def _referred(self, paper: Paper) -> frozenset[str]:
        """The `@xdata` that single fields refer to."""
        return frozenset(self._control.keys_of_data(paper))

    def _joins_titles(self, reading: _Reading | None) -> bool:
        """For BibTeX, what biblatex prints behind a title; and what a style named by a profile would not print."""
        if self._dialect is not Dialect.BIBTEX:
            return False
        printed = self._shaping.printed if self._shaping else None
        if printed is not None:
            return "subtitle" not in printed
        return reading is not None and reading.dialect is Dialect.BIBLATEX

    def _type_read_in(self, paper: Paper, reading: _Reading | None) -> Dialect | None:
        """The dialect that the type of the paper was read in, None when a person or another format gave it."""
        if reading is None or (reading.entry and reading.entry.draft.type != paper.type.lower()):
            return None
        return reading.dialect or self._dialect

    def _writing(self, place: SourceSpan | None) -> Writing:
        return self._unread if place is None else self._writing_of(place)

    def _writing_of(self, place: SourceSpan | None) -> Writing:
        expand: Callable[[str], str] = self._definitions.written_out
        if place is not None:
            expand = partial(self._definitions.written_out, source=place.source_id, start=place.span.start)
        writing = Writing(self._dialect, self._context.macros, expand)
        return writing if self._shaping is None else _by_profile(writing, self._shaping.profile)


def _by_profile(writing: Writing, profile: ExportProfile) -> Writing:
    learned = frozenset(profile.words("protected_words"))
    if profile.case_protection is not CaseProtection.LEARNED:
        learned = frozenset()
    as_in_file = writing.expand

    def expand(value: str) -> str:
        return expanded(as_in_file(value), writing.macros)

    writing = replace(writing, braces=profile.case_protection, learned=learned)
    return replace(writing, expand=expand) if profile.expand_macros else writing


def _respelled(name: str, value: str, writing: Writing) -> str:
    """A value that was read, in the dialect it was read in; "" when BibTeX could not read it."""
    if writing.dialect is Dialect.BIBLATEX:
        return value
    if name in NAME_FIELDS and has_extended_names(value[1:-1]):
        return ""
    return value_as_read(name, value, writing)


def _pointers_read(paper: Paper, entry: EntryText) -> dict[str, FieldValue]:
    """What the entry itself says where the import let it name its parents by the keys that they got."""
    return {
        name: read
        for name in _FOLLOWING
        if (value := paper.fields.get(name))
        and (read := entry.draft.fields.get(name))
        and value.origin is Origin.IMPORTER
        and value.source is not None
        and value.source != read.source
    }


def _parents(paper: Paper) -> frozenset[str]:
    """The keys, in lower case, of the entries that must stand behind this one."""
    if _HAS_NO_POINTER(paper.fields):
        return frozenset()
    return frozenset(key.strip().lower() for name in _POINTERS for key in paper.plain(name).split(",") if key.strip())


def _without_local_paths(paper: Paper) -> Paper:
    fields = {n: value for n, value in paper.fields.items() if not holds_local_path(n, value.source or value.plain)}
    return paper if len(fields) == len(paper.fields) else replace(paper, fields=fields)


def _with_booktitle(paper: Paper) -> Paper:
    """biblatex gives the title of a parent to its children as their booktitle; BibTeX copies only equal names."""
    title, subtitle = paper.fields.get("title"), paper.fields.get("subtitle")
    if title is None or paper.plain("booktitle"):
        return paper
    given = {"booktitle": FieldValue(title.plain, title.source)}
    if subtitle is not None:
        given["booksubtitle"] = FieldValue(subtitle.plain, subtitle.source)
    return replace(paper, fields={**paper.fields, **given})
