"""Large files, imported while they are read, give the library that the same text gives as a whole."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Cancelled, UnreadableInput
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.services import applying, duplicates, file_reading, import_tally
from refman.services.file_reading import is_streamed
from refman.services.import_plan import (
    BigFile,
    FileProblem,
    ImportInput,
    ImportOptions,
    ImportReport,
    OnDuplicate,
    Reading,
)
from refman.services.library import Library
from refman.services.reading import read_inputs
from tests.fakes import FakeClock, FakeStore
from tests.services.conftest import CAPTURED

_OPTIONS = ImportOptions(captured_on=CAPTURED, tags=("new",))
_SAMPLE = Path(__file__).parents[1] / "data" / "bibtex" / "sample.bib"
_ENTRIES = (
    "@article{a, title = {One thing}, author = {Smith, Ann}, year = 2001}\n",
    "@article{a, title = {One thing}, author = {Smith, Ann}, year = 2001, doi = {10.1000/one}}\n",
    "@article{b, title = {One thing}, author = {Smith, Ann}, year = 2001}\n",
    "@misc{c, title = {One thing}, doi = {10.1000/one}}\n",
    "@misc{, title = {Without a key}, author = {Jones, Bob}, year = 1999}\n",
    "@misc{, title = {Without a key}, author = {Jones, Bob}, year = 2019}\n",
    "@inproceedings{child, title = {Child}, crossref = {proc}}\n",
    "@proceedings{proc, title = {Proceedings}, year = 2005}\n",
    "@string{jmlr = {Journal}}\n",
    "@article{d, journal = jmlr, title = {Another}, author = {Müller, Jürgen and others}}\n",
    "@misc{broken, title = {not closed\n",
    "% a comment\n",
)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every few drafts are a transaction of their own, whichever way they come, and every file is large."""
    monkeypatch.setattr(file_reading, "_PART", 2)
    monkeypatch.setattr(applying, "CHUNK", 2)
    monkeypatch.setattr(file_reading, "BIG_BYTES", 1)


def _library() -> Library:
    clock = FakeClock()
    return Library(FakeStore(clock), clock=clock, settings=Settings())


def _whole(library: Library, name: str, text: str, options: ImportOptions) -> ImportReport:
    return library.apply_import(library.plan_import([ImportInput(name, text, format="bibtex")], options))


def _streamed(library: Library, path: Path, options: ImportOptions) -> ImportReport:
    return library.import_big([BigFile(path.name, path)], options).report


def _content(library: Library) -> object:
    """Everything that is stored, but for the numbers of papers and sources."""
    with library.store.read() as reader:
        papers = reader.papers([PaperId(one) for one in reader.ids(Listing())])
        sources = {place.source_id for paper in papers for place in paper.came_from}
        texts = {one: kept.text for one in sources if (kept := reader.source_text(one))}
        places = [[(texts[one.source_id], one.span) for one in paper.came_from] for paper in papers]
        blocks = sorted((block.span.start, block.kind, block.raw) for _, block in reader.blocks())
        return (
            [dataclasses.replace(paper, id=PaperId(0), came_from=()) for paper in papers],
            places,
            blocks,
            reader.macros(),
            [(one.kind, one.name, one.papers) for one in reader.history()],
        )


def _figures(report: ImportReport) -> object:
    return report.outcome.message, tuple(report.keys), report.problems, report.profiles


@pytest.mark.parametrize("policy", list(OnDuplicate))
@pytest.mark.usefixtures("small_parts")
def test_a_streamed_file_is_stored_as_a_planned_one(tmp_path: Path, policy: OnDuplicate) -> None:
    options = dataclasses.replace(_OPTIONS, on_duplicate=policy)

    @given(st.lists(st.sampled_from(_ENTRIES), min_size=1, max_size=10))
    def check(entries: list[str]) -> None:
        text = "@misc{first, title = {There is one}}\n" + "".join(entries)
        path = tmp_path / "papers.bib"
        path.write_text(text, encoding="utf-8")
        planned, streamed = _library(), _library()
        for _ in range(2):
            expected = _whole(planned, "papers.bib", text, options)
            assert _figures(_streamed(streamed, path, options)) == _figures(expected)
        assert _content(streamed) == _content(planned)

    check()


