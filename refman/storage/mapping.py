"""Papers as rows of `paper`, `paper_text` and `search_text`, and back, without losing anything.

Needs no database: a worker process makes rows too.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

from refman.domain.derived import venue_of, year_of
from refman.domain.folding import fold, fold_eprint, tokens
from refman.domain.frozen import dataclass
from refman.domain.names import Name, short_list
from refman.domain.paper import Draft, FieldValue, Origin, People
from refman.storage.search_copy import json_search_copy, search_copy
from refman.storage.values import (
    from_json,
    names_from_lists,
    names_to_lists,
    origin_code,
    parse_origin,
    parse_source,
    reading_stored,
    source_code,
    to_json,
)

WIDE_FIELDS = ("title", "year", "month", "day", "date", "category_code", "primaryclass", "score", "doi", "eprint")
"""Fields with a column of their own in `paper`; `abstract` has one in `paper_text`."""
COLUMN_ORDER = (*WIDE_FIELDS, "abstract")
_COLUMN_FIELDS = frozenset(COLUMN_ORDER)
_SORT_LENGTH = 80
_SORT_NAMES = 3
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")

Values = dict[str, Any]
"""Column name to value."""


@dataclass(frozen=True, slots=True)
class PaperRows:
    """The rows of one paper; `search` is None when no text needs a copy."""

    paper: Values
    text: Values
    search: Values | None


def fold_key(key: str) -> str:
    """What must be unique among citation keys: BibTeX and biber take keys that differ in case for the same."""
    return key.lower()


def fold_doi(doi: str) -> str:
    """DOIs are compared without case (doi.org handbook section 2.4)."""
    return fold(doi.strip())


def title_hash(match_key: str) -> int | None:
    """The number under which `folding.match_key` of a title is looked up; equal hashes must be compared again."""
    return crc32(match_key.encode()) if match_key else None


def rows_of(draft: Draft) -> PaperRows:
    """The rows of a draft, without id, times and trash."""
    fields = _in_stored_order(draft.fields)
    plain = {name: value.plain for name, value in fields.items()}
    author = draft.people.get("author")
    venue = venue_of(draft) or None
    author_json = None if author is None else to_json(names_to_lists(author.names))
    text_row = {
        "author": author_json,
        "people": _people_json(draft.people),
        "sources": _sources_json(fields),
        "origins": _json_or_none(
            {
                name: origin_code(value.origin, is_guess=value.is_guess)
                for name, value in fields.items()
                if value.is_guess or value.origin is not Origin.IMPORTER
            }
        ),
        "abstract": plain.get("abstract"),
    }
    paper_row = {
        "type": draft.type,
        "key": draft.key or None,
        "key_folded": fold_key(draft.key) or None,
        **{name: plain.get(name) for name in WIDE_FIELDS},
        "fields": _json_or_none({name: text for name, text in plain.items() if name not in _COLUMN_FIELDS}),
        **_derived(draft, plain, venue, author),
    }
    return PaperRows(paper_row, text_row, _search_row(paper_row, text_row, author))


def _in_stored_order(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The order of `fields_of`: the same fields always give the same rows."""
    first = {name: value for name in COLUMN_ORDER if (value := fields.get(name)) is not None}
    return {**first, **fields}


def _derived(draft: Draft, plain: Mapping[str, str], venue: str | None, author: People | None) -> Values:
    words = tokens(plain.get("title", ""))
    month, score = plain.get("month", ""), plain.get("score", "")
    return {
        "authors": short_list(author.names, truncated=author.truncated) or None if author else None,
        "venue": venue,
        "title_sort": " ".join(words)[:_SORT_LENGTH] or None,
        "authors_sort": _sort_text(" ".join(map(_sorted_by, author.names[:_SORT_NAMES]))) if author else None,
        "venue_sort": _venue_sort(venue) if venue else None,
        "year_sort": year_of(draft),
        "month_sort": int(month) if _NUMBER.fullmatch(month) and "." not in month else None,
        "score_sort": float(score) if _NUMBER.fullmatch(score) else None,
        "doi_folded": fold_doi(plain.get("doi", "")) or None,
        "eprint_folded": fold_eprint(plain["eprint"]) or None if "eprint" in plain else None,
        "title_match": title_hash("".join(words)),
    }


def _sort_text(text: str) -> str | None:
    return " ".join(tokens(text))[:_SORT_LENGTH] or None


_venue_sort = lru_cache(maxsize=4096)(_sort_text)
"""Thousands of papers stand in one journal."""


def _sorted_by(name: Name) -> str:
    """Has the words of `Name.inverted` in its order; they are all that a sort looks at."""
    return name.literal or f"{name.prefix} {name.family} {name.suffix} {name.given}"


