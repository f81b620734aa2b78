"""The plain value of a field from its TeX, by what kind of field it is."""

import re

from refman.domain.field_values import parse_doi, parse_eprint
from refman.domain.fields import Kind, field_of
from refman.formats.bibtex.grammar import BRACED_PATTERN
from refman.formats.bibtex.latex_to_text import clean, latex_to_paragraphs, latex_to_text
from refman.formats.bibtex.macros import JOURNAL_COMMANDS
from refman.formats.bibtex.page_ranges import page_ranges

_URL_COMMAND = re.compile(r"\\(?:url|path|nolinkurl)\s*(?=\{)")
_ESCAPED = re.compile(r"\\([&%$#_{}~])(?:\{\})?")
_JOURNAL_COMMAND = re.compile(r"\{?\\([A-Za-z]+)\}?")
_RANK = re.compile(r"rank([0-5])")
_CLASS_OF_AN_OBJECT = re.compile(r"id='([A-Za-z.-]+)'")
# Fields whose escapes a person typed for TeX; a backslash in the others is part of a path.
_ADDRESSES = frozenset({"url", "doi", "eprint"})


def plain_value(name: str, tex: str) -> str:
    """Text for display and search; "" only for an empty value: TeX that prints nothing is shown as it stands."""
    kind = field_of(name).kind
    if kind is Kind.VERBATIM:
        return _verbatim(name, tex)
    if kind in {Kind.KEYS, Kind.DATE}:
        return without_braces(tex)
    if name == "ranking" and (rank := _RANK.fullmatch(tex.strip())):
        return rank.group(1)
    if name == "pages":
        return page_ranges(_or_source(latex_to_text(tex), tex))
    if name == "journal" and (command := _JOURNAL_COMMAND.fullmatch(tex.strip())) and command[1] in JOURNAL_COMMANDS:
        return JOURNAL_COMMANDS[command[1]]
    if name == "primaryclass":
        match = _CLASS_OF_AN_OBJECT.search(tex)
        return match.group(1) if match else latex_to_text(tex)
    return _or_source(latex_to_paragraphs(tex) if kind is Kind.TEXT else latex_to_text(tex), tex)


def without_braces(tex: str) -> str:
    """One line without the braces around the whole."""
    text = " ".join(tex.split())
    while text.startswith("{") and BRACED_PATTERN.fullmatch(text):
        text = text[1:-1].strip()
    return text


def _or_source(text: str, tex: str) -> str:
    return text or " ".join(tex.split())


def _verbatim(name: str, tex: str) -> str:
    text = clean(without_braces(tex))
    if name not in _ADDRESSES:
        return text
    if match := _URL_COMMAND.match(text):
        text = without_braces(text[match.end() :])
    text = _ESCAPED.sub(r"\1", text)
    return {"doi": parse_doi, "eprint": parse_eprint}.get(name, str)(text)
