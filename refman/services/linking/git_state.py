"""What git is doing to a file: the state of its repository, read without changing or locking anything."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PAUSES = (
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("BISECT_LOG", "bisect"),
)
# What brings new work into a file, one's own or other people's; all else (checkout, reset, rebase) only goes about.
_BRINGS = frozenset({"pull", "merge", "commit", "am", "cherry-pick", "revert"})
_WAIT_S = 20
_LAST_LINES = 200


@dataclass(frozen=True, slots=True)
class Repository:
    """The git repository that a file is in: its top folder and its git folder."""

    top: Path
    folder: Path

    @property
    def under_way(self) -> str:
        """The merge, rebase, cherry-pick, revert or bisect that is not finished, "" when there is none."""
        return next((name for mark, name in _PAUSES if (self.folder / mark).exists()), "")

    @property
    def head(self) -> str:
        """The commit that is checked out, "" before the first."""
        lines = self._log()
        return lines[-1].split(" ", 2)[1] if lines else ""

    def brought_since(self, head: str) -> bool:
        """True when a pull, merge or commit was the last thing that moved HEAD since `head`."""
        lines = self._log()
        if not lines or lines[-1].split(" ", 2)[1] == head:
            return False
        return _action(lines[-1]) in _BRINGS

    def left_for(self, head: str) -> str:
        """The commit that a checkout, reset or rebase last went to since `head`, "" when none did."""
        lines = self._log()
        places = [number for number, line in enumerate(lines) if line.split(" ", 2)[1] == head]
        since = lines[places[-1] + 1 :] if head and places else []
        return next((line.split(" ", 2)[1] for line in reversed(since) if _action(line) not in _BRINGS), "")

    def bytes_at(self, commit: str, path: Path) -> bytes | None:
        """What a file holds in a commit, None when it is not there."""
        name = os.path.relpath(os.path.realpath(path), self.top).replace(os.sep, "/")
        return self._run("cat-file", "blob", f"{commit}:{name}")

    def has_in_history(self, path: Path, data: bytes) -> bool:
        """True when the file had just these bytes in some commit of any branch."""
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        if self._git("cat-file", "-e", blob) is None:
            return False
        name = os.path.relpath(os.path.realpath(path), self.top)
        found = self._git("log", "--all", "--reflog", "-1", "--format=%H", f"--find-object={blob}", "--", name)
        return bool(found and found.strip())

    def _log(self) -> list[str]:
        """The last lines of the log of HEAD, oldest first."""
        try:
            with open(self.folder / "logs" / "HEAD", encoding="utf-8", errors="replace") as file:
                return file.read().splitlines()[-_LAST_LINES:]
        except OSError:
            return []

    def _git(self, *arguments: str) -> str | None:
        """What git prints, None when it fails or is not there."""
        printed = self._run(*arguments)
        return None if printed is None else printed.decode("utf-8", "replace")

    def _run(self, *arguments: str) -> bytes | None:
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            environment.pop(name, None)
        try:
            done = subprocess.run(
                ["git", *arguments],
                cwd=self.top,
                env=environment,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=_WAIT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None


def _action(line: str) -> str:
    """`checkout` of a line of the log of HEAD."""
    return line.partition("\t")[2].replace(":", " ").split(" ", 1)[0]


def repository_of(path: Path) -> Repository | None:
    """The repository that a file (or the file its link leads to) is in; work trees and submodules too."""
    for folder in Path(os.path.realpath(path)).parents:
        mark = folder / ".git"
        if mark.is_dir():
            return Repository(folder, mark)
        if mark.is_file():
            target = mark.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:").strip()
            return Repository(folder, (folder / target).resolve())
    return None
