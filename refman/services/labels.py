"""How steps of the journal and messages name the papers they are about."""

from collections.abc import Sequence

from refman.domain.paper import PaperId
from refman.domain.ports import Reader, Store
from refman.services.outcome import count_of

_LONGEST_TITLE = 40


def label_of(reader: Reader, paper_id: PaperId) -> str:
    """The citation key of a paper, its title before it has one, else its number."""
    rows = reader.rows([paper_id])
    if not rows:
        return f"paper {paper_id}"
    title = rows[0].title
    shown = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rstrip() + "…"
    return rows[0].key or shown or f"paper {paper_id}"


def papers_label(store: Store, ids: Sequence[PaperId]) -> str:
    """The label of one paper, or how many they are; one that is named twice is one."""
    distinct = set(ids)
    if len(distinct) != 1:
        return count_of(len(distinct), "paper")
    with store.read() as reader:
        return label_of(reader, ids[0])
