"""Looking at a linked file: is it as it was left, did somebody change it, did git put another version there."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from refman.domain.errors import UnreadableInput
from refman.domain.link_ports import LinkReads
from refman.domain.links import LinkedFile
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibfile.markers import has_markers
from refman.services.linking.file_bytes import Snapshot, read_bytes, sha256_of, stamp_of
from refman.services.linking.git_state import repository_of


class FileState(StrEnum):
    """How a file stands to what was last read or written."""

    SAME = "same"
    CHANGED = "changed"
    CHECKOUT = "checkout"
    PAUSED = "paused"
    NEW = "new"
    GONE = "gone"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Look:
    """What was found. `snapshot` is the file, None where it was not (or could not be) read; `reason` says why.

    `base` is what the file held where a checkout went before somebody changed it there; None for what is remembered.
    """

    link: LinkedFile
    state: FileState
    snapshot: Snapshot | None = None
    reason: str = ""
    head: str = ""
    base: bytes | None = None


def look(reader: LinkReads, link: LinkedFile) -> Look:
    """Looks at a file; reads it only when size, time or inode differ. A file that is gone is nobody's deletion."""
    path = Path(link.path)
    repository = repository_of(path)
    head = repository.head if repository else ""
    if repository and repository.under_way:
        return Look(link, FileState.PAUSED, reason=f"a {repository.under_way} of git is under way", head=head)
    stamp = stamp_of(path)
    if not stamp:
        return Look(link, FileState.GONE if link.sha256 else FileState.NEW, reason="the file is not there", head=head)
    if stamp == link.stamp:
        return Look(link, FileState.SAME, head=head)
    try:
        snapshot = read_bytes(path)
    except UnreadableInput as error:
        return Look(link, FileState.UNREADABLE, reason=error.message, head=head)
    state, reason = _state_of(reader, link, snapshot)
    base = _left_for(link, path) if state is FileState.CHANGED else None
    return Look(link, state, snapshot, reason, head, base)


def _left_for(link: LinkedFile, path: Path) -> bytes | None:
    """The file as another branch had it, where git went to that branch since and the file was edited there.

    Against the branch that was left, all that this one lacks would be a deletion.
    """
    repository = repository_of(path)
    commit = repository.left_for(link.head) if repository else ""
    return repository.bytes_at(commit, path) if repository and commit else None


def _state_of(reader: LinkReads, link: LinkedFile, snapshot: Snapshot) -> tuple[FileState, str]:
    if snapshot.sha256 == link.sha256:
        return FileState.SAME, ""
    try:
        text = read_document(snapshot.data, link.path).text
    except UnreadableInput as error:
        return FileState.UNREADABLE, error.message
    if has_markers(text):
        return FileState.PAUSED, "conflict markers stand in the file"
    if reader.knows_state(link.id, snapshot.sha256):
        return FileState.CHECKOUT, ""
    path = Path(link.path)
    repository = repository_of(path)
    if repository and not repository.brought_since(link.head) and repository.has_in_history(path, snapshot.data):
        return FileState.CHECKOUT, ""
    return FileState.CHANGED, ""


def documents(reader: LinkReads, seen: Look) -> tuple[Document, Document]:
    """The base and the file as it is; one and the same where nobody changed it. After a checkout the file is the base.

    Raises: UnreadableInput.
    """
    name = seen.link.path
    data = reader.linked_base(seen.link.id)
    if seen.snapshot is None or sha256_of(data) == seen.snapshot.sha256:
        base = read_document(data, name)
        return base, base
    now = read_document(seen.snapshot.data, name)
    if seen.state is FileState.CHECKOUT:
        return now, now
    return read_document(data if seen.base is None else seen.base, name), now
