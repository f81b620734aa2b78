"""Fields of people whose names were mostly read before: cut at their "and"s, each name looked up."""

import re
from functools import lru_cache

from refman.domain.names import Name
from refman.formats.bibtex.names import is_cut, read_part
from refman.formats.bibtex.usual_names import usual_split

_AND_AT_AN_END = re.compile(r"^and\b|\band$", re.IGNORECASE)
_LONGEST = 2_000


def usual_people(tex: str) -> tuple[Name, ...] | None:
    """The people of a field whose parts between "and"s are people each for itself; None for any other."""
    if len(tex) > _LONGEST:
        return None
    found: list[Name] = []
    for part in tex.split(" and "):
        name = _usual_part(part)
        if name is None:
            return None
        found.append(name)
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _usual_part(part: str) -> Name | None:
    """The person of a part that cannot be cut elsewhere, is no mark of a cut list and has nothing odd."""
    if not part.isprintable() or usual_split(part) != [part] or _AND_AT_AN_END.search(part):
        return None
    if is_cut(part) or part.strip(" ,") == "others":
        return None
    read, faults = read_part(part)
    return None if faults or len(read) != 1 else read[0]
