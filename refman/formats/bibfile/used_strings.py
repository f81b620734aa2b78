"""The strings of a .bib that nothing uses: what leaves for others does without them."""

from collections.abc import Iterator

from refman.formats.bibfile.document import Document, Splice, spliced
from refman.formats.bibfile.leaks import Leak, LeakKind
from refman.formats.bibtex.grammar import SPACE_PATTERN
from refman.formats.bibtex.parts import OtherPart
from refman.formats.bibtex.values import macros_of


def without_unused_strings(document: Document) -> tuple[Document, list[Leak]]:
    """The text without the strings that no entry, preamble or used string names, and what went with the line it had."""
    used = _used(document)
    unused = [part for part in document.others if part.kind == "string" and part.name.lower() not in used]
    splices = [Splice(part.start, _behind(document.text, part.end), "") for part in unused]
    leaks = [Leak("@string", part.name, LeakKind.UNUSED, part.value.strip('{}"')) for part in unused]
    return spliced(document, splices), leaks


def _used(document: Document) -> set[str]:
    """The names, in lower case, that values need, each with those that its own value needs."""
    strings: dict[str, list[OtherPart]] = {}
    for part in document.others:
        if part.kind == "string":
            strings.setdefault(part.name.lower(), []).append(part)
    found: set[str] = set()
    waiting = list(_named(document))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one for part in strings.get(name, ()) for one in macros_of(part.value)]
    return found


def _named(document: Document) -> Iterator[str]:
    for entry in document.entries:
        for field in entry.fields:
            yield from macros_of(field.value)
    for part in document.others:
        if part.kind == "preamble":
            yield from macros_of(part.value)


def _behind(text: str, end: int) -> int:
    """The end of the white space behind a part: its line goes with it."""
    space = SPACE_PATTERN.match(text, end)
    return space.end() if space else end
