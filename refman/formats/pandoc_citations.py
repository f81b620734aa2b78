r"""Keys that Markdown cites, in pandoc's way (`[see @key, p. 3; -@other]`, `@key says`, `@{odd key}`) or by \cite."""

import re
from collections.abc import Iterator

from refman.formats.cite_arguments import NO_MACROS, Macros
from refman.formats.markdown_hidden import blanked_markdown
from refman.formats.tex_citations import Citation, shown_citations

# pandoc manual, "Citation syntax": a letter, digit or _, then these with single punctuation characters inside.
# What stands before it tells addresses (a@b.org, https://x.org/@a) and \@ from citations.
_KEY = re.compile(r"(?<![\w\\.@/-])-?@(?:\{([^{}\s]++)\}|([\w](?:[\w]|[:.#$%&\-+?<>~/](?=\w))*+))")
_BRACKETS = re.compile(r"\[[^\[\]]*+\]")
# References to figures and the like look the same: Quarto's @fig-one, pandoc-crossref's @fig:one.
_CROSS_REFERENCE = re.compile(r"(?i:fig|tbl|sec|eq|lst)[:-]|(?:thm|lem|cor|prp|cnj|def|exm|exr|nte|tip|wrn|imp|cau)-")
# Where these files say @name they mean a person more often than a paper.
_OF_PEOPLE = re.compile(r"(?:readme|change(?:s|log)|contributing|contributors|authors|security|code_of_conduct)\b")
ENDINGS = (".md", ".markdown", ".Rmd", ".qmd")


def pandoc_citations(text: str, macros: Macros = NO_MACROS, *, file_name: str = "") -> Iterator[Citation]:
    r"""Every key in order, those of `nocite` in the head and those of \cite too; none in code.

    A bare `@name` of a README or a changelog is a person; in brackets it is a paper there as well.
    """
    shown = blanked_markdown(text)
    is_bare = not _OF_PEOPLE.match(file_name.lower())
    inside = [] if is_bare else [match.span() for match in _BRACKETS.finditer(shown)]
    places = {
        start: key
        for start, key in _at_keys(shown, [(0, len(shown))] if is_bare else inside)
        if not _CROSS_REFERENCE.match(key)
    }
    return _counted(shown, places | _cited(shown, macros))


def pandoc_mentions(text: str, key: str, macros: Macros = NO_MACROS) -> Iterator[Citation]:
    """Every place that names this very key, whatever the file is."""
    shown = blanked_markdown(text)
    places = dict(_at_keys(shown, [(0, len(shown))])) | _cited(shown, macros)
    return (one for one in _counted(shown, places) if one.key == key)


def _at_keys(shown: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Where each key begins, and the key."""
    for part in parts:
        for match in _KEY.finditer(shown, *part):
            group = 1 if match.group(1) else 2
            yield match.start(group), match.group(group)


def _cited(shown: str, macros: Macros) -> dict[int, str]:
    r"""The keys of \cite by where they begin: pandoc hands LaTeX on to LaTeX."""
    return {one.start: one.key for one in shown_citations(shown, macros)} if "\\" in shown else {}


def _counted(text: str, places: dict[int, str]) -> Iterator[Citation]:
    """The citations in their order, each with its line."""
    line, counted = 1, 0
    for start in sorted(places):
        line += text.count("\n", counted, start)
        counted = start
        yield Citation(places[start], line, start)
