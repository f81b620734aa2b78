"""What was typed or pasted into one row of the names dialog, as the names in it."""

import re
from collections.abc import Iterator

from refman.formats.bibtex.names import split_names

# A name never ends a line of what is pasted; a semicolon parts names only before white space (`M&uuml;ller`).
_EDGE = re.compile(r"[{}]|[\n\r\u2028\u2029]|;(?=\s|$)")
_OTHERS = ("others", "et al", "et al.")


def names_of_row(text: str) -> tuple[list[str], bool]:
    """The names of `A and B`, of `Family, Given; Family, Given` and of several lines; whether `others` ended them.

    What stands in braces is one name.
    """
    names = [name for part in _parts(text) for name in split_names(part) if name]
    is_cut = len(names) > 1 and names[-1].lower() in _OTHERS
    return names[:-1] if is_cut else names, is_cut


def _parts(text: str) -> Iterator[str]:
    start = depth = 0
    for edge in _EDGE.finditer(text):
        token = edge.group()
        if token in "{}":
            depth = max(0, depth + (1 if token == "{" else -1))
        elif depth == 0:
            yield text[start : edge.start()]
            start = edge.end()
    yield text[start:]
