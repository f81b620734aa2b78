"""The words of the index are those of `domain.folding.tokens`, after whatever happened."""

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given

from refman.domain.folding import tokens
from refman.domain.names import Name
from refman.domain.paper import Draft, People
from refman.storage.mapping import rows_of
from refman.storage.schema import TOKENIZER
from refman.storage.search_copy import search_copy
from refman.storage.store import SqliteStore
from tests.storage.papers import ADDED, add, draft, names, paper_of, sentences, set_title, step, undo

_VOCABULARY = "SELECT term FROM words ORDER BY doc, offset"


class _Tokenizer:
    """SQLite's own words of a text."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(f'CREATE VIRTUAL TABLE texts USING fts5(text, tokenize="{TOKENIZER}")')
        self._database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'instance')")

    def words(self, text: str) -> list[str]:
        self._database.execute("DELETE FROM texts")
        self._database.execute("INSERT INTO texts VALUES (?)", (text,))
        return [word for (word,) in self._database.execute(_VOCABULARY)]

    def words_of_all(self, texts: list[str]) -> list[list[str]]:
        """Of many texts at once; only for a new tokenizer."""
        self._database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts))
        found: list[list[str]] = [[] for _ in texts]
        for word, place in self._database.execute("SELECT term, doc FROM words ORDER BY doc, offset"):
            found[place].append(word)
        return found

    def close(self) -> None:
        self._database.close()


@pytest.fixture(scope="module")
def tokenizer() -> Iterator[_Tokenizer]:
    made = _Tokenizer()
    yield made
    made.close()


def _indexed(text: str) -> str:
    copy = search_copy(text)
    return text if copy is None else copy


@given(sentences)
@example("Straße Øre ﬁle ① ½ ĳ")
@example("e\u0301cole na\u0308ive")
@example("深層学習 deep学習 ｱｲｳ 한국어 각")
@example("ᦰᧀ ᳲ")
@example("a\x00b")
def test_the_index_holds_the_words_of_the_folding(tokenizer: _Tokenizer, text: str) -> None:
    assert tokenizer.words(_indexed(text)) == tokens(text)


def test_every_character_is_folded_alike_between_letters() -> None:
    tokenizer = _Tokenizer()
    # Of the large blocks that are alike throughout (ideographs, syllables, private use) every 31st is enough.
    codes = [*range(0x3400), *range(0x3400, 0xFB00, 31), *range(0xFB00, 0x17000), *range(0x17000, 0x110000, 31)]
    characters = [char for char in map(chr, codes) if unicodedata.category(char) not in ("Cs", "Cn")]
    texts = [f"x{char}y {char}" for char in characters]
    words = tokenizer.words_of_all([_indexed(text) for text in texts])
    tokenizer.close()
    assert [text for text, found in zip(texts, words, strict=True) if found != tokens(text)] == []


@given(names)
@example(Name(given="Tab\there", family='Quo"te'))
def test_names_are_indexed_by_their_words_in_reading_order(tokenizer: _Tokenizer, name: Name) -> None:
    rows = rows_of(Draft(people={"author": People((name,))}))
    indexed = rows.search["author"] if rows.search and rows.search["author"] is not None else rows.text["author"]
    parts = (name.given, name.prefix, name.family, name.suffix, name.literal)
    assert tokenizer.words(indexed) == tokens(" ".join(parts))


def test_plain_latin_text_needs_no_copy() -> None:
    assert search_copy("Über naïve “Bayes” – a study of Erdős’ graphs") is None
    assert search_copy(None) is None


def _matches(store: SqliteStore, query: str) -> list[int]:
    with store.read() as reader:
        statement = "SELECT rowid FROM paper_index WHERE paper_index MATCH ? ORDER BY rowid"
        return [row[0] for row in reader.connection.exec_driver_sql(statement, (query,))]


def test_a_paper_is_found_by_its_new_title_only(store: SqliteStore) -> None:
    [paper_id] = add(store, draft("Old words"))
    set_title(store, paper_id, "Straße")
    assert (_matches(store, "old"), _matches(store, "strasse")) == ([], [paper_id])
    undo(store)
    assert (_matches(store, "old"), _matches(store, "strasse")) == ([paper_id], [])
    assert store.check() == []


def test_a_venue_is_found_though_it_is_derived(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(journal="Nature"))
    assert _matches(store, "venue: nat*") == [paper_id]


def test_a_purged_paper_is_in_no_index(store: SqliteStore) -> None:
    [paper_id] = add(store, draft("Gone", key="gone1"))
    with step(store) as writer:
        writer.add_note(paper_id, "gone too", when=paper_of(store, paper_id).added)
    with step(store) as writer:
        writer.purge([paper_id])
    assert _matches(store, "gone*") == []
    assert store.check() == []
    undo(store)
    assert [_matches(store, f"{column} : gone*") for column in ("title", "key", "note")] == [[paper_id]] * 3
    assert store.check() == []


def test_a_renamed_key_is_found_by_its_new_words_only(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(key="DBLP:conf/nips/Old17"))
    with step(store) as writer:
        writer.set_key(paper_id, "new17")
    assert (_matches(store, "old17"), _matches(store, "key : new*")) == ([], [paper_id])


def test_notes_are_found_by_their_present_words_and_no_phrase_goes_from_one_to_the_next(store: SqliteStore) -> None:
    [paper_id] = add(store, draft("Title"))
    with step(store) as writer:
        first = writer.add_note(paper_id, "read deep", when=ADDED)
        writer.add_note(paper_id, "Straße again", when=ADDED)
    found = [_matches(store, words) for words in ('"read deep"', '"strasse again"', '"deep strasse"')]
    assert found == [[paper_id], [paper_id], []]
    with step(store) as writer:
        writer.edit_note(first, "shallow", when=ADDED)
    assert (_matches(store, "deep"), _matches(store, "shallow strasse")) == ([], [paper_id])
    with step(store) as writer:
        writer.delete_note(first)
    assert (_matches(store, "shallow"), _matches(store, "note : again title : title")) == ([], [paper_id])
    undo(store)
    assert _matches(store, "shallow") == [paper_id]
    assert store.check() == []


def test_a_paper_changed_twice_in_the_step_that_added_it_is_indexed_once(store: SqliteStore) -> None:
    with step(store) as writer:
        [paper_id] = writer.add_papers([draft("First")], added=ADDED)
        writer.set_field(paper_id, "title", draft("Second").fields["title"])
        writer.set_field(paper_id, "title", draft("Third").fields["title"])
    assert (_matches(store, "first"), _matches(store, "second"), _matches(store, "third")) == ([], [], [paper_id])
    assert store.check() == []
