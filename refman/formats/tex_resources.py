r"""The .bib files that a source names as resources of biblatex: for the document, for all sections, for one of them.

Source: the biblatex manual, 3.7.1 (resources) and 3.8.4 (`refsection`). `refsegment` has none of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_RESOURCE = re.compile(r"\\add(bibresource|bib|globalbib|sectionbib)\s*(?:\[([^\[\]]*)\])?\s*\{([^{}]*)\}")
_OLD_NAMES = {"bib": "bibresource"}
_LABEL = re.compile(r"(?:^|,)\s*label\s*=\s*\{?([^{},]*)")
_REMOTE = re.compile(r"\blocation\s*=\s*\{?\s*remote\b")
_SECTION = re.compile(
    r"\\(?:(?P<open>begin\s*\{refsection\}|refsection(?![a-zA-Z]))|(?P<new>newrefsection(?![a-zA-Z])))"
    r"\s*(?:\[(?P<names>[^\[\]]*)\])?"
)
_END = re.compile(r"\\(?:(?:begin|end)\s*\{refsection\}|(?:new|end)?refsection(?![a-zA-Z]))")
# The option `refsection=chapter` begins a section of its own there.
_END_OF_NEW = re.compile(rf"{_END.pattern}|\\(?:part|chapter|section|subsection)(?![a-zA-Z])")


class Scope(StrEnum):
    """Which sections a resource is for."""

    DOCUMENT = "bibresource"
    """Those that name none of their own."""
    EVERYWHERE = "globalbib"
    SECTIONS = "sectionbib"
    """As DOCUMENT, but not what stands outside of all sections."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file as written, and the label by which sections may name it, "" for none."""

    name: str
    scope: Scope
    label: str = ""


@dataclass(frozen=True, slots=True)
class RefSection:
    """From `start` to `end` (excluded) in the text; `names` are its own resources (files or labels), as written."""

    start: int
    end: int
    names: tuple[str, ...]


def resources(shown: str) -> Iterator[Resource]:
    """The resources of a source without its comments; those that biber gets from the web are passed over."""
    for match in _RESOURCE.finditer(shown):
        kind, options, name = match.group(1), match.group(2) or "", match.group(3).strip()
        if name and not _REMOTE.search(options):
            label = _LABEL.search(options)
            yield Resource(name, Scope(_OLD_NAMES.get(kind, kind)), label.group(1).strip() if label else "")


def refsections(shown: str) -> Iterator[RefSection]:
    """The sections of a source without its comments, up to where they certainly end."""
    for match in _SECTION.finditer(shown):
        end = (_END_OF_NEW if match["new"] else _END).search(shown, match.end())
        names = tuple(filter(None, map(str.strip, (match["names"] or "").split(","))))
        yield RefSection(match.start(), end.start() if end else len(shown), names)
