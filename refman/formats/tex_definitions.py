r"""Macros that a LaTeX source defines: their names, which of their arguments stand in braces, and their bodies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refman.formats.tex_groups import Groups

_NAME = r"\s*+\{?\s*+\\([a-zA-Z@]++)\s*+\}?\s*+"
_NEW = re.compile(r"\\(?:(?:new|renew|provide)(?:command|robustcmd)|DeclareRobustCommand)\*?" + _NAME)
_XPARSE = re.compile(
    r"\\(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand"
    + _NAME
    + r"\{([^{}]*+(?:\{(?:[^{}]|\{[^{}]*+\})*+\}[^{}]*+)*+)\}"
)
_DEF = re.compile(r"\\[gex]?def\s*+\\([a-zA-Z@]++)([^{}\\\r\n]*+)(?=\{)")
_COUNT = re.compile(r"\s*+\[(\d)\]")
_DEFAULT = re.compile(r"\s*+\[(?:[^\[\]{}]|\{[^{}]*+\})*+\]")
# usrguide, "Argument types": what stands before an argument, one with two delimiters, one with a token, any other.
_SPEC = re.compile(
    r"[>=]\s*+\{(?:[^{}]|\{[^{}]*+\})*+\}|[+!\s]|(?P<kind>[rRdD]\s*+[^\s{}]\s*+[^\s{}]|t\s*+[^\s{}]|[a-zA-Z])"
    r"(?:\s*+\{(?:[^{}]|\{[^{}]*+\})*+\})*+"
)
# TeXbook, chapter 20: an argument behind which another one, a bracket or the body follows; others end at what follows.
_PARAMETER = re.compile(r"#\d\s*+(?=([#\[(<]|\Z)?)")
_LONGEST = 20_000
"""Characters of a body; longer ones are no macros that cite."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`in_braces` tells of each argument whether it stands in braces."""

    name: str
    in_braces: tuple[bool, ...]
    body: str

    def number_in_braces(self, argument: int) -> int:
        """Which of the arguments in braces the n-th argument is (from 1), 0 for one that is none."""
        is_one = 0 < argument <= len(self.in_braces) and self.in_braces[argument - 1]
        return sum(self.in_braces[:argument]) if is_one else 0


def definitions(shown: str) -> Iterator[Definition]:
    r"""What \newcommand, \newrobustcmd, \def, \NewDocumentCommand and their like define in a text without comments."""
    groups = Groups(shown)
    for match in _NEW.finditer(shown):
        in_braces, position = _counted(shown, match.end())
        yield Definition(match.group(1), in_braces, _body(shown, position, groups))
    for match in _XPARSE.finditer(shown):
        kinds = (one["kind"] for one in _SPEC.finditer(match.group(2)))
        in_braces = tuple(kind == "m" for kind in kinds if kind)
        yield Definition(match.group(1), in_braces, _body(shown, match.end(), groups))
    for match in _DEF.finditer(shown):
        in_braces = tuple(one.group(1) is not None for one in _PARAMETER.finditer(match.group(2)))
        yield Definition(match.group(1), in_braces, _body(shown, match.end(), groups))


def _counted(text: str, position: int) -> tuple[tuple[bool, ...], int]:
    """The arguments of \\newcommand\\x[2][default], and where its body begins."""
    count = _COUNT.match(text, position)
    if count is None:
        return (), position
    in_braces = (True,) * int(count.group(1))
    default = _DEFAULT.match(text, count.end())
    if default is None:
        return in_braces, count.end()
    return (False, *in_braces[1:]), default.end()


def _body(text: str, position: int, groups: Groups) -> str:
    """What stands in the braces that open there (white space apart)."""
    start, end = groups.group_at(position) or (0, 0)
    return text[start:end] if end - start < _LONGEST else ""
