"""What is kept of imported texts, and what the search for duplicates reads of stored papers."""

from datetime import datetime

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId, Span

TYPED_ENTRY = "bibtex-entry"
"""The format of a source that a person typed as the BibTeX of one paper (docs/decisions/0067)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What duplicate search needs of a stored paper; all texts folded, `title` by `folding.match_key`."""

    id: PaperId
    key: str
    title: str
    doi: str
    eprint: str
    families: frozenset[str]
    year: int | None
    type: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text or file as it was imported; the same text (sha256 of its UTF-8) is kept once."""

    name: str
    format: str
    text: str
    imported: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a .bib that is no paper, kept verbatim: `kind` is string, preamble, comment or other.

    `name` and `value` are those of an `@string` (value as written, delimiters included), "" otherwise.
    """

    kind: str
    name: str
    value: str
    raw: str
    span: Span
