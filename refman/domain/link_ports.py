"""What services need of storage for linked files. Nothing of it is journalled but that a step changed files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from refman.domain.links import LinkedEntry, LinkedFile, LinkId
from refman.domain.paper import PaperId


class LinkReads(Protocol):
    """Reads of linked files."""

    def linked_files(self) -> list[LinkedFile]:
        """All of them by path."""

    def linked_base(self, link_id: LinkId) -> bytes:
        """The bytes of the file as it was last read or written."""

    def linked_entries(self, link_id: LinkId) -> list[LinkedEntry]:
        """The keys of a file that belong to papers, by key."""

    def knows_state(self, link_id: LinkId, sha256: str) -> bool:
        """True for every state of a file that was ever read or written."""

    def files_of(self, paper_id: PaperId) -> list[tuple[LinkedFile, str]]:
        """The files that a paper is in, with its key there."""


class LinkWrites(LinkReads, Protocol):
    """Writes of linked files."""

    def put_link(self, link: LinkedFile) -> LinkId:
        """Adds a link (id 0) or replaces it."""

    def put_linked_base(self, link_id: LinkId, data: bytes) -> None:
        """Keeps the bytes of the file."""

    def put_linked_state(self, link_id: LinkId, sha256: str, *, when: datetime) -> None:
        """Remembers a state of the file for ever."""

    def put_linked_entries(self, link_id: LinkId, entries: Sequence[LinkedEntry]) -> None:
        """Adds or replaces by key."""

    def drop_linked_entries(self, link_id: LinkId, keys: Iterable[str]) -> None:
        """These keys belong to no paper any more."""

    def delete_link(self, link_id: LinkId) -> None:
        """Forgets a file with everything about it."""

    def keep_step(self) -> None:
        """The step stays in the journal although no paper changes in it: undo takes files back."""
