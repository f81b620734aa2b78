"""Drafts and papers for tests of services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from refman.domain.changes import OperationKind
from refman.domain.names import parse_name
from refman.domain.paper import Draft, FieldValue, Origin, Paper, PaperId, People
from refman.services.import_plan import ImportInput, ImportOptions, ImportReport, OnDuplicate
from refman.services.library import Library
from refman.services.operations import Step, run

PAGE = Path(__file__).resolve().parent.parent / "data" / "profile" / "lars-buesing.txt"
CAPTURED = date(2026, 11, 22)


def people(*names: str, truncated: bool = False, origin: Origin = Origin.IMPORTER) -> People:
    """People by their names in reading order."""
    return People(tuple(parse_name(name) for name in names), truncated, None, origin)


def draft(title: str = "", *authors: str, key: str = "", **fields: str) -> Draft:
    """A draft as an importer gives it."""
    values = {"title": title, **fields} if title else fields
    plain = {name: FieldValue(value) for name, value in values.items()}
    return Draft("misc", key, plain, {"author": people(*authors)} if authors else {})


def store_draft(library: Library, stored: Draft) -> PaperId:
    """Puts a draft into a library as it stands."""
    step = Step(OperationKind.CREATE, "Add a paper")
    ids, _ = run(library.store, step, lambda writer: writer.add_papers([stored], added=library.clock.now()))
    return ids[0]


def stored_paper(library: Library, paper_id: PaperId) -> Paper:
    """A paper that must be there."""
    paper = library.paper(paper_id)
    assert paper is not None
    return paper


def paper_of(library: Library, key: str) -> Paper:
    """The paper with a key, which must be there."""
    return stored_paper(library, library.ids_of_keys([key])[key])


def import_texts(
    library: Library,
    *texts: str,
    format: str = "",
    captured_on: date = CAPTURED,
    on_duplicate: OnDuplicate = OnDuplicate.UPDATE,
    tags: Sequence[str] = (),
) -> ImportReport:
    """Imports texts as files a.txt, b.txt, ..."""
    options = ImportOptions(captured_on, tuple(tags), on_duplicate, format=format)
    inputs = [ImportInput(f"{chr(97 + place)}.txt", text) for place, text in enumerate(texts)]
    return library.apply_import(library.plan_import(inputs, options))


def import_page(
    library: Library,
    *,
    captured_on: date = CAPTURED,
    on_duplicate: OnDuplicate = OnDuplicate.UPDATE,
    tags: Sequence[str] = (),
) -> ImportReport:
    """Imports the real author page."""
    text = PAGE.read_text("utf-8")
    return import_texts(library, text, captured_on=captured_on, on_duplicate=on_duplicate, tags=tags)


def with_fields(one: Draft, **fields: str) -> Draft:
    """The draft with other plain values."""
    return replace(one, fields={**one.fields, **{name: FieldValue(value) for name, value in fields.items()}})
