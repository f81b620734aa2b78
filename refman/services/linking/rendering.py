"""Papers as entries of a certain file: its dialect, its names, its signs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from refman.domain.fields import canonical_name
from refman.domain.paper import Paper
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import NewEntry
from refman.formats.bibfile.style import HouseStyle
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.field_writing import Writing, written_fields
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import EntryPart
from refman.formats.bibtex.text_to_latex import escape_non_ascii
from refman.formats.bibtex.types import entry_type
from refman.formats.bibtex.values import evaluate, macros_of, operands
from refman.services.linking.seen import TYPE

_OF_BIBLATEX = frozenset({"date", "journaltitle", "location", "eprinttype", "eventdate"})
DATES = frozenset({"year", "month", "day", "date"})
_PARTS = frozenset({"year", "month", "day"})
_SAMPLES = 400


@dataclass(frozen=True)
class Renderer:
    """Writes papers for one file. `dialect` decides names and types, `signs` how letters are written.

    `texts` are the macros of the library (lower-case names to TeX): one that the file does not define is written out.
    """

    document: Document
    style: HouseStyle
    dialect: Dialect
    signs: Dialect
    texts: Mapping[str, str] = field(default_factory=dict)

    def change(self, paper: Paper, names: Iterable[str], entry: EntryPart) -> EntryChange:
        """What brings these fields of the paper into its entry, under the names that the entry uses."""
        changed = set(names)
        wanted = changed | (DATES if changed & DATES else set())
        dialect = self._dialect_of(entry)
        own_names: dict[str, str] = {}
        for one in entry.fields:
            own_names.setdefault(canonical_name(one.name), one.name)
        written = self._written(paper, dialect) | self._dates_beside(paper, own_names)
        fields: dict[str, str | None] = {
            own_names.get(name, outside): value
            for name, (outside, value) in written.items()
            if name in wanted and not self._is_said(entry, own_names.get(name, outside), value)
        }
        fields |= {
            own: None
            for name, own in own_names.items()
            if name in wanted and name not in written and (name in changed or not self._is_empty(entry, own))
        }
        return EntryChange(fields, type=entry_type(paper, dialect) if TYPE in wanted else None)

    def new_entry(self, paper: Paper, key: str, after: str = "") -> NewEntry:
        """The paper as a new entry."""
        fields = tuple(self._written(paper, self.dialect).values())
        return NewEntry(key, entry_type(paper, self.dialect), fields, after=after)

    def _written(self, paper: Paper, dialect: Dialect) -> dict[str, tuple[str, str]]:
        """Field name of refman to the name outside and the value."""
        macros = self.document.own_macros
        plain = written_fields(paper, Writing(dialect, macros, self._expanded))
        if self.signs is dialect:
            return {canonical_name(name): (name, self._safe(value)) for name, value in plain}
        signs = {
            canonical_name(name): value
            for name, value in written_fields(paper, Writing(self.signs, macros, self._expanded))
        }
        return {canonical_name(name): (name, self._signs(canonical_name(name), value, signs)) for name, value in plain}

    def _expanded(self, value: str) -> str:
        """The value expression with those macros written out that only the library knows."""
        own = self.document.own_macros
        unknown = [one for one in macros_of(value) if one not in own and one not in STYLE_MACROS and one in self.texts]
        if not unknown:
            return value
        parts = [f"{{{self.texts[one.lower()]}}}" if one.lower() in unknown else one for one in operands(value)]
        return " # ".join(parts)

    def _signs(self, name: str, value: str, signs: Mapping[str, str]) -> str:
        """The value in the letters of the file, where these can be written at all."""
        return self._safe(value if name in DATES else signs.get(name, value))

    def _safe(self, value: str) -> str:
        """With TeX escapes for the letters that the encoding of the file lacks."""
        return value if self.document.encoding.can_write(value) else escape_non_ascii(value)

    def _dialect_of(self, entry: EntryPart) -> Dialect:
        names = {one.name.lower() for one in entry.fields}
        if names & {"year", "month"} and "date" not in names:
            return Dialect.BIBTEX
        return Dialect.BIBLATEX if names & {"date", "journaltitle"} else self.dialect

    def _dates_beside(self, paper: Paper, own_names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        """Year, month and day of an entry that says them beside its `date`."""
        present = own_names.keys() & _PARTS
        if not present or "date" not in own_names:
            return {}
        classic = self._written(paper, Dialect.BIBTEX)
        return {name: classic[name] for name in present if name in classic}

    def _is_empty(self, entry: EntryPart, name: str) -> bool:
        """True for a field that says nothing (`month = ""`): it stays until somebody changes it."""
        present = entry.field(name)
        return present is not None and not evaluate(present.value, self.document.macros).tex.strip()

    def _is_said(self, entry: EntryPart, name: str, value: str) -> bool:
        """True when the field says it already, as written."""
        present = entry.field(name)
        return present is not None and present.value == value


def renderer_for(document: Document, style: HouseStyle, texts: Mapping[str, str]) -> Renderer:
    """biblatex where entries use its names; UTF-8 where the file holds other than ASCII."""
    entries = document.entries[:_SAMPLES]
    uses = sum(any(one.name.lower() in _OF_BIBLATEX for one in entry.fields) for entry in entries)
    dialect = Dialect.BIBLATEX if uses * 4 > len(entries) else Dialect.BIBTEX
    signs = Dialect.BIBLATEX if style.is_unicode or dialect is Dialect.BIBLATEX else Dialect.BIBTEX
    return Renderer(document, style, dialect, signs, texts)
