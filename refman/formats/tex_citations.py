"""The keys that LaTeX sources cite: every command of the \\cite family, with the place of each key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from refman.formats.cite_arguments import (
    COMMAND_NAMES,
    ENVIRONMENT_NAMES,
    NO_MACROS,
    KeyArguments,
    Macros,
    arguments_of,
)
from refman.formats.tex_groups import Groups
from refman.formats.tex_hidden import blanked

_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_OPTION = re.compile(rf"\s*+(?:\[(?:[^\[\]{{}}]|{_BRACED})*+\]|\([^()]*+\)|<[^<>]*+>)")
_KEYS = re.compile(r"\s*+\{([^{}]*+)\}")
_KEY = re.compile(r"[^\s,]+")
# What stands before a command that is defined or printed there: `\NewDocumentCommand\mycite{m}` cites nothing.
_DEFINING = re.compile(
    r"\\(?:(?:new|renew|provide)(?:command|robustcmd)|(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand"
    r"|Declare(?:Robust|(?:Multi)?Cite)Command|(?:New|Renew|Declare)CommandCopy(?:\s*+\{?\\[a-zA-Z@]++\}?)?|[gex]?def"
    r"|let(?:\s*+\\[a-zA-Z@]++\s*+=?)?|string)\*?\s*+\{?\s*+\Z"
)
_BEFORE = 80


@dataclass(frozen=True, slots=True)
class Citation:
    """A key with the 1-based line on which it stands and its place: `text[start:start + len(key)]` is the key."""

    key: str
    line: int
    start: int


def citations(text: str, macros: Macros = NO_MACROS) -> Iterator[Citation]:
    """The cited keys of a source in order; what is hidden (`tex_hidden`) is passed over, `*` of \\nocite too.

    `macros` are commands that the project defined for citing (`tex_macros.cite_macros`).
    """
    return shown_citations(blanked(text), macros)


def shown_citations(shown: str, macros: Macros = NO_MACROS) -> Iterator[Citation]:
    """As `citations`, of a text in which what is hidden was blanked already."""
    line, counted = 1, 0
    for start, keys in key_lists(shown, macros):
        for match in _KEY.finditer(keys):
            if match.group() == "*" or "#" in match.group() or "\\" in match.group():
                continue
            place = start + match.start()
            line += shown.count("\n", counted, place)
            counted = place
            yield Citation(match.group(), line, place)


def key_lists(shown: str, macros: Macros = NO_MACROS) -> Iterator[tuple[int, str]]:
    """Where each list of keys begins, in order, and the list; in a definition it may be `#1,#2`."""
    groups = Groups(shown)
    for command in _commands(frozenset(macros)).finditer(shown):
        arguments = arguments_of(command["name"] or command["environment"], macros)
        if arguments and not is_defined_at(shown, command.start()):
            yield from _lists(shown, command.end(), arguments, groups)


def is_defined_at(shown: str, position: int) -> bool:
    """True when the command there is defined (\\def, \\newcommand, \\let …) or printed (\\string), not called."""
    return _DEFINING.search(shown[max(0, position - _BEFORE) : position]) is not None


@lru_cache(maxsize=8)
def _commands(macros: frozenset[str]) -> re.Pattern[str]:
    names = "|".join([*sorted(map(re.escape, macros)), COMMAND_NAMES])
    return re.compile(
        rf"\\(?:(?P<name>{names})(?![a-zA-Z@])\*?|begin\s*+\{{(?P<environment>{ENVIRONMENT_NAMES})\*?\}})"
    )


def _lists(text: str, position: int, arguments: KeyArguments, groups: Groups) -> Iterator[tuple[int, str]]:
    """The key lists behind a command: those of its arguments, or any number of times for \\cites and its like."""
    while True:
        found, position = _turn(text, position, arguments, groups)
        yield from found
        if not found or not arguments.is_many:
            return


def _turn(text: str, position: int, arguments: KeyArguments, groups: Groups) -> tuple[list[tuple[int, str]], int]:
    """The key lists of arguments that are all there, none else; and where the arguments end."""
    found = list(_in_options(text, position, arguments.options)) if arguments.options else []
    for number in range(1, arguments.count + 1):
        position = _past_options(text, position)
        if number in arguments.keys:
            keys = _KEYS.match(text, position)
            if keys is None:
                return [], position
            found.append((keys.start(1), keys.group(1)))
            position = keys.end()
        else:
            group = groups.group_at(position)
            if group is None:
                return [], position
            position = group[1] + 1
    return found, position


def _in_options(text: str, position: int, numbers: tuple[int, ...]) -> Iterator[tuple[int, str]]:
    """What stands in those of the brackets that come first."""
    number = 0
    while option := _OPTION.match(text, position):
        position = option.end()
        inside = option.group().strip()
        number += inside[0] == "["
        if inside[0] == "[" and number in numbers:
            yield position - len(inside) + 1, inside[1:-1]


def _past_options(text: str, position: int) -> int:
    while option := _OPTION.match(text, position):
        position = option.end()
    return position
