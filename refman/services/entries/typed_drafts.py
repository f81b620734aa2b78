"""Typed BibTeX that is not saved yet: kept beside the library until it is, or until the person gives it up.

A text that does not parse cannot become an entry, and must not be lost with the window or with the power either.
One small file for each paper, in a folder `NAME.drafts` that goes when nothing is in it.
"""

import json
from contextlib import suppress
from pathlib import Path
from threading import Lock

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.services.private_files import Write, make_private_folder, write_private


@dataclass(frozen=True, slots=True)
class TypedDraft:
    """A text as it was typed, and the entry that it was begun with."""

    text: str
    base: str


def draft_folder(library: Path) -> Path:
    """The folder beside a library that holds what was typed and not saved."""
    return library.with_name(f"{library.stem}.drafts")


class TypedDrafts:
    """Any thread. Each call has a turn, a number that grows: a late one never undoes what a newer one did."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._turns: dict[tuple[str, PaperId], int] = {}

    def keep(self, location: str, paper_id: PaperId, draft: TypedDraft, *, turn: int) -> None:
        """Keeps a text. Raises: ExportRefused, DiskFull. A library that is no file of this machine keeps none."""

        def produce(write: Write) -> None:
            write(json.dumps({"text": draft.text, "base": draft.base}, ensure_ascii=False, indent=1) + "\n")

        path = draft_path(location, paper_id)
        with self._lock:
            if self._is_newest(location, paper_id, turn) and Path(location).is_file():
                make_private_folder(path.parent)
                write_private(path, produce)

    def drop(self, location: str, paper_id: PaperId, *, turn: int) -> None:
        """Forgets it: it was saved, or given up."""
        path = draft_path(location, paper_id)
        with self._lock:
            if self._is_newest(location, paper_id, turn):
                _remove(path)

    def read(self, location: str, paper_id: PaperId) -> TypedDraft | None:
        """What was kept; a file that cannot be read counts as none and stays where it is."""
        try:
            kept = json.loads(draft_path(location, paper_id).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        text, base = (kept.get(name) if isinstance(kept, dict) else None for name in ("text", "base"))
        return TypedDraft(text, base) if isinstance(text, str) and isinstance(base, str) else None

    def _is_newest(self, location: str, paper_id: PaperId, turn: int) -> bool:
        if turn < self._turns.get((location, paper_id), 0):
            return False
        self._turns[location, paper_id] = turn
        return True


def draft_path(location: str, paper_id: PaperId) -> Path:
    """Where the draft of a paper is, if it has one."""
    return draft_folder(Path(location)) / f"{paper_id}.json"


def _remove(path: Path) -> None:
    """Takes the file away, and the folder when nothing else is in it; what cannot be removed is only shown again."""
    with suppress(OSError):
        path.unlink()
        path.parent.rmdir()
