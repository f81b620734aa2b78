"""What killed or failing programs leave beside a library goes, and nothing else."""

import os
from pathlib import Path

from refman.storage.files import remove_abandoned


def _gone() -> int:
    """The number of a process that is no more."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def test_what_a_process_left_goes_also_where_only_its_journal_is_left(tmp_path: Path) -> None:
    """Found by failing system calls: the disk failed after the copy was removed and before its journal was."""
    number = _gone()
    left = [f"papers.refman.new-{number}-journal", f"papers.refman.new-{number}9999999", f"other.refman.new-{number}"]
    staying = [
        "papers.refman",
        f"papers.refman.new-{os.getpid()}",
        f"papers.refman.new-{os.getpid()}-wal",
        f"papers.refman.new-{number}-mine.pdf",
        "papers.refman.new-thoughts",
    ]
    for name in [*left, *staying]:
        (tmp_path / name).write_text("")
    remove_abandoned(str(tmp_path / "papers.refman"))
    assert sorted(os.listdir(tmp_path)) == sorted([*staying, left[2]])
