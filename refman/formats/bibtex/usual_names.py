"""Names as nearly all are, and fields that hold nothing else odd: what needs none of BibTeX's rules."""

import re
from functools import lru_cache

from refman.domain.names import Name
from refman.formats.bibtex.grammar import BRACED
from refman.formats.bibtex.xdata_keys import XDATA_PATTERN

_BALANCED = re.compile(rf"[^{{}}]*+(?:{BRACED}[^{{}}]*+)*+")
# Names that every reading agrees on: words in capitals, `Family, Given` or `Given Family`, of letters that are the
# same in TeX and Unicode. None of them is a prefix, a cut list ("et al") or has an "and" hidden in it.
_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_LETTER = f"[{_UPPER}{_LOWER}]"
_WORD = f"[{_UPPER}]{_LETTER}*+(?:'{_LETTER}++|\\.(?:[{_UPPER}]{_LETTER}*+)?+)*+"
_WORDS = f"{_WORD}(?:[ -](?![Aa][Ll]\\b){_WORD})*+"
_USUAL_INVERTED = re.compile(f"({_WORDS}), ({_WORDS}(?:-{_LETTER}++)?)")
_USUAL_IN_ORDER = re.compile(f"{_WORDS}")


@lru_cache(maxsize=1 << 13)
def usual_name(part: str) -> Name | None:
    """A name as `_USUAL_INVERTED` or `_USUAL_IN_ORDER` tell it, None for any other.

    A reference to people of an `@xdata` stands there as an organisation of that name.
    """
    if inverted := _USUAL_INVERTED.fullmatch(part):
        family, given = inverted.groups()
        return Name(given, "", family)
    if " " in part and _USUAL_IN_ORDER.fullmatch(part):
        given, _, family = part.rpartition(" ")
        return Name(given, "", family)
    if "=" in part and XDATA_PATTERN.fullmatch(part):
        return Name(literal=part)
    return None


def usual_split(tex: str) -> list[str]:
    """The names of a printable text without double blanks and without an "and" in braces; [] for any other."""
    tex = tex.strip()
    if not tex or "  " in tex:
        return []
    names = tex.split(" and ")
    # An "AND" in capitals parts names as well, and "and and" has an empty name between.
    lowered = tex.lower()
    is_odd = " and and" in lowered or len(names) <= lowered.count(" and ")
    if not is_odd and ("{" in tex or "}" in tex):
        is_odd = not all(map(_BALANCED.fullmatch, names))
    return [] if is_odd else names
