"""A thesis: a folder with a .bib, in git when a test wants it, linked to a library."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from refman.domain.paper import Paper
from refman.services.library import Library
from refman.services.linking.facade import Links, links_of
from refman.services.linking.linking import LinkOptions, LinkReport
from refman.services.linking.status import status_of
from refman.services.linking.sync_plan import Side, SyncPlan
from refman.services.linking.syncing import SyncReport

REFS = """% refs
@string{jmlr = "Journal of Machine Learning Research"}

@article{adams2001,
  author = {Adams, Ann},
  title = {On Things},
  journal = jmlr,
  pages = {1--2},
  year = 2001,
}

@book{baker2002,
  author = {Baker, Bob},
  title = {Other Things},
  publisher = {Press},
  year = 2002,
}

@misc{carter2003,
  author = {Carter, Carl},
  title = {Third Things},
  year = 2003,
}
"""
NEW = "\n@misc{dole2004,\n  title = {Fourth Things},\n  year = 2004,\n}\n"
"""An entry that REFS lacks."""
MINE = {("", ""): Side.MINE}
THEIRS = {("", ""): Side.THEIRS}
_TICK = 1_000_000_000


@dataclass
class Thesis:
    """The folder, and the library it is linked to."""

    folder: Path
    library: Library
    ticks: int = 0

    @property
    def refs(self) -> Path:
        """The linked file."""
        return self.folder / "refs.bib"

    @property
    def links(self) -> Links:
        """The facade."""
        return links_of(self.library)

    @property
    def text(self) -> str:
        """What stands in the file."""
        return self.refs.read_text()

    def write(self, text: str) -> None:
        """What an editor does: another content, another time."""
        self.refs.write_text(text)
        self.ticks += 1
        status = self.refs.stat()
        os.utime(self.refs, ns=(status.st_atime_ns, status.st_mtime_ns + self.ticks * _TICK))

    def replace(self, old: str, new: str) -> None:
        """An edit of somebody else."""
        assert old in self.text
        self.write(self.text.replace(old, new))

    def link(self, options: LinkOptions | None = None) -> LinkReport:
        """Links the file."""
        return self.links.link(self.refs, options or LinkOptions())

    def sync(
        self,
        choices: dict[tuple[str, str], Side] | None = None,
        *,
        may_shrink: bool = False,
        removes_cited: bool = False,
    ) -> SyncReport:
        """Synchronises."""
        return self.links.sync(self.refs, choices, may_shrink=may_shrink, removes_cited=removes_cited)

    def plan(self, choices: dict[tuple[str, str], Side] | None = None) -> SyncPlan:
        """What a synchronisation would do."""
        return self.links.plan(self.refs, choices)

    @property
    def badge(self) -> str:
        """How the file stands."""
        return status_of(self.plan()).badge

    def paper(self, key: str) -> Paper:
        """A paper by its key in the library."""
        paper = self.library.paper(self.library.ids_of_keys([key])[key])
        assert paper is not None
        return paper

    def edit(self, key: str, **fields: str) -> None:
        """An edit of the library."""
        self.library.edit(self.paper(key).id, fields)

    def git(self, *arguments: str, fails: bool = False) -> str:
        """Runs git in the folder."""
        environment = {
            **os.environ,
            **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_EDITOR": "true",
        }
        done = subprocess.run(["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True)
        assert fails or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str = "work") -> None:
        """Commits everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
