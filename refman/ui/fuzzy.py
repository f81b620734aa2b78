"""Finds what a person means by a few letters of it: `nwp` for "New paper"."""

from dataclasses import dataclass

_AT_WORD_START = 8
_NEXT_TO_THE_LAST = 5
_GAP = 1


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """`score` is higher for better matches; `places[i]` is where letter `i` of the pattern stands in the text."""

    score: int
    places: tuple[int, ...]


def fuzzy_match(pattern: str, text: str) -> FuzzyMatch | None:
    """The best way in which all letters of `pattern` occur in `text` in their order; None when they do not.

    Case and spaces of the pattern do not count. Letters that begin a word, and letters next to each other, count more.
    Cost is len(pattern) x len(text); meant for names, not for abstracts.
    """
    wanted = pattern.casefold().replace(" ", "")
    # Letter by letter, so that places stay those of the text (some letters fold to two).
    letters = [letter.casefold() for letter in text]
    ways: dict[int, FuzzyMatch] = {-1: FuzzyMatch(0, ())}
    for letter in wanted:
        ways = _extended(ways, letter, letters)
    return max(ways.values(), key=lambda way: way.score, default=None)


def _extended(ways: dict[int, FuzzyMatch], letter: str, letters: list[str]) -> dict[int, FuzzyMatch]:
    """From the best way that ends at each place, the best one with one letter more."""
    longer: dict[int, FuzzyMatch] = {}
    for place, candidate in enumerate(letters):
        if candidate == letter:
            before = [_step(way, end, place, letters) for end, way in ways.items() if end < place]
            if before:
                longer[place] = max(before, key=lambda way: way.score)
    return longer


def _step(way: FuzzyMatch, end: int, place: int, letters: list[str]) -> FuzzyMatch:
    gap = place - end - 1
    score = way.score - min(gap * _GAP, 3)
    if place == 0 or not letters[place - 1].isalnum():
        score += _AT_WORD_START
    if gap == 0 and way.places:
        score += _NEXT_TO_THE_LAST
    return FuzzyMatch(score, (*way.places, place))
