r"""What the files of a build tell: the files that LaTeX read and wrote (`-recorder`), and what biber is asked to do.

Sources: web2c manual, "File recorder"; biber's own `bcf.rnc`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RECORDED = re.compile(r"^(INPUT|OUTPUT) (.*?)\r?$", re.MULTILINE)
_AUX_INPUT = re.compile(r"\\@input\{([^{}]*)\}")
_BCF = re.compile(
    r'<bcf:(?:bibdata section|section number)="(?P<number>\d+)">'
    r"|<bcf:datasource(?P<kind>[^<>]*)>(?P<name>[^<]*)</"
    # A set is made in the document.
    r"|<bcf:citekey(?![^<>]*type=\"set\")[^<>]*>(?P<key>[^<]*)</"
)
# A map of the sources that makes entries, or gives them other keys.
_REWRITES = re.compile(r'map_entry_(?:new|clone)|map_field_(?:source|target|set)="entrykey"')
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class BuiltSection:
    """A section of a document: the resources as written, and the keys cited there without `*`.

    `is_plain` is False where its entries are not just those of .bib files on this machine.
    """

    bibs: tuple[str, ...]
    keys: tuple[str, ...]
    is_plain: bool


def recorded(text: str, kind: str) -> Iterator[str]:
    """The names of the files that LaTeX read (`INPUT`) or wrote (`OUTPUT`), as an .fls file has them."""
    for match in _RECORDED.finditer(text):
        if match.group(1) == kind:
            yield match.group(2).removeprefix("./")


def aux_inputs(text: str) -> Iterator[str]:
    """The further .aux files that an .aux file reads in."""
    for match in _AUX_INPUT.finditer(text):
        yield match.group(1)


def built_sections(text: str) -> Iterator[BuiltSection]:
    """The sections of a .bcf file by number; 0 is what stands outside of all."""
    sources: dict[int, list[tuple[str, str]]] = {}
    keys: dict[int, dict[str, None]] = {}
    number = 0
    for match in _BCF.finditer(text):
        if match["number"]:
            number = int(match["number"][-_DIGITS:])
        elif match["key"] is None:
            sources.setdefault(number, []).append((match["kind"], match["name"].strip()))
        elif match["key"].strip() not in ("", "*"):
            keys.setdefault(number, {})[match["key"].strip()] = None
    is_rewritten = _REWRITES.search(text) is not None
    for number in sorted(sources.keys() | keys.keys()):
        here = sources.get(number, [])
        is_plain = bool(here) and not is_rewritten and all(map(_is_plain, here))
        yield BuiltSection(tuple(name for _, name in here), tuple(keys.get(number, ())), is_plain)


def _is_plain(source: tuple[str, str]) -> bool:
    attributes, name = source
    return 'type="file"' in attributes and 'datatype="bibtex"' in attributes and not set(name) & set("*?[{")
