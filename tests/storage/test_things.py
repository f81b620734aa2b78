"""Notes, attachments, sources, blocks, profiles, saved searches and the trash."""

from datetime import date, timedelta

import pytest

from refman.domain.errors import NotFound
from refman.domain.listing import SavedSearch
from refman.domain.paper import (
    Attachment,
    AttachmentId,
    Note,
    NoteId,
    PaperId,
    SourceId,
    SourceSpan,
    Span,
)
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.sources import Block, SourceText
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, Act, add, content, draft, paper_of, redo, step, undo

_SOURCE = SourceText("page.txt", "profile", "Lars Büsing\nStraße " * 20_000, ADDED)


# Notes and attachments


def test_notes_are_kept_in_order_and_edited(store: SqliteStore) -> None:
    [paper_id] = add(store)
    later = ADDED + timedelta(minutes=1)
    with step(store) as writer:
        first = writer.add_note(paper_id, "One", when=ADDED)
        second = writer.add_note(paper_id, "Two", when=ADDED)
    with step(store) as writer:
        writer.edit_note(first, "*One*", when=later)
    with store.read() as reader:
        assert reader.notes(paper_id) == [Note(first, "*One*", ADDED, later), Note(second, "Two", ADDED, ADDED)]
        assert reader.note(second) == (paper_id, Note(second, "Two", ADDED, ADDED))
        assert reader.note(NoteId(99)) is None


