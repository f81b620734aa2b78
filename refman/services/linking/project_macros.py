"""Macros that a .bib uses and another file of its project defines: a .bib that BibTeX reads before it, or the style.

What a style defines (`MACRO {jmlr} {"..."}`) holds in every .bib, what a .bib defines in those behind it. That is
looked for only where a macro is not known, and only where LaTeX sources stand in the folder of the .bib or above it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from refman.formats.bibfile.document import Document
from refman.formats.bibtex.style_file import macros_of_style
from refman.formats.bibtex.values import macros_of
from refman.formats.tex_projects import styles
from refman.services.linking.build_files import text_of_build
from refman.services.linking.cited import fresh_builds, read_project_sources
from refman.services.linking.named_bibs import folder_of
from refman.services.linking.projects import bibs_of, documents_of
from refman.services.tex_tree import known_to_tex

_BUILT_STYLE = re.compile(r"^\\bibstyle\{([^{}]*)\}", re.MULTILINE)
_OF_TEX = re.compile(r"[\\#{}]")


def with_macros_beside(
    document: Document, path: Path, known: Mapping[str, str], *, project: str = ""
) -> Mapping[str, str]:
    """`known` with the macros of the project of a .bib, where the document uses some that nothing so far defines.

    `project` is the folder or main file that cites it; else it is looked for beside the file. Reads sources and may run
    `kpsewhich`.
    """
    if not _unknown(document, known):
        return known
    place = Path(project).resolve() if project else _place_beside(path.resolve())
    if place is None or not place.exists():
        return known
    return {**_of_styles(place), **_of_files_before(place, path.resolve()), **known}


def _unknown(document: Document, known: Mapping[str, str]) -> bool:
    defined = document.macros
    values = (one.value for entry in document.entries for one in entry.fields)
    # Most values are one text in braces, which uses none.
    some = (value for value in values if value[:1] != "{" or "#" in value)
    return any(name not in defined and name not in known for value in some for name in macros_of(value))


def _place_beside(path: Path) -> Path | None:
    return next((one for one in path.parents[:2] if next(one.glob("*.tex"), None)), None)


def _of_files_before(place: Path, path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    bibs = [one.resolve() for one in bibs_of(place)]
    before = bibs[: bibs.index(path)] if path in bibs else bibs
    for document in documents_of(before):
        found.update(document.own_macros)
    return found


def _of_styles(place: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, beside in dict.fromkeys(_styles(place)):
        if _OF_TEX.search(name):
            continue
        style = next((one for one in (beside / f"{name}.bst", folder_of(place) / f"{name}.bst") if one.is_file()), None)
        style = style or _known_to_tex(name)
        if style is not None:
            found.update(macros_of_style(_text(style)))
    return found


def _styles(place: Path) -> Iterator[tuple[str, Path]]:
    """The names of styles and the folders of the files that name them; a class may name one that no source does."""
    for path in read_project_sources(place):
        yield from ((name, path.parent) for name in styles(_text(path)))
    for path in fresh_builds(place, ".aux"):
        yield from ((name, path.parent) for name in _BUILT_STYLE.findall(text_of_build(path)))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


@cache
def _known_to_tex(name: str) -> Path | None:
    return known_to_tex(name, kind="bst")
