"""One folding for the index, the queries and the search for duplicates."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.folding import fold, lower_ascii, match_key, placed_tokens, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Deep LEARNING 42", "deep learning 42"),
        ("Éric Côté", "eric cote"),
        ("E\u0301ric", "eric"),
        (
            "Ørsted Łódź Straße STRAẞE Æther Œuvre Đặng Þór ı İ ŉ",
            "orsted lodz strasse strasse aether oeuvre dang thor i i ʼn",
        ),
        ("ﬁne x² ＡＢＣ Ⅳ ½", "fine x2 abc iv 1⁄2"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ёлка", "елка"),
        ("深度学习", "深 度 学 习"),
        ("GPT模型 2", "gpt 模 型 2"),
        ("ﾃﾞｰﾀ", "テ ー タ"),
        ("한국", "한 국"),
        ("한국", "한 국"),
        ("naïve – “quoted”", "naive – “quoted”"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("--", []),
        ("Self-Supervised Q-learning: $77.1\\%$", ["self", "supervised", "q", "learning", "77", "1"]),
        ("O’Neil d'Alembert", ["o", "neil", "d", "alembert"]),
        ("snake_case", ["snake", "case"]),
        ("学习 learning", ["学", "习", "learning"]),
        ("tab\tline\nnul\0end", ["tab", "line", "nul", "end"]),
        ("emoji 🎉 x", ["emoji", "x"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_match_key_ignores_case_accents_and_punctuation() -> None:
    assert match_key("Réseaux: A View!") == match_key("reseaux — a view") == "reseauxaview"


def test_lower_ascii_leaves_other_letters() -> None:
    assert (lower_ascii("Cs.AI"), lower_ascii("ÉCs")) == ("cs.ai", "Écs")


# Not all of Unicode at random: what folds in an odd way shall come often.
_odd = "aé ßẞıİΣςﬁ½強가ㄱㅏ\u1100\u1161\u11a8\u0301\u0345\u0327ｶﾞ\u09c7\u09be-'’_²Ⅳǰŉſ\u19b0Ꭰꭰ"
texts = st.text(st.sampled_from(_odd) | st.characters(exclude_categories=["Cs"]))


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_folding_is_that_of_each_character_in_normal_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tokens(decomposed) == tokens(unicodedata.normalize("NFC", text))


@given(texts)
def test_placed_tokens_are_the_tokens_and_their_places_lie_in_order(text: str) -> None:
    placed = placed_tokens(text)
    assert [token.text for token in placed] == tokens(text)
    for token in placed:
        assert len(token.text) == len(token.starts) == len(token.ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(token.starts, token.ends, strict=True))
        assert list(token.starts) == sorted(token.starts)


@given(texts)
def test_upper_case_folds_as_lower_case(text: str) -> None:
    ascii_text = text.encode("ascii", "ignore").decode()
    assert fold(ascii_text.upper()) == fold(ascii_text)


def test_sqlite_leaves_every_folded_word_as_it_is() -> None:
    """The index is made of words that were folded here; its tokenizer may change or split none of them."""
    later = "".join(map(chr, [*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3]))
    letters = (chr(code) for code in range(0x31350) if unicodedata.category(chr(code))[0] in "LN")
    words = sorted(set(tokens("\n".join(letters))))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            f"CREATE VIRTUAL TABLE t USING fts5(x, tokenize=\"unicode61 remove_diacritics 2 tokenchars '{later}'\")"
        )
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
        database.execute("INSERT INTO t VALUES (?)", (" ".join(words),))
        indexed = [term for (term,) in database.execute("SELECT term FROM v")]
    assert sorted(indexed) == words
