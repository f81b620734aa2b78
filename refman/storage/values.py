"""Values of papers as the texts that the tables and the journal hold."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache, wraps
from itertools import islice
from typing import Any, ParamSpec, TypeVar

from refman.domain.names import Name
from refman.domain.paper import FieldValue, Origin, People

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""Compact JSON; the same value gives the same text."""
from_json = json.loads

_P = ParamSpec("_P")
_T = TypeVar("_T")
_WRITTEN_AT_ONCE = 2_048
"""Values of a list: a tenth of a millisecond during which no other thread of Python runs."""


class MalformedValue(ValueError):
    """A value that refman does not write: bits of the file have changed, and it is JSON all the same."""


def reading_stored(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """Makes what a reader of stored values stumbles over one error. Raises: MalformedValue."""

    @wraps(read)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise MalformedValue(str(error)) from error

    return checked


def to_json_list(values: Iterable[int] | Iterable[str]) -> str:
    """The same as `to_json` of a list, which may be long."""
    rest = iter(values)
    parts: list[str] = []
    while some := list(islice(rest, _WRITTEN_AT_ONCE)):
        parts.append(to_json(some)[1:-1])
    return f"[{','.join(parts)}]"


def all_from_json(texts: Sequence[str | None]) -> list[Any]:
    """The value of each text, None for None; joined they are read in half the time. Raises: JSONDecodeError."""
    values: list[Any] = from_json(f"[{','.join(['null' if text is None else text for text in texts])}]")
    if len(values) == len(texts):
        return values
    # One of them is no value by itself.
    return [None if text is None else from_json(text) for text in texts]


_ORIGIN_CODES = {Origin.PERSON: "p", Origin.IMPORTER: "i", Origin.PROVIDER: "v"}
_ORIGINS = {code: origin for origin, code in _ORIGIN_CODES.items()}
_IMPORTER = "i"
_DELIMITERS = {"{}": 0, '""': 1}


def to_seconds(when: datetime) -> int:
    """Whole seconds since 1970; a time without a zone is UTC."""
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def to_time(seconds: int) -> datetime:
    """The inverse, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def origin_code(origin: Origin, *, is_guess: bool = False) -> str | None:
    """One letter, `?` after it for a guess; None for the default, read by an importer."""
    if origin is Origin.IMPORTER and not is_guess:
        return None
    return _ORIGIN_CODES[origin] + ("?" if is_guess else "")


def parse_origin(code: str | None) -> tuple[Origin, bool]:
    """Origin and guess of an `origin_code`."""
    text = code or _IMPORTER
    return _ORIGINS[text[0]], text.endswith("?")


def source_code(value: FieldValue) -> int | str | None:
    """The source of a value without repeating its plain text: 0 in braces, 1 in quotes, 2 bare; else as it stands."""
    source = value.source
    if source is None:
        return None
    plain = value.plain
    if source == plain:
        return 2
    # Compared where it stands: an abstract is not copied for it.
    if len(source) == len(plain) + 2 and source.startswith(plain, 1):
        return _DELIMITERS.get(source[0] + source[-1], source)
    return source


def parse_source(code: int | str | None, plain: str) -> str | None:
    """The inverse of `source_code`."""
    if not isinstance(code, int):
        return code
    return ("{" + plain + "}", f'"{plain}"', plain)[code]


def names_to_lists(names: tuple[Name, ...]) -> list[Any]:
    """Names as `tables.PaperTextColumns` says."""
    return [
        [name.given, name.prefix, name.family]
        if name.family and not name.suffix and not name.literal
        else name.literal
        if name.literal and not _has_parts(name)
        else _parts(name)
        for name in names
    ]


def _has_parts(name: Name) -> bool:
    return bool(name.given or name.prefix or name.family or name.suffix)


def _parts(name: Name) -> list[str]:
    parts = [name.given, name.prefix, name.family, name.suffix, name.literal]
    while parts and not parts[-1]:
        parts.pop()
    return parts


@reading_stored
def names_from_lists(lists: list[Any]) -> tuple[Name, ...]:
    """The inverse of `names_to_lists`."""
    return tuple([Name(literal=entry) if isinstance(entry, str) else _name(*entry) for entry in lists])


# Most people wrote more than one paper.
_name = lru_cache(maxsize=16384)(Name)


def field_to_json(value: FieldValue | None) -> str | None:
    """A whole value as the journal holds it."""
    if value is None:
        return None
    return to_json([value.plain, value.source, origin_code(value.origin, is_guess=value.is_guess)])


@reading_stored
def field_from_json(text: str | None) -> FieldValue | None:
    """The inverse of `field_to_json`."""
    if text is None:
        return None
    plain, source, code = from_json(text)
    origin, is_guess = parse_origin(code)
    return FieldValue(plain, source, origin, is_guess)


def people_to_json(people: People | None) -> str | None:
    """The people of one role as the journal holds them."""
    if people is None:
        return None
    origin = origin_code(people.origin, is_guess=people.is_guess)
    return to_json([names_to_lists(people.names), int(people.truncated), people.source, origin])


@reading_stored
def people_from_json(text: str | None) -> People | None:
    """The inverse of `people_to_json`."""
    if text is None:
        return None
    lists, truncated, source, code = from_json(text)
    return People(names_from_lists(lists), bool(truncated), source, *parse_origin(code))
