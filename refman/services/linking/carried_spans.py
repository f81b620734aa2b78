"""Where places of a text are after somebody edited it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

Span = tuple[int, int]
_LARGEST_PIECE = 8_000
"""Characters of a changed piece that are compared one by one."""


def carried(known: str, present: str, spans: Sequence[Span]) -> list[Span]:
    """Those of the places that are still there, by lines that are equal and, in changed lines, by equal characters."""
    before, after = known.splitlines(keepends=True), present.splitlines(keepends=True)
    starts_before, starts_after = _starts(before), _starts(after)
    found: list[Span] = []
    for tag, first, last, first_now, last_now in _pieces(before, after):
        low, high = starts_before[first], starts_before[last]
        inside = [span for span in spans if low <= span[0] and span[1] <= high and low < high]
        start = starts_after[first_now]
        if tag == "equal":
            found += [(one - low + start, other - low + start) for one, other in inside]
        elif inside:
            shifted = [(one - low, other - low) for one, other in inside]
            end = starts_after[last_now]
            found += [
                (one + start, other + start) for one, other in _within(known[low:high], present[start:end], shifted)
            ]
    return found


def _within(known: str, present: str, spans: Sequence[Span]) -> Iterator[Span]:
    if len(known) > _LARGEST_PIECE or len(present) > _LARGEST_PIECE:
        return
    blocks = SequenceMatcher(None, known, present, autojunk=False).get_matching_blocks()
    starts = [block.a for block in blocks]
    for start, end in spans:
        block = blocks[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
        if block is not None and end <= block.a + block.size:
            yield start - block.a + block.b, end - block.a + block.b


def _starts(lines: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, lines))]


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What is equal and what is not, line by line; the equal ends are not compared twice."""
    head = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if head is None:
        head = min(len(before), len(after))
    rest = min(len(before), len(after)) - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    yield "equal", 0, head, 0, head
    middle = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    ).get_opcodes()
    for tag, first, last, first_now, last_now in middle:
        yield tag, first + head, last + head, first_now + head, last_now + head
    yield "equal", len(before) - tail, len(before), len(after) - tail, len(after)
