"""Strings that one side removed while the other side uses them: without them the merged file would lose a value."""

from collections.abc import Iterator

from refman.formats.bibfile.document import Document, Splice, spliced
from refman.formats.bibfile.style import newline_of
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import OtherPart
from refman.formats.bibtex.values import macros_of


def with_needed_strings(merged: Document, *sides: Document) -> Document:
    """The merged file with the strings that its values use and only a side still has, in front of its first entry.

    A string that a string uses comes along, in front of it. Names that no side defines stay undefined.
    """
    known = {name: (side, part) for side in reversed(sides) for name, part in _strings(side)}
    texts: dict[str, str] = {}
    for name in _used(merged):
        _collect(name, merged, known, texts)
    if not texts:
        return merged
    newline = newline_of(merged.text)
    first = merged.entries[0].start if merged.entries else 0
    return spliced(merged, [Splice(first, first, "".join(f"{text}{newline}" for text in texts.values()) + newline)])


def _collect(name: str, merged: Document, known: dict[str, tuple[Document, OtherPart]], texts: dict[str, str]) -> None:
    """Those that a string needs are put in front of it."""
    if name in merged.own_macros or name in STYLE_MACROS or name in texts or name not in known:
        return
    side, part = known.pop(name)
    for other in macros_of(part.value):
        _collect(other, merged, known, texts)
    texts[name] = side.raw(part)


def _strings(document: Document) -> Iterator[tuple[str, OtherPart]]:
    return ((part.name.lower(), part) for part in document.others if part.kind == "string")


def _used(document: Document) -> Iterator[str]:
    for entry in document.entries:
        for field in entry.fields:
            yield from macros_of(field.value)
    for _, part in _strings(document):
        yield from macros_of(part.value)
