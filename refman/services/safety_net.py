"""The library as two plain texts beside its backups, from which it can be made again without any of its files.

`library.json` has everything, the journal too (`refman rebuild`); `library.bib` what every program reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from refman.domain.keeping import Keeper
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats import EXPORTERS
from refman.formats.base import ExportContext
from refman.services.export_selection import parents_last, selected_ids
from refman.services.private_files import Write, write_private

JSON_NAME = "library.json"
BIB_NAME = "library.bib"
_CHUNK = 500


def write_texts(keeper: Keeper, location: str, folder: Path, *, progress: Progress) -> None:
    """Writes both texts, each whole or not at all. Raises: DiskFull, ExportRefused, Cancelled."""
    write_private(folder / JSON_NAME, lambda write: keeper.dump(location, write, progress=progress))
    write_bib(keeper, location, folder / BIB_NAME, progress=progress)


def write_bib(keeper: Keeper, location: str, path: Path, *, progress: Progress) -> int:
    """Writes the papers outside the trash as BibTeX without changing the library; how many. Raises: as `write_texts`.

    A paper whose key was not made yet gets one of its number.
    """
    count = 0

    def produce(write: Write) -> None:
        nonlocal count
        with keeper.view(location) as store, store.read() as reader:
            ids = parents_last(reader, selected_ids(reader, Listing()))
            count = len(ids)
            for piece in EXPORTERS["bibtex"].write(_papers(reader, ids, progress), _context(reader)):
                write(piece)

    write_private(path, produce)
    return count


def _papers(reader: Reader, wanted: Sequence[PaperId], progress: Progress) -> Iterator[Paper]:
    for start in range(0, len(wanted), _CHUNK):
        stop_if_cancelled(progress)
        for paper in reader.papers(wanted[start : start + _CHUNK]):
            yield paper if paper.key else replace(paper, key=f"refman-{paper.id}")
        progress.report(min(start + _CHUNK, len(wanted)), len(wanted), "BibTeX")


def _context(reader: Reader) -> ExportContext:
    preambles = tuple(block.raw for _, block in reader.blocks() if block.kind == "preamble")
    return ExportContext(reader.macros(), preambles)
