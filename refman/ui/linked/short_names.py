"""Paths as short as they can be told apart."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath


def short_names(paths: Sequence[str]) -> list[str]:
    """The name of each; with as many folders before it as tell it from the others of that name: `thesis/refs.bib`."""
    return _told_apart([PurePath(path).parts for path in paths], 1)


def _told_apart(parts: Sequence[tuple[str, ...]], length: int) -> list[str]:
    tails = [str(PurePath(*one[-length:])) if one else "" for one in parts]
    uses = Counter(tails)
    alike = [place for place, tail in enumerate(tails) if uses[tail] > 1 and len(parts[place]) > length]
    if not alike:
        return tails
    longer = _told_apart([parts[place] for place in alike], length + 1)
    for place, tail in zip(alike, longer, strict=True):
        tails[place] = tail
    return tails
