"""What entries take from others of their file by `crossref` and `xdata`, for display and search.

Only what an entry lacks itself, marked as derived: no export writes it, the engine of the export inherits by itself.
Both ways are taken together: BibTeX copies fields of one name (bibtex.web section 277), biblatex gives the title of
a parent as `booktitle` (manual, appendix B). A parent gives on what it inherits itself, as in biber (manual, section
2.4.1); BibTeX takes one level only and warns "you've nested cross references" (the same part of bibtex.web).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from refman.domain.errors import Problem
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex.xdata_references import by_key, shown

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
    if not data and not any("crossref" in draft.fields or "xdata" in draft.fields for draft in drafts):
        return list(drafts)
    containers = _by_any_key(data)
    if containers:
        drafts = [shown(draft, by_key(containers)) for draft in drafts]
        containers = {key: shown(draft, by_key(containers)) for key, draft in containers.items()}
    filled = [_from_data(draft, containers, depth=0) for draft in drafts]
    parents = _by_any_key(filled)
    complete: dict[str, Draft] = {}
    return [_from_parent(draft, _complete_parent(draft, parents, complete)) for draft in filled]


def other_keys(draft: Draft) -> list[str]:
    """The `ids`, in lower case, by which biber finds an entry too (biblatex manual, section 2.2.3)."""
    return [key.lower() for one in draft.plain("ids").split(",") if (key := one.strip())]


def _by_any_key(drafts: Sequence[Draft]) -> dict[str, Draft]:
    """The first draft of each key; a key of its own goes before one among the `ids` of another."""
    found = {key: draft for draft in reversed(drafts) for key in other_keys(draft)}
    return found | {draft.key.lower(): draft for draft in reversed(drafts) if draft.key}


def nested_crossrefs(drafts: Sequence[Draft], others: Sequence[Draft] = ()) -> Iterator[tuple[int, Problem]]:
    """The drafts whose parent is a child itself, by their place, with what BibTeX makes of it.

    `others` may be parents too; in front, as of two entries with one key the first counts.
    """
    children = [place for place, draft in enumerate(drafts) if _pointer(draft)]
    if not children:
        return
    parents = {draft.key.lower(): draft for draft in reversed((*others, *drafts)) if draft.key}
    for place in children:
        draft = drafts[place]
        parent = parents.get(_pointer(draft))
        if parent and _pointer(parent) and parent.key.lower() != draft.key.lower():
            message = (
                f"{draft.key} inherits from {parent.key}, which is itself a child of {parent.plain('crossref')}; "
                "BibTeX reads one level only."
            )
            line = draft.span.line if draft.span else 0
            yield place, Problem(line, "nested-crossref", message, (draft.key, parent.key))


def parents_otherwise(drafts: Sequence[Draft]) -> Iterator[tuple[int, Problem]]:
    """The drafts that name a parent, by `crossref` or `xdata`, whose key has other letters in capitals.

    BibTeX finds such a parent, biber does not.
    """
    children = [place for place, draft in enumerate(drafts) if "crossref" in draft.fields or "xdata" in draft.fields]
    if not children:
        return
    keys = {draft.key for draft in drafts}
    folded = {key.lower(): key for key in keys if key}
    for place in children:
        draft = drafts[place]
        for named in (draft.plain("crossref"), *draft.plain("xdata").split(",")):
            key = named.strip()
            if key not in keys and key.lower() in folded:
                yield place, otherwise_problem(key, folded[key.lower()], draft.span.line if draft.span else 0)


def otherwise_problem(named: str, key: str, line: int = 0) -> Problem:
    """What is said of an entry that names its parent in another case."""
    message = f"It names its parent {named}, which biber does not take for {key}."
    return Problem(line, "parent-otherwise", message, (named, key))


def _pointer(draft: Draft) -> str:
    """The key of the parent, "" for none; most entries have none."""
    return draft.plain("crossref").strip().lower() if "crossref" in draft.fields else ""


def _complete_parent(draft: Draft, parents: Mapping[str, Draft], complete: dict[str, Draft]) -> Draft | None:
    """The parent of a draft with what it inherits; `complete` holds those that are known, so all cost one pass.

    Where crossrefs run in a circle, the one at which it closes gives what it has.
    """
    way: list[str] = []
    key = _pointer(draft)
    seen: set[str] = set()
    while key in parents and key not in complete and key not in seen:
        seen.add(key)
        way.append(key)
        key = _pointer(parents[key])
    above = complete.get(key) or parents.get(key)
    for key in reversed(way):
        above = complete[key] = _from_parent(parents[key], above)
    return above


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
    title, booktitle = parent.fields.get("title"), parent.fields.get("booktitle")
    if title and (booktitle is None or booktitle.is_guess):
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
