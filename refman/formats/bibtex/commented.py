"""Entries inside a braced @comment: BibTeX reads them, biber and refman do not (bibtex.web 0.99d, section 239)."""

from refman.domain.errors import Problem
from refman.formats.bibtex.grammar import LINE_START_PATTERN


def entries_in_comment(raw: str, line: int) -> Problem | None:
    """What to tell of an @comment with entries; `raw` begins with its `@`. None where there is none.

    How many they are tells what somebody put aside from a brace that was never closed and takes half of the file.
    """
    count = sum(1 for _ in LINE_START_PATTERN.finditer(raw, 1))
    if not count:
        return None
    them = "entry" if count == 1 else f"{count:,} entries"
    close = "" if count == 1 else " If they should count, close its brace in front of them."
    message = f"BibTeX reads the {them} inside this @comment; biber and refman do not.{close}"
    return Problem(line, "entry-in-comment", message, (str(count),))
