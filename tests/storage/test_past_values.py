"""Every kind of value put back as the journal holds it."""

import pytest

from refman.domain.errors import ConflictError, NotFound
from refman.domain.listing import HistoryEntry, Listing
from refman.domain.paper import Attachment, AttachmentId, FieldValue, Origin, PaperId, People
from refman.domain.query_parser import parse_query
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from refman.storage.writer import SqliteWriter
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, Act, add, content, draft, paper_of, redo, step, typed, undo


def _newest(store: SqliteStore, paper_id: PaperId, field: str) -> HistoryEntry:
    with store.read() as reader:
        return next(entry for entry in reader.history_of(paper_id) if entry.field == field)


def _put_back(store: SqliteStore, paper_id: PaperId, entry: HistoryEntry) -> None:
    with step(store, "Put back") as writer:
        writer.put_back(paper_id, entry.id)


def _do(store: SqliteStore, *acts: Act) -> None:
    for act in acts:
        with step(store) as writer:
            act(writer)


def test_fields_people_key_and_type(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(key="k1"))
    before = content(store)
    _do(
        store,
        lambda writer: writer.set_field(paper_id, "title", typed("New")),
        lambda writer: writer.set_people(paper_id, "author", People((), origin=Origin.PERSON)),
        lambda writer: writer.set_key(paper_id, "k2"),
        lambda writer: writer.set_type(paper_id, "article"),
    )
    changed = content(store)
    for field in ("title", "author", "key", "type"):
        _put_back(store, paper_id, _newest(store, paper_id, field))
    after = paper_of(store, paper_id)
    assert (after.type, after.key, after.fields, after.people) == (
        before["papers"][0].type,
        before["papers"][0].key,
        before["papers"][0].fields,
        before["papers"][0].people,
    )
    for _ in range(4):
        undo(store)
    assert content(store) == changed


def test_nothing_is_put_back_as_what_a_person_cleared(store: SqliteStore) -> None:
    [paper_id] = add(store)
    _do(
        store,
        lambda writer: writer.set_field(paper_id, "doi", typed("10.1/x")),
        lambda writer: writer.set_people(paper_id, "editor", paper_of(store, paper_id).people["author"]),
    )
    _put_back(store, paper_id, _newest(store, paper_id, "doi"))
    _put_back(store, paper_id, _newest(store, paper_id, "editor"))
    assert paper_of(store, paper_id).fields["doi"] == FieldValue("", None, Origin.PERSON)
    assert paper_of(store, paper_id).people["editor"] == People((), False, None, Origin.PERSON)


def test_the_parts_of_a_date_come_back_together(store: SqliteStore) -> None:
    [paper_id] = add(store, draft("Dated", year="2017", month="5"))
    before = paper_of(store, paper_id).fields

    def become_a_range(writer: SqliteWriter) -> None:
        for name, value in (("year", ""), ("month", ""), ("date", "2017/2018")):
            writer.set_field(paper_id, name, typed(value))

    _do(store, become_a_range)
    _put_back(store, paper_id, _newest(store, paper_id, "year"))
    after = paper_of(store, paper_id).fields
    assert {name: value for name, value in after.items() if value.plain} == dict(before)


def test_tags_come_back_and_go_again_also_renamed_or_deleted(store: SqliteStore) -> None:
    [paper_id] = add(store)
    _do(store, lambda writer: writer.put_tags([paper_id], ["rl"]))
    put = _newest(store, paper_id, "tag")
    _do(store, lambda writer: writer.rename_tag("rl", "learning"))
    _put_back(store, paper_id, put)
    assert paper_of(store, paper_id).tags == ()
    _put_back(store, paper_id, _newest(store, paper_id, "tag"))
    assert paper_of(store, paper_id).tags == ("learning",)
    _do(store, lambda writer: writer.delete_tag("learning"))
    _put_back(store, paper_id, _newest(store, paper_id, "tag"))
    assert paper_of(store, paper_id).tags == ("learning",)


def test_the_text_of_a_note_comes_back_also_of_a_deleted_one(store: SqliteStore, clock: FakeClock) -> None:
    [paper_id] = add(store)
    with step(store) as writer:
        note_id = writer.add_note(paper_id, "First", when=clock.now())
    _do(store, lambda writer: writer.edit_note(note_id, "Second", when=clock.now()))
    edited = _newest(store, paper_id, "note")
    _put_back(store, paper_id, edited)
    assert [(one.id, one.text) for one in paper_of(store, paper_id).stored_notes] == [(note_id, "First")]
    _do(store, lambda writer: writer.delete_note(note_id))
    _put_back(store, paper_id, edited)
    assert [(one.id, one.text) for one in paper_of(store, paper_id).stored_notes] == [(note_id, "First")]
    with store.read() as reader:
        assert len(reader.ids(_search("First"))) == 1


def _search(text: str) -> Listing:
    return Listing(parse_query(text, today=ADDED.date()).root)


def test_a_file_comes_back(store: SqliteStore) -> None:
    [paper_id] = add(store)
    file = Attachment(AttachmentId(0), "a.pdf", "Scan", "application/pdf", is_stored=True, sha256="00")
    with step(store) as writer:
        file_id = writer.add_attachment(paper_id, file)
    before = paper_of(store, paper_id).attachments
    _do(store, lambda writer: writer.remove_attachment(file_id))
    _put_back(store, paper_id, _newest(store, paper_id, "file"))
    assert paper_of(store, paper_id).attachments == before


def test_it_works_after_a_restart_and_is_redone(store: SqliteStore, clock: FakeClock) -> None:
    [paper_id] = add(store)
    _do(store, lambda writer: writer.set_field(paper_id, "title", typed("New")))
    store.close()
    again = SqliteOpener(clock).open(store.location)
    _put_back(again, paper_id, _newest(again, paper_id, "title"))
    assert undo(again) == "Put back"
    assert paper_of(again, paper_id).plain("title") == "New"
    redo(again)
    assert paper_of(again, paper_id).plain("title") == "Attention is All You Need"
    again.close()


def test_a_key_that_another_paper_has_by_now_is_refused(store: SqliteStore) -> None:
    first, second = add(store, draft(key="a"), draft("Other", key="b"))
    _do(store, lambda writer: writer.set_key(first, "c"), lambda writer: writer.set_key(second, "a"))
    with pytest.raises(ConflictError, match='"a" belongs to another paper'):
        _put_back(store, first, _newest(store, first, "key"))


def test_values_of_another_paper_and_what_has_none_are_refused(store: SqliteStore, clock: FakeClock) -> None:
    first, second = add(store, draft(key="a"), draft("Other"))
    _do(
        store,
        lambda writer: writer.set_field(first, "title", typed("New")),
        lambda writer: writer.add_note(first, "n", when=clock.now()),
        lambda writer: writer.set_trashed([first], clock.now()),
    )
    entries = {entry.field: entry for entry in _history(store, first)}
    assert [field for field, entry in entries.items() if entry.is_restorable] == ["title"]
    for paper_id, field in ((second, "title"), (first, "note"), (first, "trash"), (first, "")):
        with pytest.raises(NotFound):
            _put_back(store, paper_id, entries[field])


def _history(store: SqliteStore, paper_id: PaperId) -> list[HistoryEntry]:
    with store.read() as reader:
        return reader.history_of(paper_id)
