"""The TeX of values as nearly all are: one text in braces or quotes, a number, a macro that is defined."""

from collections.abc import Mapping

from refman.formats.bibtex.braces import is_one_group

_LONGEST = 1_000
"""Of what stands without braces: `evaluate` cuts what macros blow up."""


def usual_tex(value: str, macros: Mapping[str, str]) -> str | None:
    """What `evaluate` gives of such a value, None for any other; a few looks at it instead of its operands.

    `macros` are lower-case names to TeX.
    """
    first = value[:1]
    if first == "{":
        return value[1:-1] if is_one_group(value) else None
    if len(value) > _LONGEST:
        return None
    if first == '"':
        is_whole = value.find('"', 1) == len(value) - 1 and "{" not in value and "}" not in value
        return value[1:-1] if is_whole else None
    if not value.isalnum() or (value[0].isdigit() and not value.isdigit()):
        return None
    tex = macros.get(value.lower(), value if value.isdigit() else None)
    return tex if tex is None or len(tex) <= _LONGEST else None
