"""What a rename of a key did to files, on disk beside the library: for undo, and for the start after a crash.

`NAME.renames/open-N.json` is a rename under way (its program holds a lock on it), `STEP-done.json` and
`STEP-undone.json` one whose files stand as after or before the step of the journal. Light to import: every undo looks
here.
"""

import fcntl
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from refman.domain.frozen import dataclass
from refman.services.disk import remove_if_there, sync_folder
from refman.services.linking.rename_folder import record_folder

_OPEN = "open-"
_ENDING = ".json"
_KEPT = 200


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was, with the places of the old key in its text, and the hashes of it before and after."""

    path: str
    before: bytes
    before_sha: str
    after_sha: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A rename. `newest` is the last step of the journal when it began, `name` what its own step is called."""

    old: str
    new: str
    name: str
    newest: int
    files: tuple[FileRecord, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A record whose files stand on one side of its step."""

    place: Path
    step: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A record under way; the lock on its descriptor tells others that its program lives."""

    place: Path
    descriptor: int


class RecordStore:
    """The records of one library. Any thread."""

    def __init__(self, location: str) -> None:
        self.folder = record_folder(location)

    def begin(self, record: Record) -> Begun:
        """Keeps a record before the first file is touched; durable when it returns. Raises: OSError."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        descriptor, name = mkstemp(prefix=_OPEN, suffix=".new", dir=self.folder)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with open(descriptor, "wb", closefd=False) as file:
                file.write(_encoded(record))
                file.flush()
                os.fsync(descriptor)
            place = Path(name).with_suffix(_ENDING)
            os.replace(name, place)
            sync_folder(self.folder)
        except BaseException:
            os.close(descriptor)
            remove_if_there(name)
            raise
        return Begun(place, descriptor)

    def settle(self, begun: Begun, step: int) -> None:
        """The rename is done as this step of the journal; without a step (0) nobody can undo it by the journal."""
        # A disk that fails now leaves the record open: the next opening settles it.
        with suppress(OSError):
            if step:
                self.adopt(begun.place, step)
                self._forget_old()
            else:
                self.drop(begun.place)
        os.close(begun.descriptor)

    def give_up(self, begun: Begun) -> None:
        """Nothing came of it, and every file is as it was."""
        with suppress(OSError):
            self.drop(begun.place)
        os.close(begun.descriptor)

    def leave_open(self, begun: Begun) -> None:
        """Nobody knows what came of it: the next opening looks into the journal."""
        os.close(begun.descriptor)

    def adopt(self, place: Path, step: int) -> Settled:
        """A record is that of a step that was done."""
        settled = Settled(self._place(step, is_done=True), step, is_done=True)
        os.replace(place, settled.place)
        return settled

    def turn(self, settled: Settled, *, is_done: bool) -> None:
        """The files stand on the other side now."""
        os.replace(settled.place, self._place(settled.step, is_done=is_done))

    def drop(self, place: Path) -> None:
        """Forgets a record; the folder goes with the last one."""
        remove_if_there(str(place))
        if self.folder.is_dir() and not os.listdir(self.folder):
            self.folder.rmdir()

    def left_open(self) -> list[Path]:
        """Renames that their program did not finish, because it is gone."""
        return [path for path in self._paths() if path.name.startswith(_OPEN) and not _is_held(path)]

    def settled(self) -> list[Settled]:
        """All others, oldest step first."""
        found = []
        for path in self._paths():
            step, _, side = path.stem.partition("-")
            if step.isdecimal() and side in ("done", "undone"):
                found.append(Settled(path, int(step), side == "done"))
        return sorted(found, key=lambda one: one.step)

    def of_step(self, step: int) -> Settled | None:
        """The record of a step of the journal."""
        return next((one for one in self.settled() if one.step == step), None)

    def read(self, place: Path) -> Record | None:
        """A record, None for one that cannot be read."""
        try:
            return _decoded(place.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def _place(self, step: int, *, is_done: bool) -> Path:
        return self.folder / f"{step}-{'done' if is_done else 'undone'}{_ENDING}"

    def _paths(self) -> Iterator[Path]:
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return
        yield from (self.folder / name for name in names if name.endswith(_ENDING))

    def _forget_old(self) -> None:
        for one in self.settled()[:-_KEPT]:
            remove_if_there(str(one.place))


def _is_held(path: Path) -> bool:
    """True while the program that made it lives. Numbers of processes come again, locks do not outlive them."""
    try:
        with open(path, "rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Held, or settled at this moment.
        return True
    return False


def _encoded(record: Record) -> bytes:
    return json.dumps(
        {
            "old": record.old,
            "new": record.new,
            "name": record.name,
            "newest": record.newest,
            "files": [
                {
                    "path": os.fsencode(one.path).decode("latin-1"),
                    "before": b64encode(zlib.compress(one.before, 1)).decode("ascii"),
                    "before_sha": one.before_sha,
                    "after_sha": one.after_sha,
                    "spans": one.spans,
                }
                for one in record.files
            ],
        }
    ).encode("ascii")


def _decoded(data: bytes) -> Record:
    values = json.loads(data)
    files = tuple(
        FileRecord(
            os.fsdecode(one["path"].encode("latin-1")),
            zlib.decompress(b64decode(one["before"])),
            one["before_sha"],
            one["after_sha"],
            tuple((int(start), int(end)) for start, end in one["spans"]),
        )
        for one in values["files"]
    )
    return Record(values["old"], values["new"], values["name"], int(values["newest"]), files)
