"""What the library remembers of linked files, after one of their keys was renamed by refman itself: no false alarm."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from refman.domain.errors import UnreadableInput
from refman.domain.links import LinkedFile
from refman.domain.ports import Writer
from refman.services.linking.file_bytes import sha256_of, stamp_of
from refman.services.linking.rename_places import bib_spans, with_word


@dataclass(frozen=True, slots=True)
class Moved:
    """A file that was just written, and what it holds now."""

    path: Path
    data: bytes


def remember_moved(writer: Writer, moved: Sequence[Moved], old: str, new: str) -> None:
    """Key, base and state of the linked files among them follow; what others changed in them is news as before.

    What is known afterwards is the base with the other key, never the file: it may hold edits that nobody took yet.
    """
    by_path = {os.path.realpath(one.path): one for one in moved}
    for link in writer.linked_files():
        one = by_path.get(os.path.realpath(link.path))
        if one is not None:
            _remember(writer, link, one, old=old, new=new)


def _remember(writer: Writer, link: LinkedFile, moved: Moved, *, old: str, new: str) -> None:
    entries = [entry for entry in writer.linked_entries(link.id) if entry.key == old]
    if entries:
        writer.drop_linked_entries(link.id, [old])
        writer.put_linked_entries(link.id, [replace(entry, key=new) for entry in entries])
    base = writer.linked_base(link.id)
    name = Path(link.path).name
    try:
        spans = bib_spans(base, name, old)
    except UnreadableInput:
        return
    if not spans:
        return
    base = with_word(base, name, spans, new)
    sha256 = sha256_of(base)
    writer.put_linked_base(link.id, base)
    writer.put_linked_state(link.id, sha256, when=link.linked)
    stamp = stamp_of(Path(link.path)) if sha256 == sha256_of(moved.data) else link.stamp
    writer.put_link(replace(link, sha256=sha256, stamp=stamp))
