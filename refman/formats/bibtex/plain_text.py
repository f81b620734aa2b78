"""Plain text cut into what is math and what is words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# pandoc's rule (manual, extension tex_math_dollars): no blank inside either dollar, no digit behind the closing one,
# so "$5 and $6" holds no math.
_MATH = re.compile(
    r"\$\$(?=[^\s$])(?:[^$\\]|\\.)++(?<!\s)\$\$|(?<!\\)\$(?=[^\s$])(?:[^$\\]|\\.)++(?<!\s)\$(?!\d)|\\\((?:[^\\]|\\[^()])++\\\)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is all math, delimiters included, or holds none."""

    text: str
    is_math: bool


def segments(plain: str) -> Iterator[Segment]:
    """Math with balanced braces and the text between, in order; joined they are the whole."""
    if "$" not in plain and "\\(" not in plain:
        yield Segment(plain, is_math=False)
        return
    done = position = 0
    while match := _MATH.search(plain, position):
        if not has_balanced_braces(match.group()):
            position = match.start() + 1
            continue
        yield Segment(plain[done : match.start()], is_math=False)
        yield Segment(match.group(), is_math=True)
        done = position = match.end()
    yield Segment(plain[done:], is_math=False)


def has_balanced_braces(text: str) -> bool:
    """BibTeX's count: a backslash before a brace changes nothing."""
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
