"""Names of months and seasons as entries have them: English, French, German, Spanish, Italian, Portuguese, Dutch.

Any beginning of three letters and more counts (`jan`, `févr`, `sept`) where all months that begin so are one; with or
without accents, in any case.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_NAMES = (
    "january janvier januar jänner enero gennaio janeiro januari",
    "february février februar feber febrero febbraio fevereiro februari",
    "march mars märz maerz mrz marzo março maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juin juni junio giugno junho",
    "july juillet juli julio luglio julho",
    "august août agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "october octobre oktober octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december décembre dezember diciembre dicembre dezembro",
)
_SEASONS = (
    "spring printemps frühling frühjahr primavera lente voorjaar",
    "summer été sommer verano estate verão zomer",
    "autumn fall automne herbst otoño autunno outono herfst najaar",
    "winter hiver invierno inverno",
)
_FIRST_SEASON = 21
_SHORTEST = 3


def month_of_word(word: str) -> int | None:
    """1 to 12 of a name or its beginning, a full stop behind it or not; None for any other word."""
    return _MONTHS.get(_folded(word))


def season_of_word(word: str) -> int | None:
    """21 (spring) to 24 (winter), as EDTF counts them (level 1); None for any other word."""
    return _BY_SEASON.get(_folded(word))


def _folded(word: str) -> str:
    lowered = word.rstrip(".").lower()
    if lowered.isascii():
        return lowered
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))


def _by_beginning() -> Mapping[str, int]:
    found: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for number, names in enumerate(_NAMES, start=1):
        for name in map(_folded, names.split()):
            whole[name] = number
            for length in range(_SHORTEST, len(name)):
                found.setdefault(name[:length], set()).add(number)
    return {**{start: next(iter(numbers)) for start, numbers in found.items() if len(numbers) == 1}, **whole}


_MONTHS = MappingProxyType(_by_beginning())
_BY_SEASON = MappingProxyType(
    {_folded(name): number for number, names in enumerate(_SEASONS, _FIRST_SEASON) for name in names.split()}
)
