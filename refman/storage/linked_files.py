"""Linked .bib files as the tables hold them."""

import zlib
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy import Row as SqlRow

from refman.domain.links import Direction, LinkedEntry, LinkedFile, LinkId, WriteWhen
from refman.domain.paper import PaperId
from refman.storage.link_tables import linked_base, linked_entry, linked_file, linked_state
from refman.storage.reads import Reads
from refman.storage.values import from_json, to_time

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
