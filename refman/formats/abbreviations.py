"""Lists of short names: JabRef's, as CSV with commas or semicolons, and the older `full name = short name`."""

import csv
import re
from collections.abc import Iterable

_COMMENT = ("#", "%")
_EQUALS = re.compile(r"\s+=\s+|\s*=\s*")
_BLANKS = re.compile(r"\s+")


def folded_title(name: str) -> str:
    """What two spellings of one journal have in common: case, blanks, a leading article, `&` for `and`."""
    words = _BLANKS.sub(" ", name.replace("&", " and ")).strip().casefold()
    return words.removeprefix("the ")


def read_abbreviations(lines: Iterable[str]) -> dict[str, str]:
    """Folded full name to short name, the first of two counts; lines that hold none are passed over.

    A CSV line may have more columns (shortest unique name, frequency); they are not looked at.
    """
    found: dict[str, str] = {}
    for line in lines:
        full, short = _pair(line.strip().removeprefix("\ufeff"))
        if full and short and full != short:
            found.setdefault(folded_title(full), short)
    return found


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
