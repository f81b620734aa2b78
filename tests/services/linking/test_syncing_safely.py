"""What may go wrong while a linked file is written: nothing of anybody is overwritten, and no alarm is false."""

import os
import random

import pytest

from refman.domain.errors import ConflictError, ExportRefused
from refman.domain.links import LinkedFile
from refman.domain.ports import Reader
from refman.services.linking import syncing
from refman.services.linking.looking import FileState
from refman.services.linking.planning import make_plan
from refman.services.linking.sync_plan import SyncPlan, Wishes
from tests.services.linking.thesis import REFS, Thesis


def test_a_shrinking_file_is_refused(linked: Thesis) -> None:
    linked.library.trash([linked.paper("carter2003").id, linked.paper("baker2002").id])
    with pytest.raises(ExportRefused, match="would lose 2 of its 3"):
        linked.sync()
    assert linked.text == REFS


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
