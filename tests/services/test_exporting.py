"""Exports: which papers in which order, missing keys, and files that are whole."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from refman.domain.errors import Cancelled, DiskFull, ExportRefused, InvalidValue, Problem
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.formats import EXPORTERS
from refman.formats.base import ExportContext
from refman.services import export_selection, exporting
from refman.services.export_report import ExportReport, PaperProblem
from refman.services.library import Library
from tests.services.papers import draft, import_page, import_texts, store_draft, stored_paper


class _Lines:
    """An exporter that writes a line a paper; counts as many as it is told."""

    name = "lines"
    label = "lines"
    extension = "txt"

    def __init__(self, *, miscount: int = 0) -> None:
        self._miscount = miscount

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        yield f"% {dict(context.macros)} {[block.kind for _, block in context.blocks]}\n"
        for paper in papers:
            yield f"{paper.key or '?'}\n"

    def problems(self, paper: Paper) -> list[Problem]:
        return [Problem(0, "odd", f"{paper.key} is odd")] if paper.plain("volume") else []

    def count(self, text: str) -> int:
        return text.count("\n") - 1 + self._miscount

    def count_blocks(self, blocks: Iterable[str]) -> int:
        return self.count("".join(blocks))


@pytest.fixture(autouse=True)
def _lines(monkeypatch: pytest.MonkeyPatch) -> None:
    formats = {"lines": _Lines(), "miscounting": _Lines(miscount=1)}
    monkeypatch.setattr("refman.services.exporting.EXPORTERS", {**EXPORTERS, **formats})


def _keys(text: str) -> list[str]:
    return text.splitlines()[1:]


def test_papers_leave_in_the_order_of_their_keys(library: Library) -> None:
    ids = [store_draft(library, draft(key, key=key)) for key in ("b", "C", "a")]
    assert _keys(library.export_text(ids, "lines")) == ["a", "b", "C"]
    pieces: list[str] = []
    assert library.export_stream(Listing(), "lines", pieces.append) == ()
    assert _keys("".join(pieces)) == ["a", "b", "C"]


def test_a_big_selection_has_the_same_order(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"{letter}{number}" for number in range(4) for letter in "bAc"]
    ids = [store_draft(library, draft(key, key=key)) for key in keys]
    small = library.export_text(ids[1:], "lines")
    for module in (export_selection, exporting):
        monkeypatch.setattr(module, "_CHUNK", 2)
    assert library.export_text(ids[1:], "lines") == small
    assert _keys(small) == sorted(keys[1:], key=str.lower)


def test_the_trash_never_leaves(library: Library) -> None:
    ids = [store_draft(library, draft(key, key=key)) for key in ("a", "b")]
    library.trash([ids[0]])
    assert _keys(library.export_text(ids, "lines")) == ["b"]
    assert _keys(library.export_text([PaperId(99)], "lines")) == []


def test_missing_keys_are_made_first_and_sorted_in(library: Library) -> None:
    store_draft(library, draft("Z", key="zzz"))
    paper_id = store_draft(library, draft("Deep Learning", "Ann Smith", year="2020"))
    assert _keys(library.export_text(list(library.ids(Listing())), "lines")) == ["smith2020deep", "zzz"]
    assert stored_paper(library, paper_id).key == "smith2020deep"
    assert library.history()[0].name == "Make 1 citation key"


def test_parents_stand_behind_their_children(library: Library) -> None:
    store_draft(library, draft("Proceedings", key="aaa"))
    store_draft(library, draft("Shared", key="abc"))
    store_draft(library, draft("Child", key="bbb", crossref="aaa"))
    store_draft(library, draft("Other", key="ccc", xdata="abc, nowhere"))
    ids = list(library.ids(Listing()))
    assert _keys(library.export_text(ids, "lines")) == ["bbb", "ccc", "aaa", "abc"]
    parents = list(library.ids_of_keys(["aaa", "abc"]).values())
    assert _keys(library.export_text(parents, "lines")) == ["aaa", "abc"]


def test_macros_and_preambles_come_along(library: Library) -> None:
    import_texts(library, '@string{j = "Journal"}\n@preamble{"\\x"}\n@comment{no}\n@misc{a, title={T}}')
    assert library.export_text(list(library.ids(Listing())), "lines").splitlines()[0] == (
        "% {'j': '\"Journal\"'} ['string', 'preamble', 'comment']"
    )


def test_a_preview_shows_the_key_and_makes_none(library: Library) -> None:
    paper_id = store_draft(library, draft("Deep Learning"))
    steps = len(library.history())
    assert _keys(library.preview(stored_paper(library, paper_id), "lines")) == ["deeplearning"]
    assert stored_paper(library, paper_id).key == ""
    assert len(library.history()) == steps


def test_a_file_is_written_with_its_report(library: Library, tmp_path: Path) -> None:
    odd = store_draft(library, draft("One", key="one", volume="1"))
    store_draft(library, draft("Two", key="two"))
    target = tmp_path / "refs.txt"
    report = library.export_file(Listing(), "lines", target)
    problem = PaperProblem(odd, "one", Problem(0, "odd", "one is odd"))
    assert report == ExportReport(2, target, (problem,))
    assert _keys(target.read_text()) == ["one", "two"]


def test_the_same_library_gives_the_same_bytes(library: Library, tmp_path: Path) -> None:
    import_page(library)
    for name in ("csl-json", "ris", "bibtex", "biblatex"):
        hashes = set()
        for attempt in range(3):
            target = tmp_path / f"{attempt}.{name}"
            assert library.export_file(Listing(), name, target).count == 23
            hashes.add(hashlib.sha256(target.read_bytes()).hexdigest())
        assert len(hashes) == 1


def test_a_file_that_would_be_wrong_is_not_written(library: Library, tmp_path: Path) -> None:
    store_draft(library, draft("One", key="one"))
    target = tmp_path / "refs.txt"
    target.write_text("old")
    with pytest.raises(ExportRefused, match="2 papers instead of 1"):
        library.export_file(Listing(), "miscounting", target)
    assert target.read_text() == "old"


def test_an_empty_export_does_not_replace_a_file_that_holds_something(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "refs.txt"
    assert library.export_file(Listing(), "lines", target).count == 0
    target.write_text("old")
    with pytest.raises(ExportRefused, match="No paper was found"):
        library.export_file(Listing(), "lines", target)
    assert target.read_text() == "old"
    target.write_text("")
    assert library.export_file(Listing(), "lines", target).count == 0


def test_the_library_itself_is_no_target(library: Library) -> None:
    with pytest.raises(ExportRefused, match="refman library"):
        library.export_file(Listing(), "lines", Path(library.location))


def test_a_device_is_written_to(library: Library) -> None:
    store_draft(library, draft("One", key="one"))
    assert library.export_file(Listing(), "lines", Path("/dev/null")).count == 1
    with pytest.raises(DiskFull):
        library.export_file(Listing(), "lines", Path("/dev/full"))


class _Stopping:
    """Cancels when the first papers were written."""

    is_cancelled = False

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.is_cancelled = True


def test_cancel_leaves_the_old_file(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_CHUNK", 1)
    for key in ("a", "b"):
        store_draft(library, draft(key, key=key))
    target = tmp_path / "refs.txt"
    target.write_text("old")
    with pytest.raises(Cancelled):
        library.export_file(Listing(), "lines", target, _Stopping())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if "refs" in path.name] == ["refs.txt"]


def test_a_format_that_does_not_exist_is_refused_naming_those_that_do(library: Library) -> None:
    with pytest.raises(InvalidValue, match="bibtex, biblatex, csl-json, ris"):
        library.export_text([], "word")