@pytest.mark.usefixtures("small_parts")
def test_the_sample_is_stored_as_planned_on_sqlite(library: Library, tmp_path: Path) -> None:
    text = _SAMPLE.read_text(encoding="utf-8")
    other = _library()
    expected = _whole(other, "sample.bib", text, _OPTIONS)
    assert _figures(_streamed(library, _SAMPLE, _OPTIONS)) == _figures(expected)
    assert _content(library) == _content(other)
    with library.store.read() as reader:
        source = reader.source_named_by(text)
        assert source is not None
        kept = reader.source_text(source)
    assert kept is not None and kept.text == text


@pytest.mark.usefixtures("small_parts")
def test_undo_takes_a_streamed_import_back(library: Library) -> None:
    report = _streamed(library, _SAMPLE, _OPTIONS)
    operation = report.outcome.changes.operation
    assert operation is not None and operation.name == f"Import {report.added} papers from sample.bib"
    library.undo()
    assert len(library.ids(Listing())) == 0


class _Stop:
    """Cancels after some reports."""

    def __init__(self, after: int) -> None:
        self._left = after

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self._left -= 1

    @property
    def is_cancelled(self) -> bool:
        return self._left <= 0


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("after", [1, 2, 4])
def test_stopping_leaves_nothing(library: Library, after: int) -> None:
    with pytest.raises(Cancelled):
        library.import_big([BigFile("sample.bib", _SAMPLE)], _OPTIONS, _Stop(after))
    assert len(library.ids(Listing())) == 0
    with library.store.read() as reader:
        assert reader.source_named_by(_SAMPLE.read_text(encoding="utf-8")) is None
        assert reader.history() == []


@pytest.mark.usefixtures("small_parts")
def test_large_and_small_inputs_are_one_step(library: Library, tmp_path: Path) -> None:
    small = read_inputs([ImportInput("small.bib", "@misc{small, title = {A small one}}")], _OPTIONS)
    nothing = tmp_path / "nothing.bib"
    nothing.write_text("% no paper here\n@string{a = {b}}\n", encoding="utf-8")
    binary = tmp_path / "binary.bib"
    binary.write_bytes(b"\x7fELF\0\0")
    missing = BigFile("missing.bib", tmp_path / "missing.bib")
    files: list[Reading | BigFile] = [
        *small,
        BigFile("nothing.bib", nothing),
        BigFile("sample.bib", _SAMPLE),
        BigFile("binary.bib", binary),
    ]
    done = library.import_big([*files, missing], _OPTIONS)
    assert [one.code for one in done.refused] == ["no-drafts", "binary-input", "cannot-read"]
    assert [one.file for one in done.refused] == ["nothing.bib", "binary.bib", "missing.bib"]
    assert done.report.added == len(library.ids(Listing()))
    history = library.history()
    assert [one.name for one in history] == [f"Import {done.report.added} papers from 2 files"]


