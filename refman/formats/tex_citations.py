"""The keys that LaTeX sources cite: every command of the \\cite family, with the place of each key."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# \cite \citep* \Textcite \footcites \nocite \citeauthor \bibentry; not \citestyle, \citation, \citename, \citereset.
_COMMAND = re.compile(
    r"\\(?:[a-zA-Z]*cite(?!style|name|reset|index|setup|spnum|d(?![a-zA-Z]))[a-zA-Z]*|bibentry)(?![a-zA-Z])\*?"
)
_OPTION = re.compile(r"\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\]|\([^()]*\)|<[^<>]*>)")
_KEYS = re.compile(r"\s*\{([^{}]*)\}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\r\n]*")
_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}|\\verb\*?([^a-zA-Z\s*]).*?\2", re.S
)
_KEY = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A key with the 1-based line on which it stands and its place: `text[start:start + len(key)]` is the key."""

    key: str
    line: int
    start: int


def citations(text: str) -> Iterator[Citation]:
    """The cited keys of a source in order; comments and verbatim text are passed over, `*` of \\nocite too."""
    shown = blanked(text)
    line, counted = 1, 0
    for command in _COMMAND.finditer(shown):
        for start, keys in _groups(shown, command.end(), is_many=command.group().rstrip("*").endswith("s")):
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
    return _VERBATIM.sub(lambda match: re.sub(r"[^\r\n]", " ", match.group()), without)


def _groups(text: str, position: int, *, is_many: bool) -> Iterator[tuple[int, str]]:
    """The key lists behind a command: one, or any number for \\cites and its like."""
    while True:
        while option := _OPTION.match(text, position):
            position = option.end()
        keys = _KEYS.match(text, position)
        if not keys:
            return
        yield keys.start(1), keys.group(1)
        position = keys.end()
        if not is_many:
            return
