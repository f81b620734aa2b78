"""The keys that LaTeX sources cite: every command of the \\cite family, with the place of each key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

# \cite \citep* \Citet \footcites \nocite \citeauthor \bibentry; not \citestyle, \citation, \citename, \citereset.
_COMMAND = re.compile(
    r"\\(?:[a-zA-Z]*[cC]ite(?!style|name|reset|index|setup|spnum|Command|d(?![a-zA-Z]))[a-zA-Z]*|bibentry)"
    r"(?![a-zA-Z])\*?"
)
_OPTION = re.compile(r"\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\]|\([^()]*\)|<[^<>]*>)")
_KEYS = re.compile(r"\s*\{([^{}]*)\}")
_GROUP = re.compile(r"\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}|\\verb\*?([^a-zA-Z\s*])")
_KEY = re.compile(r"[^\s,]+")
NO_MACROS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Citation:
    """A key with the 1-based line on which it stands and its place: `text[start:start + len(key)]` is the key."""

    key: str
    line: int
    start: int


def citations(text: str, macros: Mapping[str, int] = NO_MACROS) -> Iterator[Citation]:
    """The cited keys of a source in order; comments and verbatim text are passed over, `*` of \\nocite too.

    `macros` are commands that the project defined for citing (`tex_macros.cite_macros`).
    """
    shown = blanked(text)
    line, counted = 1, 0
    for start, keys in _key_lists(shown, macros):
        for match in _KEY.finditer(keys):
            if match.group() == "*" or "#" in match.group() or "\\" in match.group():
                continue
            place = start + match.start()
            line += shown.count("\n", counted, place)
            counted = place
            yield Citation(match.group(), line, place)


def blanked(text: str) -> str:
    """The text with comments and verbatim parts replaced by blanks of equal length; line ends stay."""
    without = _COMMENT.sub(lambda match: match.group(1) + " " * (len(match.group()) - len(match.group(1))), text)
    pieces, position = [], 0
    for start, end in _verbatim_parts(without):
        pieces += [without[position:start], re.sub(r"[^\r\n]", " ", without[start:end])]
        position = end
    return "".join([*pieces, without[position:]])


def _verbatim_parts(text: str) -> Iterator[tuple[int, int]]:
    """From where to where; what is not closed is none, and is looked for once: many of them take no longer."""
    unclosed: set[str] = set()
    position = 0
    while opening := _VERBATIM.search(text, position):
        ending = f"\\end{{{opening[1]}}}" if opening[1] else opening[2]
        end = -1 if ending in unclosed else text.find(ending, opening.end())
        if end < 0:
            unclosed.add(ending)
            position = opening.end()
        else:
            position = end + len(ending)
            yield opening.start(), position


def _key_lists(text: str, macros: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """Where each list of keys begins, in order, and the list."""
    for command in _commands(macros).finditer(text):
        name = command.group().strip("\\*")
        argument = macros.get(name)
        if argument is not None:
            yield from _argument(text, command.end(), argument)
        else:
            yield from _groups(text, command.end(), is_many=name.endswith("s"))


def _commands(macros: Mapping[str, int]) -> re.Pattern[str]:
    if not macros:
        return _COMMAND
    own = "|".join(sorted(map(re.escape, macros)))
    return re.compile(rf"\\(?:{own})(?![a-zA-Z@])\*?|{_COMMAND.pattern}")


def _argument(text: str, position: int, number: int) -> Iterator[tuple[int, str]]:
    """The keys in the n-th argument in braces."""
    for _ in range(number - 1):
        position = _past_options(text, position)
        group = _GROUP.match(text, position)
        if not group:
            return
        position = group.end()
    yield from _groups(text, position, is_many=False)


def _past_options(text: str, position: int) -> int:
    while option := _OPTION.match(text, position):
        position = option.end()
    return position


def _groups(text: str, position: int, *, is_many: bool) -> Iterator[tuple[int, str]]:
    """The key lists behind a command: one, or any number for \\cites and its like."""
    while True:
        keys = _KEYS.match(text, _past_options(text, position))
        if not keys:
            return
        yield keys.start(1), keys.group(1)
        position = keys.end()
        if not is_many:
            return
