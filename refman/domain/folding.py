"""One folding of text for the index, the queries and the search for duplicates.

Case, accents and compatibility forms are dropped (`É` and `e` are equal), so are the letters that Unicode does not
decompose (ø ł ß æ ...). Chinese, Japanese and Korean have no blanks, so every such character is a word of its own.
"""

import itertools
import re
import unicodedata
from functools import cache

from refman.domain.frozen import dataclass

_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŧ": "t",
        "Ŧ": "t", "ŋ": "n", "Ŋ": "n", "ĸ": "k", "ə": "e", "ƒ": "f", "ɨ": "i", "ʉ": "u",
    }
)  # fmt: skip
_CJK_CHARS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_VERSION = re.compile(r"v\d+$")
_ARCHIVE = re.compile(r"^arxiv:\s*")
_FIRST_CJK = "\u3040"


@cache
def _cjk() -> re.Pattern[str]:
    return re.compile(f"[{_CJK_CHARS}]")


@cache
def _cjk_border() -> re.Pattern[str]:
    return re.compile(f"(?<=\\S)(?=[{_CJK_CHARS}])|(?<=[{_CJK_CHARS}])(?=\\S)")


class _CharacterFolds(dict[int, str]):
    """Code point to its folding, worked out the first time a character is met: `str.translate` then runs in C."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_LETTERS))
        bare = "".join(char for char in decomposed if not unicodedata.combining(char))
        # Case folding can bring back what decomposing took away (a capital iota below a vowel).
        folded = unicodedata.normalize("NFKD", bare.casefold().translate(_LETTERS))
        self[code] = "".join(char for char in folded if not unicodedata.combining(char))
        return self[code]


_FOLDS = _CharacterFolds()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def _fold_run(run: re.Match[str]) -> str:
    return run.group().translate(_FOLDS)


def fold(text: str) -> str:
    """Lower case without accents; CJK characters set apart by blanks. Pure and idempotent; ASCII is fast."""
    if text.isascii():
        return text.lower()
    folded = _BEYOND_ASCII.sub(_fold_run, text.lower())
    if folded.isascii():
        return folded
    # Composing again makes one character of the parts of a Korean syllable.
    composed = unicodedata.normalize("NFC", folded)
    # A comparison first: most texts have none, and compiling these expressions takes 10 ms.
    is_cjk = max(composed) >= _FIRST_CJK and _cjk().search(composed) is not None
    return _cjk_border().sub(" ", composed) if is_cjk else composed


_ASCII_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def lower_ascii(text: str) -> str:
    """Lower case of A to Z alone: what the database's collation NOCASE compares, for entry types and categories."""
    return text.lower() if text.isascii() else text.translate(_ASCII_CAPITALS)


def is_token_char(char: str) -> bool:
    """Letters, numbers and private use, as SQLite's unicode61 tokenizer takes them (fts5 manual section 4.3.1)."""
    return (
        char.isalnum()
        if char.isascii()
        else unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co"
    )


class _Spaced(dict[int, str]):
    """Code point to itself, or to a blank when it separates words; filled as `_CharacterFolds` is."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if is_token_char(chr(code)) else " "
        return self[code]


_SPACED = _Spaced()


def _space_run(run: re.Match[str]) -> str:
    return run.group().translate(_SPACED)


_ASCII_WORD = re.compile(r"[a-z0-9]+")


def tokens(text: str) -> list[str]:
    """The folded words of a text in order."""
    folded = fold(text)
    # Most such texts are ASCII but for dashes and quotes.
    spaced = _BEYOND_ASCII.sub(_space_run, folded)
    return _ASCII_WORD.findall(spaced) if spaced.isascii() else spaced.translate(_SPACED).split()


def match_key(text: str) -> str:
    """The folded words joined without anything between: equal for titles that differ in case, accents, punctuation."""
    return "".join(tokens(text))


@dataclass(frozen=True, slots=True)
class PlacedToken:
    """A folded word with the characters it came from: `starts[i]` to `ends[i]` hold its i-th folded character."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def placed_tokens(text: str) -> list[PlacedToken]:
    """`tokens` with the places in the unfolded text, for marking hits; 1 us a character, a tenth of it in ASCII."""
    if text.isascii():
        # Every character folds to one.
        return [_placed_as_it_is(word) for word in _ASCII_WORD.finditer(text.lower())]
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = fold(text[start:end])
        folded.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return _cut_into_tokens("".join(folded), starts, ends)


def fold_eprint(eprint: str) -> str:
    """Without case, `arXiv:` and version: `1706.03762v5` and `1706.03762` are one eprint."""
    return _VERSION.sub("", _ARCHIVE.sub("", fold(eprint.strip())))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Characters with the marks and Korean vowels and finals that follow them and fold together with them."""
    firsts = [place for place, char in enumerate(text) if place == 0 or not _joins_the_last(char)]
    return list(itertools.pairwise([*firsts, len(text)]))


def _joins_the_last(char: str) -> bool:
    return not char.isascii() and (unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff")


def _cut_into_tokens(folded: str, starts: list[int], ends: list[int]) -> list[PlacedToken]:
    placed: list[PlacedToken] = []
    begin = 0
    for place in range(len(folded) + 1):
        is_inside = place < len(folded) and is_token_char(folded[place]) and not _is_cjk(folded[place])
        if is_inside:
            continue
        if begin < place:
            placed.append(_placed(folded, starts, ends, slice(begin, place)))
        if place < len(folded) and is_token_char(folded[place]):
            placed.append(_placed(folded, starts, ends, slice(place, place + 1)))
        begin = place + 1
    return placed


def _placed(folded: str, starts: list[int], ends: list[int], part: slice) -> PlacedToken:
    return PlacedToken(folded[part], tuple(starts[part]), tuple(ends[part]))


def _placed_as_it_is(word: re.Match[str]) -> PlacedToken:
    start, end = word.span()
    return PlacedToken(word.group(), tuple(range(start, end)), tuple(range(start + 1, end + 1)))


def _is_cjk(char: str) -> bool:
    return char >= _FIRST_CJK and _cjk().match(char) is not None
