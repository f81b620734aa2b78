"""Which notes can be shown with their looks at once, and what is shown of the others.

Qt lays a paragraph out in a time that grows with the square of its marks: 20,000 links in one took 10 s of a window.
"""

import re

_LONGEST = 50_000
_MOST_LINES = 2_000
_MOST_MARKS = 1_500
_MOST_LINKS = 400
"""In one paragraph, and twice as many in a note."""
_LONGEST_LINE = 1_000
_MARKS = re.compile(r"[*_`\[<~#>|&\\]|[0-9][.)]\s|[-+]\s")
_LINKS = re.compile(r"\]\(|://|www\.|@|\]\[|<")
_ENDLESS_WORD = re.compile(r"\S{2000}")
_BETWEEN = re.compile(r"\n[ \t]*\n")


def is_shown_at_once(text: str) -> bool:
    """False for what would hold up the window; costs a few milliseconds at most."""
    if len(text) > _LONGEST or text.count("\n") > _MOST_LINES or _ENDLESS_WORD.search(text):
        return False
    return _is_light(text, 2) and all(_is_light(part, 1) for part in _BETWEEN.split(text))


def _is_light(text: str, times: int) -> bool:
    return len(_MARKS.findall(text)) <= _MOST_MARKS * times and len(_LINKS.findall(text)) <= _MOST_LINKS * times


def beginning_of(text: str) -> str:
    """As much as is shown of other notes; very long lines are broken, as a line is laid out as a whole."""
    lines = text[:_LONGEST].split("\n")[:_MOST_LINES]
    return "\n".join(
        line[start : start + _LONGEST_LINE] for line in lines for start in range(0, len(line) or 1, _LONGEST_LINE)
    )
