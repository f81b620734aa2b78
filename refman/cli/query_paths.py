"""Paths in a search that was typed in a shell; they count from the current folder: `cited:.`, `in:../a.bib`."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from refman.domain.links import LinkedFile
from refman.domain.query_links import FIELDS_OF_LINKS
from refman.domain.query_tokens import Kind, Lexeme, lexemes
from refman.services.library import Library

_QUOTES = frozenset('"“”„‟')
_MAINS = (".tex", ".ltx")


def with_whole_paths(library: Library, text: str) -> str:
    """The search with the whole paths of linked files and of projects; what is none of these stays as it is typed."""
    named = [one for one in lexemes(text) if one.kind is Kind.TERM and one.field in FIELDS_OF_LINKS and one.value]
    links = library.linked_files() if any(map(_is_path, named)) else []
    for one in reversed(named):
        path = _whole(one, links) if _is_path(one) else ""
        if path and not set(path) & _QUOTES:
            sign = "-" if one.is_negated else ""
            text = f'{text[: one.start]}{sign}{one.field}:"{path}"{text[one.end :]}'
    return text


def _is_path(one: Lexeme) -> bool:
    is_main = one.field != "in" and one.value.endswith(_MAINS)
    return is_main or os.sep in one.value or one.value in (os.curdir, os.pardir)


def _whole(one: Lexeme, links: Sequence[LinkedFile]) -> str:
    """The path as the library has it, "" for none; of a project also where a folder or file in it is named."""
    path = Path(os.path.realpath(os.path.expanduser(one.value)))
    if one.field == "in":
        return _called((path,), links, lambda link: link.path)
    return _called((path, *path.parents), links, lambda link: link.project) if path.exists() else ""


def _called(paths: Sequence[Path], links: Sequence[LinkedFile], place: Callable[[LinkedFile], str]) -> str:
    known = {Path(os.path.realpath(place(link))): place(link) for link in links if place(link)}
    return next((known[path] for path in paths if path in known), "")
