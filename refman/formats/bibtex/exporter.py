"""The exporters of .bib files: BibTeX in ASCII with TeX escapes, biblatex in UTF-8."""

import re
from array import array
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from refman.domain.errors import Problem
from refman.domain.paper import Draft, Paper
from refman.formats.base import ExportContext
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.export_problems import export_problems
from refman.formats.bibtex.field_writing import Writing, written_fields
from refman.formats.bibtex.header import Header
from refman.formats.bibtex.types import entry_type

# As much text is kept in memory, the rest in a temporary file until the header can be written.
_IN_MEMORY_BYTES = 32_000_000


class _BibExporter:
    """Writes entries in the order given, but parents of crossrefs after all others, which BibTeX wants."""

    dialect: Dialect

    @property
    def extension(self) -> str:
        return "bib"

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        writing = Writing(self.dialect, context.macros)
        header = Header(self.dialect, context)
        parents: set[str] = set()
        starts = array("q", [0])
        with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
            for paper in papers:
                fields = written_fields(paper, writing)
                header.note(value for _, value in fields)
                parents.update(_keys_in(paper, fields))
                spool.write(_entry(paper, self.dialect, fields).encode("utf-8", "replace"))
                starts.append(spool.tell())
            yield from header.lines()
            yield from _children_then_parents(spool, starts, parents)

    def problems(self, paper: Paper) -> list[Problem]:
        return export_problems(paper, self.dialect)

    def count(self, text: str) -> int:
        # Late: loads bibtexparser, which a preview must not wait for.
        from refman.formats.bibtex.counting import count_entries

        return count_entries(text)


class BibtexExporter(_BibExporter):
    """For bibtex and its styles."""

    dialect = Dialect.BIBTEX

    @property
    def name(self) -> str:
        return "bibtex"

    @property
    def label(self) -> str:
        return "BibTeX"


class BiblatexExporter(_BibExporter):
    """For biblatex with biber."""

    dialect = Dialect.BIBLATEX

    @property
    def name(self) -> str:
        return "biblatex"

    @property
    def label(self) -> str:
        return "biblatex"


def _entry(draft: Draft, dialect: Dialect, fields: list[tuple[str, str]]) -> str:
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{entry_type(draft, dialect)}{{{draft.key},\n{lines}}}\n\n"


def _keys_in(paper: Paper, fields: list[tuple[str, str]]) -> set[str]:
    """The keys, in lower case, of the papers that must stand behind this one."""
    names = {name for name, _ in fields} & {"crossref", "xref", "xdata"}
    return {key.strip().lower() for name in names for key in paper.plain(name).split(",") if key.strip()}


def _children_then_parents(
    spool: "SpooledTemporaryFile[bytes]", starts: "array[int]", parents: set[str]
) -> Iterator[str]:
    held: list[int] = []
    for index in range(len(starts) - 1):
        entry = _read(spool, starts, index)
        if parents and _key(entry).lower() in parents:
            held.append(index)
        else:
            yield entry
    for index in held:
        yield _read(spool, starts, index)


def _read(spool: "SpooledTemporaryFile[bytes]", starts: "array[int]", index: int) -> str:
    spool.seek(starts[index])
    return spool.read(starts[index + 1] - starts[index]).decode("utf-8")


def _key(entry: str) -> str:
    match = re.match(r"@[^{]*\{(.*),\n", entry)
    return match.group(1) if match else ""
