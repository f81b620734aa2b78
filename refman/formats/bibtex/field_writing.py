"""The fields of a paper as value expressions of one dialect."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from refman.domain.export_profile import CaseProtection
from refman.domain.fields import FIELDS, NAME_FIELDS, Field, Kind, field_of
from refman.domain.paper import Draft, FieldValue, People
from refman.formats.bibtex.arxiv import is_id, is_old_style
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.date_writing import DATE_FIELDS, date_values
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.grammar import NAME_PATTERN
from refman.formats.bibtex.languages import is_foreign, langid
from refman.formats.bibtex.layout import in_order
from refman.formats.bibtex.macros import MONTHS, STYLE_MACROS
from refman.formats.bibtex.name_writing import people_to_latex
from refman.formats.bibtex.names import has_extended_names
from refman.formats.bibtex.text_to_latex import (
    address_to_latex,
    escape_non_ascii,
    is_usual,
    text_to_latex,
    title_to_latex,
    verbatim_to_latex,
    whole_letters,
)
from refman.formats.bibtex.types import LOCALISATION_KEYS, is_thesis
from refman.formats.bibtex.usual_fields import is_text, usual_values
from refman.formats.bibtex.values import macros_of

_ADDRESSES = frozenset({"url", "doi"})
_is_guess: Callable[[FieldValue | People], bool] = attrgetter("is_guess")


@dataclass(frozen=True, slots=True)
class Writing:
    """What decides how a field is written: the dialect and the macros that will be defined (lower-case names).

    `expand` writes out what a value expression that was read means by macros that will mean something else.
    `braces` says which words of a title get them, `learned` which beside those that refman knows.
    """

    dialect: Dialect
    macros: Mapping[str, str]
    expand: Callable[[str], str] = str
    braces: CaseProtection = CaseProtection.CAPITALS
    learned: frozenset[str] = frozenset()


def written_fields(draft: Draft, writing: Writing) -> list[tuple[str, str]]:
    """Names and value expressions in the order of an entry.

    What was read from a .bib leaves as it was read, where the dialect can carry it; everything else is made from its
    plain value. Derived values, refman's own fields and cleared ones do not leave.
    """
    usual = None
    if writing.braces is not CaseProtection.NONE:
        usual = usual_values(draft, writing.dialect, writing.learned)
    if usual is not None:
        return _named(draft, usual, writing.dialect)
    draft = _without_guesses(draft)
    values = {name: people_value for name in draft.people if (people_value := _people(draft, name, writing))}
    for name, value in draft.fields.items():
        # Most values are text without a sign that means anything to TeX.
        if value.source is None and is_text(name) and value.plain and is_usual(value.plain):
            values[name] = f"{{{value.plain}}}"
        elif name not in DATE_FIELDS and _leaves(draft, name, writing.dialect):
            values[name] = _source_of(value.source, name, writing) or _from_plain(draft, name, writing)
    for name, text in date_values(draft, writing.dialect).items():
        values[name] = escape_non_ascii(text) if writing.dialect is Dialect.BIBTEX else text
    _complete_eprint(draft, values, writing.dialect)
    if writing.dialect is Dialect.BIBLATEX and (language := langid(draft)):
        values["langid"] = f"{{{language}}}"
    return _named(draft, values, writing.dialect)


def _without_guesses(draft: Draft) -> Draft:
    values: Iterator[FieldValue | People] = chain(draft.fields.values(), draft.people.values())
    if True not in map(_is_guess, values):
        return draft
    return replace(
        draft,
        fields={name: value for name, value in draft.fields.items() if not value.is_guess},
        people={role: people for role, people in draft.people.items() if not people.is_guess},
    )


def _named(draft: Draft, values: Mapping[str, str], dialect: Dialect) -> list[tuple[str, str]]:
    """Under the names of the dialect; of two fields with one name there (`school`, `institution`) the first counts."""
    named: dict[str, str] = {}
    for name, declared in _declared_names(tuple(values), dialect):
        outside = declared
        if not declared or name == "institution":
            outside = _outside_name(draft, name, dialect, declared=declared)
        if outside:
            value = values[name]
            named.setdefault(outside, value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value)
    return list(named.items())


@lru_cache(maxsize=4096)
def _declared_names(names: tuple[str, ...], dialect: Dialect) -> tuple[tuple[str, str], ...]:
    """The names in the order of an entry with those that they have in the dialect, "" for none."""
    return tuple((name, _declared_name(FIELDS.get(name) or Field(name, name), dialect)) for name in in_order(names))


def _declared_name(field: Field, dialect: Dialect) -> str:
    outside = field.bibtex_name if dialect is Dialect.BIBTEX else field.biblatex_name
    return outside if _is_name(outside) else ""


def _outside_name(draft: Draft, name: str, dialect: Dialect, *, declared: str) -> str:
    """What was read under the name of a field of refman's own (`score`) leaves under it again; "" for no name."""
    if dialect is Dialect.BIBTEX and name == "institution" and is_thesis(draft):
        return "school"
    value = draft.fields.get(name)
    return declared or (name if value and value.source is not None and _is_name(name) else "")


