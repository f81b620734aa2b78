"""Everything that can be wrong with a library: its file and rows, its index, its journal, its attached files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from refman.domain.keeping import Keeper
from refman.domain.listing import Listing
from refman.domain.paper import Attachment, Paper, PaperId
from refman.domain.ports import Store
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.query import InTrash
from refman.services.library_files import stored_file

_CHUNK = 500
_MOST = 20
_BLOCK_BYTES = 1 << 20


def check_deep(keeper: Keeper, location: str, *, progress: Progress) -> list[str]:
    """Sentences about what is wrong; empty when sound. Reads the whole library and every attached file.

    Raises: DiskFull, Cancelled, as `Keeper.view`.
    """
    problems = keeper.examine(location, progress=progress)
    if problems:
        return problems
    with keeper.view(location) as store:
        return list(_file_problems(store, progress))[:_MOST]


def _file_problems(store: Store, progress: Progress) -> Iterator[str]:
    library = Path(store.location)
    for paper, file in _stored_files(store, progress):
        path = stored_file(library, file.path)
        name = paper.key or paper.plain("title")
        if path is None:
            yield f"Files: {file.path} of {name} is no file beside the library"
            continue
        try:
            found = _sha256(path, progress)
        except OSError as error:
            yield f"Files: {file.path} of {name} cannot be read: {error.strerror or error}"
            continue
        if file.sha256 and found != file.sha256:
            yield f"Files: {file.path} of {name} is not the file that was attached"


def _stored_files(store: Store, progress: Progress) -> Iterator[tuple[Paper, Attachment]]:
    with store.read() as reader:
        for listing in (Listing(), Listing(InTrash())):
            ids = [PaperId(one) for one in reader.ids(listing)]
            for start in range(0, len(ids), _CHUNK):
                progress.report(start, len(ids), "Files")
                for paper in reader.papers(ids[start : start + _CHUNK]):
                    yield from ((paper, file) for file in paper.attachments if file.is_stored)


def _sha256(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            stop_if_cancelled(progress)
            digest.update(block)
    return digest.hexdigest()
