"""arXiv ids in the places where people keep them."""

import re
from collections.abc import Mapping

from refman.domain.paper import FieldValue

_ID = r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)"
_IN_TEXT = re.compile(rf"arxiv(?:\.org/(?:abs|pdf)/|[:.\s]\s*){_ID}(?![\d.]*\d)", re.IGNORECASE)
_ID_PATTERN = re.compile(_ID)
_CORR_VOLUME = re.compile(rf"abs/{_ID}")
_OLD_STYLE = re.compile(r"[a-z-]+(?:\.[A-Za-z]{2})?/\d{7}")

_PLACES = ("doi", "journal", "number", "howpublished", "note", "url")


def find_id(fields: Mapping[str, FieldValue]) -> str:
    """The arXiv id that a journal (`arXiv preprint arXiv:1806.03107`), number, note, DOI or address names, else ""."""
    for name in _PLACES:
        value = fields.get(name)
        if value and _may_name_arxiv(value.plain) and (match := _IN_TEXT.search(value.plain)):
            return match.group(1)
    journal, volume = fields.get("journal"), fields.get("volume")
    if not journal or journal.plain != "CoRR" or not volume:
        return ""
    match = _CORR_VOLUME.fullmatch(volume.plain)
    return match.group(1) if match else ""


def _may_name_arxiv(text: str) -> bool:
    """False for what the expression cannot match. To it a dotless i is an i, too."""
    return "arxiv" in text.lower() or not text.isascii()


def is_id(text: str) -> bool:
    """True for an arXiv id of either style, with or without version."""
    return _ID_PATTERN.fullmatch(text) is not None


def is_old_style(text: str) -> bool:
    """True for ids before April 2007 (`hep-th/9711200`): they name their archive and go without a class."""
    return _OLD_STYLE.match(text) is not None
