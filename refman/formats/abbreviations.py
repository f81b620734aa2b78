"""Lists of short names: JabRef's, as CSV with commas or semicolons, and the older `full name = short name`."""

import csv
import re
from collections.abc import Iterable, Mapping

_COMMENT = ("#", "%")
_EQUALS = re.compile(r"\s+=\s+|\s*=\s*")
_BLANKS = re.compile(r"\s+")


def exact_title(name: str) -> str:
    """What two spellings of one journal have in common: case, blanks, `&` for `and`."""
    return _BLANKS.sub(" ", name.replace("&", " and ")).strip().casefold()


def folded_title(name: str) -> str:
    """As `exact_title`, without a leading article too."""
    return exact_title(name).removeprefix("the ")


def short_name(names: Mapping[str, str], name: str) -> str:
    """The short name in a list that was read, "" for none; the line of the very title wins over one that differs by an
    article only."""
    return names.get(exact_title(name)) or names.get(folded_title(name), "")


def read_abbreviations(lines: Iterable[str]) -> dict[str, str]:
    """Full name, exact and folded, to short name; the first of two counts, the exact ones before the folded.

    Lines that hold no short name are passed over; a title that stays as it is needs no entry. A CSV
    line may have more columns (shortest unique name, frequency); they are not looked at.
    """
    found: dict[str, tuple[str, str]] = {}
    pairs = [_pair(line.strip().removeprefix("\ufeff")) for line in lines]
    for fold in (exact_title, folded_title):
        for full, short in pairs:
            if full and short:
                found.setdefault(fold(full), (full, short))
    return {title: short for title, (full, short) in found.items() if full != short}


def _pair(line: str) -> tuple[str, str]:
    if not line or line.startswith(_COMMENT):
        return "", ""
    for separator in (";", ","):
        if separator in line and not ("=" in line and '"' not in line and separator == ","):
            row = next(csv.reader([line], delimiter=separator))
            if len(row) > 1:
                return row[0].strip(), row[1].strip()
    parts = _EQUALS.split(line, maxsplit=1)
    return (parts[0].strip(), parts[1].strip()) if len(parts) > 1 else ("", "")
