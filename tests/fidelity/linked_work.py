"""Long work with one linked file: steps of git, own saves, edits of others. What is counted must be 0."""

import os
import random
import string
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from refman.formats.bibfile.document import document_of
from refman.services.library import Library
from refman.services.linking.facade import Links, links_of
from refman.services.linking.linking import LinkOptions
from refman.services.linking.looking import FileState
from refman.services.linking.sync_plan import SyncPlan
from refman.services.linking.syncing import SyncReport
from tests.fidelity.collections import BibFile
from tests.fidelity.linked_files import open_new
from tests.fidelity.table import Row

_ENTRIES = 40
_GIT_STEPS, _SAVES, _EDITS = 200, 10_000, 1_000
_BRANCHES = ("main", "one", "two", "three")
_ADDED_EVERY = 10
_TICK_NS = 1_000_000_000
_ENVIRONMENT = {
    **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_EDITOR": "true",
}


@dataclass(slots=True)
class _Work:
    """A linked file with its library, and what went wrong so far."""

    path: Path
    library: Library
    chance: random.Random
    ticks: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def links(self) -> Links:
        """The facade."""
        return links_of(self.library)

    @property
    def text(self) -> str:
        """What stands in the file."""
        return self.path.read_text("utf-8")

    def write(self, text: str) -> None:
        """What an editor does; never at the same moment twice."""
        self.path.write_text(text, "utf-8")
        self.ticks += 1
        status = self.path.stat()
        os.utime(self.path, ns=(status.st_atime_ns, status.st_mtime_ns + self.ticks * _TICK_NS))

    def plan(self) -> SyncPlan:
        """What a synchronisation would do."""
        return self.links.plan(self.path)

    def sync(self) -> SyncReport:
        """Synchronises."""
        return self.links.sync(self.path)

    def git(self, *arguments: str) -> str:
        """What git prints; a step that it refuses is a step as well."""
        environment = {**os.environ, **_ENVIRONMENT}
        done = subprocess.run(
            ["git", *arguments], cwd=self.path.parent, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def value(self, number: int) -> str:
        """What the library says of the title of an entry."""
        paper = self.library.paper(self.library.ids_of_keys([f"key{number}"])[f"key{number}"])
        return paper.plain("title") if paper else ""


def linked_work(_: Sequence[BibFile]) -> list[Row]:
    """Each on a file and library of its own."""
    rows = []
    for measure in (_git_steps, _own_saves, _edits_of_others):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "thesis").mkdir()
            with open_new(folder / "x.refman") as library:
                work = _Work(folder / "thesis" / "refs.bib", library, random.Random(4))
                work.write(_bib())
                rows.append(measure(work))
    return rows


def _bib() -> str:
    return "\n".join(_entry(number) for number in range(_ENTRIES))


def _entry(number: int) -> str:
    return (
        f"@article{{key{number},\n  author = {{Adams, Ann and Baker, B.}},\n  title = {{Paper {number}}},\n"
        f"  journal = {{Journal}},\n  pages = {{1--2}},\n  year = {2000 + number % 20},\n}}\n"
    )


def _git_steps(work: _Work) -> Row:
    """Checkouts, stashes, rebases, bisects, resets: neither library nor work tree changes."""
    work.git("init", "-q", "-b", "main")
    _commit(work, "base")
    work.links.link(work.path, LinkOptions())
    for branch in _BRANCHES[1:]:
        work.git("checkout", "-q", "-b", branch, "main")
        for number in range(4):
            work.write(_retitled(work.text, work.chance.randrange(_ENTRIES), f"{branch} {number}"))
            work.write(f"{work.text}\n@misc{{{branch}{number},\n  title = {{New}},\n}}\n")
            _commit(work, f"{branch} {number}")
    work.git("checkout", "-q", "main")
    work.sync()
    steps, papers, dirty, changed = work.library.history(), work.library.sidebar_counts().papers, 0, 0
    for _ in range(_GIT_STEPS):
        _git_step(work)
        wrote = work.sync().wrote
        dirty += wrote or bool(work.git("status", "--porcelain"))
        changed += (work.library.history(), work.library.sidebar_counts().papers) != (steps, papers)
    found = f"{changed} library changes, {dirty} dirty files"
    measure = f"{_GIT_STEPS} random checkout, stash, rebase and bisect steps with a linked file"
    return Row(measure, "0 library changes, 0 dirty files", found, not changed and not dirty)


