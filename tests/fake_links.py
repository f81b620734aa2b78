"""Linked files of the library in memory of `tests/fakes.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from refman.domain.links import LinkedEntry, LinkedFile, LinkId
from refman.domain.paper import PaperId


@dataclass
class _Links:
    files: dict[LinkId, LinkedFile] = field(default_factory=dict)
    bases: dict[LinkId, bytes] = field(default_factory=dict)
    states: set[tuple[LinkId, str]] = field(default_factory=set)
    entries: dict[tuple[LinkId, str], LinkedEntry] = field(default_factory=dict)


class FakeLinkReads:
    """`domain.link_ports.LinkReads`."""

    _store: Any

    @property
    def _links(self) -> _Links:
        links = self._store.__dict__.setdefault("links", _Links())
        assert isinstance(links, _Links)
        return links

    def linked_files(self) -> list[LinkedFile]:
        return sorted(self._links.files.values(), key=lambda link: link.path)

    def linked_base(self, link_id: LinkId) -> bytes:
        return self._links.bases.get(link_id, b"")

    def linked_entries(self, link_id: LinkId) -> list[LinkedEntry]:
        return [entry for (one, _), entry in sorted(self._links.entries.items()) if one == link_id]

    def knows_state(self, link_id: LinkId, sha256: str) -> bool:
        return (link_id, sha256) in self._links.states

    def files_of(self, paper_id: PaperId) -> list[tuple[LinkedFile, str]]:
        found = [
            (self._links.files[one], key)
            for (one, key), entry in self._links.entries.items()
            if entry.paper_id == paper_id
        ]
        return sorted(found, key=lambda pair: (pair[0].path, pair[1]))


class FakeLinkWrites(FakeLinkReads):
    """`domain.link_ports.LinkWrites`."""

    is_kept = False

    def keep_step(self) -> None:
        self.is_kept = True

    def put_link(self, link: LinkedFile) -> LinkId:
        link_id = link.id or LinkId(len(self._links.files) + 1)
        self._links.files[link_id] = replace(link, id=link_id)
        # Every transaction that writes anything counts.
        self._store.writes += 1
        return link_id

    def put_linked_base(self, link_id: LinkId, data: bytes) -> None:
        self._links.bases[link_id] = data

    def put_linked_state(self, link_id: LinkId, sha256: str, *, when: datetime) -> None:
        self._links.states.add((link_id, sha256))

    def put_linked_entries(self, link_id: LinkId, entries: Sequence[LinkedEntry]) -> None:
        self._links.entries.update({(link_id, one.key): one for one in entries})

    def drop_linked_entries(self, link_id: LinkId, keys: Iterable[str]) -> None:
        for key in keys:
            self._links.entries.pop((link_id, key), None)

    def delete_link(self, link_id: LinkId) -> None:
        self._links.files.pop(link_id, None)
        self._links.bases.pop(link_id, None)
        self._links.states = {state for state in self._links.states if state[0] != link_id}
        self.drop_linked_entries(link_id, [key for one, key in self._links.entries if one == link_id])
