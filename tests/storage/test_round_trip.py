"""What was put in comes out as it was."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.listing import PaperRow
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Note, NoteId, Origin, Paper, PaperId, People
from refman.storage.mapping import fields_of, people_of, rows_of
from refman.storage.store import SqliteStore
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, draft, drafts, paper_of, step, typed, undo


@given(drafts)
def test_any_draft_comes_back_from_its_rows(given_draft: Draft) -> None:
    rows = rows_of(given_draft)
    assert fields_of(rows.paper, rows.text) == given_draft.fields
    assert people_of(rows.text) == given_draft.people
    assert (rows.paper["type"], rows.paper["key"]) == (given_draft.type, None)


@given(drafts)
def test_a_draft_that_came_back_has_the_same_rows(given_draft: Draft) -> None:
    rows = rows_of(given_draft)
    again = replace(given_draft, fields=fields_of(rows.paper, rows.text), people=people_of(rows.text))
    assert rows_of(again) == rows


@given(st.lists(drafts, min_size=1, max_size=3))
def test_any_paper_comes_back_from_the_file(shared_store: SqliteStore, given_drafts: list[Draft]) -> None:
    ids = add(shared_store, *given_drafts)
    with shared_store.read() as reader:
        papers = reader.papers(ids)
    assert [(paper.type, paper.fields, paper.people) for paper in papers] == [
        (one.type, one.fields, one.people) for one in given_drafts
    ]


def test_a_whole_paper_comes_back(store: SqliteStore) -> None:
    given_draft = replace(draft(key="vaswani2017"), tags=("rl/planning", "Nets"), notes=("*First*", "Second"))
    [paper_id] = add(store, given_draft)
    assert paper_of(store, paper_id) == Paper(
        type="misc",
        key="vaswani2017",
        fields=given_draft.fields,
        people=given_draft.people,
        tags=("Nets", "rl/planning"),
        notes=("*First*", "Second"),
        id=paper_id,
        added=ADDED,
        changed=ADDED,
        stored_notes=(Note(NoteId(1), "*First*", ADDED, ADDED), Note(NoteId(2), "Second", ADDED, ADDED)),
    )


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("origin", list(Origin))
def test_people_with_an_empty_source_come_back_and_are_undone(store: SqliteStore, role: str, origin: Origin) -> None:
    [paper_id] = add(store, draft())
    before, nobody = paper_of(store, paper_id).people, People((), False, "", origin)
    with step(store, "Edit") as writer:
        writer.set_people(paper_id, role, nobody)
    assert paper_of(store, paper_id).people[role] == nobody
    undo(store)
    assert paper_of(store, paper_id).people == before


def test_a_cleared_field_stays_cleared_by_a_person(store: SqliteStore) -> None:
    [paper_id] = add(store)
    with step(store) as writer:
        writer.set_field(paper_id, "title", typed(""))
        writer.set_field(paper_id, "volume", typed(""))
    fields = paper_of(store, paper_id).fields
    assert (fields["title"], fields["volume"]) == (typed(""), typed(""))


def test_a_dropped_field_is_gone(store: SqliteStore) -> None:
    [paper_id] = add(store, draft(journal="Nature"))
    with step(store) as writer:
        writer.set_field(paper_id, "journal", None)
        writer.set_people(paper_id, "author", None)
    paper = paper_of(store, paper_id)
    assert (set(paper.fields), paper.people) == ({"title", "year"}, {})


def test_edits_of_every_kind_come_back(store: SqliteStore, clock: FakeClock) -> None:
    [paper_id] = add(store)
    editors = People((Name(literal="The ATLAS Collaboration"),), source="{The ATLAS Collaboration}")
    with step(store) as writer:
        writer.set_field(paper_id, "x-unknown", FieldValue("kept", "{kept}", Origin.PROVIDER))
        writer.set_people(paper_id, "editor", editors)
        writer.set_type(paper_id, "article")
        writer.set_key(paper_id, "Key1")
    paper = paper_of(store, paper_id)
    assert paper.fields["x-unknown"] == FieldValue("kept", "{kept}", Origin.PROVIDER)
    assert (paper.people["editor"], paper.type, paper.key, paper.changed) == (editors, "article", "Key1", clock.now())


def test_a_row_shows_what_a_list_needs(store: SqliteStore) -> None:
    fields = {"journal": "Nature", "month": "5", "category_code": "AI", "score": "95.5", "doi": "10.1/X", "eprint": "1"}
    [paper_id] = add(store, replace(draft(key="k", **fields), tags=("b", "a"), notes=("n",)))
    with step(store) as writer:
        writer.set_tag_look("a", colour=3, number_key=1)
    with store.read() as reader:
        [row] = reader.rows([paper_id])
    assert row == PaperRow(
        id=paper_id,
        key="k",
        type="misc",
        title="Attention is All You Need",
        authors="Vaswani, von Glehn et al.",
        year="2017",
        month="5",
        venue="Nature",
        category_code="AI",
        score="95.5",
        doi="10.1/X",
        eprint="1",
        added=ADDED,
        changed=ADDED,
        tags=row.tags,
        has_note=True,
        has_file=False,
        has_pdf=False,
        is_trashed=False,
    )
    assert [(badge.name, badge.colour) for badge in row.tags] == [("a", 3), ("b", 0)]


def test_papers_and_rows_come_in_the_order_asked_for_and_unknown_ids_are_left_out(store: SqliteStore) -> None:
    ids = add(store, *(draft(f"Title {number}") for number in range(600)))
    asked = [*reversed(ids), PaperId(9999)]
    with store.read() as reader:
        assert [paper.id for paper in reader.papers(asked)] == ids[::-1]
        assert [row.id for row in reader.rows(asked)] == ids[::-1]


def test_times_without_a_zone_are_utc(store: SqliteStore) -> None:
    with step(store) as writer:
        [paper_id] = writer.add_papers([draft()], added=datetime(2020, 2, 3, 4, 5, 6))
    assert paper_of(store, paper_id).added == datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
