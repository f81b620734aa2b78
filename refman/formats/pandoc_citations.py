"""The keys that Markdown cites in pandoc's way: `[see @key, p. 3; -@other]`, `@key says`, `@{odd key}`."""

import re
from collections.abc import Iterable, Iterator

from refman.formats.tex_citations import Citation

# pandoc manual, "Citation syntax": a letter, digit or _, then these with single punctuation characters inside.
_KEY = re.compile(r"(?<![\w\\.@/-])-?@(?:\{([^{}\s]+)\}|([\w](?:[\w]|[:.#$%&\-+?<>~/](?=\w))*))")
_CODE = re.compile(r"^(```++|~~~++)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)|(?<!`)(`++)[^`].*?\2", re.M | re.S)
_BRACKETS = re.compile(r"\[([^\[\]]*@[^\[\]]*)\]")
# Quarto's references to figures and the like look the same.
_CROSS_REFERENCE = re.compile(r"(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|nte|tip|wrn|imp|cau)-")
ENDINGS = (".md", ".markdown", ".Rmd", ".qmd")


def pandoc_citations(text: str) -> Iterator[Citation]:
    """What stands in brackets; a bare `@name` of a README is a person as often as a paper."""
    shown = _blanked(text)
    places = [(brackets.start(1), brackets.end(1)) for brackets in _BRACKETS.finditer(shown)]
    yield from (one for one in _keys(shown, places) if not _CROSS_REFERENCE.match(one.key))


def pandoc_mentions(text: str, key: str) -> Iterator[Citation]:
    """Every place that names this very key, bare ones too."""
    shown = _blanked(text)
    yield from (one for one in _keys(shown, [(0, len(shown))]) if one.key == key)


def _keys(text: str, places: Iterable[tuple[int, int]]) -> Iterator[Citation]:
    """The keys in parts of the text, which come in their order."""
    line, counted = 1, 0
    for start, end in places:
        for match in _KEY.finditer(text, start, end):
            group = 1 if match.group(1) else 2
            line += text.count("\n", counted, match.start(group))
            counted = match.start(group)
            yield Citation(match.group(group), line, match.start(group))


def _blanked(text: str) -> str:
    return _CODE.sub(lambda match: re.sub(r"[^\r\n]", " ", match.group()), text)
