"""Papers that were merged, in linked files: the entry of the one that went belongs to the one that stayed.

What is remembered of linked files is not journalled. So the entry remembers whose it was, and is that paper's again
when undo took the merge back.
"""

from collections.abc import Sequence
from dataclasses import replace

from refman.domain.links import LinkedEntry
from refman.domain.paper import PaperId
from refman.domain.ports import Reader, Writer
from refman.services.linking.seen import GONE, WAS


def follow_merge(writer: Writer, kept: PaperId, gone: PaperId) -> None:
    """Gives the entries of `gone` to `kept` in each file that has no entry of its own for it.

    In a file that has both, the entry of `gone` leaves as that of any paper in the trash does.
    """
    for link in writer.linked_files():
        here = [entry for entry in writer.linked_entries(link.id) if GONE not in entry.seen]
        if any(entry.paper_id == kept for entry in here):
            continue
        own = [entry for entry in here if entry.paper_id == gone]
        if own:
            writer.put_linked_entries(
                link.id, [replace(one, paper_id=kept, seen={**one.seen, WAS: str(gone)}) for one in own]
            )
            # The whole file is looked at again: what differs between the two papers is to be seen.
            writer.put_link(replace(link, version=0))


def as_now(reader: Reader, entries: Sequence[LinkedEntry]) -> list[LinkedEntry]:
    """The entries with the papers that they belong to now: a merge that was undone gives them back."""
    former = {PaperId(int(entry.seen[WAS])) for entry in entries if WAS in entry.seen}
    if not former:
        return list(entries)
    alive = {row.id for row in reader.rows(sorted(former)) if not row.is_trashed}
    return [_as_now(entry, alive) for entry in entries]


def _as_now(entry: LinkedEntry, alive: set[PaperId]) -> LinkedEntry:
    was = PaperId(int(entry.seen.get(WAS, 0)))
    return replace(entry, paper_id=was) if was in alive else entry
