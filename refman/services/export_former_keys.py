"""The keys that renamed papers had before, as an export for biber names them: `ids = {old1, old2}` (decision 0117)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from refman.domain.export_profile import Shaping
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.domain.query import Has
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.export_problems import key_problem

_CHUNK = 500


def with_former_keys(reader: Reader, shaping: Shaping | None, ids: Sequence[PaperId]) -> Shaping | None:
    """The shaping with the former keys of these papers, itself when its profile wants none.

    A key is left out that another paper of the library has as its key or names among its `ids`, and one that biber
    cannot read. Cost: a look at the whole ledger, and at the papers with `ids` where one was renamed.
    """
    if shaping is None or not shaping.profile.leaves_former_keys:
        return shaping
    former = reader.former_keys(ids)
    owners = _owners_of_ids(reader) if former else {}
    free = {
        paper_id: tuple(
            key
            for key in keys
            if not key_problem(key, Dialect.BIBLATEX) and owners.get(key.lower(), set()) <= {paper_id}
        )
        for paper_id, keys in former.items()
    }
    return replace(shaping, former_keys={paper_id: keys for paper_id, keys in free.items() if keys})


def _owners_of_ids(reader: Reader) -> Mapping[str, set[PaperId]]:
    """Each key, in lower case, that papers outside the trash name among their `ids`, with these papers."""
    owners: defaultdict[str, set[PaperId]] = defaultdict(set)
    for paper_id, key in ids_fields(reader):
        owners[key.lower()].add(paper_id)
    return owners


def ids_fields(reader: Reader) -> Iterator[tuple[PaperId, str]]:
    """Papers outside the trash with each key that they name among their `ids`."""
    found = [PaperId(one) for one in reader.ids(Listing(Has("ids")))]
    for start in range(0, len(found), _CHUNK):
        for paper in reader.bare_papers(found[start : start + _CHUNK]):
            yield from ((paper.id, key) for part in paper.plain("ids").split(",") if (key := part.strip()))
