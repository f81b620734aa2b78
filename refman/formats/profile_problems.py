"""What can be wrong with a pasted author page, in one place: code to English sentence."""

from collections.abc import Sequence
from types import MappingProxyType

from refman.domain.errors import Problem
from refman.formats.profile_lines import Line

_QUOTED = 60

MESSAGES = MappingProxyType(
    {
        "text-before-papers": "Skipped {0}: it stands before the first paper; the selection may have begun inside one.",
        "text-without-paper": "Skipped {0}: it belongs to no paper.",
        "paper-without-header": "Skipped {0}: the line with category and date above it is missing.",
        "header-without-paper": "Skipped {0}: no paper stands below it.",
        "paper-without-title": "Skipped {0}: the title of this paper is missing.",
        "cut-title": "Skipped {0}: the text ends in the title of this paper.",
        "no-authors": "No authors stand below {0}.",
        "no-abstract": "No abstract stands below {0}.",
        "cut-authors": "The text ends in the authors of {0}; the last name may be cut.",
        "cut-abstract": "The text ends in the abstract of {0}; its end may be missing.",
        "no-such-day": "There is no {1}; {0} was read without its date.",
        "unclear-number": "The number {0} in the page's head could be two numbers; it was left out.",
        "nameless-profile": "The author's name is missing above {0}; the page's numbers were left out.",
        "counts-differ": "The page says {0} papers in one place and {1} in another.",
        "papers-differ": "The page says {0} papers, but {1} were found.",
        "no-papers": "No papers were found in this author page.",
    }
)
"""English templates by problem code; `{0}` and `{1}` are the arguments of the problem."""


def problem(code: str, line: int, *arguments: str) -> Problem:
    """The problem of that code with its English sentence."""
    return Problem(line, code, MESSAGES[code].format(*arguments), arguments)


def quoted(lines: Sequence[Line]) -> str:
    """The beginning of some lines in quotation marks, at most 60 characters."""
    text = " ".join(line.text for line in lines[:4])
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"
