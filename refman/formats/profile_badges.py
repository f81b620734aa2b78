"""The badges of an author page (`h-index13`, `23papers`, `Novelty60%`): labels and numbers in any arrangement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

# No badge line is longer, so no long line is ever searched.
_LONGEST = 160
_GAP = re.compile(r"[\s·•|:;,/]+")
_TOKEN = re.compile(
    r"(?P<label>h\W?index|citations?|papers?|novelty|ai\s?score)"
    r"|(?P<number>\d{1,3}(?:[,.' ’]\d{3}){1,3}(?!\d)|\d{1,9}(?:[.,]\d{1,3})?)\s?%?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.' ’]\d{3})+")


class Label(StrEnum):
    """What a badge counts."""

    H_INDEX = "hindex"
    PAPERS = "paper"
    CITATIONS = "citation"
    NOVELTY = "novelty"
    AI_SCORE = "aiscore"


# The page writes `h-index13` and `Novelty60%`, but `23papers` and `2,191citations`.
_NUMBER_FIRST = frozenset({Label.PAPERS, Label.CITATIONS})


@dataclass(frozen=True, slots=True)
class Token:
    """A label or (`label` is None) a number of a badge line; `text` is as written, `line` its line."""

    label: Label | None
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Badge:
    """One number with what it counts; `is_capital` tells the heading `23 Papers` from the badge `23papers`."""

    label: Label
    number: float
    line: int
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """A number between two labels that both may claim it."""

    text: str
    line: int


def badge_tokens(text: str, line: int = 0) -> list[Token]:
    """The labels and numbers of a line that holds nothing else; empty for any other line."""
    tokens: list[Token] = []
    position = 0
    while position < len(text) <= _LONGEST:
        gap = _GAP.match(text, position)
        match = _TOKEN.match(text, gap.end() if gap else position)
        if not match:
            return tokens if gap and gap.end() == len(text) else []
        label = match["label"]
        tokens.append(Token(_label(label) if label else None, label or match["number"], line))
        position = match.end()
    return tokens


def _label(text: str) -> Label:
    return Label(re.sub(r"\W", "", text.lower()).rstrip("s"))


def read_badges(lines: Sequence[tuple[int, str]]) -> tuple[list[Badge], list[Unclear]]:
    """The badges of the lines (number, text) of one head, in order; lines that are no badge lines are passed over."""
    badges: list[Badge] = []
    unclear: list[Unclear] = []
    waiting: list[Token] = []
    for line, text in [*lines, (0, "")]:
        tokens = badge_tokens(text, line)
        is_pair = len(tokens) == 2 and (tokens[0].label is None) != (tokens[1].label is None)
        if waiting and (is_pair or not text):
            badges += _paired(waiting, unclear)
            waiting = []
        if is_pair:
            badges += _paired(tokens, unclear)
        else:
            waiting += tokens
    return _settled(badges, unclear)


def _paired(tokens: list[Token], unclear: list[Unclear]) -> list[Badge]:
    """Labels and numbers that alternate are pairs; otherwise each label takes the number where the page writes it."""
    if len(tokens) % 2 == 0 and all((a.label is None) != (b.label is None) for a, b in pairwise(tokens)):
        return [_badge(a, b) if a.label else _badge(b, a) for a, b in zip(tokens[::2], tokens[1::2], strict=True)]
    tokens = [part for index in range(len(tokens)) for part in _uncontested(tokens, index, unclear)]
    number_at: dict[int, int] = {}
    for sides in ((-1, 1), (1, -1)):
        for index, token in enumerate(tokens):
            side = index + (sides[0] if token.label in _NUMBER_FIRST else sides[1])
            is_free = 0 <= side < len(tokens) and not tokens[side].label and side not in number_at.values()
            if token.label and index not in number_at and is_free:
                number_at[index] = side
    return [_badge(tokens[index], tokens[number_at[index]]) for index in sorted(number_at)]


def _uncontested(tokens: list[Token], index: int, unclear: list[Unclear]) -> list[Token]:
    """A number that stands between two labels which both want it is two numbers (`h-index 13 191 papers`), or none."""
    token = tokens[index]
    if token.label or not 0 < index < len(tokens) - 1:
        return [token]
    left, right = tokens[index - 1].label, tokens[index + 1].label
    if not left or left in _NUMBER_FIRST or right not in _NUMBER_FIRST:
        return [token]
    first, blank, second = token.text.partition(" ")
    if blank:
        return [Token(None, first, token.line), Token(None, second, token.line)]
    unclear.append(Unclear(token.text, token.line))
    return []


def _badge(label: Token, number: Token) -> Badge:
    digits = number.text
    value = float(re.sub(r"\D", "", digits) if _GROUPED.fullmatch(digits) else digits.replace(",", "."))
    return Badge(label.label or Label.PAPERS, value, label.line, label.text[:1].isupper())


def _settled(badges: list[Badge], unclear: list[Unclear]) -> tuple[list[Badge], list[Unclear]]:
    """Glued `h-index1323papers` is 13 and 23 when the heading says `23 Papers`."""
    heading = next((f"{badge.number:.0f}" for badge in reversed(badges) if badge.label is Label.PAPERS), "")
    still: list[Unclear] = []
    found = list(badges)
    for number in unclear:
        rest = number.text.removesuffix(heading)
        if heading and rest.isdigit() and rest != number.text:
            count = Badge(Label.PAPERS, float(heading), number.line)
            found = [Badge(Label.H_INDEX, float(rest), number.line), count, *found]
        else:
            still.append(number)
    return found, still
