"""What stands above the entries of an export: the preambles and macros they need, and no others."""

import re
from collections.abc import Iterable, Iterator

from bibtexparser.model import Entry, Preamble

from refman.domain.paper import SourceId
from refman.formats.base import ExportContext
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.splitter import split
from refman.formats.bibtex.text_to_latex import escape_non_ascii
from refman.formats.bibtex.values import macros_of

_COMMAND = re.compile(r"\\([A-Za-z@]+)")
_DEFINED = re.compile(
    r"\\(?:(?:re|provide)?newcommand|DeclareRobustCommand|providecommand|DeclareMathOperator)\*?\s*\{?\s*\\([A-Za-z@]+)"
    r"|\\(?:def|gdef|edef|let)\s*\\([A-Za-z@]+)"
)


class Header:
    """Collects what the written values use, then gives the lines that define it."""

    def __init__(self, dialect: Dialect, context: ExportContext) -> None:
        self._dialect = dialect
        self._macros = {name.lower(): value for name, value in context.macros.items() if is_value(value)}
        self._preambles = list(dict.fromkeys(context.preambles))
        self._of_files = [(source, block.raw) for source, block in context.blocks if block.kind == "preamble"]
        self.sources: set[SourceId] = set()
        self._used_macros: set[str] = set()
        self._used_commands: set[str] = set()

    def note(self, values: Iterable[str], source: SourceId | None = None) -> None:
        """Takes the values of one entry and the kept file it was read from."""
        if source is not None:
            self.sources.add(source)
        if not self._preambles and not self._macros:
            return
        for value in values:
            if self._preambles and "\\" in value:
                self._used_commands.update(_COMMAND.findall(value))
            if self._macros:
                self._used_macros.update(macros_of(value))

    def note_texts(self, texts: Iterable[str]) -> None:
        """Takes the macros that whole blocks use."""
        blocks = (piece.block for text in texts for piece in split(text))
        self.note(field.value for block in blocks if isinstance(block, Entry) for field in block.fields)

    def lines(self) -> Iterator[str]:
        """The macros, each after those it is made of, then the preambles; "" if there are none.

        A preamble leaves with the entries of its file, as BibTeX itself would take it, others where their commands
        are used.
        """
        preambles = [preamble for preamble in self._preambles if self._is_needed(preamble)]
        preambles = _each_command_once([*preambles, *(raw for source, raw in self._of_files if source in self.sources)])
        self._used_macros.update(name for raw in preambles for name in _macros_of_preamble(raw))
        parts = [f"@string{{{name} = {self._value(name)}}}\n" for name in self._macros_in_order()]
        parts += [self._preamble(preamble) for preamble in preambles]
        if parts:
            yield "".join(parts) + "\n"

    def _is_needed(self, preamble: str) -> bool:
        """One that defines nothing that can be seen (it may load a file) is needed where commands are used."""
        defined = _defined(preamble)
        return bool(self._used_commands & defined) if defined else bool(self._used_commands)

    def _preamble(self, raw: str) -> str:
        text = raw.strip().replace("\r\n", "\n").replace("\r", "\n")
        return f"{text if text.startswith('@') else f'@preamble{{{text}}}'}\n"

    def _value(self, name: str) -> str:
        value = self._macros[name].replace("\r\n", "\n").replace("\r", "\n")
        return escape_non_ascii(value) if self._dialect is Dialect.BIBTEX else value

    def _macros_in_order(self) -> list[str]:
        """Every used macro behind those it is made of; one that is made of itself is not followed round."""
        order: dict[str, None] = {}
        opened: set[str] = set()
        waiting = sorted(self._used_macros & self._macros.keys(), reverse=True)
        while waiting:
            name = waiting[-1]
            if name in opened:
                order[waiting.pop()] = None
                continue
            opened.add(name)
            waiting += [used for used in macros_of(self._macros[name]) if used in self._macros and used not in opened]
        return list(order)


def _defined(preamble: str) -> set[str]:
    """The commands that a preamble defines."""
    return {name for match in _DEFINED.finditer(preamble) for name in match.groups() if name}


def _each_command_once(preambles: Iterable[str]) -> list[str]:
    """Without those that only define what stands above already: LaTeX stops at a second `\\newcommand`."""
    kept: list[str] = []
    known: set[str] = set()
    for preamble in dict.fromkeys(preambles):
        defined = _defined(preamble)
        if not defined or not defined <= known:
            kept.append(preamble)
            known |= defined
    return kept


def _macros_of_preamble(raw: str) -> list[str]:
    """Those outside braces and quotes: `@preamble{ intro # "\\x" }` uses `intro`."""
    return [name for piece in split(raw) if isinstance(piece.block, Preamble) for name in macros_of(piece.block.value)]
