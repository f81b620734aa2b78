"""Value expressions with their macros written out."""

from collections.abc import Mapping

from refman.formats.bibtex.macros import MONTHS, STYLE_MACROS
from refman.formats.bibtex.values import is_macro, operands


def expanded(value: str, macros: Mapping[str, str]) -> str:
    """The expression with the texts of its macros in it; one text in braces where nothing else is left.

    `macros` are lower-case names to expressions. Months stay, as every style and biber know them; so do macros that
    nobody defined, for the class of the document may.
    """
    read = operands(value)
    if not any(map(is_macro, read)):
        return value
    parts = [text if text is not None else part for part in read for text in [_text(part, macros, frozenset())]]
    if all(part[0] == "{" for part in parts):
        return "{" + "".join(part[1:-1] for part in parts) + "}"
    return " # ".join(parts)


def _text(part: str, macros: Mapping[str, str], opened: frozenset[str]) -> str | None:
    """The text of an operand in braces, None for one that stays; a macro that is made of itself stays."""
    if not is_macro(part):
        return f"{{{part[1:-1]}}}" if part[0] in '{"' else f"{{{part}}}"
    name = part.lower()
    if name in MONTHS or name in opened:
        return None
    if name not in macros:
        return f"{{{STYLE_MACROS[name]}}}" if name in STYLE_MACROS else None
    texts = [_text(one, macros, opened | {name}) for one in operands(macros[name])]
    if any(text is None for text in texts):
        return None
    return "{" + "".join(text[1:-1] for text in texts if text) + "}"
