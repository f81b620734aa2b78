"""Papers and steps for the tests of storage."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from refman.domain.changes import OperationKind
from refman.domain.fields import FIELDS, NAME_FIELDS
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Origin, Paper, PaperId, People
from refman.domain.progress import NoProgress
from refman.storage.store import SqliteStore
from refman.storage.writer import SqliteWriter

ADDED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

Act = Callable[[SqliteWriter], object]
"""Something that a test does inside a step."""


@contextmanager
def step(store: SqliteStore, name: str = "Step", *, kind: OperationKind = OperationKind.EDIT) -> Iterator[SqliteWriter]:
    """One named operation."""
    with store.write() as writer:
        writer.journal(kind, name)
        yield writer


def typed(text: str) -> FieldValue:
    """What a person typed."""
    return FieldValue(text, None, Origin.PERSON)


def draft(title: str = "Attention is All You Need", /, key: str = "", **fields: str) -> Draft:
    """A paper of two authors with a title."""
    plain = {"title": title, "year": "2017", **fields}
    authors = People((Name("Ashish", "", "Vaswani"), Name("Ingrid", "von", "Glehn")), truncated=True)
    return Draft("misc", key, {name: FieldValue(text) for name, text in plain.items()}, {"author": authors})


def add(store: SqliteStore, *drafts: Draft) -> list[PaperId]:
    """Adds papers in one step."""
    with step(store, "Import", kind=OperationKind.IMPORT) as writer:
        return writer.add_papers(drafts or [draft()], added=ADDED)


def set_title(store: SqliteStore, paper_id: PaperId, title: str) -> None:
    """Edits a title in one step."""
    with step(store, f"Edit to {title}") as writer:
        writer.set_field(paper_id, "title", typed(title))


def title_of(store: SqliteStore, paper_id: PaperId) -> str:
    """The title that is stored."""
    return paper_of(store, paper_id).plain("title")


def paper_of(store: SqliteStore, paper_id: PaperId) -> Paper:
    """A stored paper, which must be there."""
    with store.read() as reader:
        paper = reader.paper(paper_id)
    assert paper is not None
    return paper


def undo(store: SqliteStore) -> str:
    """Undoes; gives the name of the step."""
    return store.undo(NoProgress()).name


def redo(store: SqliteStore) -> str:
    """Redoes; gives the name of the step."""
    return store.redo(NoProgress()).name


def content(store: SqliteStore) -> dict[str, Any]:
    """Everything that undo has to bring back."""
    with store.read() as reader:
        ids = [PaperId(row[0]) for row in reader.connection.exec_driver_sql("SELECT id FROM paper ORDER BY id")]
        return {
            "papers": reader.papers(ids),
            "rows": reader.rows(ids),
            "tags": reader.tags(),
            "profiles": reader.profiles(),
            "searches": reader.saved_searches(),
            "blocks": reader.blocks(),
            "discards": reader.discards(),
        }


# Every character must survive but lone surrogates, which no text file can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_words = st.sampled_from(
    ["deep", "Learning", "Straße", "Øre", "na\u00efve", "机器学习", "self-supervised", "ＡＢＣ", "x\\y\n"]
)
sentences = st.lists(_words | texts, max_size=5).map(" ".join)
names = st.builds(Name, texts, texts, texts, texts, texts)
field_values = st.builds(
    lambda plain, around, origin, guess: FieldValue(plain, around and around.replace("*", plain), origin, guess),
    sentences,
    st.none() | st.sampled_from(["{*}", '"*"', "*", "jan # {*}", "", "{*"]) | texts,
    st.sampled_from(Origin),
    st.booleans(),
)
people = st.builds(
    People,
    st.lists(names, max_size=4).map(tuple),
    st.booleans(),
    st.none() | texts,
    st.sampled_from(Origin),
)
_numbers = st.sampled_from(["2020", "-44", "12", "5", "95.5", "in press", "0005", "--5", "9" * 30, ""])
_field_names = st.sampled_from(sorted(set(FIELDS) - NAME_FIELDS)) | st.text("abcxyz-", min_size=1, max_size=8)
fields = st.dictionaries(_field_names, field_values | st.builds(FieldValue, _numbers), max_size=8)
roles = st.dictionaries(st.sampled_from(sorted(NAME_FIELDS)), people, max_size=3)
drafts = st.builds(Draft, st.sampled_from(["misc", "Article", "inproceedings"]), st.just(""), fields, roles)


def three_drafts(number: int) -> list[Draft]:
    """A chunk of an import, told from others by its number."""
    return [draft(f"Paper {number} {place}") for place in range(3)]


def count_of_papers(store: SqliteStore) -> int:
    """How many papers a reader sees now."""
    with store.read() as reader:
        return reader.counts().papers
