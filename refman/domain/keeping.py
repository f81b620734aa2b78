"""What keeps a library safe beside its daily use; fulfilled by storage, joined by `app.wiring`.

Everything goes by the path of a library and opens what it needs itself, so it also works on a library that no `Store`
can open. Any thread.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from refman.domain.frozen import dataclass
from refman.domain.ports import Store
from refman.domain.progress import Progress
from refman.domain.sqlite_version import SqliteVersion


@dataclass(frozen=True, slots=True)
class Rescue:
    """What could be read of a damaged library; `lost` says in sentences what could not.

    Papers of the trash are among `papers`; `discards` are the notes, tags and files that lay in the trash.
    """

    papers: int
    notes: int
    tags: int
    lost: tuple[str, ...] = ()
    discards: int = 0


class Keeper(Protocol):
    """Copies, checks, texts and rescue of library files."""

    @property
    def sqlite(self) -> SqliteVersion:
        """What stores libraries, and what is known to be wrong with it."""

    def mark(self, location: str) -> str:
        """A text that differs after every write and when the file was replaced; "" for one never written to.

        Raises: LibraryError of every kind.
        """

    def copy(self, location: str, target: str) -> None:
        """A verified copy, made beside `target` and renamed. Raises: ExportRefused, DiskFull, LibraryDamaged."""

    def view(self, location: str) -> AbstractContextManager[Store]:
        """A library or backup to be read only; nothing of it or beside it changes.

        One of an older schema is read from a copy that was brought up to date. Raises: as `StoreOpener.open`.
        """

    def dump(self, location: str, write: Callable[[str], object], *, progress: Progress) -> None:
        """Gives all of a library as JSON, a row a line, the same bytes for the same content. Raises: Cancelled."""

    def rebuild(self, lines: Iterable[str], location: str) -> int:
        """Makes a new library of what `dump` gave; how many papers it holds.

        Raises: LibraryExists, UnreadableInput for lines that are no such text, DiskFull.
        """

    def examine(self, location: str, *, progress: Progress) -> list[str]:
        """What is wrong with file, rows, indexes and journal; empty when sound. Raises: DiskFull, Cancelled."""

    def rescue(self, damaged: str, target: str) -> Rescue:
        """Puts every row that can be read into a new library at `target`. Raises: LibraryExists, NotALibrary."""
