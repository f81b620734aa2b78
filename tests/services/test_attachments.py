"""Files of papers: copied under their hash, or linked."""

import hashlib
import os
import resource
from pathlib import Path

import pytest

from refman.domain.errors import DiskFull, LibraryReadOnly, UnreadableInput
from refman.domain.listing import PaperRow
from refman.domain.paper import Attachment, AttachmentId, PaperId
from refman.domain.settings import Settings
from refman.services.library import Library
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import draft, store_draft, stored_paper

_CONTENT = b"%PDF-1.7 not really"


@pytest.fixture
def paper_id(library: Library) -> PaperId:
    """A paper."""
    return store_draft(library, draft("One", key="one"))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A file to attach."""
    path = tmp_path / "A paper.PDF"
    path.write_bytes(_CONTENT)
    return path


def _attachment(library: Library, paper_id: PaperId) -> Attachment:
    (attachment,) = stored_paper(library, paper_id).attachments
    return attachment


def _row(library: Library, paper_id: PaperId) -> PaperRow:
    (row,) = library.rows([paper_id])
    return row


def test_a_copy_stands_beside_the_library_under_its_hash(library: Library, paper_id: PaperId, pdf: Path) -> None:
    outcome = library.attach(paper_id, pdf, copy=True)
    digest = hashlib.sha256(_CONTENT).hexdigest()
    attachment = _attachment(library, paper_id)
    assert attachment == Attachment(
        attachment.id, f"{digest[:2]}/{digest}.pdf", "A paper.PDF", "application/pdf", is_stored=True, sha256=digest
    )
    stored = library.attachment_path(attachment)
    assert stored == Path(library.location).parent / "papers.attachments" / digest[:2] / f"{digest}.pdf"
    assert stored.read_bytes() == _CONTENT
    assert stored.stat().st_mode & 0o077 == 0
    assert outcome.message == "A paper.PDF attached to one"
    row = _row(library, paper_id)
    assert (row.has_file, row.has_pdf) == (True, True)


def test_the_same_file_again_changes_nothing(library: Library, paper_id: PaperId, pdf: Path) -> None:
    library.attach(paper_id, pdf, copy=True)
    assert library.attach(paper_id, pdf, copy=True).is_nothing
    library.attach(paper_id, pdf, copy=False)
    assert library.attach(paper_id, pdf, copy=False).is_nothing
    assert len(stored_paper(library, paper_id).attachments) == 2


def test_a_link_is_a_path_alone(library: Library, paper_id: PaperId, pdf: Path) -> None:
    odd = pdf.with_name("data.unknown")
    pdf.rename(odd)
    library.attach(paper_id, odd, copy=False)
    attachment = _attachment(library, paper_id)
    assert (attachment.path, attachment.is_stored, attachment.sha256) == (str(odd), False, "")
    assert attachment.media_type == "application/octet-stream"
    assert library.attachment_path(attachment) == odd
    assert not (Path(library.location).parent / "papers.attachments").exists()


def test_a_relative_link_starts_at_the_library(library: Library) -> None:
    attachment = Attachment(AttachmentId(1), "files/a.pdf", "a.pdf", "application/pdf", is_stored=False)
    assert library.attachment_path(attachment) == Path(library.location).parent / "files/a.pdf"


def test_a_removed_attachment_leaves_its_file_for_undo(library: Library, paper_id: PaperId, pdf: Path) -> None:
    library.attach(paper_id, pdf, copy=True)
    attachment = _attachment(library, paper_id)
    assert library.remove_attachment(attachment.id).message == "Attachment removed; its file stays where it is"
    assert stored_paper(library, paper_id).attachments == ()
    assert library.attachment_path(attachment).exists()
    library.undo()
    assert _attachment(library, paper_id) == attachment


def test_what_is_no_file_to_attach_is_refused(library: Library, paper_id: PaperId, tmp_path: Path) -> None:
    (tmp_path / "other.refman").write_bytes(b"x")
    for path, reason in (
        (tmp_path / "nope.pdf", "no file"),
        (tmp_path, "not a file"),
        (tmp_path / "other.refman", "is a refman library"),
    ):
        with pytest.raises(UnreadableInput, match=reason):
            library.attach(paper_id, path, copy=True)


def test_a_full_disk_leaves_no_half_copy(library: Library, paper_id: PaperId, pdf: Path) -> None:
    pdf.write_bytes(b"x" * 100_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(DiskFull, match="no room"):
            library.attach(paper_id, pdf, copy=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert stored_paper(library, paper_id).attachments == ()
    assert list((Path(library.location).parent / "papers.attachments").rglob("*")) == []


def test_a_folder_that_cannot_be_made_is_named(library: Library, paper_id: PaperId, pdf: Path) -> None:
    (Path(library.location).parent / "papers.attachments").write_text("in the way")
    with pytest.raises(UnreadableInput, match="cannot be copied"):
        library.attach(paper_id, pdf, copy=True)


def test_a_failing_rename_leaves_no_half_copy(
    library: Library, paper_id: PaperId, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: str, target: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UnreadableInput, match="Input/output error"):
        library.attach(paper_id, pdf, copy=True)
    left = (Path(library.location).parent / "papers.attachments").rglob("*")
    assert [path for path in left if path.is_file()] == []


def test_nothing_is_copied_for_a_library_that_cannot_be_written(clock: FakeClock, pdf: Path) -> None:
    store = FakeStore(clock, location=str(pdf.parent / "papers.refman"))
    library = Library(store, clock=clock, settings=Settings())
    paper_id = store_draft(library, draft("One", key="one"))
    store.is_writable = False
    with pytest.raises(LibraryReadOnly):
        library.attach(paper_id, pdf, copy=True)
    assert not (pdf.parent / "papers.attachments").exists()
