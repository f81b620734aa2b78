"""Both halves of a synchronisation: nothing of either side is lost, nothing else is touched."""

import pytest

from refman.domain.links import Direction, LinkedFile
from refman.domain.ports import Reader
from refman.services.linking import syncing
from refman.services.linking.linking import LinkOptions
from refman.services.linking.planning import make_plan
from refman.services.linking.sync_plan import SyncPlan, Wishes
from tests.services.linking.thesis import NEW, REFS, Thesis


def test_one_field_of_mine_is_one_line_of_the_file(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    assert linked.badge == "1 to write"
    assert linked.sync().wrote
    assert linked.text == REFS.replace("{1--2}", "{7--9}")
    assert linked.badge == "in step"
    assert not linked.sync().wrote


def test_a_file_that_was_only_touched_is_known_as_before(linked: Thesis) -> None:
    linked.write(REFS)
    linked.sync()
    linked.edit("adams2001", pages="7--9")
    assert linked.sync().wrote
    linked.write(linked.text.replace("Press", "Publishers"))
    assert linked.sync().plan.fields_changed == 1
    assert linked.badge == "in step"


def test_an_edit_that_is_taken_back_while_it_is_about_to_be_written(
    linked: Thesis, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.edit("adams2001", pages="7--9")
    plans = list[SyncPlan]()

    def make(reader: Reader, link: LinkedFile, wishes: Wishes) -> SyncPlan:
        plans.append(make_plan(reader, link, wishes))
        if len(plans) == 1:
            linked.library.undo()
        return plans[-1]

    monkeypatch.setattr(syncing, "make_plan", make)
    assert not linked.sync().wrote
    monkeypatch.undo()
    linked.edit("adams2001", pages="8--9")
    assert linked.sync().wrote
    assert linked.text == REFS.replace("{1--2}", "{8--9}")


def test_an_edit_that_is_undone_leaves_the_file_as_it_was(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.sync()
    linked.library.undo()
    linked.sync()
    assert linked.text == REFS


@pytest.mark.parametrize(
    ("fields", "old", "new"),
    [
        ({"title": "On Ünicode & more"}, "{On Things}", '{On {\\"U}nicode \\& more}'),
        ({"journal": "Nature"}, "journal = jmlr", "journal = {Nature}"),
        ({"year": "2011"}, "year = 2001", "year = 2011"),
        ({"authors": "Adams, Ann and Zoë, Z."}, "{Adams, Ann}", '{Adams, Ann and Zo{\\"e}, Z.}'),
        ({"pages": ""}, "  pages = {1--2},\n", ""),
        ({"volume": "3"}, "  year = 2001,\n", "  year = 2001,\n  volume = 3,\n"),
        ({"type": "misc"}, "@article{adams", "@misc{adams"),
    ],
)
def test_each_kind_of_field_is_written_in_the_style_of_the_file(
    linked: Thesis, fields: dict[str, str], old: str, new: str
) -> None:
    linked.edit("adams2001", **fields)
    linked.sync()
    assert linked.text == REFS.replace(old, new, 1)
    assert linked.badge == "in step"


def test_a_file_in_utf_8_gets_letters_as_they_are(thesis: Thesis) -> None:
    thesis.write(REFS.replace("Carl", "Carlé"))
    thesis.link()
    thesis.edit("adams2001", title="On Ünicode")
    thesis.sync()
    assert "title = {On Ünicode}" in thesis.text


def test_a_file_in_windows_1252_gets_escapes_for_what_it_lacks(thesis: Thesis) -> None:
    thesis.refs.write_bytes(REFS.replace("Carl", "Carlé").encode("cp1252"))
    thesis.link()
    thesis.edit("adams2001", title="On ő and é")
    thesis.sync()
    assert b"title = {On {\\H{o}} and" in thesis.refs.read_bytes()
    assert "Carlé".encode("cp1252") in thesis.refs.read_bytes()


def test_their_changes_come_in_as_one_step(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}").replace("Press", "Publishers") + NEW)
    assert linked.badge == "3 to take"
    report = linked.sync()
    assert not report.wrote
    assert linked.library.history()[0].name == "Take 1 added, 2 fields changed from refs.bib"
    assert linked.paper("adams2001").plain("pages") == "3--4"
    assert linked.paper("baker2002").plain("publisher") == "Publishers"
    assert linked.paper("dole2004").plain("title") == "Fourth Things"
    assert linked.badge == "in step"
    linked.edit("dole2004", title="Fifth Things")
    linked.sync()
    assert "title = {Fifth Things}" in linked.text


def test_an_entry_gone_from_the_file_keeps_its_paper(linked: Thesis) -> None:
    linked.write(REFS.partition("@misc")[0])
    linked.sync()
    assert linked.library.sidebar_counts().papers == 3
    assert linked.paper("carter2003").trashed is None
    linked.edit("carter2003", title="Changed")
    assert not linked.sync().wrote
    assert linked.badge == "in step"


def test_an_entry_gone_is_not_put_back_by_the_query(linked: Thesis) -> None:
    linked.library.tag([linked.paper("carter2003").id], ["x"])
    linked.link(LinkOptions("tag:x"))
    linked.write(REFS.partition("@misc")[0])
    linked.sync()
    assert not linked.sync().wrote
    assert "carter2003" not in linked.text


def test_a_key_renamed_by_others_is_followed(linked: Thesis) -> None:
    linked.replace("adams2001", "adams01")
    linked.sync()
    assert linked.paper("adams2001").plain("title") == "On Things"
    linked.edit("adams2001", pages="7--9")
    linked.sync()
    assert linked.text == REFS.replace("adams2001", "adams01").replace("{1--2}", "{7--9}")


def test_a_changed_string_changes_the_papers_that_use_it(linked: Thesis) -> None:
    linked.replace('"Journal of Machine Learning Research"', '"JMLR"')
    linked.sync()
    assert linked.paper("adams2001").plain("journal") == "JMLR"


def test_trashed_papers_leave_the_file(linked: Thesis) -> None:
    linked.library.trash([linked.paper("carter2003").id])
    assert linked.badge == "1 to write"
    linked.sync(may_shrink=True)
    assert linked.text.rstrip() == REFS.partition("@misc")[0].rstrip()
    assert linked.badge == "in step"


def test_what_the_project_cites_is_added_kept_and_missed(linked: Thesis) -> None:
    linked.library.new_paper("misc", {"title": "Cited", "key": "known"})
    (linked.folder / "main.tex").write_text("\\cite{known, carter2003}\\citep{nobody}")
    linked.link(LinkOptions(project=str(linked.folder)))
    linked.sync()
    assert "@misc{known,\n  title = {Cited},\n}" in linked.text
    assert linked.badge == "1 missing"
    linked.library.trash([linked.paper("carter2003").id])
    plan = linked.sync().plan
    assert plan.kept == ("carter2003",)
    assert "carter2003" in linked.text
    linked.sync(may_shrink=True, removes_cited=True)
    assert "carter2003" not in linked.text


def test_papers_of_a_tag_come_and_go(linked: Thesis) -> None:
    linked.library.new_paper("misc", {"title": "Zebra", "key": "zebra"})
    linked.library.tag([linked.paper("zebra").id], ["x"])
    linked.link(LinkOptions("tag:x"))
    linked.sync()
    assert linked.text == REFS + "\n@misc{zebra,\n  title = {Zebra},\n}\n"
    linked.library.untag([linked.paper("zebra").id], ["x"])
    linked.sync(may_shrink=True)
    assert linked.text.rstrip() == REFS.rstrip()


def test_a_file_that_only_learns_keeps_what_others_write(thesis: Thesis) -> None:
    thesis.link(LinkOptions(direction=Direction.TO_FILE))
    thesis.replace("{1--2}", "{3--4}")
    thesis.edit("baker2002", publisher="P")
    thesis.sync()
    assert thesis.paper("adams2001").plain("pages") == "1--2"
    assert "{3--4}" in thesis.text
    assert "publisher = {P}" in thesis.text
    thesis.edit("adams2001", pages="9")
    thesis.sync()
    assert "{3--4}" in thesis.text


def test_a_library_that_only_learns_writes_nothing(thesis: Thesis) -> None:
    thesis.link(LinkOptions(direction=Direction.FROM_FILE))
    thesis.edit("baker2002", publisher="P")
    thesis.replace("{1--2}", "{3--4}")
    before = thesis.text
    thesis.sync()
    assert thesis.text == before
    assert thesis.paper("adams2001").plain("pages") == "3--4"
    assert thesis.paper("baker2002").plain("publisher") == "P"
    apart = thesis.links.overlays(thesis.refs)
    assert [(one.key, one.field, one.in_library) for one in apart] == [("baker2002", "publisher", "P")]
    thesis.links.use_everywhere(thesis.refs, [("baker2002", "publisher")])
    assert thesis.links.overlays(thesis.refs) == []
    assert thesis.badge == "in step"


def test_the_sentence_of_a_synchronisation(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    assert linked.links.sync_outcome(linked.refs).message == ("refs.bib: 1 change to the file")
    linked.write(linked.text.replace("carter2003", "carter03").partition("@book")[0])
    assert linked.links.sync_outcome(linked.refs).message == (
        "refs.bib: 0 added, 0 fields changed, 2 gone, 0 conflicts"
    )
    linked.refs.unlink()
    assert linked.links.sync_outcome(linked.refs).message == "refs.bib was left alone."
