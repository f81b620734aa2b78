"""What the macros of a library stand for, seen from a place in one of its files or from none."""

from collections.abc import Sequence

from refman.domain.paper import SourceId, SourceSpan
from refman.domain.sources import Block
from refman.formats.bibtex.definitions import LIBRARY_KIND
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.values import evaluate


def macro_texts(blocks: Sequence[tuple[SourceId, Block]], place: SourceSpan | None = None) -> dict[str, str]:
    """Lower-case names to TeX, each by the first of these that has it: the strings of the file of `place` that stand
    before it, those of refman, the others of the file, those of all files (the last one), what the styles define."""
    library = library_source(blocks)
    layers = {name: dict[str, str]() for name in ("all", "behind", "library", "before")}
    known: dict[SourceId, dict[str, str]] = {}
    for source, block in blocks:
        if block.kind != "string":
            continue
        name, own = block.name.lower(), known.setdefault(source, dict(STYLE_MACROS))
        own[name] = layers["all"][name] = evaluate(block.value, {**layers["all"], **own}).tex
        if source == library:
            layers["library"][name] = own[name]
        elif place is not None and source == place.source_id:
            layers["before" if block.span.start < place.span.start else "behind"][name] = own[name]
    return {**STYLE_MACROS, **layers["all"], **layers["behind"], **layers["library"], **layers["before"]}


def library_source(blocks: Sequence[tuple[SourceId, Block]]) -> SourceId | None:
    """The kept source of the macros that were added in refman; None while there are none."""
    return next((source for source, block in blocks if block.kind == LIBRARY_KIND), None)


def certain_texts(blocks: Sequence[tuple[SourceId, Block]]) -> dict[str, str]:
    """Lower-case names to TeX of the macros that mean one thing in all files, or that were added in refman."""
    library = library_source(blocks)
    known: dict[SourceId, dict[str, str]] = {}
    meant: dict[str, set[str]] = {}
    added: dict[str, str] = {}
    for source, block in blocks:
        if block.kind == "string":
            own = known.setdefault(source, dict(STYLE_MACROS))
            name, own[block.name.lower()] = block.name.lower(), evaluate(block.value, own).tex
            meant.setdefault(name, set()).add(own[name])
            if source == library:
                added[name] = own[name]
    return {name: texts.pop() for name, texts in meant.items() if len(texts) == 1} | added
