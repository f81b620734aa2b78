"""What a restore would change, told before it is done."""

from collections.abc import Callable, Iterator

from refman.domain.backups import Differences
from refman.domain.keeping import Keeper
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.query import InTrash

_CHUNK = 500
_SHOWN = 5


def differences(keeper: Keeper, location: str, backup: str, *, progress: Progress) -> Differences:
    """Compares every paper, and the other things, of a library with those of a backup; neither is changed.

    A library that cannot be read counts as empty: all comes back. Raises: as `Keeper.view` of the backup, Cancelled.
    """
    with keeper.view(location) as present, keeper.view(backup) as past, present.read() as here, past.read() as there:
        return _compare(here, there, progress)


def _compare(here: Reader, there: Reader, progress: Progress) -> Differences:
    ids_here, ids_there = _all_ids(here), _all_ids(there)
    going = sorted(ids_here - ids_there)
    coming = len(ids_there - ids_here)
    changing: list[PaperId] = []
    titles = [_name(paper) for paper in here.papers(going[:_SHOWN])]
    for now, then in _pairs(here, there, sorted(ids_here & ids_there), progress):
        if now != then:
            changing.append(now.id)
            titles += [_name(now)] if len(titles) < _SHOWN else []
    return Differences(
        here=len(ids_here),
        there=len(ids_there),
        going=len(going),
        coming=coming,
        changing=len(changing),
        titles=tuple(titles),
        others=tuple(_others(here, there)),
    )


def _all_ids(reader: Reader) -> set[PaperId]:
    """Papers of the list and of the trash."""
    return {PaperId(one) for listing in (Listing(), Listing(InTrash())) for one in reader.ids(listing)}


def _pairs(here: Reader, there: Reader, ids: list[PaperId], progress: Progress) -> Iterator[tuple[Paper, Paper]]:
    for start in range(0, len(ids), _CHUNK):
        stop_if_cancelled(progress)
        progress.report(start, len(ids), "Compare")
        part = ids[start : start + _CHUNK]
        yield from zip(here.papers(part), there.papers(part), strict=True)


def _name(paper: Paper) -> str:
    return paper.plain("title") or paper.key or f"paper {paper.id}"


def _others(here: Reader, there: Reader) -> Iterator[str]:
    kinds: dict[str, Callable[[Reader], object]] = {
        "tags": lambda reader: reader.tags(),
        "saved searches": lambda reader: reader.saved_searches(),
        "author profiles": lambda reader: reader.profiles(),
        "strings and comments of .bib files": lambda reader: reader.blocks(),
    }
    for name, read in kinds.items():
        if read(here) != read(there):
            yield name
