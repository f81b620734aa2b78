"""Does work grow in line with its input? In processor time, so that a busy machine does not matter."""

from collections.abc import Callable
from time import process_time

_CHARACTERS = 30_000
_QUICK_S = 0.03
"""What takes no longer cannot be made to hold up anybody."""
_STEPS = 4
_TRIES = 3
_MOST_GROWTH = 9.0
"""Four times the input takes four times as long, and sixteen times where the work grows with the square."""


def too_slow(work: Callable[[str], object], piece: str) -> str:
    """Works on a piece repeated to 30,000 and to 120,000 characters; what is wrong with the growth, "" for nothing."""
    count = _CHARACTERS // len(piece)
    growth = 0.0
    for _ in range(_TRIES):
        seconds = _once(work, piece * count)
        if seconds < _QUICK_S:
            return ""
        growth = _once(work, piece * count * _STEPS) / seconds
        if growth <= _MOST_GROWTH:
            return ""
    return (
        f"{piece[:40]!r}: {seconds:.2f} s for 30,000 characters; {growth:.1f} times as long for {_STEPS} times as many"
    )


def _once(work: Callable[[str], object], text: str) -> float:
    began = process_time()
    work(text)
    return process_time() - began
