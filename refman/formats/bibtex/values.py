"""Value expressions of BibTeX: what `"a" # jmlr # {b}` stands for, and which macros it uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from refman.formats.bibtex.braces import Braces, is_one_group

_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The TeX that a value expression stands for, without delimiters.

    `unknown` are the macros nobody defined; their names stand in the TeX. `is_legal` is False for a word that
    begins with a digit and is no number (`12--34` without braces), which BibTeX cannot read.
    """

    tex: str
    unknown: tuple[str, ...] = ()
    is_legal: bool = True


def evaluate(value: str, macros: Mapping[str, str]) -> Evaluated:
    """`macros` maps lower-case names to TeX. A text that macros blow up beyond a million characters is cut there."""
    if is_one_group(value):
        return Evaluated(value[1:-1])
    pieces: list[str] = []
    unknown: list[str] = []
    length = 0
    is_legal = True
    for part in operands(value):
        tex = part[1:-1] if part[0] in '{"' else macros.get(part.lower(), part)
        if is_macro(part) and part.lower() not in macros:
            unknown.append(part)
        is_legal = is_legal and (part[0] in '{"' or part.isdigit() or not part[0].isdigit())
        pieces.append(tex[: _LONGEST - length])
        length += len(pieces[-1])
    return Evaluated("".join(pieces), tuple(unknown), is_legal)


def operands(value: str) -> Sequence[str]:
    """The operands of `#` with their delimiters."""
    if not value:
        return ()
    return (value,) if _is_one_operand(value) else tuple(_several(value))


def _is_one_operand(value: str) -> bool:
    """True for nearly all values: what a look at their characters can tell."""
    if value[0] == "{":
        return is_one_group(value)
    if value[0] == '"':
        return value.find('"', 1) == len(value) - 1 and "{" not in value and "}" not in value
    return value.isalnum()


def _several(value: str) -> Iterator[str]:
    braces = Braces(value)
    position = 0
    while position < len(value):
        if value[position].isspace() or value[position] == "#":
            position += 1
            continue
        end = braces.end_of_part(position)
        if end <= position:
            return
        yield value[position:end]
        position = end


def is_macro(operand: str) -> bool:
    """True for a macro name, False for text in delimiters and for numbers."""
    return operand[0] not in '{"' and not operand[0].isdigit()


def macros_of(value: str) -> list[str]:
    """The macro names a value uses, in lower case."""
    return [operand.lower() for operand in operands(value) if is_macro(operand)]


def with_names(value: str, names: Mapping[str, str]) -> str:
    """The value expression with macros under other names (`names` has old ones in lower case); all else stays."""
    pieces: list[str] = []
    done = 0
    for part in operands(value):
        start = value.index(part, done)
        pieces += [value[done:start], names.get(part.lower(), part) if is_macro(part) else part]
        done = start + len(part)
    return "".join([*pieces, value[done:]])
