"""One folding of text for the index, the queries and the search for duplicates.

Case, accents and compatibility forms are dropped (`É` and `e` are equal), so are the letters that Unicode does not
decompose (ø ł ß æ ...). Chinese, Japanese and Korean have no blanks, so every such character is a word of its own.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŧ": "t",
        "Ŧ": "t", "ŋ": "n", "Ŋ": "n", "ĸ": "k", "ə": "e", "ƒ": "f", "ɨ": "i", "ʉ": "u",
    }
)  # fmt: skip
_CJK = re.compile(
    "([\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f])"
)


def fold(text: str) -> str:
    """Lower case without accents; CJK characters set apart by blanks. Pure and idempotent; ASCII is fast."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = bare.casefold().translate(_LETTERS)
    return _CJK.sub(r" \1 ", unicodedata.normalize("NFC", folded))


def is_token_char(char: str) -> bool:
    """Letters, numbers and private use, as SQLite's unicode61 tokenizer takes them (fts5 manual section 4.3.1)."""
    return (
        char.isalnum()
        if char.isascii()
        else unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co"
    )


_ASCII_WORD = re.compile(r"[a-z0-9]+")


def tokens(text: str) -> list[str]:
    """The folded words of a text in order."""
    folded = fold(text)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    spaced = "".join(char if is_token_char(char) else " " for char in folded)
    return spaced.split()


def match_key(text: str) -> str:
    """The folded words joined without anything between: equal for titles that differ in case, accents, punctuation."""
    return "".join(tokens(text))
