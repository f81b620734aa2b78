"""Text behind the end of an entry that was meant to be in it: a brace closed the entry too early.

BibTeX takes whatever stands between entries for a comment (btxdoc, section 3.2; bibtex.web section 237) and says no
word about it, so `title = {T}}, year = 2001}` loses the year. Comments of people begin otherwise.
"""

import re

from refman.formats.bibtex.grammar import GAP_PATTERN, NAME
from refman.formats.bibtex.raw_entries import Fault, RawEntry

# A brace too many; or a field, behind a comma or behind what may be the rest of a key.
_STRAY = re.compile(rf"\}}|(?:[^\s,{{}}()=%@\"#]{{0,80}}+\s*+,\s*+)?+{NAME}\s*+=\s*+[\"{{0-9]")
_WORD = re.compile(r"\S{1,20}")


def stray_text(entry: RawEntry, text: str, start: int, end: int) -> Fault | None:
    """The fault of what stands in `text[start:end]`, between this entry and the next block; None for a comment."""
    gap = GAP_PATTERN.match(text, start, end)
    place = gap.end() if gap else start
    if not _STRAY.match(text, place, end):
        return None
    word = _WORD.match(text, place, end)
    found = word.group() if word else ""
    message = (
        f'Behind the end of the entry {entry.key} stands "{found}"; BibTeX ignores it. '
        "Look for a brace that closes the entry too early."
    )
    return Fault(place, "text-behind-entry", message, entry.key)