def _search_row(paper_row: Values, text_row: Values, author: People | None) -> Values | None:
    names = author.names if author else ()
    row = {
        "title": search_copy(paper_row["title"]),
        "author": json_search_copy(
            text_row["author"],
            lambda: " ".join(f"{n.given} {n.prefix} {n.family} {n.suffix} {n.literal}" for n in names),
        ),
        "abstract": search_copy(text_row["abstract"]),
        "venue": search_copy(paper_row["venue"]),
        "key": search_copy(paper_row["key"]),
    }
    return row if any(copy is not None for copy in row.values()) else None


def _sources_json(fields: Mapping[str, FieldValue]) -> str | None:
    codes = {name: source_code(value) for name, value in fields.items() if value.source is not None}
    # Thousands of entries of one source have the same fields in the same braces.
    is_short = str not in map(type, codes.values())
    return _short_sources_json(tuple(codes.items())) if is_short else _json_or_none(codes)


@lru_cache(maxsize=1024)
def _short_sources_json(codes: tuple[tuple[str, Any], ...]) -> str | None:
    return _json_or_none(dict(codes))


def _json_or_none(values: Mapping[str, Any]) -> str | None:
    kept = {name: value for name, value in values.items() if value is not None}
    return to_json(kept) if kept else None


def _people_json(people: Mapping[str, People]) -> str | None:
    """Role to [truncated, source, origin, names]; the names of authors stand in their own column."""
    roles: dict[str, list[Any]] = {}
    # Authors first, as `people_of` gives them.
    for role in sorted(people, key=lambda role: role != "author"):
        value = people[role]
        origin = origin_code(value.origin, is_guess=value.is_guess)
        entry: list[Any] = [int(value.truncated), value.source, origin]
        if role != "author":
            roles[role] = [*entry, names_to_lists(value.names)]
        elif entry[1] is not None or any(entry):
            # An empty source is not the same as none.
            roles[role] = entry
    return to_json(roles) if roles else None


@reading_stored
def fields_of(paper_row: Mapping[str, Any], text_row: Mapping[str, Any]) -> dict[str, FieldValue]:
    """The fields as they were put in; columns first, then the others in their order."""
    others, sources, origins = (
        from_json(text) if text else None for text in (paper_row["fields"], text_row["sources"], text_row["origins"])
    )
    columns = [*(paper_row[name] for name in WIDE_FIELDS), text_row["abstract"]]
    return fields_from_values(columns, others, sources=sources, origins=origins)


@reading_stored
def fields_from_values(
    columns: Sequence[str | None],
    others: Mapping[str, str] | None,
    *,
    sources: Mapping[str, Any] | None,
    origins: Mapping[str, str] | None,
) -> dict[str, FieldValue]:
    """As `fields_of`, from the columns of `COLUMN_ORDER` and what the JSON of the other ones says."""
    plain = {name: text for name, text in zip(COLUMN_ORDER, columns, strict=True) if text is not None}
    if others:
        plain.update(others)
    if origins:
        sources = sources or {}
        return {name: _field_value(text, sources.get(name), origins.get(name)) for name, text in plain.items()}
    if sources:
        return {name: FieldValue(text, parse_source(sources.get(name), text)) for name, text in plain.items()}
    return {name: FieldValue(text) for name, text in plain.items()}


def _field_value(plain: str, source: int | str | None, code: str | None) -> FieldValue:
    origin, is_guess = parse_origin(code)
    return FieldValue(plain, parse_source(source, plain), origin, is_guess)


@reading_stored
def people_of(text_row: Mapping[str, Any]) -> dict[str, People]:
    """The people of every role as they were put in."""
    author, roles = text_row["author"], text_row["people"]
    return people_from_values(None if author is None else from_json(author), from_json(roles) if roles else None)


@reading_stored
def people_from_values(author: list[Any] | None, roles: dict[str, Any] | None) -> dict[str, People]:
    """As `people_of`, from the names of the authors, None for no such role, and what the JSON of all roles says."""
    if not roles:
        return {} if author is None else {"author": People(names_from_lists(author))}
    people: dict[str, People] = {}
    if author is not None:
        truncated, source, code = roles.pop("author", (0, None, None))
        people["author"] = People(names_from_lists(author), bool(truncated), source, *parse_origin(code))
    for role, (truncated, source, code, lists) in roles.items():
        people[role] = People(names_from_lists(lists), bool(truncated), source, *parse_origin(code))
    return people


INDEXED_COLUMNS = frozenset({"title", "venue", "author", "abstract"})
"""Columns of `paper` and `paper_text` that the main index reads."""


def fold_word(text: str) -> str:
    """Names of profiles and saved searches that are the same."""
    return " ".join(fold(text).split())
