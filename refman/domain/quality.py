"""What a check of the quality of papers finds, and what would mend it."""

from enum import StrEnum

from refman.domain.frozen import dataclass


class Severity(StrEnum):
    """How bad it is: an error stops a build or loses something, a warning prints wrong, a notice is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class CheckName(StrEnum):
    """The checks by the names of the command line, in the order in which they are shown."""

    SYNTAX = "syntax"
    KEY = "key"
    LATEX = "latex"
    REQUIRED = "required"
    DOI = "doi"
    DUPLICATE_DOI = "duplicate-doi"
    PREPRINT = "preprint"
    ISBN = "isbn"
    ISSN = "issn"
    PAGES = "pages"
    MONTH = "month"
    DATE = "date"
    BRACKETS = "brackets"
    HTML = "html"
    NFC = "nfc"
    CAPITALS = "capitals"
    TITLE_CAPS = "title-caps"


ENTRY, HEAD_KEY, HEAD_TYPE, MERGE = "@entry", "@key", "@type", "@merge"
"""The `field` of a fix that is the whole text of an entry, its citation key, its type, or the key of the paper that is
the same work; no field can be called so."""


@dataclass(frozen=True, slots=True)
class Fix:
    """`field` is to hold `text` instead: TeX where the value was read from a .bib, else plain text.

    With `is_expression` the text is a whole value expression (`jan`). A field that is not there yet is added.
    A fix that is not certain is for a person to see before it is done.
    """

    field: str
    text: str
    is_expression: bool = False
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in one field of one paper; `field` is "" for the whole entry, `key` or `type` for its head.

    `message` is an English sentence, `code` and `arguments` are for a translation. `before` is what the field holds.
    """

    check: CheckName
    severity: Severity
    field: str
    code: str
    message: str
    arguments: tuple[str, ...] = ()
    before: str = ""
    fix: Fix | None = None


IGNORED_FIELD = "ignored_checks"
"""The field of a paper that keeps which checks are ignored in it, and why; it never leaves the library."""


def parse_ignored(text: str) -> dict[str, str]:
    """`isbn: as printed; pages: no pages` to check and reason; in any order, what is no check is kept too."""
    found = {}
    for part in text.split(";"):
        name, _, reason = part.partition(":")
        if name.strip():
            found[name.strip().lower()] = reason.strip()
    return found


def show_ignored(ignored: dict[str, str]) -> str:
    """The inverse of `parse_ignored`; a semicolon in a reason becomes a comma."""
    return "; ".join(
        f"{name}: {' '.join(reason.replace(';', ',').split())}" if reason else name
        for name, reason in sorted(ignored.items())
    )
