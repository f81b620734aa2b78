"""What a paper takes from others of the library by `crossref`, worked out anew when a person changes either of them."""

from dataclasses import replace

from refman.domain.errors import NotFound
from refman.domain.paper import Draft, FieldValue, Paper, PaperId, People
from refman.domain.ports import Reader, Writer
from refman.formats.bibtex.inheritance import with_inherited


def paper_in(reader: Reader, paper_id: PaperId) -> Paper:
    """The paper. Raises: NotFound."""
    paper = reader.paper(paper_id)
    if paper is None:
        raise NotFound("no-paper", f"There is no paper {paper_id} in this library any more.", str(paper_id))
    return paper


def parent_of(reader: Reader, draft: Draft) -> Paper | None:
    """The paper that `crossref` names, None when there is none outside the trash."""
    key = draft.plain("crossref").strip()
    found = reader.ids_of_keys([key]).get(key) if key else None
    parent = reader.paper(found) if found is not None else None
    return None if parent is None or parent.trashed else parent


def without_derived(draft: Draft) -> Draft:
    """What the paper says itself."""
    return replace(
        draft,
        fields={name: value for name, value in draft.fields.items() if not value.is_guess},
        people={role: people for role, people in draft.people.items() if not people.is_guess},
    )


def inherited_by(draft: Draft, parent: Draft | None) -> Draft:
    """A draft of nothing but what `draft`, which says only its own, takes from the parent; all is derived."""
    if parent is None:
        return Draft()
    # A cleared field is a mark for imports; BibTeX inherits over it all the same.
    own = replace(
        draft, fields={name: one for name, one in draft.fields.items() if one.plain or one.source is not None}
    )
    first = without_derived(parent)
    filled = with_inherited([replace(first, key=parent.key), own], ())[1]
    return Draft(
        fields={name: value for name, value in filled.fields.items() if name not in own.fields},
        people={role: people for role, people in filled.people.items() if role not in own.people},
    )


def renew_derived(writer: Writer, paper: Paper, before: Draft, after: Draft) -> None:
    """Takes what was inherited `before` out of the stored paper and puts in what is `after`; own values stay."""
    for name in {**before.fields, **after.fields}:
        present, wanted = paper.fields.get(name), after.fields.get(name)
        if present != wanted and _is_replaceable(present, before.fields.get(name)):
            writer.set_field(paper.id, name, wanted)
    for role in {**before.people, **after.people}:
        people, people_wanted = paper.people.get(role), after.people.get(role)
        if people != people_wanted and _is_replaceable(people, before.people.get(role)):
            writer.set_people(paper.id, role, people_wanted)


def _is_replaceable(present: FieldValue | People | None, before: FieldValue | People | None) -> bool:
    """Nothing, a mark that a field was cleared, or what was inherited before."""
    if present is None or present == before:
        return True
    if isinstance(present, FieldValue):
        return present.is_guess or not (present.plain or present.source is not None)
    return present.is_guess or not (present.names or present.truncated)
