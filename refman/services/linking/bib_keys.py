"""The keys of .bib files of a project, read once while they stay as they are."""

from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import UnreadableInput
from refman.formats.bibfile.document import read_document
from refman.services.linking.cited import built_keys, cited_keys
from refman.services.linking.cited_sources import Stamp, stamp_of_source
from refman.services.linking.named_bibs import named_bibs
from refman.services.linking.projects import bibs_of, entries_by_key, project_place
from refman.services.linking.section_keys import keys_of_other_sections


def keys_elsewhere(folder: Path, path: Path) -> frozenset[str]:
    """The keys under which a project finds an entry without one of this key in `path`: those of the other .bib files
    that its sources name, and further keys (`ids`).

    Cost: reads those files that changed since the last time. Any thread.
    """
    own = path.resolve()
    found = [_keys_of(bib).all for bib in named_bibs(folder) if bib != own]
    return frozenset().union(_keys_of(own).further, *found)


def lacked_keys(place: Path) -> frozenset[str]:
    """The keys that a project cites and that none of its .bib files has, linked or not, or none that the section reads;
    as `read_project` finds them.

    Cost: as `keys_elsewhere`, and a look at the files of the last build. None for a folder that is gone.
    """
    if not place.exists():
        return frozenset()
    own = project_place(place)
    keys = {bib: _keys_of(bib).all for bib in bibs_of(own)}
    lacked = frozenset((*cited_keys(own), *built_keys(own))) - frozenset().union(*keys.values())
    return lacked | keys_of_other_sections(own, keys).keys()


@dataclass(frozen=True, slots=True)
class _Keys:
    """`further` are those that stand under `ids`."""

    stamp: Stamp
    all: frozenset[str] = frozenset()
    further: frozenset[str] = frozenset()


_KNOWN: dict[Path, _Keys] = {}


def _keys_of(path: Path) -> _Keys:
    stamp = stamp_of_source(path)
    known = _KNOWN.get(path)
    if known is None or known.stamp != stamp:
        known = _KNOWN[path] = _read(path, stamp)
    return known


def _read(path: Path, stamp: Stamp) -> _Keys:
    try:
        entries = entries_by_key([read_document(path.read_bytes(), path.name)])
    except (OSError, UnreadableInput):
        return _Keys(stamp)
    return _Keys(stamp, frozenset(entries), frozenset(key for key, (_, entry) in entries.items() if entry.key != key))
