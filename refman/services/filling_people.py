"""Lists of people: a cut list is filled by a longer one that begins with the same names."""

from collections.abc import Mapping, Sequence

from refman.domain.folding import match_key
from refman.domain.names import Name, short_list
from refman.domain.paper import Origin, People
from refman.formats.bibtex.xdata_keys import is_same_reference
from refman.services.import_plan import Difference


def fill_people(read: Mapping[str, People], here: Mapping[str, People]) -> tuple[dict[str, People], list[Difference]]:
    """The roles that are filled, and those whose people are others."""
    fills: dict[str, People] = {}
    differences = []
    for role, people in read.items():
        present = here.get(role)
        if not people.names or (people.is_guess and present is not None):
            continue
        if present is None or present.is_guess or _is_continued_by(present, people):
            fills[role] = people
        elif present.names and not _are_same_people(present, people):
            differences.append(Difference(role, _shown(present), _shown(people)))
    return fills, differences


def _is_continued_by(here: People, longer: People) -> bool:
    """True when `here` is cut, nobody typed it, and `longer` goes on where it ends."""
    if here.origin is Origin.PERSON:
        return False
    if not here.names:
        return True
    is_more = len(longer.names) > len(here.names) or (len(longer.names) == len(here.names) and not longer.truncated)
    return here.truncated and is_more and _begin_alike(here.names, longer.names)


def _are_same_people(here: People, read: People) -> bool:
    """The same names, or a list that is cut and begins like the other one."""
    if is_same_reference(here.source, read.source):
        return True
    if len(here.names) == len(read.names):
        return _begin_alike(here.names, read.names)
    shorter, longer = sorted((here, read), key=lambda people: len(people.names))
    return shorter.truncated and _begin_alike(shorter.names, longer.names)


def _begin_alike(shorter: Sequence[Name], longer: Sequence[Name]) -> bool:
    return all(_is_same_name(one, other) for one, other in zip(shorter, longer, strict=False))


def _is_same_name(one: Name, other: Name) -> bool:
    """Families equal, and given names equal as far as both spell them (`D. M.` and `Daniel` are the same)."""
    if match_key(one.family or one.literal) != match_key(other.family or other.literal):
        return False
    first, second = match_key(one.given), match_key(other.given)
    return not first or not second or first[0] == second[0]


def _shown(people: People) -> str:
    return short_list(people.names, truncated=people.truncated)
