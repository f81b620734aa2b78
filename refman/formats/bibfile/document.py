"""A .bib with the place of everything in it; bytes in, the same bytes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from refman.formats.bibfile.bytes_of_text import PLAIN, Encoding, encoding_of
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import EntryPart, OtherPart, Part, parts_of
from refman.formats.bibtex.values import evaluate

EntryId = tuple[str, int]
"""An entry inside a file: its key, and how many entries with this very key stand before it."""


@dataclass(frozen=True, slots=True)
class Splice:
    """`text[start:end]` is to become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Document:
    """A text, the encoding it came in and its parts in order. Immutable; editing gives a new one."""

    text: str
    encoding: Encoding = PLAIN
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def data(self) -> bytes:
        """The bytes of the file. Raises: UnicodeEncodeError when something was put in that the encoding lacks."""
        return self.encoding.encode(self.text)

    @cached_property
    def entries(self) -> tuple[EntryPart, ...]:
        """The entries in order."""
        return tuple(part for part in self.parts if isinstance(part, EntryPart))

    @cached_property
    def others(self) -> tuple[OtherPart, ...]:
        """Everything else in order."""
        return tuple(part for part in self.parts if isinstance(part, OtherPart))

    @cached_property
    def by_id(self) -> Mapping[EntryId, EntryPart]:
        """The entries by key and occurrence, in order; keys compare exactly."""
        seen: dict[str, int] = {}
        found: dict[EntryId, EntryPart] = {}
        for entry in self.entries:
            number = seen.get(entry.key, 0)
            seen[entry.key] = number + 1
            found[(entry.key, number)] = entry
        return MappingProxyType(found)

    @cached_property
    def macros(self) -> Mapping[str, str]:
        """Lower-case names to TeX: what the styles define and the strings of this file, the last definition."""
        return MappingProxyType({**STYLE_MACROS, **self.own_macros})

    @cached_property
    def own_macros(self) -> Mapping[str, str]:
        """The strings of this file only."""
        known, own = dict(STYLE_MACROS), {}
        for part in self.others:
            if part.kind == "string":
                known[part.name.lower()] = own[part.name.lower()] = evaluate(part.value, known).tex
        return MappingProxyType(own)

    def raw(self, part: Part) -> str:
        """A part as it stands."""
        return self.text[part.start : part.end]


def read_document(data: bytes, name: str) -> Document:
    """Reads a file. Raises: UnreadableInput for what is no text."""
    encoding = encoding_of(data, name)
    return document_of(encoding.decode(data), encoding)


def document_of(text: str, encoding: Encoding = PLAIN) -> Document:
    """A text as a document."""
    return Document(text, encoding, tuple(parts_of(text)))


def spliced(document: Document, splices: Sequence[Splice]) -> Document:
    """The document with all splices made, read again; they may touch but not overlap. No splice: the very same."""
    wanted = [one for one in splices if document.text[one.start : one.end] != one.text]
    if not wanted:
        return document
    pieces: list[str] = []
    done = 0
    for one in sorted(wanted, key=lambda splice: (splice.start, splice.end)):
        if one.start < done:
            raise ValueError("two edits of a file overlap")
        pieces += [document.text[done : one.start], one.text]
        done = one.end
    pieces.append(document.text[done:])
    return document_of("".join(pieces), document.encoding)
