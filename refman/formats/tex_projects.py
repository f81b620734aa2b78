"""Which .bib files LaTeX sources name, and which keys the files of a build cite."""

import re
from collections.abc import Iterator

from refman.formats.tex_citations import blanked

_BIBLIOGRAPHY = re.compile(r"\\(?:no)?bibliography\s*\{([^{}]*)\}")
_RESOURCE = re.compile(r"\\add(?:bib|globalbib|sectionbib|globalbib)(?:resource)?\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}")
# BibTeX writes \citation{a,b}; biber \abx@aux@cite{0}{a}, before biblatex 3.16 \abx@aux@cite{a}.
_AUX = re.compile(r"\\(?:citation|abx@aux@cite)(?:\{\d+\})?\{([^{}]*)\}")
_BCF = re.compile(r"<bcf:citekey[^<>]*>([^<]*)</bcf:citekey>")


def bibliographies(text: str) -> Iterator[str]:
    """The .bib files that a source names, with their ending, as written otherwise."""
    shown = blanked(text)
    for match in _BIBLIOGRAPHY.finditer(shown):
        for name in filter(None, map(str.strip, match.group(1).split(","))):
            yield name if name.endswith(".bib") else f"{name}.bib"
    for match in _RESOURCE.finditer(shown):
        yield match.group(1).strip()


def aux_keys(text: str) -> Iterator[str]:
    """The keys that an .aux file cites, BibTeX's and biber's."""
    for match in _AUX.finditer(text):
        yield from (key for key in map(str.strip, match.group(1).split(",")) if key and key != "*")


def bcf_keys(text: str) -> Iterator[str]:
    """The keys that biber's .bcf file cites, in any section."""
    yield from (key for match in _BCF.finditer(text) if (key := match.group(1).strip()) not in ("", "*"))
