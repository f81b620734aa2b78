"""Files of papers: copied beside the library under the hash of their content, or linked where they are."""

import hashlib
import mimetypes
import os
import tempfile
from pathlib import Path
from typing import IO

from refman.domain.changes import OperationKind
from refman.domain.errors import DiskFull, LibraryReadOnly, RefmanError, UnreadableInput
from refman.domain.paper import Attachment, AttachmentId, PaperId
from refman.domain.ports import Store, Writer
from refman.services.disk import is_no_room, remove_if_there, sync_folder
from refman.services.labels import papers_label
from refman.services.left_overs import temporary_prefix
from refman.services.library_files import (
    NEW_FILE,
    attachment_folder,
    belongs_to_library,
    is_library_name,
    shown_name,
)
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence

_BLOCK = 1 << 20


def attach(store: Store, paper_id: PaperId, *, path: Path, copy: bool) -> Outcome:
    """Adds a file to a paper; a file that the paper has already changes nothing.

    The copy is on the disk before its row is. Raises: UnreadableInput, DiskFull, LibraryReadOnly.
    """
    _check_is_a_file(path, store.location)
    if not store.is_writable:
        raise LibraryReadOnly("read-only", f"{store.location} cannot be written.", store.location)
    attachment = _stored(path, attachment_folder(Path(store.location))) if copy else _linked(path)
    label = papers_label(store, [paper_id])

    def work(writer: Writer) -> None:
        present = {(one.path, one.is_stored) for one in writer.attachments(paper_id)}
        if (attachment.path, attachment.is_stored) not in present:
            writer.add_attachment(paper_id, attachment)

    step = Step(OperationKind.ATTACH, f"Attach {shown_name(path.name)} to {label}")
    name = shown_name(path.name)
    return change(store, step, work, done=Sentence("attached", f"{name} attached to {label}", (name, label)))


def remove(store: Store, attachment_id: AttachmentId) -> Outcome:
    """Takes a file off its paper; the file stays where it is, so undo brings it back."""
    step = Step(OperationKind.ATTACH, "Remove an attachment")
    done = Sentence("attachment-removed", "Attachment removed; its file stays where it is")
    return change(store, step, lambda writer: writer.remove_attachment(attachment_id), done=done)


def _check_is_a_file(path: Path, library: str) -> None:
    if not os.path.exists(path):
        raise UnreadableInput("no-file", f"There is no file {path}.", str(path))
    if not os.path.isfile(path):
        raise UnreadableInput("not-a-file", f"{path} is not a file, so it cannot be attached.", str(path))
    if belongs_to_library(path, library) or is_library_name(path):
        raise UnreadableInput("is-library", f"{path} is a refman library, so it cannot be attached.", str(path))


def _linked(path: Path) -> Attachment:
    return Attachment(AttachmentId(0), os.path.abspath(path), shown_name(path.name), _media_type(path), is_stored=False)


def _stored(path: Path, folder: Path) -> Attachment:
    try:
        digest = _copy_in(path, folder)
    except OSError as error:
        raise _refusal(path, error) from error
    return Attachment(
        AttachmentId(0),
        _stored_name(digest, path),
        shown_name(path.name),
        _media_type(path),
        is_stored=True,
        sha256=digest,
    )


def _copy_in(path: Path, folder: Path) -> str:
    """Copies a file under its content's name, durable before this returns; the SHA-256 of the content."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with path.open("rb") as source:
        descriptor, temporary = tempfile.mkstemp(prefix=temporary_prefix(NEW_FILE), dir=folder)
        try:
            with open(descriptor, "wb") as target:
                digest = _copy_and_hash(source, target)
                target.flush()
                os.fsync(target.fileno())
            place = folder / _stored_name(digest, path)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            os.replace(temporary, place)
        except BaseException:
            remove_if_there(temporary)
            raise
    for changed in (place.parent, folder):
        sync_folder(changed)
    return digest


def _copy_and_hash(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _stored_name(digest: str, path: Path) -> str:
    return f"{digest[:2]}/{digest}{path.suffix.lower()}"


def _media_type(path: Path) -> str:
    try:
        # Reads the lists of the system when it is first asked.
        return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    except OSError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> RefmanError:
    if is_no_room(error):
        return DiskFull("no-room-for-copy", f"There is no room to copy {path}; free some space first.", str(path))
    reason = error.strerror or str(error)
    return UnreadableInput("cannot-copy", f"{path} cannot be copied: {reason}.", str(path), reason)
