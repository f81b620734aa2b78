"""The authors' line of an author page: names separated by commas, `et al.` when the list is cut."""

import re
from dataclasses import replace
from enum import IntEnum

from refman.domain.names import Name, parse_name
from refman.domain.paper import People

_CUT = re.compile(r"[\s,;]*(?<!\w)et\.?\s?al\b\.?[\s,;]*\Z", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|esq|phd|ph\.\s?d|md)\.?", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9?!:;\[\]{}$%=<>@\\/_|+]|\w{4,}\.(?:\s|\Z)")
_PARTICLES = frozenset(
    {
        *("af", "al", "am", "an", "auf", "aus", "av", "ben", "bin", "d'", "da", "dal", "das", "de", "degli", "dei"),
        *(
            "del",
            "della",
            "den",
            "der",
            "des",
            "di",
            "do",
            "dos",
            "du",
            "e",
            "el",
            "et",
            "ibn",
            "im",
            "in",
            "la",
            "las",
        ),
        *("le", "lo", "los", "of", "op", "os", "ten", "ter", "the", "tot", "und", "van", "vom", "von", "vor", "y"),
        *("zu", "zum", "zur", "and", "'t"),
    }
)
_LONGEST = 400


class Shape(IntEnum):
    """How much a line looks like names: not at all, like one name (as many titles do), like a list of them."""

    NONE = 0
    ONE = 1
    LIST = 2


def people(text: str) -> People:
    """The authors of an authors' line; `A, Jr.` is one name, an organisation is read like a person."""
    bare, cuts = _CUT.subn("", text)
    names: list[Name] = []
    for part in (part.strip() for part in bare.split(",")):
        if names and _SUFFIX.fullmatch(part):
            names[-1] = replace(names[-1], suffix=part)
        elif part:
            names.append(parse_name(re.sub(r"\A(?:and|&)\s+", "", part)))
    return People(tuple(name for name in names if name.display), truncated=bool(cuts))


def shape(text: str) -> Shape:
    """How much a line looks like names, from its form alone; cost is bounded by its first 400 characters."""
    if len(text) > _LONGEST:
        return Shape.NONE
    bare, cuts = _CUT.subn("", text)
    parts = [part.strip() for part in bare.split(",")]
    persons = [part for part in parts if part and not _SUFFIX.fullmatch(part)]
    if not persons or not all(_is_name_like(part) for part in persons):
        return Shape.NONE
    if cuts:
        return Shape.LIST
    full = sum(" " in part for part in persons)
    return Shape.LIST if len(persons) > 1 and full * 2 > len(persons) else Shape.ONE


def ends_cut(text: str) -> bool:
    """True when the line says `et al.` at its end, so that it is known to be whole."""
    return bool(_CUT.search(text[-20:]))


def _is_name_like(text: str) -> bool:
    words = text.split()
    if len(words) > 8 or _NO_NAME.search(text):
        return False
    lower = [word for word in words if word[0].islower()]
    return len(lower) < len(words) and all(word.lower() in _PARTICLES or "'" in word for word in lower)
