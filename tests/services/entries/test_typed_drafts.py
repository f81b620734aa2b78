from pathlib import Path

from refman.domain.paper import PaperId
from refman.services.entries.typed_drafts import TypedDraft, TypedDrafts, draft_folder

ONE, OTHER = PaperId(1), PaperId(2)
DRAFT = TypedDraft("@article{ä, title = {open", "@article{a}")


def _library(tmp_path: Path) -> str:
    path = tmp_path / "papers.refman"
    path.touch()
    return str(path)


def test_a_text_is_kept_until_it_is_dropped(tmp_path: Path) -> None:
    library = _library(tmp_path)
    drafts = TypedDrafts()
    drafts.keep(library, ONE, DRAFT, turn=1)
    drafts.keep(library, OTHER, DRAFT, turn=1)
    # Another start of the program.
    assert TypedDrafts().read(library, ONE) == DRAFT
    drafts.drop(library, ONE, turn=2)
    assert TypedDrafts().read(library, ONE) is None
    drafts.drop(library, OTHER, turn=2)
    assert not draft_folder(Path(library)).exists()


def test_a_late_call_does_not_undo_a_newer_one(tmp_path: Path) -> None:
    library = _library(tmp_path)
    drafts = TypedDrafts()
    drafts.drop(library, ONE, turn=5)
    drafts.keep(library, ONE, DRAFT, turn=4)
    assert drafts.read(library, ONE) is None
    drafts.keep(library, ONE, DRAFT, turn=6)
    drafts.drop(library, ONE, turn=5)
    assert drafts.read(library, ONE) == DRAFT


def test_a_library_that_is_no_file_keeps_none(tmp_path: Path) -> None:
    drafts = TypedDrafts()
    drafts.keep(str(tmp_path / "memory.refman"), ONE, DRAFT, turn=1)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_draft_counts_as_none(tmp_path: Path) -> None:
    library = _library(tmp_path)
    drafts = TypedDrafts()
    drafts.keep(library, ONE, DRAFT, turn=1)
    path = draft_folder(Path(library)) / "1.json"
    for text in ("not json", "[]", '{"text": 3}'):
        path.write_text(text, "utf-8")
        assert drafts.read(library, ONE) is None