def test_files_without_papers_leave_no_step(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "nothing.bib"
    path.write_text("% nothing\n", encoding="utf-8")
    done = library.import_big([BigFile("nothing.bib", path)], _OPTIONS)
    assert (done.report.added, done.report.problems, len(library.history())) == (0, (), 0)


class _Changing:
    """Workers under whose hands the file is changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _run(self, task: Callable[..., Iterator[bytes]], *arguments: object) -> Iterator[Iterator[bytes | None]]:
        yield self._values(task(*arguments))

    def _values(self, values: Iterator[bytes]) -> Iterator[bytes | None]:
        yield None
        yield next(values)
        # The file is known by now, and its entries are read next.
        self._path.write_text("@misc{other, title = {Another}}", encoding="utf-8")
        yield from values

    def stream(
        self, task: Callable[..., Iterator[bytes]], *arguments: object
    ) -> AbstractContextManager[Iterator[bytes | None]]:
        return self._run(task, *arguments)


def test_a_file_that_changes_meanwhile_is_not_imported(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "papers.bib"
    path.write_text("@misc{a, title = {A}}", encoding="utf-8")
    library.workers = lambda: _Changing(path)
    with pytest.raises(UnreadableInput, match="changed while it was read"):
        library.import_big([BigFile("papers.bib", path)], _OPTIONS)
    assert len(library.ids(Listing())) == 0


def test_only_large_bib_files_are_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reading, "BIG_BYTES", 100)
    bib, text, binary, small = (tmp_path / name for name in ("a.bib", "b.txt", "c.bib", "d.bib"))
    bib.write_text("@misc{a, title = {x}}\n" * 10, encoding="utf-8")
    text.write_text("nothing that anybody knows " * 10, encoding="utf-8")
    binary.write_bytes(b"\x7fELF\0" * 100)
    small.write_text("@misc{a, title = {x}}\n", encoding="utf-8")
    files = (bib, text, binary, small, tmp_path, tmp_path / "missing")
    assert [is_streamed(path, "") for path in files] == [True, False, False, False, False, False]
    assert [is_streamed(path, "bibtex") for path in files[:2]] == [True, True]
    assert not is_streamed(bib, "profile")


def test_problems_beyond_some_are_counted(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_tally, "MOST_PROBLEMS", 3)
    path = tmp_path / "papers.bib"
    path.write_text("".join(f"@misc{{k{one}, title = {{x{one}}}, note = undefined}}\n" for one in range(9)))
    problems = library.import_big([BigFile("papers.bib", path)], _OPTIONS).report.problems
    assert [one.code for one in problems] == ["undefined-macro"] * 3 + ["more-problems"]
    assert problems[-1] == FileProblem(
        "papers.bib", 0, "more-problems", "There are 6 more problems, which are not listed.", ("6",)
    )


def test_a_title_of_very_many_papers_names_none_of_them(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "CROWD", 3)
    entries = "".join(f"@misc{{k{one}, title = {{Editorial}}, year = 2001}}\n" for one in range(9))
    for figures in ((9, 0), (0, 9)):
        report = _whole(library, "a.bib", entries, _OPTIONS)
        assert (report.added, report.unchanged) == figures
    report = _whole(library, "b.bib", "@misc{, title = {Editorial}, year = 2001}", _OPTIONS)
    assert (report.added, report.unchanged) == (1, 0)


def test_keys_of_a_million_drafts_are_a_list() -> None:
    keys = import_tally.KeyList()
    for number in range(1_300):
        keys.append(f"k{number}")
    assert len(keys) == 1_300
    assert list(keys) == [f"k{number}" for number in range(1_300)]
    assert (keys[-1], keys[600], keys[510:514]) == ("k1299", "k600", ["k510", "k511", "k512", "k513"])
    with pytest.raises(IndexError):
        keys[1_300]


@pytest.mark.usefixtures("small_parts")
def test_children_follow_their_parent_as_in_a_planned_import(tmp_path: Path) -> None:
    text = (
        "@inproceedings{ch, title = {Child}, crossref = {proc}, xref = {known}}\n"
        + "".join(f"@misc{{m{place}, title = {{Number {place}}}}}\n" for place in range(9))
        + "@proceedings{proc, title = {Beta}, year = 2002}\n"
    )
    path = tmp_path / "papers.bib"
    path.write_text(text, encoding="utf-8")
    planned, streamed = _library(), _library()
    for one in (planned, streamed):
        _whole(one, "first.bib", "@misc{proc, title = {Alpha}}\n@misc{known, title = {Known}}\n", _OPTIONS)
    expected = _whole(planned, "papers.bib", text, _OPTIONS)
    assert _figures(_streamed(streamed, path, _OPTIONS)) == _figures(expected)
    assert _content(streamed) == _content(planned)
    with streamed.store.read() as reader:
        [child] = reader.papers(list(reader.ids_of_keys(["ch"]).values()))
    assert (child.plain("crossref"), child.plain("xref")) == ("proca", "known")
