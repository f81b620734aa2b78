"""Subtitles in the title: BibTeX's own styles print no `subtitle` (btxdoc section 3.2), biblatex's do."""

from collections.abc import Sequence

_PAIRS = (("title", "subtitle"), ("booktitle", "booksubtitle"))
_ENDS = ("?", "!", ":", ".")


def with_joined_titles(fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Fields (names and value expressions) with each subtitle behind its title: `{Title: Subtitle}`.

    A subtitle without a title stays. The braces of both stay as they are.
    """
    values = dict(fields)
    for title, subtitle in _PAIRS:
        if title in values and subtitle in values:
            values[title] = _joined(values[title], values.pop(subtitle))
    return list(values.items())


def _joined(title: str, subtitle: str) -> str:
    """Two braced values as one; others (quoted, macros) joined by BibTeX's `#`."""
    end = title.rstrip('}" ')[-1:]
    between = " " if end in _ENDS else ": "
    if _is_braced(title) and _is_braced(subtitle):
        return f"{{{title[1:-1].rstrip()}{between}{subtitle[1:-1].lstrip()}}}"
    return f"{title} # {{{between}}} # {subtitle}"


def _is_braced(value: str) -> bool:
    """True when one pair of braces holds the whole value; an escaped brace counts for BibTeX too."""
    depth = 0
    for place, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return char == "}" and place == len(value) - 1
    return False
