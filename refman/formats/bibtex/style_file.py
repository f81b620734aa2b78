"""What a BibTeX style says of itself: the fields that it reads, the functions that it has and its macros.

Source: btxhak (Designing BibTeX Styles), section 3.1: `ENTRY { fields } { integers } { strings }` stands once, and the
entry type is the name of the function that writes it. Names do not depend on case.
"""

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"%[^\r\n]*")
_ENTRY = re.compile(r"\bENTRY\s*\{([^{}]*)\}", re.IGNORECASE)
_MACRO = re.compile(r'\bMACRO\s*\{\s*([^\s{}]+)\s*\}\s*\{\s*"([^"]*)"\s*\}', re.IGNORECASE)
_FUNCTION = re.compile(r"\bFUNCTION\s*\{\s*([^\s{}]+)\s*\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StyleFile:
    """In lower case; `functions` holds every function, those of entry types among them."""

    fields: frozenset[str]
    functions: frozenset[str]


def read_style(text: str) -> StyleFile | None:
    """The fields and functions of a `.bst`, None for a text that is none."""
    bare = _COMMENT.sub("", text)
    entry = _ENTRY.search(bare)
    if entry is None:
        return None
    functions = frozenset(name.lower() for name in _FUNCTION.findall(bare))
    return StyleFile(frozenset(entry.group(1).lower().split()), functions)


def macros_of_style(text: str) -> dict[str, str]:
    """The macros that a `.bst` defines (`MACRO {jan} {"January"}`), lower-case names to TeX."""
    return {name.lower(): tex for name, tex in _MACRO.findall(_COMMENT.sub("", text))}
