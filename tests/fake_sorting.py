"""The order of lists of a library in memory, worked out plainly."""

from refman.domain.derived import venue_of, year_of
from refman.domain.folding import fold
from refman.domain.listing import (
    Sort,
    SortField,
)
from refman.domain.paper import (
    Paper,
)


def sorted_by(papers: list[Paper], level: Sort) -> list[Paper]:
    """Papers without the value last in both directions; equals stay in order."""
    values = {paper.id: _sort_value(paper, level.field) for paper in papers}
    present = [paper for paper in papers if values[paper.id] is not None]
    missing = [paper for paper in papers if values[paper.id] is None]

    return sorted(present, key=lambda paper: values[paper.id] or (0, 0.0, ""), reverse=level.is_descending) + missing


def _sort_value(paper: Paper, name: SortField) -> tuple[int, float, str] | None:
    if name in (SortField.ADDED, SortField.CHANGED):
        return (0, (paper.added if name is SortField.ADDED else paper.changed).timestamp(), "")
    if name is SortField.YEAR:
        year = year_of(paper)
        return None if year is None else (0, year, "")
    if name in (SortField.MONTH, SortField.SCORE):
        return (0, float(paper.plain(name)), "") if paper.plain(name) else None
    texts = {
        SortField.KEY: paper.key.lower(),
        SortField.TYPE: paper.type.lower(),
        SortField.VENUE: fold(venue_of(paper)),
        SortField.AUTHORS: fold(" ".join(one.inverted for one in paper.authors)),
        SortField.TITLE: fold(paper.plain("title")),
    }
    text = texts.get(name, paper.plain(name).lower())
    return (0, 0.0, text) if text else None
