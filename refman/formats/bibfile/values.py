"""Values of fields in the style of a file."""

from refman.formats.bibfile.style import HouseStyle
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.macros import MONTHS
from refman.formats.bibtex.plain_text import has_balanced_braces
from refman.formats.bibtex.values import operands

# A macro stands for a place or a name of many papers; a title that happens to be equal is no use of it.
_WITH_MACROS = frozenset(
    {"journal", "journaltitle", "shortjournal", "booktitle", "series", "publisher", "organization", "institution",
     "school", "address", "location", "howpublished", "month", "editor"}
)  # fmt: skip


def in_style(name: str, value: str, style: HouseStyle, present: str = "") -> str:
    """A value expression as the file would write it; `present` is what the field holds, whose delimiters stay.

    Raises: ValueError when `value` is no whole value expression.
    """
    if not is_value(value):
        raise ValueError(f"{value!r} is no value of BibTeX")
    if len(list(operands(value))) != 1 or value[0] not in '{"':
        return value
    tex = value[1:-1]
    if name.lower() in _WITH_MACROS and (macro := style.macro_of.get(tex)):
        return macro
    if name.lower() == "month" and style.has_month_macros and not present.strip('{}"')[:1].isdigit():
        return _month(tex, value)
    if tex.isdigit() and (present.isdigit() or (not present and style.has_bare_numbers)):
        return tex
    quoted = present[0] == '"' if present[:1] in {"{", '"'} else style.is_quoted
    return f'"{tex}"' if quoted and can_be_quoted(tex) else f"{{{tex}}}" if has_balanced_braces(tex) else value


def can_be_quoted(tex: str) -> bool:
    """False when a quote outside braces would close the value."""
    depth = 0
    for char in tex:
        if char == '"' and depth == 0:
            return False
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _month(tex: str, value: str) -> str:
    names = list(MONTHS)
    if tex.isdigit() and 1 <= int(tex) <= len(names):
        return names[int(tex) - 1]
    return next((macro for macro, full in MONTHS.items() if tex.lower() in {macro, full.lower()}), value)
