"""The BibTeX of one paper as a person edits it: its own text where it has one, with what was changed since in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from refman.domain.fields import canonical_name, field_of
from refman.domain.paper import Draft, FieldValue, Paper, People, SourceSpan
from refman.domain.ports import Reader
from refman.domain.sources import TYPED_ENTRY
from refman.formats.bibfile.document import Document, document_of, spliced
from refman.formats.bibfile.entry_edits import EntryChange, change_entry
from refman.formats.bibfile.style import learn_style
from refman.formats.bibtex.as_read import EntryText, is_unedited, read_again
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.field_writing import Writing, written_fields
from refman.formats.bibtex.origin_dialect import dialects_of_sources
from refman.formats.bibtex.text_to_latex import text_to_latex
from refman.formats.bibtex.types import BIBLATEX_ONLY_TYPES
from refman.services.kept_texts import KeptTexts
from refman.services.linking.rendering import DATES, Renderer

_FILE = "bibtex"
# No entry holds them without an eprint.
_WITH_EPRINT = frozenset({"archiveprefix", "primaryclass"})


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text of an entry and the dialect it is written in; None fits both."""

    text: str
    dialect: Dialect | None = None


def file_of(paper: Paper) -> SourceSpan | None:
    """The place in a .bib that the paper was read from first: what its macros mean is told by that file."""
    return next((place for place in paper.came_from if place.format == _FILE), None)


class OwnTexts:
    """The entries of one snapshot as text. Cost: reads the kept text of each file that papers came from, once."""

    def __init__(self, reader: Reader) -> None:
        self.blocks = reader.blocks()
        self._dialects = dialects_of_sources(self.blocks)
        self._macros = reader.macros()
        self._kept = KeptTexts(reader)

    def of(self, paper: Paper, key: str) -> OwnText:
        """The text to edit, with this citation key."""
        nearest: tuple[EntryText, Dialect | None] | None = None
        for entry, dialect in self._readings(paper):
            if _leaves_so(paper, entry, dialect):
                return OwnText(_plain_ends(entry.respelled(key, lambda _, value: value)), dialect)
            nearest = nearest or (entry, dialect)
        if nearest is not None and (text := _with_changes(paper, *nearest, key=key)):
            return OwnText(text, nearest[1])
        dialect = Dialect.BIBLATEX if paper.type.lower() in BIBLATEX_ONLY_TYPES else Dialect.BIBTEX
        return OwnText(_anew(paper, key, Writing(dialect, self._macros)), dialect)

    def as_it_leaves(self, paper: Paper) -> tuple[EntryText, Dialect | None] | None:
        """The entry that leaves as it was read or typed, None for a paper that is written anew."""
        return next(((entry, found) for entry, found in self._readings(paper) if _leaves_so(paper, entry, found)), None)

    def _readings(self, paper: Paper) -> Iterator[tuple[EntryText, Dialect | None]]:
        """What was typed, the newest first, then what stands in files."""
        files = [place for place in paper.came_from if place.format == _FILE]
        typed = [place for place in paper.came_from if place.format == TYPED_ENTRY]
        for place in (*reversed(typed), *files):
            raw = self._kept.piece(place)
            entry = read_again(raw) if raw else None
            if entry is not None:
                origin = self._dialects.get(files[0].source_id) if files else None
                yield entry, self._dialects.get(place.source_id) or origin


def _leaves_so(paper: Paper, entry: EntryText, dialect: Dialect | None) -> bool:
    return is_unedited(paper, entry.draft, has_days=dialect is not Dialect.BIBTEX)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_changes(paper: Paper, entry: EntryText, dialect: Dialect | None, *, key: str) -> str:
    """The text that was read with the fields in it that were changed since; "" when it cannot be taken apart."""
    document = document_of(_plain_ends(entry.raw))
    if len(document.entries) != 1 or not document.entries[0].is_sound:
        return ""
    wanted = _changed(paper, entry.draft)
    written = dialect or Dialect.BIBTEX
    style = learn_style(document)
    renderer = Renderer(document, style, written, Dialect.BIBLATEX if not document.text.isascii() else written)
    change = renderer.change(paper, wanted, document.entries[0])
    kind = paper.type if paper.type.lower() != entry.draft.type.lower() else None
    whole = EntryChange(change.fields, type=kind, key=key)
    splices = change_entry(document, document.entries[0], whole, style=style)
    return _one_entry(spliced(document, splices), whole)


def _one_entry(document: Document, change: EntryChange) -> str:
    """The text, "" when it does not say what it should."""
    entry = document.entries[0] if len(document.entries) == 1 else None
    if entry is None or not entry.is_sound or entry.key != change.key:
        return ""
    return document.text


def _changed(paper: Draft, read: Draft) -> set[str]:
    """The names under which paper and entry say different things; what is derived or refman's own does not count."""
    names = {*paper.fields, *paper.people, *read.fields, *read.people}
    return {name for name in names if _is_shown(paper, name) and _said(paper, name) != _said(read, name)}


def _said(draft: Draft, name: str) -> object:
    value: FieldValue | People | None = draft.fields.get(name) or draft.people.get(name)
    if value is None or value.is_guess:
        return None
    if value.source is not None:
        return value.source
    return (
        value.plain or None
        if isinstance(value, FieldValue)
        else (value.names, value.truncated)
        if value.names
        else None
    )


def _is_shown(paper: Draft, name: str) -> bool:
    field = field_of(name)
    return name in DATES or bool(field.bibtex_name or field.biblatex_name) or name not in paper.fields


def _anew(paper: Paper, key: str, writing: Writing) -> str:
    """An entry in refman's own layout."""
    fields = written_fields(paper, writing)
    names = {canonical_name(name) for name, _ in fields}
    fields += [one for name in paper.fields if name not in names and (one := _left_out(paper, name, writing.dialect))]
    lines = "".join(f"  {name} = {value},\n" for name, value in dict(fields).items())
    return f"@{paper.type}{{{key},\n{lines}}}"


def _left_out(paper: Paper, name: str, dialect: Dialect) -> tuple[str, str] | None:
    """A field that an export leaves out, as the `type` of a thesis that its entry type says, is edited too."""
    value, field = paper.fields[name], field_of(name)
    outside = field.bibtex_name if dialect is Dialect.BIBTEX else field.biblatex_name
    if name in DATES or name in _WITH_EPRINT or value.is_guess or not value.plain or not outside:
        return None
    return outside, value.source or f"{{{text_to_latex(value.plain, dialect)}}}"
