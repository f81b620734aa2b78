"""git puts other versions of a linked file in place: that is no news, unless new work came with it."""

import random
from pathlib import Path

import pytest

from refman.services.linking.git_state import repository_of
from refman.services.linking.looking import FileState
from tests.services.linking.thesis import REFS, Thesis

pytestmark = pytest.mark.needs("git")


def _papers(thesis: Thesis) -> int:
    return thesis.library.sidebar_counts().papers


def test_linking_and_syncing_leave_the_tree_clean(in_git: Thesis) -> None:
    assert in_git.git("status", "--porcelain") == ""
    in_git.sync()
    assert in_git.git("status", "--porcelain") == ""


def test_a_branch_that_was_never_seen_is_silence(in_git: Thesis) -> None:
    in_git.git("checkout", "-q", "-b", "old")
    in_git.replace("On Things", "On Old Things")
    in_git.commit()
    in_git.git("checkout", "-q", "main")
    in_git.sync()
    steps = in_git.library.history()
    in_git.git("checkout", "-q", "old")
    assert in_git.plan().look.state is FileState.CHECKOUT
    assert not in_git.sync().wrote
    assert in_git.badge == "in step"
    in_git.git("checkout", "-q", "main")
    in_git.sync()
    assert in_git.library.history() == steps
    assert in_git.git("status", "--porcelain") == ""


def test_an_edit_that_is_not_committed_is_news(in_git: Thesis) -> None:
    in_git.replace("On Things", "On New Things")
    in_git.sync()
    assert in_git.paper("adams2001").plain("title") == "On New Things"


def test_an_edit_that_was_committed_in_between_is_news(in_git: Thesis) -> None:
    in_git.replace("On Things", "On New Things")
    in_git.commit()
    in_git.sync()
    assert in_git.paper("adams2001").plain("title") == "On New Things"


def test_a_pull_is_news(in_git: Thesis, tmp_path: Path) -> None:
    other = tmp_path / "other"
    in_git.git("clone", "-q", str(in_git.folder), str(other))
    clone = Thesis(other, in_git.library)
    clone.write(REFS.replace("On Things", "Pulled") + "\n@misc{new2005,\n  title = {New},\n}\n")
    clone.commit()
    in_git.git("pull", "-q", "--no-rebase", str(other), "main")
    report = in_git.sync()
    assert (report.plan.added, report.plan.fields_changed) == (1, 1)
    assert in_git.paper("adams2001").plain("title") == "Pulled"
    assert in_git.git("status", "--porcelain") == ""


def test_a_merge_under_way_pauses(in_git: Thesis) -> None:
    in_git.git("checkout", "-q", "-b", "side")
    in_git.replace("On Things", "Side")
    in_git.commit()
    in_git.git("checkout", "-q", "main")
    in_git.replace("On Things", "Main")
    in_git.commit()
    in_git.sync()
    in_git.git("merge", "-q", "side", fails=True)
    assert in_git.badge == "paused"
    assert in_git.plan().look.reason == "a merge of git is under way"
    in_git.git("merge", "--abort")
    assert in_git.badge == "in step"


def test_worktrees_and_folders_without_git(in_git: Thesis, tmp_path: Path) -> None:
    in_git.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "tree")
    repository = repository_of(tmp_path / "tree" / "refs.bib")
    assert repository is not None
    assert repository.top == (tmp_path / "tree").resolve()
    assert (repository.folder / "HEAD").is_file()
    assert repository.head
    assert repository.has_in_history(tmp_path / "tree" / "refs.bib", REFS.encode())
    assert not repository.has_in_history(tmp_path / "tree" / "refs.bib", b"other")
    (tmp_path / "plain").mkdir()
    assert repository_of(tmp_path / "plain" / "refs.bib") is None


def test_git_that_cannot_be_run_knows_no_history(in_git: Thesis, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = repository_of(in_git.refs)
    assert repository is not None
    monkeypatch.setenv("PATH", "")
    assert not repository.has_in_history(in_git.refs, REFS.encode())


def _branches(thesis: Thesis, chance: random.Random) -> None:
    """Five branches with edits, additions and removals, all committed."""
    for name in ("one", "two", "three", "four", "five"):
        thesis.git("checkout", "-q", "-b", name, chance.choice(["main", "HEAD"]))
        for number in range(3):
            thesis.write(thesis.text.replace("Things", f"Things of {name}{number}", 1))
            thesis.write(thesis.text + f"\n@misc{{{name}{number},\n  title = {{T}},\n}}\n")
            thesis.commit(f"{name} {number}")
    thesis.git("checkout", "-q", "main")


def _step(thesis: Thesis, chance: random.Random) -> None:
    branch = chance.choice(["main", "one", "two", "three", "four", "five"])
    what = chance.choice(["checkout", "detach", "stash", "rebase", "bisect", "reset"])
    if what == "checkout":
        thesis.git("checkout", "-q", branch)
    elif what == "detach":
        thesis.git("checkout", "-q", "--detach", f"{branch}~{chance.choice([0, 0, 1])}")
    elif what == "stash":
        thesis.write(thesis.text + "% stashed\n")
        thesis.git("stash", "-q")
    elif what == "rebase":
        thesis.git("rebase", "-q", branch, fails=True)
        thesis.sync()
        thesis.git("rebase", "--abort", fails=True)
    elif what == "bisect":
        thesis.git("bisect", "start", branch, "main", fails=True)
        thesis.sync()
        thesis.git("bisect", "good", fails=True)
        thesis.sync()
        thesis.git("bisect", "reset", fails=True)
    else:
        thesis.git("reset", "-q", "--hard", "HEAD")


@pytest.mark.parametrize("seed", [1, 2])
def test_random_steps_of_git_change_neither_library_nor_file(in_git: Thesis, seed: int) -> None:
    chance = random.Random(seed)
    _branches(in_git, chance)
    in_git.sync()
    steps, papers = in_git.library.history(), _papers(in_git)
    for _ in range(25):
        _step(in_git, chance)
        assert not in_git.sync().wrote
        assert in_git.git("status", "--porcelain") == ""
    assert in_git.library.history() == steps
    assert _papers(in_git) == papers


def test_an_edit_on_a_branch_that_git_went_to_is_news_and_nothing_else(in_git: Thesis) -> None:
    in_git.git("branch", "old")
    in_git.replace("On Things", "On New Things")
    in_git.write(in_git.text + "\n@misc{new2005,\n  title = {New},\n}\n")
    in_git.commit()
    in_git.sync()
    papers = _papers(in_git)
    for is_committed in (False, True):
        in_git.git("checkout", "-q", "old")
        in_git.replace("{1--2}", "{1--3}" if is_committed else "{1--9}")
        if is_committed:
            in_git.commit()
        report = in_git.sync()
        assert (report.plan.added, report.plan.fields_changed, report.plan.gone) == (0, 1, ())
        assert in_git.paper("adams2001").plain("title") == "On New Things"
        if not is_committed:
            in_git.git("checkout", "-q", "--", ".")
        in_git.git("checkout", "-q", "main")
        in_git.sync()
        assert in_git.badge == "in step"
    in_git.replace("{New}", "{Newer}")
    in_git.sync()
    assert (_papers(in_git), in_git.paper("new2005").plain("title")) == (papers, "Newer")