def test_a_note_that_says_the_same_is_not_changed(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with step(store) as writer:
        note_id = writer.add_note(paper_id, "One", when=ADDED)
    with step(store) as writer:
        writer.edit_note(note_id, "One", when=ADDED + timedelta(days=1))
    with store.read() as reader:
        assert (reader.notes(paper_id)[0].changed, len(reader.history())) == (ADDED, 2)


def test_a_deleted_note_comes_back_with_its_id(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with step(store) as writer:
        note_id = writer.add_note(paper_id, "One", when=ADDED)
    before = content(store)
    with step(store) as writer:
        writer.delete_note(note_id)
    undo(store)
    assert content(store) == before


def test_things_that_are_not_there_are_named(store: SqliteStore) -> None:
    acts: tuple[Act, ...] = (
        lambda writer: writer.edit_note(NoteId(9), "x", when=ADDED),
        lambda writer: writer.delete_note(NoteId(9)),
        lambda writer: writer.add_note(PaperId(9), "x", when=ADDED),
        lambda writer: writer.remove_attachment(AttachmentId(9)),
        lambda writer: writer.delete_saved_search("9"),
        lambda writer: writer.set_field(PaperId(9), "title", None),
    )
    for act in acts:
        with pytest.raises(NotFound, match='"9"'), step(store) as writer:
            act(writer)


def test_attachments_are_kept_and_shown(store: SqliteStore) -> None:
    [paper_id] = add(store)
    given = Attachment(AttachmentId(0), "ab/abcd.pdf", "Paper", "application/pdf", is_stored=True, sha256="abcd")
    with step(store) as writer:
        attachment_id = writer.add_attachment(paper_id, given)
    with store.read() as reader:
        [row] = reader.rows([paper_id])
        assert reader.attachments(paper_id) == [
            Attachment(attachment_id, "ab/abcd.pdf", "Paper", "application/pdf", is_stored=True, sha256="abcd")
        ]
    assert (row.has_file, row.has_pdf) == (True, True)
    with step(store) as writer:
        writer.remove_attachment(attachment_id)
    assert paper_of(store, paper_id).attachments == ()
    undo(store)
    assert len(paper_of(store, paper_id).attachments) == 1


# Sources


def test_a_source_is_kept_once_whatever_it_is_called(store: SqliteStore) -> None:
    with step(store) as writer:
        first = writer.keep_source(_SOURCE)
        again = writer.keep_source(SourceText("copy.txt", "profile", _SOURCE.text, ADDED))
        other = writer.keep_source(SourceText("empty", "profile", "", ADDED))
        writer.create_tag("x")
    with store.read() as reader:
        assert (first, again, other) == (SourceId(1), SourceId(1), SourceId(2))
        assert reader.source_text(first) == _SOURCE
        assert reader.source_text(other) == SourceText("empty", "profile", "", ADDED)
        assert (reader.source_text(SourceId(9)), reader.source_named_by("unknown")) == (None, None)
        assert reader.source_named_by(_SOURCE.text) == first
        size = reader.connection.exec_driver_sql("SELECT sum(length(data)) FROM source_chunk").scalar_one()
    assert size < len(_SOURCE.text) // 20


def test_keeping_a_text_alone_is_no_step(store: SqliteStore) -> None:
    with step(store) as writer:
        source_id = writer.keep_source(_SOURCE)
    with store.read() as reader:
        assert (reader.history(), reader.source_text(source_id)) == ([], _SOURCE)


def test_a_paper_remembers_where_it_was_read_and_undo_keeps_the_text(store: SqliteStore) -> None:
    later = ADDED + timedelta(days=1)
    with step(store, "Import") as writer:
        source_id = writer.keep_source(_SOURCE)
        [paper_id] = writer.add_papers([draft()], added=ADDED)
        writer.add_spans(source_id, [(paper_id, Span(0, 11, 1)), (PaperId(99), Span(0, 1, 1))], when=ADDED)
    with step(store, "Again") as writer:
        writer.add_spans(source_id, [(paper_id, Span(0, 11, 1)), (paper_id, Span(12, 18, 2))], when=later)
    spans = [SourceSpan(source_id, "page.txt", "profile", ADDED, Span(0, 11, 1))]
    spans.append(SourceSpan(source_id, "page.txt", "profile", later, Span(12, 18, 2)))
    assert list(paper_of(store, paper_id).came_from) == spans
    undo(store)
    assert list(paper_of(store, paper_id).came_from) == spans[:1]
    undo(store)
    with store.read() as reader:
        assert (reader.paper(paper_id), reader.source_text(source_id)) == (None, _SOURCE)
    redo(store)
    assert list(paper_of(store, paper_id).came_from) == spans[:1]


def test_strings_preambles_and_comments_are_kept_in_their_order(store: SqliteStore) -> None:
    string = Block("string", "ACM", "{ACM Press}", "@string{ACM = {ACM Press}}", Span(10, 40, 2))
    later = Block("string", "acm", '"Other"', '@string{acm = "Other"}', Span(50, 70, 5))
    comment = Block("comment", "", "", "% hello", Span(0, 7, 1))
    with step(store) as writer:
        source_id = writer.keep_source(_SOURCE)
        writer.add_blocks(source_id, [string, later, comment, string])
        writer.add_blocks(source_id, [comment])
    with store.read() as reader:
        assert reader.blocks() == [(source_id, comment), (source_id, string), (source_id, later)]
        assert reader.macros() == {"acm": '"Other"'}
    undo(store)
    with store.read() as reader:
        assert (reader.blocks(), reader.macros()) == ([], {})


def test_a_block_is_replaced_and_forgotten_and_both_are_undone(store: SqliteStore) -> None:
    old = Block("string", "jmlr", '"J"', '@string{jmlr = "J"}', Span(0, 19, 1))
    new = Block("string", "JMLR", '"Journal"', '@string{JMLR = "Journal"}', Span(0, 19, 1))
    with step(store) as writer:
        source = writer.keep_source(_SOURCE)
        writer.add_blocks(source, [old])
    with step(store) as writer:
        writer.replace_block(source, old, new)
    with step(store) as writer:
        writer.replace_block(source, new, None)
    with store.read() as reader:
        assert reader.blocks() == []
    undo(store)
    with store.read() as reader:
        assert (reader.blocks(), reader.macros()) == ([(source, new)], {"jmlr": '"Journal"'})
    undo(store)
    with store.read() as reader:
        assert reader.blocks() == [(source, old)]
    redo(store)
    with pytest.raises(NotFound), step(store) as writer:
        writer.replace_block(source, old, None)


# Profiles and saved searches


def test_a_profile_has_one_capture_a_day_newest_first(store: SqliteStore) -> None:
    first, second = Capture(date(2026, 11, 21), h_index=12), Capture(date(2026, 11, 22), h_index=13, ai_score=47.5)
    with step(store) as writer:
        writer.put_capture("Lars Buesing", "LG", first)
        writer.put_capture("LARS  BUESING", "", second)
        writer.put_capture("Ann", "AI", first)
    with store.read() as reader:
        assert reader.profiles() == [
            AuthorProfile("Ann", "AI", (first,)),
            AuthorProfile("Lars Buesing", "LG", (second, first)),
        ]
    replaced = Capture(date(2026, 11, 22), h_index=14)
    with step(store) as writer:
        writer.put_capture("Lars Buesing", "LG", replaced)
    assert store.last_changes().profiles
    with store.read() as reader:
        assert reader.profiles()[1].captures == (replaced, first)
    undo(store)
    with store.read() as reader:
        assert reader.profiles()[1].captures == (second, first)


def test_a_saved_search_is_replaced_by_name(store: SqliteStore) -> None:
    for search in (SavedSearch("Reading", "tag:todo"), SavedSearch("a", "x"), SavedSearch("reading", "tag:now")):
        with step(store) as writer:
            writer.save_search(search)
    with store.read() as reader:
        assert reader.saved_searches() == [SavedSearch("a", "x"), SavedSearch("reading", "tag:now")]
    with step(store) as writer:
        writer.delete_saved_search("READING")
    with store.read() as reader:
        assert reader.saved_searches() == [SavedSearch("a", "x")]


# Trash


def test_the_trash_keeps_the_time_and_gives_everything_back(store: SqliteStore, clock: FakeClock) -> None:
    ids = add(store, draft(key="a"), draft("B"))
    before = content(store)
    with step(store) as writer:
        writer.set_trashed(ids[:1], ADDED)
    with step(store) as writer:
        writer.set_trashed(ids, clock.now())
    assert [paper_of(store, one).trashed for one in ids] == [ADDED, clock.now()]
    with step(store) as writer:
        writer.set_trashed([*ids, PaperId(99)], None)
    assert content(store) == before
    undo(store)
    assert [paper_of(store, one).trashed for one in ids] == [ADDED, clock.now()]
