"""Search groups of JabRef as searches of refman, where refman can say the same.

Source: JabRef's GroupsParser: `KeywordGroup:name\\;context\\;field\\;term\\;case\\;regex\\;` and
`SearchGroup:name\\;context\\;expression\\;case\\;regex\\;`. What refman cannot say is kept as the comment it is.
"""

import re
from collections.abc import Sequence

_FIELDS = {
    "author": "author", "title": "title", "abstract": "abstract", "journal": "venue", "booktitle": "venue",
    "keywords": "", "anyfield": "", "any": "", "entrytype": "type", "citationkey": "key", "bibtexkey": "key",
    "year": "year", "doi": "doi",
}  # fmt: skip
_TERM = re.compile(r"\s*(?:([A-Za-z]+)\s*(=|==|!=)\s*)?(\"[^\"]*\"|'[^']*'|[^\s()\"'=!]+)\s*")
_WORDS = {"and": " ", "or": " OR "}


def query_of(kind: str, parts: Sequence[str]) -> str:
    """The search that a group means, "" when refman has none; `parts` are those behind `kind:`, name and context
    first."""
    if kind == "KeywordGroup" and len(parts) > 3:
        return "" if _is_on(parts, 5) else _term(parts[2], parts[3])
    if kind == "SearchGroup" and len(parts) > 2:
        return "" if _is_on(parts, 4) else _expression(parts[2])
    return ""


def _is_on(parts: Sequence[str], place: int) -> bool:
    return len(parts) > place and parts[place].strip() in {"1", "true"}


def _expression(text: str) -> str:
    """Terms joined by `and` and `or`; brackets, `not` and patterns are not understood."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if not match:
            return ""
        field, sign, value = match.groups()
        word = _WORDS.get(value.lower()) if field is None else None
        query = word or _term(field or "any", value.strip("\"'"))
        if not query or (field is None and value.lower() == "not"):
            return ""
        pieces.append(f"-{query}" if sign == "!=" else query)
        position = match.end()
    joined = re.sub(r"\s+", " ", " ".join(pieces)).strip()
    return "" if joined.startswith("OR") or joined.endswith("OR") else joined


def _term(field: str, value: str) -> str:
    name = _FIELDS.get(field.strip().lower())
    words = value.replace("\\\\", "\\").strip()
    if name is None or not words or '"' in words:
        return ""
    quoted = words if re.fullmatch(r"[\w-]+", words) and words not in {"AND", "OR"} else f'"{words}"'
    return f"{name}:{quoted}" if name else quoted
