"""Characters that are only another form of plain letters and signs: ligatures, fullwidth letters, Roman numerals.

Source: the compatibility mappings of Unicode (UAX 44, `Decomposition_Type`). Those that say more than their plain
letters (raised `ᵃ`, circled `①`, letters of mathematics `ℝ`, fractions) are not among them: something would be lost.
"""

import unicodedata
from functools import lru_cache

_NOTHING_LOST = frozenset({"<compat>", "<wide>", "<narrow>", "<small>", "<square>", "<noBreak>"})

_LONGEST_COMMAND = 40
WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""For `str.translate`: what prints nothing goes; reading drops it from plain text too."""


@lru_cache(maxsize=1024)
def plain_form(char: str) -> str:
    """The plain characters (NFKC) that a character beyond ASCII is another form of, "" when it is none."""
    kind, _, _ = unicodedata.decomposition(char).partition(" ")
    if kind not in _NOTHING_LOST:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    # An accent by itself becomes a blank with an accent over it.
    is_accent = plain.startswith(" ") and len(plain) > 1
    return "" if plain == char or is_accent else plain


def ends_in_command(tex: str, end: int) -> bool:
    """True where a command of letters (`\\o`) stands right before `end`: a letter written there would be part of it."""
    _, backslash, name = tex[max(0, end - _LONGEST_COMMAND) : end].rpartition("\\")
    return backslash != "" and name.isalpha()
