"""A paper that was deleted and is imported again gets its citation key back; nobody else ever does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader, Writer
from refman.services.duplicates import is_same, traits_of


def deleted_owner(reader: Reader, key: str, draft: Draft) -> PaperId | None:
    """The paper in the trash, or gone, whose key this draft gets back; None when the key is another's.

    What lies in the trash is compared. Of what is gone for good only the key is known, so the draft must have been read
    with this very key.
    """
    holder = reader.ids_of_keys([key]).get(key)
    left = reader.owner_of_exported(key)
    owner = left if holder is None else holder
    if owner is None or (holder is not None and left not in (None, holder)):
        return None
    paper = reader.paper(owner)
    if paper is None:
        return owner if draft.key == key else None
    is_back = paper.trashed is not None and is_same(traits_of(draft), traits_of(paper), has_key=draft.key == key)
    return owner if is_back else None


Store = Callable[[Sequence[Draft]], list[PaperId]]
"""Stores drafts; `ids[i]` belongs to `drafts[i]`."""


def add_returning(
    writer: Writer,
    drafts: Sequence[Draft],
    returned: Mapping[str, PaperId],
    *,
    when: datetime,
    store: Store | None = None,
) -> list[PaperId]:
    """Adds papers; those among `returned` (key to who had it) take their keys from the papers that had them.

    `store` is what adds them, `Writer.add_papers` where it is not given.
    """
    if store is None:
        store = partial(writer.add_papers, added=when)
    back = {place: draft.key for place, draft in enumerate(drafts) if draft.key in returned}
    if not back:
        return store(drafts)
    former = {paper.id: paper for paper in writer.papers(list({returned[key] for key in back.values()}))}
    gone = [key for key in back.values() if returned[key] not in former]
    writer.release_keys(gone)
    for key in back.values():
        # First of all: undo then gives it back last, when nobody else has it.
        paper = former.get(returned[key])
        if paper is not None and paper.key == key:
            writer.set_key(paper.id, "")
    waiting = {place: key for place, key in back.items() if returned[key] in former}
    ids = store([replace(draft, key="") if place in waiting else draft for place, draft in enumerate(drafts)])
    for place, key in waiting.items():
        writer.set_key(ids[place], key)
    writer.remember_exported({key: ids[place] for place, key in back.items() if place not in waiting})
    return ids