def _commit(work: _Work, message: str) -> None:
    work.git("add", "-A")
    work.git("commit", "-q", "-m", message)


def _git_step(work: _Work) -> None:
    branch, other = work.chance.choice(_BRANCHES), work.chance.choice(_BRANCHES)
    match work.chance.choice(["checkout", "detach", "stash", "rebase", "bisect", "reset"]):
        case "checkout":
            work.git("checkout", "-q", branch)
        case "detach":
            work.git("checkout", "-q", "--detach", f"{branch}~{work.chance.choice([0, 1])}")
        case "stash":
            work.write(_retitled(work.text, work.chance.randrange(_ENTRIES), "Stashed"))
            work.git("stash", "-q")
        case "rebase":
            work.git("rebase", "-q", branch)
            work.sync()
            work.git("rebase", "--abort")
        case "bisect":
            work.git("bisect", "start", branch, other)
            work.sync()
            work.git("bisect", "good")
            work.sync()
            work.git("bisect", "reset")
        case _:
            work.git("reset", "-q", "--hard", work.chance.choice(["HEAD", "HEAD~1", "ORIG_HEAD"]))


def _own_saves(work: _Work) -> Row:
    """Edits of the library, each written: refman's own write is never news of others."""
    work.links.link(work.path, LinkOptions())
    alarms = lost = 0
    for turn in range(_SAVES):
        number, title = work.chance.randrange(_ENTRIES), f"Saved {turn}"
        work.library.edit(work.library.ids_of_keys([f"key{number}"])[f"key{number}"], {"title": title})
        report = work.sync()
        plan = work.plan()
        alarms += bool(report.plan.taken or report.plan.clashes or plan.look.state is not FileState.SAME)
        alarms += not plan.is_in_step
        lost += f"title = {{{title}}}" not in work.text
    found = f"{alarms} false alarms, {lost} lost"
    return Row(f"{_SAVES:,} own saves", "0 false alarms, 0 lost", found, not alarms and not lost)


def _edits_of_others(work: _Work) -> Row:
    """Edits in the file, some while the library has an edit of another field that waits."""
    work.links.link(work.path, LinkOptions())
    lost = 0
    titles = {number: f"Paper {number}" for number in range(_ENTRIES)}
    volumes: dict[int, str] = {}
    for turn in range(_EDITS):
        number = work.chance.randrange(_ENTRIES)
        if work.chance.random() < 0.3:
            mine = work.chance.randrange(_ENTRIES)
            volumes[mine] = str(turn + 1)
            work.library.edit(work.library.ids_of_keys([f"key{mine}"])[f"key{mine}"], {"volume": volumes[mine]})
        titles[number] = "".join(work.chance.choices(string.ascii_lowercase, k=12))
        work.write(_retitled(work.text, number, titles[number]))
        if turn % _ADDED_EVERY == 0:
            work.write(f"{work.text}\n{_entry(_ENTRIES + turn)}")
            titles[_ENTRIES + turn] = f"Paper {_ENTRIES + turn}"
        work.sync()
        lost += work.value(number) != titles[number] or f"title = {{{titles[number]}}}" not in work.text
    document = document_of(work.text)
    for number, title in titles.items():
        lost += work.value(number) != title
        entry = document.by_id[(f"key{number}", 0)]
        volume = entry.field("volume")
        lost += volumes.get(number, "") != (volume.value.strip('{}"') if volume else "")
    left = not work.plan().is_in_step
    found = f"{lost} lost edits{', not in step' if left else ''}"
    return Row(
        f"{_EDITS:,} edits of others, a third beside edits of mine", "0 lost edits", found, not lost and not left
    )


def _retitled(text: str, number: int, title: str) -> str:
    """The text as an editor leaves it that changed one title."""
    document = document_of(text)
    entry = document.by_id.get((f"key{number}", 0))
    one = entry.field("title") if entry else None
    return f"{text[: one.value_start]}{{{title}}}{text[one.end :]}" if one else f"{text}% {title}\n"
