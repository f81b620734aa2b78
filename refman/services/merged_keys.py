"""Keys of papers that were merged into others: documents and files still have them, and mean the paper that stayed."""

from collections.abc import Iterable

from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader


def merged_into(reader: Reader, keys: Iterable[str]) -> dict[str, tuple[PaperId, Paper]]:
    """Those of the keys that papers in the trash have and that belong to papers outside it: the paper that a key means
    now, and the one that had it. Cost: one query, and one for each key of a paper in the trash."""
    holders = reader.ids_of_keys(key for key in keys if key)
    trashed = {row.id for row in reader.rows(sorted(set(holders.values()))) if row.is_trashed} if holders else set()
    found = {}
    for key, holder in holders.items():
        owner = reader.owner_of_exported(key) if holder in trashed else None
        if owner in (None, holder):
            continue
        kept, gone = reader.paper(owner), reader.paper(holder)
        if kept is not None and gone is not None and kept.trashed is None:
            found[key] = (owner, gone)
    return found
