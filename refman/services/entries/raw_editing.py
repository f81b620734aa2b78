"""Editing a paper as the BibTeX of its entry: fields, type and key at once, one step of undo.

What leaves afterwards is the text that was typed (docs/decisions/0067): it is kept as a source of the paper, and every
value has the source that stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, Problem
from refman.domain.paper import Draft, FieldValue, Origin, Paper, PaperId, People
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.formats.bibtex.raw_entry import RawEntry, read_raw_entry
from refman.services.citekeys import KeyMaker, check_is_free, is_ready_for_key, key_for, parse_key
from refman.services.entries.derived import inherited_by, paper_in, parent_of, renew_derived, without_derived
from refman.services.entries.macro_texts import macro_texts
from refman.services.entries.own_text import OwnText, OwnTexts, file_of
from refman.services.entries.typed_text import keep_typed
from refman.services.labels import label_of
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence

# The mark of a person: no import fills what was taken out.
_CLEARED = FieldValue("", None, Origin.PERSON)
_NOBODY = People((), False, None, Origin.PERSON)
Value = TypeVar("Value", FieldValue, People)


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """What is wrong in a typed entry: with `errors` it cannot be saved, `notes` are kept as they stand."""

    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """A paper, its text as it stands, and what the macros in it mean."""

    paper: Paper
    own: OwnText
    macros: Mapping[str, str] = field(repr=False)


def entry_text(store: Store, paper_id: PaperId, *, pattern: str) -> str:
    """The text to edit; a paper whose key waits has the one it would get. Raises: NotFound."""
    with store.read() as reader:
        return _scene(reader, paper_id, pattern).own.text


def check_entry(store: Store, paper_id: PaperId, text: str) -> EntryCheck:
    """What `edit_entry` would say of the text; nothing is written. Cheap enough for every pause in typing: the file
    that the paper came from is not read. Raises: NotFound."""
    with store.read() as reader:
        paper = paper_in(reader, paper_id)
        read = read_raw_entry(text, macro_texts(reader.blocks(), file_of(paper)))
        return EntryCheck((*read.errors, *_key_problems(reader, paper, read)), read.notes)


def edit_entry(
    store: Store, paper_id: PaperId, text: str, *, clock: Clock, pattern: str, expected: str | None = None
) -> Outcome:
    """Stores a typed entry: what it no longer has is cleared, what it has is set, all or nothing.

    `expected` is the text that the person began with. Fields that are no part of the text (derived ones, scores) stay.

    Raises: InvalidValue with the line for a text that cannot be stored, ConflictError when the paper is no longer
    what it was or the key belongs to another paper, NotFound.
    """
    with store.read() as reader:
        label = label_of(reader, paper_id)

    def work(writer: Writer) -> None:
        scene = _scene(writer, paper_id, pattern)
        read = read_raw_entry(text, scene.macros)
        if read.raw == scene.own.text and not read.errors:
            return
        if expected is not None and scene.own.text != expected:
            message = f"{label} was changed elsewhere meanwhile; nothing was saved. Save again to keep your text."
            raise ConflictError("entry-changed", message, label)
        _Edit(writer, scene, read, clock=clock, pattern=pattern).store()

    done = Sentence("entry-edited", f"BibTeX of {label} changed", (label,))
    return change(store, Step(OperationKind.EDIT, f"Edit BibTeX of {label}"), work, done=done)


def _scene(reader: Reader, paper_id: PaperId, pattern: str) -> _Scene:
    paper = paper_in(reader, paper_id)
    key = paper.key or key_for(reader, paper, KeyMaker(reader, pattern))
    texts = OwnTexts(reader)
    return _Scene(paper, texts.of(paper, key), macro_texts(texts.blocks, file_of(paper)))


def _key_problems(reader: Reader, paper: Paper, read: RawEntry) -> list[Problem]:
    """Why the key cannot be that of the paper; one that it has already is not asked about."""
    if read.draft is None or not read.draft.key or read.draft.key == paper.key:
        return []
    try:
        check_is_free(reader, parse_key(read.draft.key), paper.id)
    except (InvalidValue, ConflictError) as error:
        return [Problem(read.key_line, error.code, error.message, error.arguments)]
    return []


class _Edit:
    """One typed entry on its way into the library."""

    def __init__(self, writer: Writer, scene: _Scene, read: RawEntry, *, clock: Clock, pattern: str) -> None:
        if read.errors or read.draft is None:
            raise _refused(read.errors[0])
        self._writer = writer
        self._paper = scene.paper
        self._own = scene.own
        self._read = read
        self._after: Draft = read.draft
        self._before = read_raw_entry(scene.own.text, scene.macros).draft or Draft()
        self._clock = clock
        self._pattern = pattern

    def store(self) -> None:
        """Writes what differs. Raises: as `edit_entry`."""
        paper, after, writer = self._paper, self._after, self._writer
        self._set_key()
        if after.type != self._before.type:
            writer.set_type(paper.id, after.type)
        for name in {**self._before.fields, **after.fields}:
            self._set_field(name)
        for role in {**self._before.people, **after.people}:
            self._set_people(role)
        own_before, own_after = without_derived(self._before), without_derived(after)
        stored = paper_in(writer, paper.id)
        inherited = inherited_by(own_before, parent_of(writer, own_before))
        renew_derived(writer, stored, inherited, inherited_by(own_after, parent_of(writer, own_after)))
        keep_typed(
            writer, paper.id, self._read.raw, dialect=self._read.dialect or self._own.dialect, now=self._clock.now()
        )
        if not stored.key and is_ready_for_key(complete := paper_in(writer, paper.id)):
            writer.set_key(paper.id, key_for(writer, complete, KeyMaker(writer, self._pattern)))

    def _set_key(self) -> None:
        """A key that waits and was left as it was shown goes on waiting."""
        typed = self._after.key
        if typed in (self._paper.key, self._before.key):
            return
        check_is_free(self._writer, parse_key(typed), self._paper.id)
        self._writer.set_key(self._paper.id, typed)

    def _set_field(self, name: str) -> None:
        before, after, present = (one.fields.get(name) for one in (self._before, self._after, self._paper))
        wanted = _wanted(before, after, present, cleared=_CLEARED)
        if wanted != present:
            self._writer.set_field(self._paper.id, name, wanted)

    def _set_people(self, role: str) -> None:
        before, after, present = (one.people.get(role) for one in (self._before, self._after, self._paper))
        wanted = _wanted(before, after, present, cleared=_NOBODY)
        if wanted != present:
            self._writer.set_people(self._paper.id, role, wanted)


def _wanted(before: Value | None, after: Value | None, present: Value | None, *, cleared: Value) -> Value | None:
    """The value as it is to be stored: one whose text was left alone keeps what is shown of it and who gave it."""
    is_own = present is not None and not present.is_guess
    was_said = before is not None and not before.is_guess
    if after is None or after.is_guess:
        if is_own and not was_said:
            return present
        return after if after is not None or not is_own else cleared
    if is_own and present is not None and before == after:
        return replace(present, source=after.source)
    return replace(after, origin=Origin.PERSON)


def _refused(problem: Problem) -> InvalidValue:
    message = f"Line {problem.line}: {problem.message} Nothing was saved."
    return InvalidValue("entry-unreadable", message, str(problem.line), problem.message)
