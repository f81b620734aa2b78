"""What macros stand for where they are used.

Two files may define one name differently, and one file may define it twice: BibTeX takes the last definition before
the use. An export has one definition for each name, so a value that means another one is written out. Macros that were
added in refman itself count for every paper whose file has none of that name.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from refman.domain.paper import SourceId
from refman.domain.sources import Block
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.values import evaluate, is_macro, operands

LIBRARY_KIND = "library"
"""The kind of the block without text that marks the kept source of macros that were added in refman."""


class Definitions:
    """The `@string`s of kept files by place; `macros` are those of the export, lower-case names to expressions."""

    def __init__(self, macros: Mapping[str, str], blocks: Sequence[tuple[SourceId, Block]]) -> None:
        self._macros = macros
        self._texts: dict[str, str] = {}
        self._places: dict[tuple[SourceId, str], tuple[list[int], list[str]]] = {}
        self._library: SourceId | None = None
        known: dict[SourceId, dict[str, str]] = {}
        for source, block in blocks:
            if block.kind == "string":
                # A name that the file defines further down is no text yet: BibTeX takes it for "".
                known.setdefault(source, {})[block.name.lower()] = ""
        for of_file in known.values():
            of_file.update(STYLE_MACROS)
        for source, block in blocks:
            if block.kind == LIBRARY_KIND:
                self._library = source
            if block.kind != "string":
                continue
            name = block.name.lower()
            of_file = known[source]
            of_file[name] = evaluate(block.value, of_file).tex
            starts, texts = self._places.setdefault((source, name), ([], []))
            starts.append(block.span.start)
            texts.append(of_file[name])

    def written_out(self, value: str, source: SourceId | None = None, start: int = 0) -> str:
        """The value expression with the macros that mean something else in the export replaced by their text.

        Without `source` it was read from no file.
        """
        read = operands(value)
        parts = tuple(self._operand(part, source, start) for part in read)
        return " # ".join(parts) if parts != read else value

    def _operand(self, part: str, source: SourceId | None, start: int) -> str:
        if not is_macro(part):
            return part
        meant = self._meant(part.lower(), source, start)
        return part if meant is None or meant == self._text(part.lower()) else f"{{{meant}}}"

    def _meant(self, name: str, source: SourceId | None, start: int) -> str | None:
        """What the name stands for at a place: the last definition before it, else that of refman; None for neither."""
        for file, end in ((source, start), (self._library, None)):
            starts, texts = self._places.get((file, name), ([], [])) if file is not None else ([], [])
            place = len(starts) if end is None else bisect_left(starts, end)
            if place:
                return texts[place - 1]
        return None

    def _text(self, name: str) -> str:
        """What the export defines, made of other macros or not."""
        if name not in self._texts:
            # Marked first: a macro made of itself ends here.
            self._texts[name] = name
            of_others = {used: self._text(used) for used in _names_in(self._macros.get(name, name)) if used != name}
            self._texts[name] = evaluate(self._macros.get(name, name), {**STYLE_MACROS, **of_others}).tex
        return self._texts[name]


def _names_in(value: str) -> list[str]:
    return [part.lower() for part in operands(value) if is_macro(part)]
