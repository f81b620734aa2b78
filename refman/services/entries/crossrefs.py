"""Parents of crossrefs: making one of what children have in common, taking one apart, finding parents and children."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue
from refman.domain.listing import Listing
from refman.domain.paper import Draft, FieldValue, Origin, Paper, PaperId, People, SourceSpan
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.domain.query import Has
from refman.formats.bibtex.values import macros_of
from refman.services.citekeys import KeyMaker, key_for
from refman.services.entries.derived import inherited_by, parent_of, renew_derived, without_derived
from refman.services.entries.own_text import OwnTexts, file_of
from refman.services.entries.string_values import papers_of
from refman.services.entries.strings import StringTable
from refman.services.entries.typed_text import keep_typed
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of

# What a volume says of all that stands in it. The year stays with the children, too: keys and lists want it.
_MOVED = ("booktitle", "publisher", "series", "volume", "address", "organization", "eventtitle")
_COPIED = ("year", "month")
_IN_PROCEEDINGS = frozenset({"inproceedings", "conference"})
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Crossrefs:
    """The parents and children of one library."""

    store: Store
    clock: Clock
    pattern: str

    def parent(self, paper_id: PaperId) -> PaperId | None:
        """The paper that `crossref` names, None when there is none."""
        with self.store.read() as reader:
            paper = reader.paper(paper_id)
            found = parent_of(reader, paper) if paper else None
        return found.id if found else None

    def children(self, paper_id: PaperId) -> list[Paper]:
        """The papers whose `crossref` names this one. Cost: reads every paper with a crossref."""
        with self.store.read() as reader:
            paper = reader.paper(paper_id)
            return children_of(reader, paper) if paper else []

    def make_parent(self, ids: Sequence[PaperId]) -> Outcome:
        """Adds the volume that papers stand in, with what is equal in all of them; they name it and inherit from it.

        Raises: InvalidValue when they are fewer than two, have no book title in common or a crossref already.
        """

        def work(writer: Writer) -> None:
            children = list(papers_of(writer, ids))
            parent = _common(children, StringTable(writer))
            key = KeyMaker(writer, self.pattern).make(parent)
            (parent_id,) = writer.add_papers([replace(parent, key=key)], added=self.clock.now())
            texts = OwnTexts(writer)
            for child in children:
                self._point(writer, texts, child, key, replace(parent, key=key))
            assert writer.paper(parent_id) is not None

        papers = count_of(len(ids), "paper")
        said = Sentence("parent-made", f"{papers} share a parent now", (papers,))
        return change(self.store, Step(OperationKind.CREATE, f"Make a parent of {papers}"), work, done=said)

    def flatten(self, ids: Sequence[PaperId]) -> Outcome:
        """Copies what papers inherit into them and takes their crossref away; the parents stay.

        Raises: InvalidValue when none of them has a parent here.
        """

        def work(writer: Writer) -> None:
            texts = OwnTexts(writer)
            found = [(child, parent) for child in papers_of(writer, ids) if (parent := parent_of(writer, child))]
            if not found:
                raise InvalidValue("no-parent", "None of these papers has a crossref parent in this library.")
            table = StringTable(writer)
            for child, parent in found:
                self._copy_down(writer, texts, child, parent, table=table)

        papers = count_of(len(ids), "paper")
        said = Sentence("flattened", f"{papers} no longer need a parent", (papers,))
        return change(self.store, Step(OperationKind.EDIT, f"Flatten {papers}"), work, done=said)

    def _point(self, writer: Writer, texts: OwnTexts, child: Paper, key: str, parent: Draft) -> None:
        for name in _MOVED:
            if parent.plain(name):
                writer.set_field(child.id, name, None)
        if "editor" in parent.people:
            writer.set_people(child.id, "editor", None)
        writer.set_field(child.id, "crossref", FieldValue(key, f"{{{key}}}", Origin.PERSON))
        stored = _again(writer, child)
        renew_derived(writer, stored, Draft(), inherited_by(without_derived(stored), parent))
        self._keep_layout(writer, texts, child)

    def _copy_down(self, writer: Writer, texts: OwnTexts, child: Paper, parent: Paper, *, table: StringTable) -> None:
        own = without_derived(child)
        inherited = inherited_by(own, parent)
        places = file_of(parent), file_of(child)
        for name in inherited.fields:
            given = parent.fields.get(name) or parent.fields["title"]
            writer.set_field(
                child.id, name, replace(given, source=_source(table, given, *places), origin=Origin.PERSON)
            )
        for role in inherited.people:
            people = parent.people[role]
            writer.set_people(
                child.id, role, replace(people, source=_source(table, people, *places), origin=Origin.PERSON)
            )
        writer.set_field(child.id, "crossref", None)
        self._keep_layout(writer, texts, child)

    def _keep_layout(self, writer: Writer, texts: OwnTexts, before: Paper) -> None:
        """An entry with a text of its own keeps its layout: only what was changed stands otherwise in it."""
        if texts.as_it_leaves(before) is None:
            return
        after = _again(writer, before)
        own = texts.of(after, after.key or key_for(writer, after, KeyMaker(writer, self.pattern)))
        keep_typed(writer, after.id, own.text, dialect=own.dialect, now=self.clock.now())


def children_of(reader: Reader, parent: Paper) -> list[Paper]:
    """The papers outside the trash whose `crossref` names this one, by key."""
    key = parent.key.lower()
    ids = [PaperId(number) for number in reader.ids(Listing(Has("crossref")))] if key else []
    found = [paper for paper in papers_of(reader, ids) if paper.plain("crossref").strip().lower() == key]
    return sorted(found, key=lambda paper: paper.key)


def _common(children: Sequence[Paper], table: StringTable) -> Draft:
    """The parent: what is equal in all children. Raises: InvalidValue."""
    if len(children) < _FEWEST:
        raise InvalidValue("too-few-children", "Select two papers at least that stand in one volume.")
    if any(child.plain("crossref") for child in children):
        raise InvalidValue("has-parent", "One of these papers has a crossref already; flatten it first.")
    place = file_of(children[0])
    first, others = without_derived(children[0]), [without_derived(child) for child in children[1:]]
    fields = {
        name: replace(value, source=_source(table, value, place, None), origin=Origin.PERSON)
        for name in (*_MOVED, *_COPIED)
        if (value := first.fields.get(name)) and value.plain and all(one.plain(name) == value.plain for one in others)
    }
    title = fields.get("booktitle")
    if title is None:
        raise InvalidValue("no-common-title", "These papers have no book title in common, so no volume can be made.")
    editor = first.people.get("editor")
    is_shared = editor is not None and all(_same(editor, one.people.get("editor")) for one in others)
    kind = "proceedings" if any(child.type.lower() in _IN_PROCEEDINGS for child in children) else "book"
    if editor is None or not is_shared:
        return Draft(kind, "", {"title": title, **fields})
    editors = replace(editor, source=_source(table, editor, place, None), origin=Origin.PERSON)
    return Draft(kind, "", {"title": title, **fields}, {"editor": editors})


def _same(one: People, other: People | None) -> bool:
    return other is not None and (one.names, one.truncated) == (other.names, other.truncated)


def _source(
    table: StringTable, value: FieldValue | People, old: SourceSpan | None, new: SourceSpan | None
) -> str | None:
    """The value expression of one place for another; None where a macro in it means something else there."""
    for name in macros_of(value.source) if value.source else ():
        here, there = table.meant_at(name, old), table.meant_at(name, new)
        if (here.tex if here else "") != (there.tex if there else ""):
            return None
    return value.source


def _again(writer: Writer, paper: Paper) -> Paper:
    found = writer.paper(paper.id)
    assert found is not None
    return found
