"""Linking reads a file and touches nothing; what differs stays an overlay of the file."""

import os
from pathlib import Path

import pytest

from refman.domain.errors import NotFound, UnreadableInput
from refman.domain.links import Direction, WriteWhen
from refman.services.linking.cited import cited_at
from refman.services.linking.linking import LinkOptions, link_sentence
from tests.services.linking.thesis import REFS, Thesis


def test_linking_touches_nothing_and_keeps_every_key(thesis: Thesis) -> None:
    before = thesis.refs.stat()
    report = thesis.link()
    assert link_sentence(report) == "3 entries, every key kept, file not touched, 0 notices"
    assert (report.entries, report.added, report.differing) == (3, 3, 0)
    after = thesis.refs.stat()
    assert (after.st_mtime_ns, after.st_ino, after.st_mode) == (before.st_mtime_ns, before.st_ino, before.st_mode)
    assert thesis.text == REFS
    assert sorted(os.listdir(thesis.folder)) == ["refs.bib"]
    assert thesis.paper("adams2001").plain("journal") == "Journal of Machine Learning Research"
    assert thesis.badge == "in step"
    assert not thesis.sync().wrote
    assert thesis.refs.stat().st_mtime_ns == before.st_mtime_ns


def test_linking_is_one_step_that_can_be_undone(thesis: Thesis) -> None:
    thesis.link()
    assert [step.name for step in thesis.library.history()] == ["Link refs.bib (3 entries)"]
    thesis.library.undo()
    assert thesis.library.sidebar_counts().papers == 0
    assert thesis.text == REFS


def test_after_the_undo_of_linking_no_entry_leaves_the_file_unasked(thesis: Thesis) -> None:
    thesis.link()
    thesis.library.undo()
    assert thesis.badge == "differs"
    report = thesis.sync(may_shrink=True)
    assert len(report.plan.clashes) == 3
    assert not report.wrote
    assert thesis.text == REFS
    thesis.library.redo()
    assert thesis.badge == "in step"


def test_papers_that_are_here_are_found_by_key_and_by_doi(thesis: Thesis) -> None:
    known = thesis.library.new_paper("book", {"title": "Other Things", "key": "baker2002", "note": "mine"})
    doi = thesis.library.new_paper("misc", {"title": "X", "key": "own", "doi": "10.1000/x"})
    thesis.write(REFS.replace("title = {Third Things}", "title = {Third Things}, doi = {10.1000/X}"))
    report = thesis.link()
    assert report.added == 1
    assert thesis.paper("baker2002").id in known.changes.added
    assert thesis.paper("own").id in doi.changes.added
    assert thesis.paper("baker2002").plain("publisher") == ""
    assert report.differing > 0
    assert thesis.badge == "in step"


def test_a_key_of_another_paper_stays_in_the_file_only(thesis: Thesis) -> None:
    thesis.library.new_paper("article", {"title": "Something Else Entirely", "key": "adams2001"})
    assert thesis.link().added == 3
    assert thesis.paper("adams2001").plain("title") == "Something Else Entirely"
    (link,) = thesis.links.all()
    assert thesis.paper("adams2001a").plain("title") == "On Things"
    thesis.edit("adams2001a", pages="7--9")
    thesis.sync()
    assert thesis.text == REFS.replace("{1--2}", "{7--9}")
    assert link.path == str(thesis.refs)


def test_titles_alone_never_join_two_entries(thesis: Thesis) -> None:
    thesis.write("@misc{a, title = {Same}}\n@misc{b, title = {Same}}\n@misc{c, title={S}, doi={10.1000/x}}\n")
    assert thesis.link().added == 3
    thesis.links.unlink(thesis.refs)
    thesis.write("@misc{d, title = {Same}}\n@misc{e, title = {S}, doi = {10.1000/x}}\n")
    assert thesis.link().added == 1


def test_an_overlay_stays_when_the_library_changes_it(thesis: Thesis) -> None:
    thesis.library.new_paper("book", {"title": "Other Things", "key": "baker2002", "publisher": "Big Press"})
    thesis.link()
    thesis.edit("baker2002", publisher="Bigger Press")
    assert not thesis.sync().wrote
    thesis.replace("{Press}", "{Small Press}")
    thesis.sync()
    assert thesis.paper("baker2002").plain("publisher") == "Bigger Press"
    assert "publisher = {Small Press}" in thesis.text
    assert thesis.badge == "in step"


