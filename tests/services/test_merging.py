"""Papers that are one work become one: nothing is overwritten unasked, nothing is lost, one undo brings all back."""

from pathlib import Path

import pytest

from refman.domain.errors import InvalidValue, NotFound
from refman.domain.paper import PaperId
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.linking import LinkOptions
from refman.services.linking.status import status_of
from refman.services.merging import MergePlan, plan_merge
from tests.services.papers import import_texts, paper_of

_REFS = """@article{one, author={A. Ask}, title={Deep things}, journal={J}, year=2001, doi={10.1000/x}}
@article{two, author={A. Ask}, title={Deep things}, journal={Journal}, date={2001-02}, doi={10.1000/x}, volume=3}
@misc{three, author={A. Ask and B. Bow}, title={Deep things}, note={draft}, eprint={2105.01234}}
"""


@pytest.fixture
def papers(library: Library) -> Library:
    """A library with three papers that are one work."""
    import_texts(library, _REFS)
    return library


def _ids(library: Library, *keys: str) -> list[PaperId]:
    found = library.ids_of_keys(keys)
    return [found[key] for key in keys]


def _merge(library: Library, kept: str, *others: str, **choices: str) -> None:
    first, *rest = _ids(library, kept, *others)
    chosen = {name: _ids(library, key)[0] for name, key in choices.items()}
    library.merge_papers(first, rest, chosen)


def _plan(library: Library, kept: str, *others: str) -> MergePlan:
    first, *rest = _ids(library, kept, *others)
    with library.store.read() as reader:
        return plan_merge(reader, first, rest)


def test_a_plan_says_what_is_filled_and_what_differs(papers: Library) -> None:
    library = papers
    library.tag(_ids(library, "two"), ["rl"])
    library.add_note(_ids(library, "three")[0], "A note")
    plan = _plan(library, "one", "two", "three")
    assert sorted(plan.fills) == ["eprint", "note", "volume"]
    assert [(one.key, one.difference.field, one.difference.read) for one in plan.differing] == [
        ("two", "journal", "Journal"),
        ("three", "author", "Ask, Bow"),
    ]
    assert (plan.tags, plan.notes, plan.files, plan.is_certain) == (("rl",), 1, 0, False)
    assert paper_of(library, "one").plain("volume") == ""


def test_what_is_empty_is_filled_and_the_rest_stays(papers: Library) -> None:
    _merge(papers, "one", "two", "three")
    paper = paper_of(papers, "one")
    assert [paper.plain(name) for name in ("journal", "volume", "note", "eprint", "year")] == [
        "J",
        "3",
        "draft",
        "2105.01234",
        "2001",
    ]
    assert paper.fields["volume"].source == "3"
    assert [name.family for name in paper.authors] == ["Ask"]
    assert papers.sidebar_counts().trashed == 2


def test_chosen_values_are_taken_with_their_source(papers: Library) -> None:
    _merge(papers, "one", "two", "three", journal="two", author="three", type="three", date="two")
    paper = paper_of(papers, "one")
    assert (paper.type, paper.plain("journal"), paper.fields["journal"].source) == ("misc", "Journal", "{Journal}")
    assert [name.family for name in paper.authors] == ["Ask", "Bow"]
    assert (paper.plain("year"), paper.plain("month"), paper.plain("date")) == ("2001", "2", "2001-02")


def test_tags_notes_and_files_come_along_once(papers: Library, tmp_path: Path) -> None:
    library = papers
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.4 a")
    one, two, three = _ids(library, "one", "two", "three")
    library.tag([one, two], ["rl"])
    library.tag([three], ["rl/planning"])
    for paper_id in (one, two):
        library.add_note(paper_id, "Same")
        library.attach(paper_id, file, copy=False)
    library.add_note(two, "Other")
    _merge(library, "one", "two", "three")
    paper = paper_of(library, "one")
    assert paper.tags == ("rl", "rl/planning")
    assert [note.text for note in paper.stored_notes] == ["Same", "Other"]
    with library.store.read() as reader:
        assert [one.path for one in reader.attachments(paper.id)] == [str(file)]


def test_undo_and_redo_are_exact(papers: Library) -> None:
    before = {key: paper_of(papers, key) for key in ("one", "two", "three")}
    _merge(papers, "one", "two", "three", journal="three")
    after = paper_of(papers, "one")
    papers.undo()
    assert {key: paper_of(papers, key) for key in before} == before
    papers.redo()
    assert paper_of(papers, "one") == after


def test_the_keys_of_the_others_stay_its_own(papers: Library) -> None:
    _merge(papers, "one", "two")
    one = _ids(papers, "one")[0]
    with papers.store.read() as reader:
        assert reader.former_keys([one]) == {one: ["two"]}
    new = papers.new_paper("misc", {"title": "New"})
    with pytest.raises(Exception, match="two"):
        papers.edit(next(iter(new.changes.added)), {"key": "two"})


def test_importing_the_file_again_adds_nothing(papers: Library) -> None:
    _merge(papers, "one", "two", "three")
    report = import_texts(papers, _REFS)
    assert (report.added, papers.sidebar_counts().papers) == (0, 1)
    other = import_texts(papers, "@misc{two, author={C. Cod}, title={Another work}}")
    assert other.added == 1


@pytest.mark.parametrize("others", [(), ("one",)])
def test_one_paper_is_not_merged(papers: Library, others: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue, match="two papers"):
        _merge(papers, "one", *others)


def test_what_is_gone_or_not_asked_about_is_refused(papers: Library) -> None:
    one, two, three = _ids(papers, "one", "two", "three")
    with pytest.raises(InvalidValue, match="journal can only come"):
        papers.merge_papers(one, [two], {"journal": three})
    papers.trash([two])
    with pytest.raises(NotFound):
        papers.merge_papers(one, [two])
    assert papers.sidebar_counts().papers == 2


# Linked files

_ONE_ENTRY = """@article{two,
  author = {A. Ask},
  title = {Deep things},
  doi = {10.1000/x},
  journal = {Journal}
}
"""


def _linked(library: Library, path: Path, text: str) -> None:
    path.write_text(text)
    links_of(library).link(path, LinkOptions())


def test_the_entry_of_the_paper_that_went_is_that_of_the_one_that_stayed(papers: Library, tmp_path: Path) -> None:
    path = tmp_path / "two.bib"
    _linked(papers, path, _ONE_ENTRY)
    links = links_of(papers)
    assert status_of(links.plan(path)).badge == "in step"
    _merge(papers, "one", "two")
    plan = links.plan(path)
    assert (plan.removals, [one.key for one in plan.written]) == (0, ["two"])
    links.sync(path)
    assert "@article{two," in path.read_text()
    assert "journal = {J}" in path.read_text()
    assert status_of(links.plan(path)).badge == "in step"
    papers.undo()
    links.sync(path)
    assert "journal = {Journal}" in path.read_text()
    papers.edit(_ids(papers, "two")[0], {"title": "Deeper things"})
    links.sync(path)
    assert "title = {Deeper things}" in path.read_text()


def test_a_file_that_has_both_loses_the_one_that_went(papers: Library, tmp_path: Path) -> None:
    path = tmp_path / "all.bib"
    _linked(papers, path, _REFS)
    _merge(papers, "one", "two")
    links = links_of(papers)
    assert links.plan(path).removals == 1
    links.sync(path, may_shrink=True)
    assert "{two," not in path.read_text()
    papers.undo()
    links.sync(path)
    assert path.read_text() == _REFS
