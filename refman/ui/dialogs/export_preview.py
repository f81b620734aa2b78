"""What the export dialog asks the library and the disk before it writes."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing, Sort, SortField
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.ui.dialogs.export_changes import MOST_PAPERS

_PREVIEWED = 3


def holds_something(path: Path) -> bool:
    """Whether there is something in a file; a pipe or a device has nothing to lose."""
    return path.is_file() and path.stat().st_size > 0


def first_entries(library: Library, papers: "Listing | array[int]", name: str, *, profile: ExportProfile | None) -> str:
    """The first entries as they would be written."""
    ids = _first_ids(library, papers)
    found = library.papers([PaperId(number) for number in ids])
    return "\n\n".join(library.preview(paper, name, profile=profile, local_paths=False).strip() for paper in found)


def _first_ids(library: Library, papers: "Listing | array[int]") -> Sequence[int]:
    """As they stand in the file, by key; of a huge selection the first that are selected."""
    if isinstance(papers, Listing):
        return library.ids(replace(papers, sort=(Sort(SortField.KEY),)), limit=_PREVIEWED)
    if len(papers) > MOST_PAPERS:
        return papers[:_PREVIEWED]
    rows = library.rows([PaperId(number) for number in papers])
    return [row.id for row in sorted(rows, key=lambda row: row.key)[:_PREVIEWED]]