def test_notices_tell_what_is_odd(thesis: Thesis) -> None:
    thesis.write(
        "@misc{a, title = {A}}\n@misc{A, title = {B}}\n@misc{a, title = {C}}\n@misc{, title = {D}}\n@misc{b, title = {x"
    )
    report = thesis.link()
    assert [notice.code for notice in report.notices] == [
        "duplicate-key",
        "duplicate-key",
        "no-key",
        "value-not-closed",
    ]
    assert report.entries == 2
    assert thesis.badge == "in step"


def test_linking_again_changes_the_options_only(linked: Thesis) -> None:
    linked.link(LinkOptions("tag:x", "", Direction.TO_FILE, WriteWhen.IDLE))
    (link,) = linked.links.all()
    assert (link.query, link.direction, link.when) == ("tag:x", Direction.TO_FILE, WriteWhen.IDLE)
    assert len(linked.library.history()) == 1


def test_unlinking_leaves_file_and_papers(linked: Thesis) -> None:
    linked.links.unlink(linked.refs)
    assert linked.links.all() == []
    assert linked.text == REFS
    assert linked.library.sidebar_counts().papers == 3
    with pytest.raises(NotFound, match="not linked"):
        linked.plan()


def test_a_link_is_found_under_another_name(linked: Thesis, tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(linked.folder)
    assert linked.links.plan(tmp_path / "other" / "refs.bib").is_in_step


def test_what_is_no_text_is_not_linked(thesis: Thesis) -> None:
    thesis.refs.write_bytes(b"%PDF-1.4\0\0")
    with pytest.raises(UnreadableInput):
        thesis.link()
    assert thesis.links.all() == []


def test_a_new_file_is_made_by_the_first_sync(thesis: Thesis) -> None:
    thesis.refs.unlink()
    thesis.library.new_paper("article", {"title": "On Planning", "authors": "Adams, Ann", "year": "2001", "key": "k1"})
    thesis.library.tag([thesis.paper("k1").id], ["rl"])
    thesis.library.new_paper("misc", {"title": "Not that", "key": "k2"})
    report = thesis.link(LinkOptions("tag:rl"))
    assert link_sentence(report) == "refs.bib will be made by the first write"
    assert thesis.badge == "1 to write"
    assert thesis.sync().wrote
    assert thesis.text == "@article{k1,\n  author = {Adams, Ann},\n  title = {On Planning},\n  year = {2001},\n}\n"
    assert thesis.badge == "in step"
    assert not thesis.sync().wrote


def test_a_trashed_paper_comes_back_with_its_key(thesis: Thesis) -> None:
    thesis.library.new_paper("book", {"title": "Other Things", "key": "baker2002"})
    thesis.library.trash([thesis.paper("baker2002").id])
    assert thesis.link().added == 2
    assert thesis.paper("baker2002").trashed is None


@pytest.mark.parametrize(
    ("here", "there", "is_one"),
    [
        ({"doi": "10.1000/a"}, "doi = {10.1000/b}", False),
        ({"doi": "10.1000/a", "title": "X"}, "doi = {10.1000/A}", True),
        ({"eprint": "2001.00001"}, "eprint = {2001.00002}", False),
        ({"eprint": "2001.00001"}, "eprint = {2001.00001v2}", True),
        ({"title": ""}, "note = {n}", True),
    ],
)
def test_the_same_key_is_the_same_paper_unless_something_says_otherwise(
    thesis: Thesis, here: dict[str, str], there: str, is_one: bool
) -> None:
    thesis.library.new_paper("misc", {"title": "T", "key": "k", **here})
    thesis.write(f"@misc{{k, title = {{T}}, {there}}}\n")
    assert thesis.link().added == (not is_one)


def test_two_entries_with_one_doi_are_one_paper_under_both_keys(thesis: Thesis) -> None:
    thesis.write("@misc{a, title = {T}, doi = {10.1000/x}}\n@misc{b, title = {U}, doi = {10.1000/x}}\n")
    assert thesis.link().added == 1
    thesis.edit("a", note="N")
    thesis.sync()
    assert thesis.text.count("note={N}") + thesis.text.count("note = {N}") == 2


def test_sources_that_cannot_be_read_cite_nothing(thesis: Thesis) -> None:
    (thesis.folder / "a.tex").write_text("\\cite{x}")
    (thesis.folder / "gone.tex").symlink_to(thesis.folder / "nowhere")
    assert [place.key for place in cited_at(thesis.refs)] == ["x"]


def test_one_field_that_differs_is_told_as_one(thesis: Thesis) -> None:
    thesis.link()
    thesis.links.unlink(thesis.refs)
    thesis.edit("adams2001", pages="7--9")
    assert "1 field differs from the library" in link_sentence(thesis.link())
    thesis.links.unlink(thesis.refs)
    thesis.edit("baker2002", publisher="Another")
    assert "2 fields differ from the library" in link_sentence(thesis.link())
