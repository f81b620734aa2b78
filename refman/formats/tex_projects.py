"""Which .bib files LaTeX sources name, and which keys the files of a build cite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refman.formats.tex_hidden import blanked
from refman.formats.tex_resources import RefSection, Resource, refsections, resources

# multibib manual, 2: \bibliographyweb{w} after \newcites{web}{…}; \bibliographystyle and \bibliographyname name none.
_BIBLIOGRAPHY = re.compile(r"\\(?:nobibliography|bibliography(?!style|name|unit)[a-zA-Z]*+)\*?\s*\{([^{}]*)\}")
_STYLE = re.compile(r"\\bibliographystyle[a-zA-Z]*+\s*\{([^{}]*)\}")
_INPUT = re.compile(r"\\(?:input|include|subfile|subfileinclude|includestandalone)\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}")
# TeX's own spelling, without braces.
_PLAIN_INPUT = re.compile(r"\\input[ \t]+([^\s{}\[\]\\%]+)")
_IMPORT = re.compile(r"\\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_PACKAGE = re.compile(
    r"\\(usepackage|RequirePackage|documentclass|LoadClass)(?:WithOptions)?\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}"
)
_WRITTEN = re.compile(r"\\begin\s*\{filecontents\*?\}\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}")
_ROOT = re.compile(r"^[ \t]*%+[ \t]*!TeX[ \t]+root[ \t]*=[ \t]*([^\r\n]*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_CLASS = re.compile(r"\\document(?:class|style)\s*(?:\[([^\[\]]*)\])?\s*\{([^{}]*)\}")
# Their documents are read in by others; a subfile names its main file as the option of its class.
_CLASSES_OF_PARTS = frozenset({"subfiles", "standalone"})
# BibTeX writes \citation{a,b}; biber \abx@aux@cite{0}{a}, before biblatex 3.16 \abx@aux@cite{a}.
_AUX = re.compile(r"\\(?:citation|abx@aux@cite)(?:\{\d+\})?\{([^{}]*)\}")
_BCF = re.compile(r"<bcf:citekey[^<>]*>([^<]*)</bcf:citekey>")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a source says of the document, all names as they are written.

    `bibs`: .bib files with their ending, without those of `sections`; `inputs`: sources; `packages`: with their ending,
    of the folder or of TeX; `written`: files that the source itself makes (`filecontents`).
    """

    bibs: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    sections: tuple[RefSection, ...] = ()
    is_main: bool = False


def outline_of(text: str) -> Outline:
    """All of it at one go."""
    shown = blanked(text)
    return Outline(
        tuple(_bibliographies(shown)),
        tuple(_inputs(shown)),
        tuple(_packages(shown)),
        tuple(match.group(1).strip() for match in _WRITTEN.finditer(shown)),
        tuple(resources(shown)),
        tuple(refsections(shown)),
        _is_main(shown),
    )


def bibliographies(text: str) -> Iterator[str]:
    """The .bib files that a source names, with their ending, as written otherwise; a section may name it by a label."""
    shown = blanked(text)
    yield from _bibliographies(shown)
    for section in refsections(shown):
        yield from map(bib_name, section.names)


def styles(text: str) -> list[str]:
    """The BibTeX styles that a source names."""
    return [name.strip() for names in _STYLE.findall(blanked(text)) for name in names.split(",") if name.strip()]


def _bibliographies(shown: str) -> Iterator[str]:
    for match in _BIBLIOGRAPHY.finditer(shown):
        yield from map(bib_name, filter(None, map(str.strip, match.group(1).split(","))))
    for resource in resources(shown):
        yield resource.name


def bib_name(name: str) -> str:
    """The name with its ending."""
    return name if name.endswith(".bib") else f"{name}.bib"


def root_of(text: str) -> str:
    """The main file that a source names: for editors (`%!TeX root = ../main.tex`), or as a subfile
    (`\\documentclass[../main.tex]{subfiles}`); "" for none."""
    match = _ROOT.search(text)
    if match:
        return match.group(1)
    declared = _CLASS.search(blanked(text))
    is_subfile = declared is not None and declared.group(2).strip() == "subfiles"
    return (declared.group(1) or "").strip() if declared and is_subfile else ""


def is_main(text: str) -> bool:
    """True for the source of a document that LaTeX runs on; subfiles and standalone pictures are parts of others."""
    return _is_main(blanked(text))


def _is_main(shown: str) -> bool:
    declared = _CLASS.search(shown)
    if declared:
        return declared.group(2).strip() not in _CLASSES_OF_PARTS
    return "\\begin{document}" in shown


def inputs(text: str) -> Iterator[str]:
    """The sources that a source reads in, as written; an ending may be missing."""
    return _inputs(blanked(text))


def _inputs(shown: str) -> Iterator[str]:
    for match in _INPUT.finditer(shown):
        yield match.group(1).strip()
    for match in _PLAIN_INPUT.finditer(shown):
        yield match.group(1)
    for match in _IMPORT.finditer(shown):
        yield f"{match.group(1).strip().rstrip('/')}/{match.group(2).strip()}"


def _packages(shown: str) -> Iterator[str]:
    for match in _PACKAGE.finditer(shown):
        ending = ".sty" if match.group(1).endswith("ackage") else ".cls"
        yield from (f"{name}{ending}" for name in map(str.strip, match.group(2).split(",")) if name)


def aux_keys(text: str) -> Iterator[str]:
    """The keys that an .aux file cites, BibTeX's and biber's."""
    for match in _AUX.finditer(text):
        yield from (key for key in map(str.strip, match.group(1).split(",")) if key and key != "*")


def bcf_keys(text: str) -> Iterator[str]:
    """The keys that biber's .bcf file cites, in any section."""
    yield from (key for match in _BCF.finditer(text) if (key := match.group(1).strip()) not in ("", "*"))
