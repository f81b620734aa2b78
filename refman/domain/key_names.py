"""The people of a paper in citation keys: `[auth]`, `[authors2]`, `[authorsAlpha]`, `[auth.etal]` and their kin."""

import re
from collections.abc import Callable, Mapping, Sequence

from refman.domain.key_modifiers import capital
from refman.domain.names import Name
from refman.domain.transliteration import to_ascii

_ALPHA = 4
ShownName = Callable[[Name], str]
"""The family name of a person in letters a key can hold."""


def families(names: Sequence[Name], family: ShownName, most: int | None = None) -> str:
    """All family names run together, of more than `most` the first and EtAl."""
    found = [one for name in names[:most] if (one := family(name))]
    is_cut = most is not None and len(names) > most
    return "".join(map(capital, found)) + ("EtAl" if is_cut else "") if found else ""


def _alpha(names: Sequence[Name], family: ShownName) -> str:
    """As the style alpha: three letters of one, else the first letters of all, of more than four those of three."""
    found = [one for name in names if (one := family(name))]
    if len(found) == 1:
        return found[0][:3]
    return "".join(one[:1] for one in (found if len(found) <= _ALPHA else found[:3]))


def _short(names: Sequence[Name], family: ShownName) -> str:
    """The name of one, else the first letters of three at most."""
    found = [one for name in names if (one := family(name))]
    return "".join(found) if len(found) <= 1 else "".join(one[:1] for one in found[:3])


def _etal(names: Sequence[Name], family: ShownName) -> str:
    found = [one for name in names if (one := family(name))]
    if len(found) <= 2:
        return "".join(found)
    return found[0] + "etal"


def _et_al(names: Sequence[Name], family: ShownName) -> str:
    found = [one for name in names if (one := family(name))]
    return "".join(found) if len(found) <= 2 else found[0] + "EtAl"


def _ea(names: Sequence[Name], family: ShownName) -> str:
    found = [one for name in names if (one := family(name))]
    return "".join(found[:2]) + ("ea" if len(found) > 2 else "")


def _last(names: Sequence[Name], family: ShownName) -> str:
    return family(names[-1]) if names else ""


def _initials_behind(names: Sequence[Name], family: ShownName) -> str:
    """Five letters of the first, the initials of the others."""
    found = [one for name in names if (one := family(name))]
    return "".join([found[0][:5], *(one[:1] for one in found[1:])]) if found else ""


def _forename_initial(names: Sequence[Name], _family: ShownName) -> str:
    return re.sub("[^A-Za-z]", "", to_ascii(names[0].given))[:1].upper() if names else ""


def initials(names: Sequence[Name], family: ShownName, length: int) -> str:
    """`[authIniN]`: the beginnings of all family names, so many letters in all."""
    found = [one for name in names if (one := family(name))]
    if not found:
        return ""
    each = max(length // len(found), 1)
    rest = max(length - each * len(found), 0)
    return "".join(one[: each + (place < rest)] for place, one in enumerate(found))[:length]


def of_number(names: Sequence[Name], family: ShownName, length: int, number: int) -> str:
    """`[authN_M]`: so many letters of the M-th person."""
    return family(names[number - 1])[:length] if 0 < number <= len(names) else ""


OF_PEOPLE: Mapping[str, Callable[[Sequence[Name], ShownName], str]] = {
    "orsAlpha": _alpha,
    "short": _short,
    ".etal": _etal,
    "EtAl": _et_al,
    ".auth.ea": _ea,
    ".edtr.ea": _ea,
    "orLast": _last,
    "orIni": _initials_behind,
    "ForeIni": _forename_initial,
    "orLastForeIni": lambda names, family: _forename_initial(names[-1:], family),
}
"""What stands behind `auth` or `edtr`; `author` and `editor` are these with `or`."""
