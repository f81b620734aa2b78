"""The head of an author page: name, category code and the badges with the author's numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refman.domain.profile import Capture
from refman.formats.profile_badges import Badge, Label, Unclear, badge_tokens, read_badges
from refman.formats.profile_headers import Header, is_code
from refman.formats.profile_lines import Line
from refman.formats.profile_names import Shape, shape

_LONGEST_NAME = 80
_MOST_LINES = 30
_BADGES_AFTER_TEXT = re.compile(r"(?P<text>\D{1,120}?)\s*(?P<badges>(?:h\W?index|\d).*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """A page's head; `first` and `last` index the lines it takes, `name` and `code` are "" when not shown."""

    first: int
    last: int
    name: str
    code: str
    badges: tuple[Badge, ...]
    unclear: tuple[Unclear, ...]

    @property
    def counts(self) -> tuple[Badge | None, Badge | None]:
        """The badge `23papers` and the heading `23 Papers`: of two the first and the last, of one by its place."""
        counts = [badge for badge in self.badges if badge.label is Label.PAPERS]
        if len(counts) > 1:
            return counts[0], counts[-1]
        if not counts:
            return None, None
        is_heading = counts[0] is self.badges[-1] and counts[0].is_capital
        return (None, counts[0]) if is_heading else (counts[0], None)

    def capture(self, captured_on: date) -> Capture:
        """The numbers as they were on that day."""
        numbers = {badge.label: badge.number for badge in self.badges}
        count = self.counts[0]
        return Capture(
            captured_on,
            _whole(numbers.get(Label.H_INDEX)),
            _whole(count.number if count else None),
            _whole(numbers.get(Label.CITATIONS)),
            _whole(numbers.get(Label.NOVELTY)),
            numbers.get(Label.AI_SCORE),
        )


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def find_heads(lines: Sequence[Line], headers: Sequence[Header]) -> list[Head]:
    """The heads in order; lines of paper headers are left alone. Linear."""
    taken = {index for header in headers for index in range(header.first, header.last + 1)}
    starts = {header.first for header in headers}
    heads: list[Head] = []
    index = 0
    while index < len(lines):
        cluster = _cluster(lines, index, taken)
        head = _head(lines, cluster, taken, is_next_to_paper=cluster[-1] + 1 in starts) if cluster else None
        if head:
            heads.append(head)
        index = max(index, cluster[-1] if cluster else 0) + 1
    return heads


def _cluster(lines: Sequence[Line], index: int, taken: set[int]) -> list[int]:
    """The run of badge lines that begins here; no head has more than 30."""
    cluster: list[int] = []
    for at in range(index, min(index + _MOST_LINES, len(lines))):
        if at in taken or not _is_badge_line(lines[at].text, is_first=not cluster):
            break
        cluster.append(at)
    return cluster


def _is_badge_line(text: str, *, is_first: bool) -> bool:
    return bool(badge_tokens(text)) or is_code(text) or (is_first and bool(_text_and_badges(text)[1]))


def _text_and_badges(text: str) -> tuple[str, str]:
    """Name and code that stand on one line with badges: ("Lars Buesing LG", "h-index 13 23 papers")."""
    match = _BADGES_AFTER_TEXT.fullmatch(text) if len(text) <= 2 * _LONGEST_NAME else None
    if not match or not any(token.label for token in badge_tokens(match["badges"])):
        return "", ""
    return match["text"].strip(" ·•|"), match["badges"]


def _head(lines: Sequence[Line], cluster: list[int], taken: set[int], *, is_next_to_paper: bool) -> Head | None:
    """None when the run has too few badges to be a head: a single one counts only right above a paper."""
    inline_text, inline_badges = _text_and_badges(lines[cluster[0]].text)
    texts = [(lines[index].number, lines[index].text) for index in cluster]
    if inline_badges:
        texts[0] = (texts[0][0], inline_badges)
    badges, unclear = read_badges(texts)
    is_alone_above_paper = is_next_to_paper and lines[cluster[0]].is_after_blank and not inline_text
    if len(badges) + len(unclear) < (1 if is_alone_above_paper else 2):
        return None
    code = next((text for _, text in texts if is_code(text)), "")
    name, inline_code = _split_inline(inline_text)
    first = cluster[0]
    if not name and first and first - 1 not in taken and _is_name(lines[first - 1].text):
        first, name = first - 1, lines[first - 1].text
    return Head(first, cluster[-1], name, code or inline_code, tuple(badges), tuple(unclear))


def _split_inline(text: str) -> tuple[str, str]:
    """("Lars Buesing LG") to name and code."""
    before, _, last = text.rpartition(" ")
    if text and is_code(last) and last.upper() == last:
        return before, last
    return (text, "") if _is_name(text) else ("", "")


def _is_name(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters > 1 and len(text) <= _LONGEST_NAME and shape(text) is not Shape.NONE
