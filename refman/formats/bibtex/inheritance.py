"""What entries take from others of their file by `crossref` and `xdata`, for display and search.

Only what an entry lacks itself, marked as derived: no export writes it, the engine of the export inherits by itself.
Both ways are taken together: BibTeX copies fields of one name (bibtex.web section 277), biblatex gives the title of
a parent as `booktitle` (manual, appendix B).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from refman.domain.paper import Draft, FieldValue, People

_DEEPEST = 10
_DATES = frozenset({"year", "month", "day", "date"})
# What names one entry alone, or steers how it is inherited.
_OWN = frozenset(
    {
        *("title", "subtitle", "titleaddon", "shorttitle", "doi", "eprint", "archiveprefix", "primaryclass", "url"),
        *("crossref", "xref", "xdata", "ids", "key", "label", "entryset", "options", "related", "file", "pdf"),
        *("abstract", "annote", "keywords", "groups", "pages", "note", "langid"),
    }
)
_POINTERS = frozenset({"crossref", "xref", "xdata", "ids", "options"})


def with_inherited(drafts: Sequence[Draft], data: Sequence[Draft]) -> list[Draft]:
    """The drafts with what they inherit; `data` are the `@xdata` of the file. Keys are told apart without case."""
    if not any("crossref" in draft.fields or "xdata" in draft.fields for draft in drafts):
        return list(drafts)
    containers = {draft.key.lower(): draft for draft in reversed(data)}
    filled = [_from_data(draft, containers, depth=0) for draft in drafts]
    parents = {draft.key.lower(): draft for draft in reversed(filled) if draft.key}
    return [_from_parent(draft, parents.get(draft.plain("crossref").strip().lower())) for draft in filled]


def _from_data(draft: Draft, containers: Mapping[str, Draft], *, depth: int) -> Draft:
    for key in draft.plain("xdata").split(","):
        found = containers.get(key.strip().lower())
        if found and depth < _DEEPEST:
            found = _from_data(found, containers, depth=depth + 1)
            draft = _completed(draft, dict(found.fields), found.people, _POINTERS)
    return draft


def _from_parent(draft: Draft, parent: Draft | None) -> Draft:
    if parent is None or parent == draft:
        return draft
    fields = dict(parent.fields)
    title = parent.fields.get("title")
    if title and "booktitle" not in fields:
        fields["booktitle"] = title
    return _completed(draft, fields, parent.people, _OWN)


def _completed(
    draft: Draft, fields: Mapping[str, FieldValue], people: Mapping[str, People], left: frozenset[str]
) -> Draft:
    dated = any(name in draft.fields for name in _DATES)
    inherited = {
        name: FieldValue(value.plain, is_guess=True)
        for name, value in fields.items()
        if value.plain and name not in draft.fields and name not in left and not (dated and name in _DATES)
    }
    roles = {
        role: People(value.names, value.truncated, is_guess=True)
        for role, value in people.items()
        if value.names and role not in draft.people
    }
    return replace(draft, fields={**draft.fields, **inherited}, people={**draft.people, **roles})
