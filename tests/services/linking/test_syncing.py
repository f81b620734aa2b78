"""Both halves of a synchronisation: nothing of either side is lost, nothing else is touched."""

import os
import random

import pytest

from refman.domain.errors import ConflictError, ExportRefused
from refman.domain.links import Direction, LinkedFile
from refman.domain.ports import Reader
from refman.services.linking import syncing
from refman.services.linking.linking import LinkOptions
from refman.services.linking.looking import FileState
from refman.services.linking.planning import Wishes, make_plan
from refman.services.linking.sync_plan import Clash, Side, SyncPlan
from tests.services.linking.thesis import MINE, REFS, THEIRS, Thesis

_NEW = "\n@misc{dole2004,\n  title = {Fourth Things},\n  year = 2004,\n}\n"


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
    linked.write(REFS.replace("{1--2}", "{3--4}").replace("Press", "Publishers") + _NEW)
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


def test_both_sides_at_once(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.write(REFS.replace("Other Things", "Their Things") + _NEW)
    assert linked.sync().wrote
    assert linked.text == REFS.replace("Other Things", "Their Things").replace("{1--2}", "{7--9}") + _NEW
    assert linked.paper("baker2002").plain("title") == "Their Things"
    assert linked.badge == "in step"


def test_the_same_change_on_both_sides_is_none(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.replace("{1--2}", "{7--9}")
    assert not linked.sync().wrote
    assert linked.badge == "in step"


def test_a_conflict_stops_everything_until_a_side_is_chosen(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.write(REFS.replace("{1--2}", "{3--4}").replace("Press", "Publishers"))
    before = linked.text
    report = linked.sync()
    assert report.plan.clashes == (Clash("adams2001", "pages", "1--2", "7--9", "3--4"),)
    assert (linked.badge, linked.text) == ("conflict", before)
    assert linked.paper("baker2002").plain("publisher") == "Press"
    linked.sync({("adams2001", "pages"): Side.MINE})
    assert linked.text == before.replace("{3--4}", "{7--9}")
    assert linked.paper("baker2002").plain("publisher") == "Publishers"
    assert linked.badge == "in step"


def test_theirs_in_a_conflict(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    linked.replace("{1--2}", "{3--4}")
    before = linked.text
    linked.sync(THEIRS)
    assert linked.text == before
    assert linked.paper("adams2001").plain("pages") == "3--4"
    assert linked.badge == "in step"


def test_undo_of_what_was_taken_is_library_only_and_the_file_differs(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + _NEW)
    linked.sync()
    linked.library.undo()
    assert linked.badge == "differs"
    before = linked.text
    assert not linked.sync().wrote
    assert linked.text == before
    assert linked.library.ids_of_keys(["dole2004"]) == {}


def test_keep_theirs_after_an_undo(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + _NEW)
    linked.sync()
    linked.library.undo()
    before = linked.text
    linked.sync(THEIRS)
    assert linked.text == before
    assert linked.paper("adams2001").plain("pages") == "3--4"
    assert linked.paper("dole2004").plain("title") == "Fourth Things"
    assert linked.badge == "in step"


def test_write_mine_after_an_undo(linked: Thesis) -> None:
    linked.write(REFS.replace("{1--2}", "{3--4}") + _NEW)
    linked.sync()
    linked.library.undo()
    linked.sync(MINE, may_shrink=True)
    assert linked.text.rstrip() == REFS.rstrip()
    assert linked.badge == "in step"


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


def test_a_shrinking_file_is_refused(linked: Thesis) -> None:
    linked.library.trash([linked.paper("carter2003").id, linked.paper("baker2002").id])
    with pytest.raises(ExportRefused, match="would lose 2 of its 3"):
        linked.sync()
    assert linked.text == REFS


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


def test_a_file_that_is_gone_is_nobodys_deletion(linked: Thesis) -> None:
    linked.refs.unlink()
    assert linked.badge == "gone"
    linked.edit("adams2001", pages="9")
    assert not linked.sync().wrote
    assert not linked.refs.exists()
    assert linked.library.sidebar_counts().papers == 3
    linked.write(REFS)
    linked.sync()
    assert linked.text == REFS.replace("{1--2}", "{9}")


def test_conflict_markers_pause(linked: Thesis) -> None:
    linked.write(REFS + "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n")
    assert linked.badge == "paused"
    assert linked.plan().look.reason == "conflict markers stand in the file"
    linked.edit("adams2001", pages="9")
    assert not linked.sync().wrote


def test_a_file_changed_at_the_last_moment_is_not_overwritten(linked: Thesis, monkeypatch: pytest.MonkeyPatch) -> None:
    linked.edit("adams2001", pages="7--9")
    real = syncing.write_file

    def late(plan: SyncPlan) -> str:
        linked.replace("Other Things", "Late Things")
        return real(plan)

    monkeypatch.setattr(syncing, "write_file", late)
    with pytest.raises(ConflictError, match="was changed meanwhile"):
        linked.sync()
    assert "Late Things" in linked.text
    assert "1--2" in linked.text
    monkeypatch.setattr(syncing, "write_file", real)
    linked.sync()
    assert linked.text == REFS.replace("Other Things", "Late Things").replace("{1--2}", "{7--9}")
    assert linked.paper("baker2002").plain("title") == "Late Things"


def test_a_crash_after_the_write_is_no_false_alarm(linked: Thesis, monkeypatch: pytest.MonkeyPatch) -> None:
    linked.edit("adams2001", pages="7--9")
    real = syncing.write_file

    def crash(plan: SyncPlan) -> str:
        real(plan)
        raise KeyboardInterrupt

    monkeypatch.setattr(syncing, "write_file", crash)
    with pytest.raises(KeyboardInterrupt):
        linked.sync()
    monkeypatch.setattr(syncing, "write_file", real)
    assert linked.plan().look.state is FileState.CHECKOUT
    steps = len(linked.library.history())
    linked.sync()
    linked.sync()
    assert len(linked.library.history()) == steps
    assert linked.text == REFS.replace("{1--2}", "{7--9}")
    assert linked.badge == "in step"


def test_own_saves_never_raise_an_alarm(linked: Thesis) -> None:
    for number in range(40):
        linked.edit("adams2001", pages=str(number + 10))
        assert linked.sync().wrote
        assert linked.plan().look.state is FileState.SAME
        assert linked.badge == "in step"
    assert all("Take" not in step.name for step in linked.library.history())


def test_no_edit_of_anybody_is_lost(linked: Thesis) -> None:
    """Edits of different fields in random order, synchronised now and then: in the end both sides have all."""
    chance = random.Random(7)
    wanted: dict[tuple[str, str], str] = {}
    for number in range(60):
        key, mine, theirs = chance.choice(
            [("adams2001", "pages", "title"), ("baker2002", "publisher", "title"), ("carter2003", "note", "title")]
        )
        if chance.random() < 0.5:
            wanted[(key, mine)] = f"m{number}"
            linked.edit(key, **{mine: f"m{number}"})
        else:
            wanted[(key, theirs)] = f"t{number}"
            head, _, tail = linked.text.partition(f"{{{key},")
            rest = tail.partition("title = {")
            linked.write(f"{head}{{{key},{rest[0]}title = {{t{number}}}{rest[2].partition('}')[2]}")
        if chance.random() < 0.4:
            assert not linked.sync().plan.clashes
    linked.sync()
    for (key, name), value in wanted.items():
        assert linked.paper(key).plain(name) == value
        assert f"{name} = {{{value}}}" in linked.text.partition(f"{{{key},")[2]
    assert linked.badge == "in step"


def test_mode_and_symbolic_links_stay(linked: Thesis) -> None:
    os.chmod(linked.refs, 0o640)
    target = linked.folder / "real.bib"
    linked.refs.rename(target)
    linked.refs.symlink_to(target)
    linked.edit("adams2001", pages="9")
    linked.sync()
    assert linked.refs.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert "{9}" in target.read_text()
    assert sorted(os.listdir(linked.folder)) == ["real.bib", "refs.bib"]


def test_a_hard_link_and_a_read_only_file_are_refused(linked: Thesis) -> None:
    linked.edit("adams2001", pages="9")
    os.link(linked.refs, linked.folder / "second.bib")
    with pytest.raises(ExportRefused, match="second name"):
        linked.sync()
    assert linked.text == REFS


def test_the_sentence_of_a_synchronisation(linked: Thesis) -> None:
    linked.edit("adams2001", pages="7--9")
    assert linked.links.sync_outcome(linked.refs).message == (
        "refs.bib: 0 added, 0 fields changed, 0 conflicts; 1 change to the file"
    )
    linked.write(linked.text.replace("carter2003", "carter03").partition("@book")[0])
    assert linked.links.sync_outcome(linked.refs).message == (
        "refs.bib: 0 added, 0 fields changed, 2 gone, 0 conflicts"
    )
    linked.refs.unlink()
    assert linked.links.sync_outcome(linked.refs).message == "refs.bib was left alone."


def test_a_file_that_becomes_unreadable_is_left_alone(linked: Thesis) -> None:
    linked.refs.write_bytes(b"%PDF-1.4\0\0")
    assert linked.badge == "unreadable"
    linked.refs.unlink()
    linked.refs.mkdir()
    assert linked.badge == "unreadable"


def test_signs_that_no_escape_knows_are_refused_in_windows_1252(thesis: Thesis) -> None:
    thesis.refs.write_bytes(REFS.replace("Carl", "Carlé").encode("cp1252"))
    before = thesis.refs.read_bytes()
    thesis.link()
    thesis.edit("adams2001", title="漢字")
    with pytest.raises(ExportRefused, match="cannot hold 漢"):
        thesis.sync()
    assert thesis.refs.read_bytes() == before


def test_a_library_that_changes_between_plan_and_write_is_planned_anew(
    linked: Thesis, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.edit("adams2001", pages="7--9")
    real = make_plan
    calls: list[int] = []

    def plan(reader: Reader, link: LinkedFile, wishes: Wishes) -> SyncPlan:
        made = real(reader, link, wishes)
        calls.append(1)
        if len(calls) == 1:
            linked.edit("adams2001", pages="8--9")
        return made

    monkeypatch.setattr(syncing, "make_plan", plan)
    linked.sync()
    assert linked.text == REFS.replace("{1--2}", "{8--9}")
