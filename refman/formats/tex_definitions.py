r"""Macros that a LaTeX source defines: their names, which of their arguments stand in braces, and their bodies."""

import re
from collections.abc import Iterable, Iterator
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
_PARAMETER = re.compile(r"(?P<open>\[\s*+(?=#\d\s*+\]))?#\d\s*+(?=(?P<next>[#\[(<]|\Z)?)")
_KINDS = {"m": "{", "o": "[", "O": "["}
_LONGEST = 20_000
"""Characters of a body; longer ones are no macros that cite."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`kinds` says of each argument what it stands in: `{`, `[`, or "" for a star and whatever else."""

    name: str
    kinds: tuple[str, ...]
    body: str

    def numbers(self, arguments: Iterable[int], kind: str) -> tuple[int, ...]:
        """Which of the arguments in `{` (or `[`) those arguments (from 1) are that stand in it, in order."""
        wanted = (one for one in sorted(set(arguments)) if 0 < one <= len(self.kinds) and self.kinds[one - 1] == kind)
        return tuple(self.kinds[:one].count(kind) for one in wanted)


def definitions(shown: str) -> Iterator[Definition]:
    r"""What \newcommand, \newrobustcmd, \def, \NewDocumentCommand and their like define in a text without comments."""
    groups = Groups(shown)
    for match in _NEW.finditer(shown):
        kinds, position = _counted(shown, match.end())
        yield Definition(match.group(1), kinds, _body(shown, position, groups))
    for match in _XPARSE.finditer(shown):
        kinds = tuple(_KINDS.get(kind, "") for one in _SPEC.finditer(match.group(2)) if (kind := one["kind"]))
        yield Definition(match.group(1), kinds, _body(shown, match.end(), groups))
    for match in _DEF.finditer(shown):
        kinds = tuple(_kind_of(one) for one in _PARAMETER.finditer(match.group(2)))
        yield Definition(match.group(1), kinds, _body(shown, match.end(), groups))


def _kind_of(parameter: re.Match[str]) -> str:
    if parameter["open"]:
        return "["
    return "{" if parameter["next"] is not None else ""


def _counted(text: str, position: int) -> tuple[tuple[str, ...], int]:
    """The arguments of \\newcommand\\x[2][default], and where its body begins."""
    count = _COUNT.match(text, position)
    if count is None:
        return (), position
    kinds = ("{",) * int(count.group(1))
    default = _DEFAULT.match(text, count.end())
    if default is None:
        return kinds, count.end()
    return ("[", *kinds[1:]), default.end()


def _body(text: str, position: int, groups: Groups) -> str:
    """What stands in the braces that open there (white space apart)."""
    start, end = groups.group_at(position) or (0, 0)
    return text[start:end] if end - start < _LONGEST else ""
