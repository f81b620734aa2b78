"""Entries that an import could not read: kept as text with their file, listed until they are here as papers."""

import re
from collections.abc import Iterator, Sequence

from refman.domain.errors import Problem
from refman.domain.paper import PaperId, SourceId
from refman.domain.ports import Reader
from refman.domain.quality import CheckName, Finding, Severity
from refman.domain.sources import Block
from refman.formats.bibtex.parts import OtherPart, parts_of
from refman.services.quality.found_in_library import PaperFinding

_START = re.compile(r"@\s*+([^\s{}(),@=\"#%']++)\s*+[{(]\s*+([^\s{}(),=\"]*+)")
_NO_ENTRY = frozenset({"string", "preamble", "comment"})


def broken_entries(reader: Reader) -> list[PaperFinding]:
    """In order of import and place. Not told is what a paper or macro of its name stands for now, and what stood in a
    file of which a newer text was imported since."""
    broken = list(_broken(reader.blocks()))
    if not broken:
        return []
    here = reader.ids_of_keys([name for _, _, name, kind, _ in broken if kind not in _NO_ENTRY])
    macros = reader.macros()
    names = reader.source_names()
    newest = {name: source for source, name in names.items()}
    found: list[PaperFinding] = []
    for source, block, name, kind, problem in broken:
        is_here = name.lower() in macros if kind in _NO_ENTRY else name in here
        file = names.get(source, "")
        if is_here or newest.get(file, source) != source:
            continue
        finding = Finding(
            CheckName.SYNTAX, Severity.ERROR, "", problem.code, problem.message, problem.arguments, block.raw
        )
        key = "" if kind in _NO_ENTRY else name
        found.append(PaperFinding(PaperId(0), key, "", finding, file=file, line=block.span.line))
    return found


def _broken(blocks: Sequence[tuple[SourceId, Block]]) -> Iterator[tuple[SourceId, Block, str, str, Problem]]:
    """With the key or name, the type in lower case and what is wrong."""
    for source, block in blocks:
        start = _START.match(block.raw) if block.kind == "other" else None
        part = next(iter(parts_of(block.raw)), None) if start else None
        if start and isinstance(part, OtherPart) and part.kind == "broken" and part.problems:
            yield source, block, start.group(2), start.group(1).lower(), part.problems[-1]
