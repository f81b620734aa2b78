"""Changing papers by hand: fields, people, entry types, citation keys."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.fields import canonical_name, field_of
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Origin, Paper, PaperId, People
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.services.citekeys import KeyMaker, check_is_free, is_ready_for_key, key_for
from refman.services.edit_dates import resolve_dates
from refman.services.edit_values import Edit, parse_edit, parse_type
from refman.services.labels import label_of, papers_label
from refman.services.operations import Step, change, run
from refman.services.outcome import Outcome, Sentence, outcome_of

_CHUNK = 500
_NAMED_FIELDS = 3


def edit(
    store: Store,
    paper_id: PaperId,
    changes: Mapping[str, str],
    *,
    pattern: str,
    expected: Mapping[str, str] | None = None,
    merge_key: str = "",
) -> Outcome:
    """Changes fields of one paper, all or none.

    Raises: InvalidValue whose first argument is the field, NotFound, ConflictError when a stored value is not the
    expected one or the key belongs to another paper.
    """
    parsed = parse_edit(changes)

    def work(writer: Writer) -> None:
        paper = _paper(writer, paper_id)
        _check_expected(paper, expected or {})
        _apply(writer, paper, parsed, pattern=pattern)

    with store.read() as reader:
        label = label_of(reader, paper_id)
    return change(store, _step_of(parsed, label, merge_key), work, done=_done(parsed, label))


def edit_names(
    store: Store, paper_id: PaperId, *, role: str, names: Sequence[Name], truncated: bool, pattern: str
) -> Outcome:
    """Replaces the people of one role. Raises: NotFound."""
    people = People(tuple(names), truncated and bool(names), None, Origin.PERSON)
    parsed = Edit(people={canonical_name(role): people})
    label = papers_label(store, [paper_id])

    def work(writer: Writer) -> None:
        _apply(writer, _paper(writer, paper_id), parsed, pattern=pattern)

    return change(store, _step_of(parsed, label, ""), work, done=_done(parsed, label))


def edit_many(store: Store, ids: Sequence[PaperId], *, field: str, value: str, pattern: str) -> Outcome:
    """Sets one field of many papers. Raises: InvalidValue, also for the key, which is another one for each paper."""
    parsed = parse_edit({field: value})
    if parsed.key is not None:
        raise InvalidValue("one-key-for-many", "Many papers cannot have one citation key.", "key")

    def work(writer: Writer) -> None:
        for start in range(0, len(ids), _CHUNK):
            for paper in writer.papers(ids[start : start + _CHUNK]):
                _apply(writer, paper, parsed, pattern=pattern)

    label = papers_label(store, ids)
    return change(store, _step_of(parsed, label, ""), work, done=_done(parsed, label))


def new_paper(store: Store, entry_type: str, *, fields: Mapping[str, str], clock: Clock, pattern: str) -> Outcome:
    """Adds a paper. Its key is made as soon as it has title, people and year, or when it is first needed.

    Raises: InvalidValue whose first argument is the field, ConflictError when the key belongs to another paper.
    """
    parsed = parse_edit(fields)
    values = {name: value for name, value in resolve_dates(Draft(), parsed.fields).items() if value}
    draft = Draft(
        type=parsed.type or parse_type(entry_type),
        key=parsed.key or "",
        fields={name: FieldValue(value, None, Origin.PERSON) for name, value in values.items()},
        people={role: people for role, people in parsed.people.items() if people.names},
    )

    def work(writer: Writer) -> None:
        if draft.key:
            check_is_free(writer, draft.key, None)
        key = draft.key or (KeyMaker(writer, pattern).make(draft) if is_ready_for_key(draft) else "")
        writer.add_papers([replace(draft, key=key)], added=clock.now())

    _, changes = run(store, Step(OperationKind.CREATE, "Add a paper"), work)
    return outcome_of(changes, Sentence("paper-added", "Paper added"))


def _paper(reader: Reader, paper_id: PaperId) -> Paper:
    paper = reader.paper(paper_id)
    if paper is None:
        raise NotFound("no-paper", f"There is no paper {paper_id} in this library any more.", str(paper_id))
    return paper


def _check_expected(paper: Paper, expected: Mapping[str, str]) -> None:
    for typed, seen in expected.items():
        stored = {"key": paper.key, "type": paper.type}.get(typed)
        if (paper.plain(canonical_name(typed.removeprefix("fields."))) if stored is None else stored) != seen:
            raise ConflictError(
                "field-changed",
                f"{field_of(typed).label} of {paper.key or paper.id} was changed elsewhere meanwhile.",
                typed,
                paper.key,
            )


def _apply(writer: Writer, paper: Paper, parsed: Edit, *, pattern: str) -> None:
    """Writes what differs, and makes the key of a paper that now has what it takes."""
    _write(writer, paper, parsed)
    if paper.key or parsed.key is not None:
        return
    complete = _paper(writer, paper.id)
    if is_ready_for_key(complete):
        writer.set_key(paper.id, key_for(writer, complete, KeyMaker(writer, pattern)))


def _write(writer: Writer, paper: Paper, parsed: Edit) -> None:
    """A value that is typed as it stands keeps its source and its origin."""
    if parsed.key is not None and parsed.key != paper.key:
        check_is_free(writer, parsed.key, paper.id)
        writer.set_key(paper.id, parsed.key)
    if parsed.type is not None and parsed.type != paper.type:
        writer.set_type(paper.id, parsed.type)
    for name, value in resolve_dates(paper, parsed.fields).items():
        if value != paper.plain(name):
            # An empty value stays as a mark: no import fills what a person cleared.
            writer.set_field(paper.id, name, FieldValue(value, None, Origin.PERSON))
    for role, people in parsed.people.items():
        present = paper.people.get(role, People())
        if (people.names, people.truncated) != (present.names, present.truncated):
            writer.set_people(paper.id, role, people)


def _step_of(parsed: Edit, label: str, merge_key: str) -> Step:
    if parsed.names == ("key",):
        return Step(OperationKind.RENAME_KEY, f"Rename the key {label} to {parsed.key}", merge_key)
    return Step(OperationKind.EDIT, f"Edit {_what(parsed)} of {label}", merge_key)


def _done(parsed: Edit, label: str) -> Sentence:
    if parsed.names == ("key",):
        return Sentence("key-renamed", f"Key {label} renamed to {parsed.key}", (label, str(parsed.key)))
    what = _what(parsed)
    return Sentence("edited", f"{what[:1].upper()}{what[1:]} of {label} changed", (what, label))


def _what(parsed: Edit) -> str:
    """The labels of the fields inside a sentence; abbreviations (`DOI`) keep their capitals."""
    labels = [field_of(name).label if name != "type" else "type" for name in parsed.names]
    names = [label if label.isupper() else label[0].lower() + label[1:] for label in labels]
    return ", ".join(names) if len(names) <= _NAMED_FIELDS else f"{len(names)} fields"
