"""The sources of one document of a project: what its main file reads in, and what its last build read besides."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from refman.formats import pandoc_citations
from refman.formats.tex_projects import is_main
from refman.services.linking.build_files import recorded_sources
from refman.services.linking.cited_sources import Source, Stamp, read_document, stamp_of_source
from refman.services.linking.folder_sources import ENDINGS, sources_below

_MAINS = (".tex", ".ltx")
_HEAD = 1 << 16
"""So far into a source its class is looked for."""
_KNOWN: dict[Path, tuple[Stamp, bool]] = {}


def is_document(path: Path) -> bool:
    """True for a main file. Cost: reads its head when it changed."""
    if not path.name.endswith(_MAINS) or not path.is_file():
        return False
    stamp = stamp_of_source(path)
    known = _KNOWN.get(path)
    if known is None or known[0] != stamp:
        known = _KNOWN[path] = (stamp, is_main(_head(path)))
    return known[1]


def document_sources(main: Path) -> Mapping[Path, Source]:
    """The sources of the document of a main file: what is read in from there, and what the last build read where that
    is newer than them or a name is made by a macro. Where no build tells what such a name is, all sources of the folder
    that no other document reads in.

    Cost: a look at each; reads those that changed since the last time. Any thread.
    """
    main = main.resolve()

    def more(tree: Mapping[Path, Source]) -> Iterator[Path]:
        paths, latest = recorded_sources(main)
        newest = max((stamp_of_source(path)[1] for path in tree), default=0)
        if latest and (latest >= newest or _is_blind(tree)):
            yield from (path for path in paths if path.name.endswith((*ENDINGS, *pandoc_citations.ENDINGS)))
        elif _is_blind(tree):
            yield from _unclaimed(main)

    return read_document(main, more)


def _is_blind(tree: Mapping[Path, Source]) -> bool:
    return any(set(name) & set("\\#") for source in tree.values() for name in source.outline.inputs)


def _unclaimed(main: Path) -> list[Path]:
    """The sources of the folder that no other document reads in."""
    below = sources_below(main.parent)
    others = [path for path in below if path.resolve() != main and is_document(path)]
    taken = {path for other in others for path in read_document(other.resolve(), lambda _: ())}
    return [path.resolve() for path in below if path.resolve() not in taken]


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD).decode("utf-8", "surrogateescape")
    except OSError:
        return ""
