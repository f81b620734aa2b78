"""Linked .bib files in the tables."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, select
from sqlalchemy import Row as SqlRow

from refman.domain.links import Direction, LinkedEntry, LinkedFile, LinkId, WriteWhen
from refman.domain.paper import PaperId
from refman.storage.link_tables import linked_base, linked_entry, linked_file, linked_state
from refman.storage.paper_rows import insert_rows
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.values import from_json, to_json, to_seconds, to_time
from refman.storage.writes import Writes

_FILE: BindParameter[int] = bindparam("file_id")
_FILES = select(linked_file).order_by(linked_file.c.path)
_BASE = select(linked_base.c.data).where(linked_base.c.file_id == _FILE)
_ENTRIES = (
    select(linked_entry.c.key, linked_entry.c.paper_id, linked_entry.c.seen)
    .where(linked_entry.c.file_id == _FILE)
    .order_by(linked_entry.c.key)
)
_STATE = select(linked_state.c.seen).where(linked_state.c.file_id == _FILE, linked_state.c.sha256 == bindparam("hash"))
_OF_PAPER = (
    select(*linked_file.c, linked_entry.c.key)
    .join(linked_entry, linked_entry.c.file_id == linked_file.c.id)
    .where(linked_entry.c.paper_id == bindparam("paper_id"))
    .order_by(linked_file.c.path, linked_entry.c.key)
)
_DROP_ENTRIES = delete(linked_entry).where(linked_entry.c.file_id == _FILE, linked_entry.c.key.in_(in_list()))
_DROPS = tuple(delete(table).where(table.c.file_id == _FILE) for table in (linked_entry, linked_state, linked_base))
_DROP_FILE = delete(linked_file).where(linked_file.c.id == _FILE)


class LinkedFileReads(Reads):
    """Reads of linked files."""

    def linked_files(self) -> list[LinkedFile]:
        """All of them by path."""
        return [_link(row) for row in self.connection.execute(_FILES)]

    def linked_base(self, link_id: LinkId) -> bytes:
        """The bytes of the file as it was last read or written."""
        data = self.connection.scalar(_BASE, {"file_id": link_id})
        return zlib.decompress(data) if data else b""

    def linked_entries(self, link_id: LinkId) -> list[LinkedEntry]:
        """The keys of a file that belong to papers, by key."""
        rows = self.connection.execute(_ENTRIES, {"file_id": link_id})
        return [LinkedEntry(key, PaperId(paper_id), from_json(seen)) for key, paper_id, seen in rows]

    def knows_state(self, link_id: LinkId, sha256: str) -> bool:
        """True for every state of a file that was ever read or written."""
        return self.connection.scalar(_STATE, {"file_id": link_id, "hash": sha256}) is not None

    def files_of(self, paper_id: PaperId) -> list[tuple[LinkedFile, str]]:
        """The files that a paper is in, with its key there."""
        return [(_link(row), row.key) for row in self.connection.execute(_OF_PAPER, {"paper_id": paper_id})]


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


def _link(row: SqlRow[*tuple[Any, ...]]) -> LinkedFile:
    values = row._mapping
    return LinkedFile(
        path=values["path"],
        query=values["query"],
        project=values["project"],
        direction=Direction(values["direction"]),
        when=WriteWhen(values["write_when"]),
        sha256=values["sha256"],
        stamp=values["stamp"],
        version=values["version"],
        head=values["head"],
        taken=values["taken"],
        linked=to_time(values["linked"]),
        id=LinkId(values["id"]),
    )
