"""The exporters of .bib files: BibTeX in ASCII with TeX escapes, biblatex in UTF-8."""

from array import array
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from refman.domain.errors import Problem
from refman.domain.paper import Paper
from refman.formats.base import ExportContext
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.export_problems import export_problems

# As much text is kept in memory, the rest in a temporary file until the header can be written.
_IN_MEMORY_BYTES = 32_000_000
_PIECE_BYTES = 1 << 18
_ENTRIES_AT_ONCE = 256


class _BibExporter:
    """Writes entries in the order given, but parents of crossrefs after all others, which BibTeX wants."""

    dialect: Dialect

    @property
    def extension(self) -> str:
        return "bib"

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        # Late: loads bibtexparser, which exports of other formats and the list of formats do not need.
        from refman.formats.bibtex.control import ControlEntries
        from refman.formats.bibtex.entry_writing import EntryWriter
        from refman.formats.bibtex.header import Header

        header = Header(self.dialect, context)
        control = ControlEntries(self.dialect, context)
        writer = EntryWriter(self.dialect, context, control)
        parents: set[str] = set()
        keys: list[str] = []
        starts = array("q", [0])
        with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
            waiting: list[bytes] = []
            for paper in papers:
                entry = writer.write(paper, parents)
                header.note(entry.values, entry.source)
                if entry.parents:
                    parents |= entry.parents
                keys.append(entry.key.lower())
                waiting.append(f"{entry.text}\n\n".encode("utf-8", "replace"))
                starts.append(starts[-1] + len(waiting[-1]))
                if len(waiting) == _ENTRIES_AT_ONCE:
                    spool.write(b"".join(waiting))
                    waiting.clear()
            spool.write(b"".join(waiting))
            controls = list(control.leaving(header.sources, set(keys), parents))
            header.note_texts(controls)
            yield from header.lines()
            held = {index for index, key in enumerate(keys) if key in parents}
            yield from _read(spool, starts, (index for index in range(len(keys)) if index not in held))
            yield from _read(spool, starts, sorted(held))
            yield from (f"{text}\n\n" for text in controls)

    def problems(self, paper: Paper) -> list[Problem]:
        return export_problems(paper, self.dialect)

    def count(self, text: str) -> int:
        # Late: loads bibtexparser, which a preview must not wait for.
        from refman.formats.bibtex.counting import count_entries

        return count_entries([text])

    def count_blocks(self, blocks: Iterable[str]) -> int:
        # Late: loads bibtexparser, which a preview must not wait for.
        from refman.formats.bibtex.counting import count_entries

        return count_entries(blocks)


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


def _read(spool: "SpooledTemporaryFile[bytes]", starts: "array[int]", indexes: Iterable[int]) -> Iterator[str]:
    """The entries with these indexes, which rise; those that stand behind one another at once."""
    first = end = 0
    for index in indexes:
        if index != end or starts[end] - starts[first] > _PIECE_BYTES:
            yield _between(spool, starts[first], starts[end])
            first = index
        end = index + 1
    yield _between(spool, starts[first], starts[end])


def _between(spool: "SpooledTemporaryFile[bytes]", start: int, end: int) -> str:
    spool.seek(start)
    return spool.read(end - start).decode("utf-8")
