"""Which dialect a .bib was written in, told from its entries.

An export in the dialect of the file leaves its entries as they were read; one in the other converts them.
"""

import re
from collections.abc import Iterable, Mapping

from bibtexparser.model import Entry

from refman.domain.paper import SourceId, Span
from refman.domain.sources import Block
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.types import BIBLATEX_ONLY_TYPES, BIBTEX_ONLY_TYPES

BLOCK_KIND = "dialect"
"""The kind of the block without text that says it."""

# JabRef says it in so many words.
_DECLARED = re.compile(r"@comment\s*\{\s*jabref-meta:\s*databaseType:\s*(bibtex|biblatex)\s*;", re.IGNORECASE)
_ONLY_BIBLATEX = frozenset({"date", "journaltitle", "location", "maintitle", "eventtitle", "xdata"})
_ONLY_BIBTEX = frozenset({"year", "journal", "address", "school"})


class DialectSigns:
    """Counts what the entries of one file say; a file that says nothing has no dialect and fits both."""

    def __init__(self) -> None:
        self._balance = 0
        self._declared = ""

    def take_entry(self, entry: Entry) -> None:
        """Fields that only one dialect reads, and types that only one has, one vote an entry."""
        self.take_names(entry.entry_type, [field.key for field in entry.fields])

    def take_names(self, entry_type: str, names: Iterable[str]) -> None:
        """The same by the type in lower case and the names of the fields in any."""
        lowered = set(map(str.lower, names))
        latex = entry_type in BIBLATEX_ONLY_TYPES or not _ONLY_BIBLATEX.isdisjoint(lowered)
        classic = entry_type in BIBTEX_ONLY_TYPES or not _ONLY_BIBTEX.isdisjoint(lowered)
        self._balance += latex - classic

    def take_comment(self, raw: str) -> None:
        """The mark of JabRef."""
        if match := _DECLARED.match(raw):
            self._declared = match.group(1).lower()

    @property
    def dialect(self) -> Dialect | None:
        """None when nothing speaks for either."""
        if self._declared:
            return Dialect(self._declared)
        if self._balance:
            return Dialect.BIBLATEX if self._balance > 0 else Dialect.BIBTEX
        return None

    def block(self) -> Block | None:
        """The block that keeps the answer with the file."""
        return Block(BLOCK_KIND, "", self.dialect.value, "", Span(0, 0, 1)) if self.dialect else None


def dialects_of_sources(blocks: Iterable[tuple[SourceId, Block]]) -> Mapping[SourceId, Dialect]:
    """The dialect of each kept file that has one."""
    return {source: Dialect(block.value) for source, block in blocks if block.kind == BLOCK_KIND}
