"""Greek letters of formulas and their names: `$alpha$` is shown as α, and people search for either."""

from collections.abc import Sequence

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega"
)
_LETTERS = dict(zip(_NAMES.split(), "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_BY_LETTER = {letter: name for name, letter in _LETTERS.items()}


def other_spelling(words: Sequence[str]) -> tuple[str, ...]:
    """The folded words with the names of letters as letters, or the letters as names; as they were without either."""
    return tuple(_LETTERS.get(word) or _BY_LETTER.get(word) or word for word in words)
