"""Which drafts of a part are looked at one by one, and that the others end as if they had been."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.changes import OperationKind
from refman.domain.listing import Listing
from refman.domain.paper import Draft, FieldValue, PaperId
from refman.domain.progress import NoProgress
from refman.domain.settings import Settings
from refman.services import applying, duplicates, file_reading
from refman.services.applying_packed import drafts_apart
from refman.services.import_plan import BigFile, ImportInput, ImportOptions, OnDuplicate
from refman.services.library import Library
from refman.services.part_codec import marks_of
from tests.fakes import FakeClock, FakeStore
from tests.services.conftest import CAPTURED


def _draft(key: str, title: str = "", **fields: str) -> Draft:
    plain = {"title": title, **fields}
    return Draft("article", key, {name: FieldValue(text) for name, text in plain.items() if text})


_STORED = (
    _draft("here", "A known title", doi="10.1000/known"),
    _draft("arxiv", "A preprint", eprint="1706.03762v2"),
    _draft("gone", "A title in the trash", doi="10.1000/gone"),
)


def _library(*drafts: Draft) -> Library:
    clock = FakeClock()
    library = Library(FakeStore(clock), clock=clock, settings=Settings())
    with library.store.write() as writer:
        ids = writer.add_papers(drafts, added=clock.now())
        if drafts:
            writer.set_trashed(ids[-1:], clock.now())
        writer.journal(OperationKind.EDIT, "Add")
    return library


@pytest.mark.parametrize(
    ("drafts", "apart"),
    [
        ([_draft("a", "One"), _draft("b", "Two"), _draft("c")], set()),
        ([_draft("a", "One"), _draft("HERE", "Two")], {1}),
        ([_draft("a", "One"), _draft("gone", "Two")], {1}),
        ([_draft("a", "A known, title!"), _draft("b", "Two")], {0}),
        ([_draft("a", "One", doi="https://doi.org/10.1000/KNOWN"), _draft("b", "Two")], {0}),
        ([_draft("a", "One", eprint="1706.03762"), _draft("b", "Two", doi="10.48550/arXiv.1706.03762")], {0, 1}),
        ([_draft("a", "A title in the trash", doi="10.1000/gone")], set()),
        ([_draft("a", "One"), _draft("b", "Two"), _draft("A", "Three")], {0, 2}),
        ([_draft("a", "One"), _draft("b", "Two"), _draft("c", "one")], {0, 2}),
        ([_draft("a", "One", doi="10.1000/x"), _draft("b", "Two", doi="10.1000/X"), _draft("c", "Three")], {0, 1}),
        # A made key depends on all that were given before.
        ([_draft("a", "One"), _draft("", "Two"), _draft("c", "Three")], {0, 1, 2}),
        # `here` may become `herea`, not `here1`.
        (
            [_draft("here", "One"), _draft("herea", "Two"), _draft("here1", "Three"), _draft("hereab", "Four")],
            {0, 1, 3},
        ),
        ([], set()),
    ],
)
def test_drafts_that_share_something_are_apart(drafts: list[Draft], apart: set[int]) -> None:
    library = _library(*_STORED)
    with library.store.read() as reader:
        assert drafts_apart(reader, marks_of(drafts)) == apart


def test_papers_of_a_crowded_title_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refman.services.applying_packed.CROWD", 1)
    monkeypatch.setattr(duplicates, "CROWD", 1)
    library = _library(_draft("a", "Editorial"), _draft("b", "Editorial"), _draft("last"))
    with library.store.read() as reader:
        assert drafts_apart(reader, marks_of([_draft("c", "Editorial"), _draft("d", "Other")])) == {0}


_KEYS = st.sampled_from(("k", "ka", "kb", "kaa", "K", "x", "y", "z", ""))
_TITLES = st.sampled_from(("One thing", "Another", "Third", "{T}hing of its own", ""))
_LATER = st.sampled_from(("", "doi = {10.1000/a},", "doi = {10.1000/b},", "eprint = {1706.03762},", "note = {n},"))
_FILES = st.sampled_from(("", "file = {a.pdf},", "file = {:/papers/b.pdf:PDF},"))


@st.composite
def _entries(draw: st.DrawFn) -> str:
    year, word = draw(st.sampled_from((2001, 2002, 2019))), draw(st.sampled_from(("", "keywords = {one, two},")))
    key, title = draw(_KEYS), draw(_TITLES)
    head = f"@article{{{key}, title = {{{title}}}, year = {year},"
    return f"{head} author = {{Smith, Ann}}, {draw(_LATER)} {draw(_FILES)} {word}}}\n"


def _content(library: Library) -> object:
    with library.store.read() as reader:
        papers = reader.papers([PaperId(one) for one in reader.ids(Listing())])
    places = [[one.span for one in paper.came_from] for paper in papers]
    attached = [[replace(one, id=one.id.__class__(0)) for one in paper.attachments] for paper in papers]
    bare = [replace(paper, id=PaperId(0), came_from=(), attachments=(), stored_notes=()) for paper in papers]
    return bare, places, attached, [(one.kind, one.name, one.papers) for one in library.history()]


@pytest.mark.parametrize("policy", list(OnDuplicate))
def test_any_file_is_stored_as_a_planned_one(
    tmp_path: Path, policy: OnDuplicate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_reading, "_PART", 4)
    monkeypatch.setattr(applying, "CHUNK", 4)
    options = ImportOptions(captured_on=CAPTURED, on_duplicate=policy, keywords_as_tags=True)
    path = tmp_path / "papers.bib"

    @given(st.lists(_entries(), min_size=1, max_size=10), st.lists(_entries(), max_size=4))
    def check(entries: list[str], before: list[str]) -> None:
        text = "@misc{first, title = {There is one}}\n" + "".join(entries)
        path.write_text(text, encoding="utf-8")
        planned, streamed = _library(), _library()
        for library in (planned, streamed):
            known = ImportInput("known.bib", "@misc{known, title = {Known}}\n" + "".join(before), format="bibtex")
            library.apply_import(library.plan_import([known], options))
        expected = planned.apply_import(planned.plan_import([ImportInput(str(path), text, format="bibtex")], options))
        done = streamed.import_big([BigFile(str(path), path)], options, NoProgress()).report
        assert (done.outcome.message, tuple(done.keys)) == (expected.outcome.message, tuple(expected.keys))
        assert done.problems == expected.problems
        assert _content(streamed) == _content(planned)

    check()
