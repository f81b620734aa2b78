"""A .bib of any size as drafts, a few hundred at a time, in the memory of a window."""

import re
from collections.abc import Callable, Iterable, Iterator

from refman.formats.base import ImportResult
from refman.formats.bibtex.reading import read_in_parts, read_parents
from refman.formats.bibtex.windows import split_blocks

_MOST_PARENTS = 20_000
"""Entries that others inherit from; those beyond are left out, which only display and search see."""
_POINTER = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?([^{}\"\r\n]{1,2000})", re.IGNORECASE)
_OVERLAP = 4_096


def read_blocks(
    blocks: Callable[[], Iterator[str]], *, size: int, last: Callable[[], Iterator[str]] | None = None
) -> Iterator[ImportResult]:
    """What `reading.read_text` gives of the text that the blocks make, in parts of `size` drafts.

    `blocks` gives the text anew each time: a file whose entries inherit is read three times. `last` gives it for the
    last time, when the drafts are made.
    """
    pointers = _pointers(blocks())
    parents, data = read_parents(split_blocks(blocks()), pointers, most=_MOST_PARENTS) if pointers else ((), ())
    yield from read_in_parts(split_blocks((last or blocks)()), size=size, parents=parents, data=data)


def _pointers(blocks: Iterable[str]) -> set[str]:
    """The keys in lower case that `crossref` and `xdata` seem to name."""
    found: set[str] = set()
    rest = ""
    for block in blocks:
        text = rest + block
        # The expression looks at each word, which costs ten times as much as knowing that there is none.
        lowered = text.lower()
        if "crossref" not in lowered and "xdata" not in lowered:
            rest = text[-_OVERLAP:]
            continue
        for match in _POINTER.finditer(text):
            named = match.group(1)
            found.update(key.strip().lower() for key in named.split(","))
            # `publisher = {xdata=key-publisher-1}`
            found.add(named.partition("-")[0].strip().lower())
        rest = text[-_OVERLAP:]
    return found - {""}
