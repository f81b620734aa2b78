"""The text of a large file is kept whole, whenever the first of its papers needs it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from refman.domain.errors import UnreadableInput
from refman.domain.listing import Listing
from refman.services import file_reading
from refman.services.import_plan import BigFile, ImportInput, ImportOptions, OnDuplicate
from refman.services.library import Library
from tests.services.conftest import CAPTURED

_SKIP = ImportOptions(captured_on=CAPTURED, on_duplicate=OnDuplicate.SKIP)
_KNOWN = "".join(
    f"@misc{{k{one}, title = {{Title {one}}}, abstract = {{{'Wörter eines Textes. ' * 40}}}}}\n" for one in range(200)
)
_NEW = "@misc{new, title = {A new one}}\n% the end\n"


@pytest.fixture
def known(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of 170 kB whose papers are here, but for the last one."""
    monkeypatch.setattr(file_reading, "_PART", 20)
    library.apply_import(library.plan_import([ImportInput("known.bib", _KNOWN)], _SKIP))
    path = tmp_path / "papers.bib"
    path.write_text(_KNOWN + _NEW, encoding="utf-8")
    return path


def test_what_came_before_the_first_new_paper_is_kept_too(library: Library, known: Path) -> None:
    report = library.import_big([BigFile("papers.bib", known)], _SKIP).report
    assert (report.added, report.skipped) == (1, 200)
    with library.store.read() as reader:
        source = reader.source_named_by(_KNOWN + _NEW)
        assert source is not None
        kept = reader.source_text(source)
    assert kept is not None and kept.text == _KNOWN + _NEW


def test_a_file_without_a_new_paper_is_not_kept(library: Library, known: Path) -> None:
    known.write_text(f"{_KNOWN}% the end\n", encoding="utf-8")
    report = library.import_big([BigFile("papers.bib", known)], _SKIP).report
    assert (report.added, report.skipped) == (0, 200)
    with library.store.read() as reader:
        assert reader.source_named_by(f"{_KNOWN}% the end\n") is None


class _ChangingAtTheEnd:
    """Workers under whose hands the file is changed when they have read it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def stream(
        self, task: Callable[..., Iterator[bytes]], *arguments: object
    ) -> AbstractContextManager[Iterator[bytes | None]]:
        return nullcontext(self._values(task(*arguments)))

    def _values(self, values: Iterator[bytes]) -> Iterator[bytes]:
        yield from values
        self._path.write_text("@misc{other, title = {Another}}", encoding="utf-8")


def test_a_file_that_must_be_read_again_must_be_what_it_was(library: Library, known: Path) -> None:
    library.workers = lambda: _ChangingAtTheEnd(known)
    with pytest.raises(UnreadableInput, match="changed while it was read"):
        library.import_big([BigFile("papers.bib", known)], _SKIP)
    assert len(library.ids(Listing())) == 200
