"""The sources below the folder of a LaTeX project."""

import os
from pathlib import Path

from refman.formats import pandoc_citations
from refman.services.linking.cited_sources import LARGEST

ENDINGS = (".tex", ".ltx", ".Rnw", ".tikz", ".sty", ".cls")
"""Of LaTeX sources."""


def sources_below(folder: Path) -> list[Path]:
    """The sources by path; hidden folders are passed over, links to folders are not followed."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            is_source = name.endswith((*ENDINGS, *pandoc_citations.ENDINGS))
            if is_source and path.is_file() and path.stat().st_size <= LARGEST:
                found.append(path)
    return found
