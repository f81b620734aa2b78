"""Writing linked .bib files."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, insert

from refman.domain.links import LinkedEntry, LinkedFile, LinkId
from refman.storage.link_tables import linked_base, linked_entry, linked_file, linked_state
from refman.storage.linked_files import LinkedFileReads
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import as_list, in_list
from refman.storage.values import to_json, to_seconds
from refman.storage.writes import Writes

_FILE: BindParameter[int] = bindparam("file_id")
_DROP_ENTRIES = delete(linked_entry).where(linked_entry.c.file_id == _FILE, linked_entry.c.key.in_(in_list()))
_DROPS = tuple(delete(table).where(table.c.file_id == _FILE) for table in (linked_entry, linked_state, linked_base))
_DROP_FILE = delete(linked_file).where(linked_file.c.id == _FILE)


class LinkedFileWrites(Writes, LinkedFileReads):
    """Writes of linked files; not journalled."""

    def put_link(self, link: LinkedFile) -> LinkId:
        """Adds a link (id 0) or replaces it."""
        values = {
            "path": link.path,
            "query": link.query,
            "project": link.project,
            "direction": link.direction.value,
            "write_when": link.when.value,
            "sha256": link.sha256,
            "stamp": link.stamp,
            "version": link.version,
            "head": link.head,
            "taken": link.taken,
            "linked": to_seconds(link.linked),
        }
        if link.id:
            self.connection.execute(linked_file.update().where(linked_file.c.id == link.id).values(values))
            return link.id
        link_id = self.new_ids.take("linked_file")
        self.connection.execute(insert(linked_file), {**values, "id": link_id})
        return LinkId(link_id)

    def put_linked_base(self, link_id: LinkId, data: bytes) -> None:
        """Keeps the bytes of the file."""
        self.connection.execute(_DROPS[2], {"file_id": link_id})
        insert_rows(self.connection, linked_base, [(link_id, zlib.compress(data, 1))])

    def put_linked_state(self, link_id: LinkId, sha256: str, *, when: datetime) -> None:
        """Remembers a state of the file for ever."""
        insert_rows(self.connection, linked_state, [(link_id, sha256, to_seconds(when))], ignore_known=True)

    def put_linked_entries(self, link_id: LinkId, entries: Sequence[LinkedEntry]) -> None:
        """Adds or replaces by key."""
        self.drop_linked_entries(link_id, [one.key for one in entries])
        rows = [(link_id, one.key, one.paper_id, to_json(dict(one.seen))) for one in entries]
        insert_rows(self.connection, linked_entry, rows)

    def drop_linked_entries(self, link_id: LinkId, keys: Iterable[str]) -> None:
        """These keys belong to no paper any more."""
        self.connection.execute(_DROP_ENTRIES, {"file_id": link_id, **as_list(list(keys))})

    def delete_link(self, link_id: LinkId) -> None:
        """Forgets a file with everything about it."""
        for statement in (*_DROPS, _DROP_FILE):
            self.connection.execute(statement, {"file_id": link_id})

    def keep_step(self) -> None:
        """The step stays in the journal although no paper changes in it."""
        self.step.is_kept = True