def _is_name(text: str) -> bool:
    return NAME_PATTERN.fullmatch(text) is not None and not text[0].isdigit()


def _leaves(draft: Draft, name: str, dialect: Dialect) -> bool:
    value = draft.fields[name]
    if not value.plain and value.source is None:
        return False
    if name == "type" and dialect is Dialect.BIBTEX and value.plain in LOCALISATION_KEYS:
        return not is_thesis(draft) and draft.type != "report"
    return name not in {"archiveprefix", "primaryclass"} or value.source is not None


def _people(draft: Draft, role: str, writing: Writing) -> str:
    people = draft.people[role]
    source = people.source
    if source and writing.dialect is Dialect.BIBTEX and has_extended_names(source[1:-1]):
        source = None
    as_read = _source_of(source, role, writing)
    if as_read or not (people.names or people.truncated):
        return as_read
    names = people_to_latex(people, writing.dialect)
    return f"{{{whole_letters(names) if writing.dialect is Dialect.BIBTEX else names}}}"


def _source_of(source: str | None, name: str, writing: Writing) -> str:
    return "" if source is None or not is_value(source) else value_as_read(name, writing.expand(source), writing)


def value_as_read(name: str, source: str, writing: Writing) -> str:
    """A value expression as the dialect can carry it, "" when it cannot."""
    if writing.dialect is Dialect.BIBLATEX:
        # biber has no macros for journals; those of the styles are written out.
        used = [macro for macro in macros_of(source) if macro not in writing.macros and macro not in MONTHS]
        return "" if any(macro in STYLE_MACROS for macro in used) else source
    if source.isascii() or field_of(name).kind is Kind.VERBATIM:
        return address_to_latex(source) if name in _ADDRESSES and not source.isascii() else source
    return (
        whole_letters(escape_non_ascii(source, keeps_greek=True)) if name in NAME_FIELDS else escape_non_ascii(source)
    )


def _from_plain(draft: Draft, name: str, writing: Writing) -> str:
    plain = draft.plain(name)
    match field_of(name).kind:
        case Kind.VERBATIM if name in _ADDRESSES and writing.dialect is Dialect.BIBTEX:
            return f"{{{address_to_latex(plain)}}}"
        case Kind.VERBATIM | Kind.KEYS | Kind.DATE:
            return f"{{{verbatim_to_latex(plain)}}}"
        case Kind.TITLE if not is_foreign(draft) and writing.braces is not CaseProtection.NONE:
            return f"{{{title_to_latex(plain, writing.dialect, writing.learned)}}}"
        case Kind.TITLE if is_foreign(draft):
            return foreign_title(plain, writing.dialect)
    if name == "ranking" and plain in set("012345"):
        return f"{{rank{plain}}}"
    if name == "pages":
        return f"{{{text_to_latex(plain.replace('–', '--'), writing.dialect).replace('--{}', '--')}}}"
    return f"{{{text_to_latex(plain, writing.dialect)}}}"


def foreign_title(plain: str, dialect: Dialect) -> str:
    """The value expression of a typed title that is not English: for BibTeX in braces of its own, so that no letter
    changes its case; biblatex knows by the language."""
    text = text_to_latex(plain, dialect)
    return f"{{{{{text}}}}}" if dialect is Dialect.BIBTEX else f"{{{text}}}"


def _complete_eprint(draft: Draft, values: dict[str, str], dialect: Dialect) -> None:
    """Archive and class go with an eprint only; a class is never guessed, and ids before April 2007 have none."""
    eprint = draft.fields.get("eprint")
    if eprint is None or "eprint" not in values:
        return
    archive = draft.fields.get("archiveprefix")
    if archive and archive.plain:
        values.setdefault("archiveprefix", f"{{{text_to_latex(archive.plain, dialect)}}}")
    elif eprint.source is None and is_id(eprint.plain):
        values.setdefault("archiveprefix", "{arXiv}" if dialect is Dialect.BIBTEX else "{arxiv}")
    archive_class = draft.fields.get("primaryclass")
    if archive_class and archive_class.plain and not is_old_style(eprint.plain):
        values.setdefault("primaryclass", f"{{{text_to_latex(archive_class.plain, dialect)}}}")
