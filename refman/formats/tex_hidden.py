r"""What LaTeX does not typeset as text of the document: comments, verbatim parts, `\iffalse`, all behind the end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Part = tuple[int, int]
"""Start and end (excluded) in a text."""

# Read from left to right: a `%` in \verb|%| begins no comment, `\\%` is a line end before a comment.
_MARK = re.compile(
    r"\\[\\%]"
    r"|(?P<comment>%[^\r\n]*+)"
    r"|\\begin\s*+\{(?P<environment>verbatim\*?|lstlisting|minted|comment)\}"
    r"|\\verb\*?+(?P<sign>[^a-zA-Z\s*])"
    r"|(?P<never>\\iffalse(?![a-zA-Z@]))"
    r"|(?P<last>\\end\s*+\{document\})"
)
# TeX counts conditionals while it skips (TeXbook, chapter 20); `\ifthenelse{` and the like are macros, \iff is a sign.
_CONDITION = re.compile(
    r"\\[\\%]|%[^\r\n]*+|\\(?:(?P<fi>fi)|(?P<other>else)|(?P<more>if(?!f\b)[a-zA-Z@]*+(?!\s*+\{)))\b"
)


def blanked(text: str) -> str:
    """The text with all that is hidden replaced by blanks of equal length; white space stays."""
    return with_signs(text, hidden_parts(text), " ")


def with_signs(text: str, parts: Iterable[Part], sign: str) -> str:
    """The text with a sign for each visible character of parts, which come in order."""
    pieces, position = list[str](), 0
    for start, end in parts:
        pieces += [text[position:start], re.sub(r"\S", sign, text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def hidden_parts(text: str) -> Iterator[Part]:
    r"""Comments, verbatim text, `comment` environments, `\iffalse … \fi` and all behind `\end{document}`, in order.

    What is not closed is none.
    """
    return _Reading(text).parts()


@dataclass(slots=True)
class _Reading:
    """One pass; what has no end is looked for once, so that many of it take no longer than one."""

    text: str
    unclosed: set[str] = field(default_factory=set)
    depth: int = 0

    def parts(self) -> Iterator[Part]:
        position = 0
        while mark := _MARK.search(self.text, position):
            self._count(position, mark.start())
            end = self._end(mark)
            if end:
                yield mark.start(), end
            position = end or mark.end()

    def _count(self, start: int, end: int) -> None:
        """How deep in braces the text is."""
        opened = self.text.count("{", start, end) - self.text.count("\\{", start, end)
        self.depth += opened - self.text.count("}", start, end) + self.text.count("\\}", start, end)

    def _end(self, mark: re.Match[str]) -> int:
        """Where the hidden part that begins there ends, 0 for none."""
        kind, position = mark.lastgroup, mark.end()
        if kind == "comment":
            return position
        if kind == "never":
            return self._end_of_condition(position)
        if kind == "last":
            return len(self.text) if self._is_end_of_document(mark) else 0
        if kind == "environment":
            return self._behind(f"\\end{{{mark['environment']}}}", position)
        return self._behind(mark["sign"], position) if kind else 0

    def _behind(self, ending: str, position: int) -> int:
        end = -1 if ending in self.unclosed else self.text.find(ending, position)
        if end < 0:
            self.unclosed.add(ending)
            return 0
        return end + len(ending)

    def _is_end_of_document(self, mark: re.Match[str]) -> bool:
        """Not in the definition of a macro that ends the document."""
        before = self.text[self.text.rfind("\n", 0, mark.start()) + 1 : mark.start()] if self.depth > 0 else ""
        return not before.strip()

    def _end_of_condition(self, position: int) -> int:
        """Behind the \\fi, or the \\else, that belongs to an \\iffalse."""
        if "\\fi" in self.unclosed:
            return 0
        depth = 1
        for word in _CONDITION.finditer(self.text, position):
            depth += {"more": 1, "fi": -1}.get(word.lastgroup or "", 0)
            if depth == 0 or (depth == 1 and word.lastgroup == "other"):
                return word.end()
        self.unclosed.add("\\fi")
        return 0
