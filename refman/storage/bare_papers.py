"""Papers for an export: what formats write of them, and nothing that none does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from refman.domain.paper import Paper, PaperId
from refman.storage.mapping import WIDE_FIELDS, fields_from_values, people_from_values
from refman.storage.papers import SPANS, grouped, span_of
from refman.storage.reads import as_list, in_list
from refman.storage.tables import paper, paper_text
from refman.storage.values import all_from_json, to_time

_CHUNK = 512
_p, _t = paper.c, paper_text.c
_JSON: list[Any] = [_t.author, _t.people, _p.fields, _t.sources, _t.origins]
_COLUMNS: list[Any] = [_p.id, _p.type, _p.key, *_JSON, *(_p[name] for name in WIDE_FIELDS), _t.abstract]
_BARE = select(*_COLUMNS).join_from(paper, paper_text, _t.paper_id == _p.id).where(_p.id.in_(in_list()))
_NO_TIME = to_time(0)


def read_bare(connection: Connection, ids: Sequence[PaperId]) -> list[Paper]:
    """Papers in the order of `ids` with type, key, fields, people and places in sources alone."""
    found: dict[int, Paper] = {}
    for start in range(0, len(ids), _CHUNK):
        parameters = as_list(ids[start : start + _CHUNK])
        spans = grouped(connection, SPANS, parameters)
        rows = connection.execute(_BARE, parameters).all()
        # A column of the whole chunk is read at once.
        texts = [all_from_json([row[place] for row in rows]) for place in range(3, 3 + len(_JSON))]
        for row, author, people, others, sources, origins in zip(rows, *texts, strict=True):
            paper_id, kind, key = row[:3]
            found[paper_id] = Paper(
                kind,
                key or "",
                fields_from_values(row[3 + len(_JSON) :], others, sources=sources, origins=origins),
                people_from_values(author, people),
                id=PaperId(paper_id),
                added=_NO_TIME,
                changed=_NO_TIME,
                came_from=tuple(map(span_of, spans[paper_id])) if paper_id in spans else (),
            )
    return [found[paper_id] for paper_id in ids if paper_id in found]
