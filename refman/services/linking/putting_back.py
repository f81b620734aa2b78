"""Entries that refman took out of a file, for papers that belong into it again: at their place, as they were."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from refman.domain.paper import Paper, PaperId
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.file_edits import NewEntry
from refman.services.linking.entry_memory import TakenOut
from refman.services.linking.rendering import Renderer


def put_back(
    document: Document,
    renderer: Renderer,
    found: Mapping[str, tuple[TakenOut, PaperId]],
    *,
    papers: Mapping[PaperId, Paper],
) -> Iterator[tuple[NewEntry, PaperId]]:
    """Each with its paper, in the order of the file; a paper in the trash or gone has none. A paper that is not what it
    was is written anew."""
    placed: dict[str, NewEntry] = {entry.key: NewEntry(entry.key, after=entry.key) for entry in document.entries}
    for key, (out, paper_id) in sorted(found.items(), key=lambda pair: pair[1][0].number):
        paper = papers.get(paper_id)
        if paper is None or paper.trashed:
            continue
        new = NewEntry(key, raw=out.text) if out.is_for(paper) else renderer.new_entry(paper, key)
        before = next((placed[one] for one in out.behind if one in placed), None)
        new = replace(
            new,
            gap=out.gap,
            after=before.after if before else "",
            keeps_place=before is not None or not out.behind,
            anchor=out.anchor or (before.anchor if before else ""),
        )
        placed[key] = new
        yield new, paper_id
