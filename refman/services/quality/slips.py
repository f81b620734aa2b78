"""Slips of syntax as proposals: what BibTeX cannot read of an entry, or reads otherwise than it was meant."""

from collections.abc import Iterable

from refman.domain.quality import ENTRY, Fix
from refman.formats.bibfile.repairs import repair

_LONGEST = 20_000
"""Entries with more characters are mended by hand: a proposal for them could not be read either."""


Slip = tuple[str, tuple[str, ...]]
"""The code of a problem and its arguments."""


def fix_of_entry(raw: str, slip: Slip) -> Fix | None:
    """The text of the entry without this slip; None where nobody can say what was meant."""
    code, arguments = slip
    if len(raw) > _LONGEST:
        return None
    found = repair(raw, code, arguments[0] if arguments else "")
    return Fix(ENTRY, found.text, is_expression=True, is_certain=found.is_certain) if found else None


def mended_entry(raw: str, slips: Iterable[Slip], *, with_unsure: bool) -> tuple[str, int]:
    """The text without all of these slips that may be mended, and how many these were."""
    count = 0
    for slip in slips:
        fix = fix_of_entry(raw, slip)
        if fix is not None and (fix.is_certain or with_unsure):
            raw, count = fix.text, count + 1
    return raw, count
