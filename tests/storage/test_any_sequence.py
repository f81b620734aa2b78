"""Whatever is done in whatever order: undoing all gives the start, redoing all the end, and the file stays sound."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from refman.domain.changes import OperationKind
from refman.domain.errors import Cancelled, ConflictError, NotFound
from refman.domain.listing import SavedSearch
from refman.domain.paper import Attachment, AttachmentId, Draft, FieldValue, PaperId, People, Span
from refman.domain.profile import Capture
from refman.domain.sources import Block, SourceText
from refman.storage.opener import SqliteOpener
from refman.storage.writer import SqliteWriter
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, content, drafts, field_values, people, redo, sentences, step, undo

_numbers = st.integers(0, 30)
_tag_names = st.sampled_from(["rl", "RL", "rl/planning", "rl/planning/mcts", "nets", "a\\/b", "Ünï"])
_field_names = st.sampled_from(["title", "abstract", "journal", "booktitle", "year", "date", "doi", "x-own"])
_keys = st.sampled_from(["", "k1", "K1", "k2", "Müller2020", "DBLP:conf/x"])


class AnySequence(RuleBasedStateMachine):
    """Every rule is one step; `_past` holds the content after each step that was done, `_future` of those undone."""

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="refman-test-")
        self._clock = FakeClock()
        self._opener = SqliteOpener(self._clock)
        self._location = str(Path(self._folder, "papers.refman"))
        self._opener.create(self._location)
        self._store = self._opener.open(self._location)
        self._past = [content(self._store)]
        self._future: list[dict[str, object]] = []

    def teardown(self) -> None:
        if hasattr(self, "_store"):
            self._undo_and_redo_all()
            assert self._store.check() == []
            self._store.close()
            shutil.rmtree(self._folder)

    def _undo_and_redo_all(self) -> None:
        while len(self._past) > 1:
            self.undo()
        while self._future:
            self.redo()

    def _do(self, act: Callable[[SqliteWriter], object], kind: OperationKind = OperationKind.NOTE) -> None:
        """One step of its own; refused ones change nothing. Of the kind whose deletions lie in the trash."""
        self._clock.pass_seconds(5)
        try:
            with step(self._store, kind=kind) as writer:
                act(writer)
        except (ConflictError, NotFound, Cancelled):
            return
        if not self._store.last_changes().is_empty:
            self._past.append(content(self._store))
            self._future.clear()

    def _some(self, writer: SqliteWriter, number: int) -> list[PaperId]:
        """Some papers that exist, or one that does not."""
        ids = [PaperId(row[0]) for row in writer.connection.exec_driver_sql("SELECT id FROM paper ORDER BY id")]
        return ids[number % (len(ids) + 1) :][: 1 + number % 3] or [PaperId(1000 + number)]

    def _one(self, writer: SqliteWriter, number: int) -> PaperId:
        return self._some(writer, number)[0]

    @invariant()
    def content_is_that_of_the_last_step(self) -> None:
        if hasattr(self, "_store"):
            assert content(self._store) == self._past[-1]

    @rule(new=st.lists(drafts, max_size=3), tags=st.lists(_tag_names, max_size=2), key=_keys, note=sentences)
    def add(self, new: list[Draft], tags: list[str], key: str, note: str) -> None:
        last = Draft("misc", key, {"title": FieldValue(note)}, {}, tuple(tags), (note,))
        self._do(lambda writer: writer.add_papers([*new, last], added=self._clock.now()))

    @rule(number=_numbers, name=_field_names, value=st.none() | field_values)
    def set_field(self, number: int, name: str, value: FieldValue | None) -> None:
        self._do(lambda writer: writer.set_field(self._one(writer, number), name, value))

    @rule(number=_numbers, name=st.sampled_from(["author", "editor"]), value=st.none() | people)
    def set_people(self, number: int, name: str, value: People | None) -> None:
        self._do(lambda writer: writer.set_people(self._one(writer, number), name, value))

    @rule(number=_numbers, key=_keys, entry_type=st.sampled_from(["misc", "article"]))
    def set_key_and_type(self, number: int, key: str, entry_type: str) -> None:
        def act(writer: SqliteWriter) -> None:
            writer.set_type(self._one(writer, number), entry_type)
            writer.set_key(self._one(writer, number), key)

        self._do(act)

    @rule(number=_numbers, into=st.booleans())
    def trash(self, number: int, into: bool) -> None:
        self._do(lambda writer: writer.set_trashed(self._some(writer, number), self._clock.now() if into else None))

    @rule(number=_numbers)
    def purge(self, number: int) -> None:
        self._do(lambda writer: writer.purge(self._some(writer, number)))

    @rule(number=_numbers, names=st.lists(_tag_names, max_size=3), put=st.booleans())
    def tag(self, number: int, names: list[str], put: bool) -> None:
        self._do(lambda writer: (writer.put_tags if put else writer.take_tags)(self._some(writer, number), names))

    @rule(old=_tag_names, new=_tag_names)
    def rename_tag(self, old: str, new: str) -> None:
        if not new.lower().startswith(old.lower() + "/"):
            self._do(lambda writer: writer.rename_tag(old, new))

    @rule(name=_tag_names, colour=st.integers(0, 12), key=st.integers(0, 3))
    def look(self, name: str, colour: int, key: int) -> None:
        self._do(lambda writer: writer.set_tag_look(name, colour=colour, number_key=key))

    @rule(name=_tag_names)
    def delete_tag(self, name: str) -> None:
        self._do(lambda writer: writer.delete_tag(name), OperationKind.TRASH)

    @rule(number=_numbers, text=sentences)
    def note(self, number: int, text: str) -> None:
        def act(writer: SqliteWriter) -> None:
            paper_id = self._one(writer, number)
            notes = writer.notes(paper_id)
            if notes and number % 3 == 0:
                writer.delete_note(notes[0].id)
            elif notes and number % 3 == 1:
                writer.edit_note(notes[-1].id, text, when=self._clock.now())
            else:
                writer.add_note(paper_id, text, when=self._clock.now())

        self._do(act)

    @rule(number=_numbers)
    def attach(self, number: int) -> None:
        def act(writer: SqliteWriter) -> None:
            paper_id = self._one(writer, number)
            if present := writer.attachments(paper_id):
                writer.remove_attachment(present[0].id)
            else:
                given = Attachment(AttachmentId(0), f"{number}.pdf", "t", "application/pdf", is_stored=bool(number % 2))
                writer.add_attachment(paper_id, given)

        self._do(act)

    @rule(number=_numbers, for_good=st.booleans())
    def from_the_trash(self, number: int, for_good: bool) -> None:
        def act(writer: SqliteWriter) -> None:
            lying = [one.id for one in writer.discards()][number % 3 :][:2]
            (writer.forget_discards if for_good else writer.restore_discards)(lying)

        self._do(act)

    @rule(number=_numbers)
    def put_back(self, number: int) -> None:
        def act(writer: SqliteWriter) -> None:
            paper_id = self._one(writer, number)
            entries = [one for one in writer.history_of(paper_id) if one.is_restorable]
            writer.put_back(paper_id, entries[number % len(entries)].id if entries else 0)

        self._do(act)

    @rule(number=_numbers, text=sentences)
    def import_in_chunks(self, number: int, text: str) -> None:
        def act(writer: SqliteWriter) -> None:
            source_id = writer.keep_source(SourceText("s", "bibtex", text, ADDED))
            [new] = writer.add_papers([Draft(fields={"title": FieldValue(text)}, tags=("chunk",))], added=ADDED)
            span = Span(number, number + 1, 1)
            writer.add_blocks(source_id, [Block("string", "n", "{v}", "raw", span)])
            if number % 3 == 0:
                writer.commit_chunk()
            writer.add_spans(source_id, [(new, span), (self._one(writer, number), span)], when=ADDED)
            writer.put_tags([new, self._one(writer, number)], ["fresh"])
            if number % 5 == 0:
                raise Cancelled("cancelled", "Stop.")

        self._do(act)

    @rule(number=_numbers, name=st.sampled_from(["Ann", "ann", "Bob"]))
    def beside_papers(self, number: int, name: str) -> None:
        def act(writer: SqliteWriter) -> None:
            writer.put_capture(name, "LG", Capture(ADDED.date() - timedelta(days=number % 3), h_index=number))
            if number % 2 and writer.saved_searches():
                writer.delete_saved_search(writer.saved_searches()[0].name)
            else:
                writer.save_search(SavedSearch(name, str(number)))

        self._do(act)

    @rule()
    def undo(self) -> None:
        if len(self._past) > 1:
            undo(self._store)
            self._future.append(self._past.pop())

    @rule()
    def redo(self) -> None:
        if self._future:
            redo(self._store)
            self._past.append(self._future.pop())

    @rule()
    def restart(self) -> None:
        self._store.close()
        self._store = self._opener.open(self._location)


@pytest.mark.usefixtures("quick_disk")
def test_undoing_all_gives_the_start_and_redoing_all_the_end() -> None:
    """The machine asserts: `content_is_that_of_the_last_step` after every rule, sound and undone whole at its end."""
    run_state_machine_as_test(AnySequence, settings=settings(max_examples=12, stateful_step_count=20, deadline=None))
