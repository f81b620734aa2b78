"""Lists of papers: JSON, or a line each in aligned columns."""

import shutil
import sys
import unicodedata
from array import array
from collections.abc import Iterator

from refman.cli.output import is_terminal, print_json_array, say
from refman.cli.session import name_of
from refman.domain.listing import PaperRow
from refman.domain.paper import Paper, PaperId
from refman.services.library import Library
from refman.services.paper_json import paper_json

_CHUNK = 500
_WIDEST_KEY = 32
_WIDEST_AUTHORS = 32


def print_papers(library: Library, ids: "array[int]", *, is_json: bool) -> None:
    """Prints papers in the order of `ids`, as they are read."""
    if is_json:
        print_json_array(paper_json(paper) for paper in _papers(library, ids))
        return
    width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None
    key_width, author_width = 0, 0
    for rows in _rows(library, ids):
        # A later page is never narrower, so that the columns do not jump back and forth.
        key_width = max(key_width, min(_WIDEST_KEY, max(_width(name_of(row.key, row.id)) for row in rows)))
        author_width = max(author_width, min(_WIDEST_AUTHORS, max(_width(row.authors) for row in rows)))
        for row in rows:
            cells = (
                _padded(name_of(row.key, row.id), key_width),
                _padded(row.year, 4),
                _padded(row.authors, author_width),
                row.title,
            )
            line = "  ".join(cells).rstrip()
            say(line if width is None else _cut(line, width))


def _rows(library: Library, ids: "array[int]") -> Iterator[list[PaperRow]]:
    for start in range(0, len(ids), _CHUNK):
        rows = library.rows([PaperId(one) for one in ids[start : start + _CHUNK]])
        if rows:
            yield rows


def _papers(library: Library, ids: "array[int]") -> Iterator[Paper]:
    for start in range(0, len(ids), _CHUNK):
        yield from library.papers([PaperId(one) for one in ids[start : start + _CHUNK]])


def _padded(text: str, width: int) -> str:
    cut = _cut(text, width)
    return cut + " " * (width - _width(cut))


def _width(text: str) -> int:
    """How many cells of a terminal a text takes; Chinese, Japanese and Korean characters take two."""
    if text.isascii():
        return len(text)
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    taken, cut = 0, []
    for char in text:
        taken += _cells(char)
        if taken > width - 1:
            break
        cut.append(char)
    return "".join(cut) + "…"
