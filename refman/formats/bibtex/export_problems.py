"""Why a paper would not compile or would lose something as BibTeX or biblatex."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from refman.domain.dates import month_number
from refman.domain.errors import Problem
from refman.domain.fields import Kind, field_of
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex.date_writing import date_of_month
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.text_to_latex import without_escape
from refman.formats.bibtex.types import CONTROL_TYPES, REQUIRED, bibtex_type, entry_type
from refman.formats.bibtex.values import is_macro, operands

_ILLEGAL_IN_KEYS = {
    Dialect.BIBTEX: (re.compile(r"[\s,}]"), "BibTeX"),
    Dialect.BIBLATEX: (re.compile(r"[\s,}\"#%'()={]"), "biber"),
}
_USUAL_KEY = re.compile(r"[A-Za-z0-9:_.+/-]++")
_ILLEGAL_IN_CITE = re.compile(r"[#%~\\{}]")
_MATH = re.compile(r"(?<!\\)\$(?:[^$\\]|\\.)*+\$|\\\((?:[^\\]|\\[^()])*+\\\)", re.DOTALL)
_UNESCAPED = re.compile(r"(?<!\\)[%&#_^]")
# Primitives and commands by which a document does more than set text; they leave as they are and are told.
_DOES_MORE = re.compile(
    r"\\(?:write(?:18)?|immediate|input|include|InputIfFileExists|openin|openout|read|catcode|csname|special|directlua"
    r"|latelua|ShellEscape|verbatiminput|lstinputlisting)(?![a-zA-Z])"
)
_URL = re.compile(r"\\(?:url|href|path)\s*\{[^{}]*\}")
# No style prints them, so what stands in them cannot stop LaTeX.
_NOT_PRINTED = frozenset({"abstract", "keywords", "annote", "langid", "language", "key", "pages"})
_VERBATIM = frozenset({Kind.VERBATIM, Kind.KEYS, Kind.DATE})
_SOME, _SOMEONE = FieldValue("1"), People((Name("A", "", "B"),))
_PARTS = attrgetter("family", "given", "prefix", "suffix", "literal")
_REQUIRED = {kind: tuple((one, one.split("/")) for one in names) for kind, names in REQUIRED.items()}


def export_problems(draft: Draft, dialect: Dialect) -> list[Problem]:
    """All reasons, in the order key, missing fields, values; empty when all is well."""
    if _is_sound(draft, dialect):
        return list(_missing_of(draft.type, tuple(draft.fields), tuple(draft.people), dialect))
    return [*_of_key(draft.key, dialect), *_of_missing(draft, dialect), *_of_values(draft, dialect)]


def _is_sound(draft: Draft, dialect: Dialect) -> bool:
    """True for what surely has none of key and values: a usual key, and ASCII that was not read."""
    fields = draft.fields
    if not _USUAL_KEY.fullmatch(draft.key) or ("month" in fields and not _is_month(fields["month"].plain)):
        return False
    if "type" in fields:
        # Says which thesis it is, so what styles want.
        return False
    for value in fields.values():
        if value.source is not None or value.is_guess or not value.plain.isascii() or not value.plain:
            return False
    for people in draft.people.values():
        if not people.names or (dialect is Dialect.BIBTEX and not _are_ascii(people.names)):
            return False
    return True


@lru_cache(maxsize=1024)
def _is_month(text: str) -> bool:
    return month_number(text) is not None


@lru_cache(maxsize=4096)
def _missing_of(kind: str, fields: tuple[str, ...], roles: tuple[str, ...], dialect: Dialect) -> tuple[Problem, ...]:
    """What styles want of a paper of this type, none of whose fields and roles is empty."""
    return tuple(_of_missing(Draft(kind, "", dict.fromkeys(fields, _SOME), dict.fromkeys(roles, _SOMEONE)), dialect))


def key_problem(key: str, dialect: Dialect) -> Problem | None:
    """Why a key would stop the engine or LaTeX, None for a good one."""
    if _USUAL_KEY.fullmatch(key):
        return None
    pattern, engine = _ILLEGAL_IN_KEYS[dialect]
    if bad := _each_once(pattern.findall(key)):
        return Problem(0, "illegal-key", f'{engine} cannot read the key "{key}": it holds {bad}.', (key, engine, bad))
    if bad := _each_once(_ILLEGAL_IN_CITE.findall(key)):
        return Problem(0, "uncitable-key", f'\\cite cannot hold the key "{key}": it holds {bad}.', (key, bad))
    return None


def _of_key(key: str, dialect: Dialect) -> Iterator[Problem]:
    if not key:
        yield Problem(0, "no-key", "The paper has no citation key.")
    elif problem := key_problem(key, dialect):
        yield problem


def _each_once(chars: list[str]) -> str:
    return " ".join("a blank" if char.isspace() else char for char in dict.fromkeys(chars))


def _of_missing(draft: Draft, dialect: Dialect) -> Iterator[Problem]:
    if draft.plain("crossref") or draft.plain("xdata"):
        return
    kind = bibtex_type(draft) if draft.type.lower() not in CONTROL_TYPES else ""
    for alternatives, names in _REQUIRED.get(kind, ()):
        if not _has(draft, names[0]) and not any(_has(draft, name) for name in names[1:]):
            what = alternatives.replace("/", " or ")
            message = f"The {entry_type(draft, dialect)} has no {what}; styles warn of it."
            yield Problem(0, "missing-field", message, (alternatives,))


def _has(draft: Draft, name: str) -> bool:
    value = draft.fields.get(name)
    if value and value.plain:
        return True
    people = draft.people.get(name)
    return bool((people and people.names) or (name == "year" and draft.plain("date")))


def _of_values(draft: Draft, dialect: Dialect) -> Iterator[Problem]:
    for name, value in draft.fields.items():
        if value.source is None and value.plain.isascii():
            # Made by us, and nearly every value is.
            continue
        field = field_of(name)
        if value.is_guess or field.kind in _VERBATIM or not field.bibtex_name:
            continue
        if value.source is not None and name not in _NOT_PRINTED:
            yield from _of_source(name, value.source)
        if dialect is Dialect.BIBTEX and not value.plain.isascii():
            yield from _of_characters(name, value.plain)
    if dialect is Dialect.BIBTEX:
        yield from _of_names(draft)
    else:
        yield from _of_month(draft)


def _of_month(draft: Draft) -> Iterator[Problem]:
    month = draft.fields.get("month")
    if month is None or not month.plain or month.is_guess or draft.plain("date") or month_number(month.plain):
        return
    if date_of_month(draft.plain("year"), month.plain, draft.plain("day")):
        return
    message = f"biblatex has no month {month.plain}; it leaves as text, and biber sorts by the year only."
    yield Problem(0, "month-as-text", message, (month.plain,))


def _of_names(draft: Draft) -> Iterator[Problem]:
    for role, people in draft.people.items():
        if not _are_ascii(people.names):
            yield from _of_characters(role, " ".join(name.display for name in people.names))


def _are_ascii(names: Iterable[Name]) -> bool:
    return "".join(chain.from_iterable(map(_PARTS, names))).isascii()


def _of_source(name: str, source: str) -> Iterator[Problem]:
    if "\\" in source and (command := _DOES_MORE.search(source)):
        message = f"{name} holds {command.group()}, by which LaTeX does more than set text; look at it."
        yield Problem(0, "dangerous-command", message, (name, command.group()))
    if not _UNESCAPED.search(source):
        return
    tex = " ".join(operand for operand in operands(source) if not is_macro(operand))
    found = _UNESCAPED.search(_MATH.sub("", _URL.sub("", tex)))
    if found:
        message = f"{name} holds {found.group()} without a backslash, which stops LaTeX or hides text."
        yield Problem(0, "unescaped", message, (name, found.group()))


def _of_characters(name: str, plain: str) -> Iterator[Problem]:
    if left := without_escape(plain):
        message = (
            f"BibTeX has no escape for {left} in {name}; it leaves as UTF-8, so the document must set it: "
            f"{_advice(left)}."
        )
        yield Problem(0, "no-escape", message, (name, left))


def _advice(left: str) -> str:
    """What sets letters that LaTeX's own fonts lack."""
    if all("\u0400" <= char <= "\u052f" for char in left):
        return "load babel with russian or fontenc with T2A, or compile with LuaLaTeX"
    return "compile with LuaLaTeX or XeLaTeX and a font that has it"
