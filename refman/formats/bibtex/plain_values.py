"""The plain value of a field from its TeX, by what kind of field it is."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from refman.domain.field_values import parse_doi, parse_eprint
from refman.domain.fields import Kind, canonical_name, field_of
from refman.formats.bibtex.grammar import BRACED_PATTERN
from refman.formats.bibtex.latex_to_text import clean, latex_to_paragraphs, latex_to_text
from refman.formats.bibtex.macros import JOURNAL_COMMANDS
from refman.formats.bibtex.page_ranges import page_ranges

_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*(?=\{)")
_ESCAPED = re.compile(r"\\([&%$#_{}~])(?:\{\})?")
_JOURNAL_COMMAND = re.compile(r"\{?\\([A-Za-z]+)\}?")
_RANK = re.compile(r"rank([0-5])")
_CLASS_OF_AN_OBJECT = re.compile(r"id='([A-Za-z.-]+)'")
# What they are as they stand: nothing in them is TeX, white space or a prefix that goes.
_BARE_DOI = re.compile(r"10\.[0-9]{4,9}/[!-\[\]-z|}~]++")
_BARE_EPRINT = re.compile(r"[0-9]{4}\.[0-9]{4,5}")
_BARE_PAGES = re.compile(r"([0-9]+)(?:--?([0-9]+))?")

# Names of refman's own JSON; in a .bib they are fields that nobody knows.
_ONLY_JSON = frozenset({"authors", "editors", "category", "primary_class"})

INHERITING = frozenset({"crossref", "xdata"})
"""With them an empty value means that nothing is inherited; elsewhere it means nothing."""

Reader = Callable[[str], str]
"""From the TeX of a value to its text."""


def plain_value(name: str, tex: str) -> str:
    """Text for display and search; "" only for an empty value: TeX that prints nothing is shown as it stands."""
    return reader_of(name)(tex)


def stored_name(written: str) -> str:
    """The name under which a field is stored that is called so in a .bib."""
    lowered = written.lower()
    return lowered if lowered in _ONLY_JSON else canonical_name(lowered)


@lru_cache(maxsize=1024)
def reader_of(name: str) -> Reader:
    """What reads the values of a field as `plain_value` does."""
    return _READERS.get(name) or _READERS_OF_KINDS.get(field_of(name).kind, _line)


def without_braces(tex: str) -> str:
    """One line without the braces around the whole."""
    text = " ".join(tex.split())
    while text.startswith("{") and BRACED_PATTERN.fullmatch(text):
        text = text[1:-1].strip()
    return text


def _line(tex: str) -> str:
    return latex_to_text(tex) or " ".join(tex.split())


def _text(tex: str) -> str:
    return latex_to_paragraphs(tex) or " ".join(tex.split())


def _verbatim(tex: str) -> str:
    return clean(without_braces(tex))


def _address(tex: str) -> str:
    """A person typed its escapes for TeX; a backslash in other verbatim fields is part of a path."""
    text = _verbatim(tex)
    if "\\" not in text:
        return text
    if match := _URL_COMMAND.match(text):
        text = without_braces(text[match.end() :])
    return _ESCAPED.sub(r"\1", text)


def _doi(tex: str) -> str:
    return tex if _BARE_DOI.fullmatch(tex) else parse_doi(_address(tex))


def _eprint(tex: str) -> str:
    return tex if _BARE_EPRINT.fullmatch(tex) else parse_eprint(_address(tex))


def _ranking(tex: str) -> str:
    rank = _RANK.fullmatch(tex.strip())
    return rank.group(1) if rank else _line(tex)


def _pages(tex: str) -> str:
    bare = _BARE_PAGES.fullmatch(tex)
    if bare is None:
        return page_ranges(_line(tex))
    return f"{bare.group(1)}--{bare.group(2)}" if bare.group(2) else tex


def _journal(tex: str) -> str:
    """The commands of astronomy for their journals."""
    command = _JOURNAL_COMMAND.fullmatch(tex.strip()) if "\\" in tex else None
    return JOURNAL_COMMANDS[command[1]] if command and command[1] in JOURNAL_COMMANDS else _line(tex)


def _class(tex: str) -> str:
    match = _CLASS_OF_AN_OBJECT.search(tex)
    return match.group(1) if match else latex_to_text(tex)


_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "url": _address,
        "doi": _doi,
        "eprint": _eprint,
        "ranking": _ranking,
        "pages": _pages,
        "journal": _journal,
        "primaryclass": _class,
    }
)
_READERS_OF_KINDS: Mapping[Kind, Reader] = MappingProxyType(
    {Kind.VERBATIM: _verbatim, Kind.KEYS: without_braces, Kind.DATE: without_braces, Kind.TEXT: _text}
)
