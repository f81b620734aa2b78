"""What the values behind `year:`, `added:`, `tag:` and the other fields of a search mean."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import TypeVar

from refman.domain.addresses import fold_address
from refman.domain.errors import InvalidValue
from refman.domain.field_values import find_arxiv_id, find_doi, parse_doi
from refman.domain.fields import FIELDS, canonical_name
from refman.domain.folding import fold, fold_eprint, lower_ascii, tokens
from refman.domain.frozen import dataclass
from refman.domain.greek import other_spelling
from refman.domain.query import (
    AddedRange,
    Address,
    And,
    Category,
    Eprint,
    Has,
    Identifier,
    InTrash,
    Node,
    Not,
    OfType,
    Or,
    Tagged,
    Text,
    TextField,
    Untagged,
    YearRange,
)
from refman.domain.query_files import Cited, InFile, fold_path
from refman.domain.tags import fold_tag, literal_tag, parse_tag


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a field, without quotes; `today` and `zone` (None: the system's) give days their moments."""

    text: str
    is_quoted: bool
    today: date
    zone: tzinfo | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a value means nothing; English, with a code and arguments for translation."""

    code: str
    reason: str
    arguments: tuple[str, ...] = ()


_SHOWN = 40


def text_node(text: str, field: TextField, *, is_whole: bool) -> Node | None:
    """The words of a text as one leaf, with Greek letters in either spelling (`alpha`, `α`); None without words."""
    words = tuple(tokens(text))
    if not words:
        return None
    other = other_spelling(words)
    if other == words or field is TextField.AUTHORS:
        return Text(words, field, is_whole)
    # A letter is a whole word: as a beginning it would find every Greek word that begins so.
    return Or((Text(words, field, is_whole), Text(other, field, is_whole or other[-1] != words[-1])))


_DOI_OF_ARXIV = "10.48550/arxiv."


def typed_node(word: str) -> Node | None:
    """The meaning of a bare word; None when there is nothing to look for.

    A DOI or an arXiv id, also as an address, is looked for as what it is, and where its text stands (in notes, ...);
    a web address in the field `url`, too.
    """
    words = text_node(word, TextField.ANY, is_whole=False)
    doi = fold(find_doi(word))
    eprint = fold_eprint(find_arxiv_id(word) or find_arxiv_id(doi.removeprefix(_DOI_OF_ARXIV)))
    if eprint:
        doi = _DOI_OF_ARXIV + eprint
    nodes: list[Node] = [Identifier(doi)] if doi else []
    nodes += [Eprint(eprint)] if eprint else []
    address = fold_address(word)
    nodes += [Address(address)] if address else []
    if words is not None:
        nodes.append(words)
    return Or(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)


def field_node(field: str, value: Value) -> Node | Mistake:
    """The meaning of `field:value`; `field` is one of `query_tokens.FIELD_NAMES`."""
    if not value.text.strip() and field not in _NEED_NO_VALUE:
        return _mistake("empty-value", "Write after {}: what to look for.", field)
    read = _READERS.get(field)
    return read(value) if read else _text(TextField(field), value)


def _text(field: TextField, value: Value) -> Node | Mistake:
    node = text_node(value.text, field, is_whole=value.is_quoted)
    return node or nothing_to_search(value.text)


def nothing_to_search(text: str) -> Mistake:
    """For text without a letter or digit."""
    return _mistake("nothing-to-search", "{} has no letter or digit to look for.", text)


def _mistake(code: str, reason: str, text: str) -> Mistake:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return Mistake(code, reason.format(shown), (shown,))


def _author(value: Value) -> Node | Mistake:
    """`Glehn, Ingrid` names the parts in another order than the index has them."""
    parts = [text_node(part, TextField.AUTHORS, is_whole=value.is_quoted) for part in value.text.split(",", 2)]
    nodes = tuple(part for part in parts if part is not None)
    if not nodes:
        return nothing_to_search(value.text)
    return And(nodes) if len(nodes) > 1 else nodes[0]


def _tag(value: Value) -> Node | Mistake:
    if not value.is_quoted and value.text.lower() == "none":
        return Untagged()
    try:
        name = parse_tag(value.text.rstrip("/"))
        literal = literal_tag(value.text.rstrip("/"))
    except InvalidValue as problem:
        return Mistake(problem.code, problem.message, problem.arguments)
    # A slash of an imported keyword makes no level but is shown, and so typed, like one that does.
    nodes = tuple(Tagged(fold_tag(each)) for each in dict.fromkeys((name, literal)))
    return Or(nodes) if len(nodes) > 1 else nodes[0]


def _doi(value: Value) -> Node:
    return Identifier(fold(parse_doi(value.text)))


def _type(value: Value) -> Node:
    return OfType(lower_ascii(value.text.strip()))


def _category(value: Value) -> Node:
    return Category(lower_ascii(value.text.strip()).removesuffix(".*"))


def _place(value: Value) -> Node | Mistake:
    place = value.text.strip().lower()
    if place == "trash":
        return InTrash()
    if place == "library":
        return Not(InTrash())
    if "." in place or "/" in place:
        return InFile(fold_path(value.text))
    return _mistake("bad-place", "{} is no place; write in:trash, in:library or in:FILE.bib.", place)


def _cited(value: Value) -> Node:
    return Cited(fold_path(value.text))


def _missing(value: Value) -> Node | Mistake:
    """`missing:doi` is the opposite of `has:doi`; else the name of a project, "" for any."""
    name = value.text.strip().lower()
    is_field = name in _BESIDE_FIELDS or canonical_name(name) in FIELDS
    if is_field and not value.is_quoted:
        meant = _has(value)
        return meant if isinstance(meant, Mistake) else Not(meant)
    return Cited(fold_path(value.text), is_missing=True)


_BESIDE_FIELDS = MappingProxyType(
    {"note": "note", "notes": "note", "tag": "tag", "tags": "tag", "pdf": "pdf", "file": "file", "key": "key"}
)


def _has(value: Value) -> Node | Mistake:
    typed = value.text.strip().lower()
    name = _BESIDE_FIELDS.get(typed, canonical_name(typed))
    if name in _BESIDE_FIELDS.values() or name in FIELDS:
        return Has(name)
    return _mistake("bad-has", "{} is no field; write has:doi, has:abstract, has:note, has:pdf ...", typed)


_NEED_NO_VALUE = frozenset({"cited", "missing"})
Point = TypeVar("Point", int, date)
_COMPARED = re.compile(r"(>=|<=|>|<|=)(.+)", re.DOTALL)


def _span(text: str, read: Callable[[str], tuple[Point, Point] | None]) -> tuple[Point | None, Point | None] | None:
    """`2018`, `2018..2020`, `2018..`, `..2020`, `>=2019` as start and end (excluded; None: open); None: no span.

    `read` gives start and end of one year or date, None when it is none.
    """
    low, dots, high = text.partition("..")
    if dots:
        return _between(low.strip(), high.strip(), read)
    compared = _COMPARED.fullmatch(text)
    sign, typed = compared.groups() if compared else ("=", text)
    found = read(typed.strip())
    if found is None:
        return None
    start, end = found
    return {"=": (start, end), ">=": (start, None), ">": (end, None), "<": (None, start), "<=": (None, end)}[sign]


def _between(
    low: str, high: str, read: Callable[[str], tuple[Point, Point] | None]
) -> tuple[Point | None, Point | None] | None:
    first, last = read(low) if low else None, read(high) if high else None
    is_wrong = (low and first is None) or (high and last is None) or not (low or high)
    start, end = first[0] if first else None, last[1] if last else None
    is_backwards = start is not None and end is not None and end <= start
    return None if is_wrong or is_backwards else (start, end)


def _year(value: Value) -> Node | Mistake:
    span = _span(value.text.strip(), _one_year)
    if span is None:
        return _mistake("bad-year", "{} is no year; write 2020, 2018..2020, 2018.., ..2020 or >=2019.", value.text)
    start, end = span
    return YearRange(start, None if end is None else end - 1)


def _one_year(text: str) -> tuple[int, int] | None:
    return (int(text), int(text) + 1) if re.fullmatch(r"-?[0-9]{1,4}", text) else None


def _added(value: Value) -> Node | Mistake:
    span = _span(value.text.strip().lower(), lambda text: _days(text, value.today))
    if span is None:
        reason = "{} is no date; write 2026-11-22, 2026-11, >=2026-01-01, today, yesterday or 7d."
        return _mistake("bad-date", reason, value.text)
    start, end = span
    return AddedRange(_moment(start, value.zone), _moment(end, value.zone))


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
_DAYS_OF_UNIT = MappingProxyType({"d": 1, "w": 7, "m": 30, "y": 365})
_DAY = timedelta(days=1)
_FIRST, _LAST = date(1970, 1, 1), date(9998, 12, 31)


def _days(text: str, today: date) -> tuple[date, date] | None:
    """Start and end (excluded) of a day, month, year or of the last days; a month ago counts 30 days, a year 365."""
    relative = {"today": 0, "yesterday": 1}.get(text)
    if relative is not None:
        return today - relative * _DAY, today - (relative - 1) * _DAY
    ago, dated = _AGO.fullmatch(text), _DATE.fullmatch(text)
    if ago:
        days = int(ago.group(1)) * _DAYS_OF_UNIT[ago.group(2)]
        return max(_FIRST, today - min(days, today.toordinal() - 1) * _DAY), today + _DAY
    return _calendar_days(*dated.groups()) if dated else None


def _calendar_days(year: str, month: str | None, day: str | None) -> tuple[date, date] | None:
    try:
        start = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _FIRST <= start <= _LAST:
        return None
    if day:
        return start, start + _DAY
    months = int(year) * 12 + (int(month) if month else 12)
    return start, date(months // 12, months % 12 + 1, 1)


def _moment(day: date | None, zone: tzinfo | None) -> datetime | None:
    """The first moment of a day where the person is, in UTC."""
    if day is None:
        return None
    # A moment without a zone is one of the system's zone, with the offset it had on that day.
    return datetime.combine(day, time(), zone).astimezone(UTC)


_READERS: Mapping[str, Callable[[Value], Node | Mistake]] = MappingProxyType(
    {
        "author": _author,
        "tag": _tag,
        "doi": _doi,
        "type": _type,
        "year": _year,
        "added": _added,
        "category": _category,
        "in": _place,
        "cited": _cited,
        "missing": _missing,
        "has": _has,
    }
)
