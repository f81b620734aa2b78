r"""Commands that a project defines for citing: `\newcommand{\see}[2]{(see \citep[#1]{#2})}`."""

import re
from collections.abc import Iterator, Mapping

from refman.formats.tex_citations import blanked

_NAME = r"\s*\{?\s*\\([a-zA-Z@]+)\s*\}?\s*"
_NEW = re.compile(r"\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand)\*?" + _NAME)
_XPARSE = re.compile(
    r"\\(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand" + _NAME + r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
_DEF = re.compile(r"\\(?:long\s*\\)?[gex]?def\s*\\([a-zA-Z@]+)\s*((?:#\d)*)\s*(?=\{)")
_LET = re.compile(r"\\let\s*\\([a-zA-Z@]+)\s*=?\s*\\([a-zA-Z@]*[cC]ite[a-zA-Z]*)(?![a-zA-Z])")
_CITE_COMMAND = re.compile(r"\\DeclareCiteCommand\*?\s*\{\s*\\([a-zA-Z@]+)\s*\}")
_COUNT = re.compile(r"\s*\[(\d)\]")
_DEFAULT = re.compile(r"\s*\[[^\[\]]*\]")
_CITES = re.compile(r"\\([a-zA-Z@]+)\*?(?:\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\]|\([^()]*\)))*\s*\{[^{}#]*#(\d)[^{}]*\}")
_IS_CITE = re.compile(r"[a-zA-Z]*[cC]ite[a-zA-Z]*|bibentry")
_SPEC = re.compile(r"[a-zA-Z](?:\{[^{}]*\})*")
_BRACE = re.compile(r"[{}]")
_OPENING = re.compile(r"\s*\{")
_MOST = 20_000


_MAY_DEFINE = re.compile(
    r"\\(?:(?:new|renew|provide)command|Declare(?:RobustCommand|CiteCommand)|[gex]?def|let"
    r"|(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand)(?![a-zA-Z])"
)


def may_define(text: str) -> bool:
    """False for a text in which `cite_macros` can find nothing. Cost: one search."""
    return _MAY_DEFINE.search(text) is not None


def cite_macros(text: str, known: Mapping[str, int]) -> dict[str, int]:
    """Name of each command that hands an argument on to a citation, and which of its arguments in braces (from 1).

    `known` are macros found before: one may call the other.
    """
    shown = blanked(text)
    if "ef" not in shown and "ommand" not in shown and "\\let" not in shown:
        return {}
    found = dict.fromkeys([*_CITE_COMMAND.findall(shown), *(name for name, _ in _LET.findall(shown))], 1)
    for name, kinds, body in _definitions(shown):
        argument = _handed_on(body, {**known, **found})
        if argument and argument <= len(kinds) and kinds[argument - 1]:
            found[name] = sum(kinds[:argument])
    return {name: number for name, number in found.items() if not _IS_CITE.fullmatch(name)}


def _definitions(text: str) -> Iterator[tuple[str, list[bool], str]]:
    """Name, for each argument whether it stands in braces, and the body."""
    ends = _ends_of_groups(text)
    for match in _NEW.finditer(text):
        position, kinds = match.end(), list[bool]()
        if count := _COUNT.match(text, position):
            kinds, position = [True] * int(count.group(1)), count.end()
            if default := _DEFAULT.match(text, position):
                kinds[:1], position = [False], default.end()
        yield match.group(1), kinds, _body(text, position, ends)
    for match in _XPARSE.finditer(text):
        kinds = [part[0] == "m" for part in _SPEC.findall(match.group(2))]
        yield match.group(1), kinds, _body(text, match.end(), ends)
    for match in _DEF.finditer(text):
        yield match.group(1), [True] * (len(match.group(2)) // 2), _body(text, match.end(), ends)


def _ends_of_groups(text: str) -> dict[int, int]:
    """Where each brace that opens is closed; read once, as groups that are not closed would be read again and again."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            ends[opened.pop()] = match.start()
    return ends


def _body(text: str, position: int, ends: Mapping[int, int]) -> str:
    """What stands in the braces that open there (white space apart)."""
    opening = _OPENING.match(text, position)
    if opening is None:
        return ""
    end = ends.get(opening.end() - 1, len(text) + _MOST)
    return text[opening.end() : end] if end - opening.end() < _MOST else ""


def _handed_on(body: str, known: Mapping[str, int]) -> int:
    """The number of the argument that a citation in the body gets, 0 for none."""
    for match in _CITES.finditer(body):
        if _IS_CITE.fullmatch(match.group(1)) or match.group(1) in known:
            return int(match.group(2))
    return 0
