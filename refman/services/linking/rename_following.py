"""Files follow the journal: a renamed key that is undone, done again, or was cut off by a crash.

A file that nobody touched since gets its bytes; in one that was changed the places are found again by what stands
round them, and only the key is put back there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from refman.domain.changes import OperationKind, OperationState
from refman.domain.errors import RefmanError
from refman.domain.ports import Store
from refman.services.linking.carried_spans import carried
from refman.services.linking.file_bytes import Snapshot, read_bytes, remove_temporaries, replace_bytes, sha256_of
from refman.services.linking.rename_memory import Moved, remember_moved
from refman.services.linking.rename_places import text_of, with_word
from refman.services.linking.rename_record import FileRecord, Record, RecordStore, Settled
from refman.services.linking.renaming import Checked
from refman.services.outcome import count_of

_LATEST = 1000


@dataclass(frozen=True, slots=True)
class Followed:
    """How many files were given another key, how many places of them were changed since and stay."""

    files: int = 0
    lost: int = 0
    refused: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Behind the name of the step: ` (5 files; 1 place was changed since and stays)`."""
        parts = [count_of(self.files, "file")] if self.files else []
        if self.lost:
            parts.append(f"{count_of(self.lost, 'place')} changed since and left")
        parts += self.refused
        return f" ({'; '.join(parts)})" if parts else ""


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a file is to go: from one word, text and hash to the other."""

    word: str
    wanted: str
    known: bytes
    spans: tuple[tuple[int, int], ...]
    target: bytes
    target_sha: str
    known_sha: str


def follow_step(store: Store, step: int, *, is_done: bool) -> Followed:
    """After the step of a rename was undone or done again: its files follow."""
    records = RecordStore(store.location)
    settled = records.of_step(step)
    return _follow(store, records, settled, is_done=is_done) if settled else Followed()


def settle_left_overs(store: Store) -> None:
    """At the start: finishes or takes back what a crash cut off. Cost without records: one look into a folder."""
    records = RecordStore(store.location)
    left, settled = records.left_open(), records.settled()
    if not left and not settled:
        return
    with store.read() as reader:
        steps = {int(one.id): one for one in reader.history(limit=_LATEST)}
    for place in left:
        record = records.read(place)
        for file in record.files if record else ():
            remove_temporaries(Path(file.path))
        step = next(
            (
                number
                for number, one in sorted(steps.items())
                if record and number > record.newest and (one.kind, one.name) == (OperationKind.RENAME_KEY, record.name)
            ),
            0,
        )
        if step and record:
            # The files may have been taken back when the step seemed to fail.
            _move(store, record, is_done=True)
            settled.append(records.adopt(place, step))
        else:
            followed = _move(store, record, is_done=False) if record else Followed()
            # What could not be taken back now is tried again at the next start.
            if not followed.refused:
                records.drop(place)
    for one in settled:
        state = steps[one.step].state if one.step in steps else None
        if state in (OperationState.DONE, OperationState.UNDONE):
            _follow(store, records, one, is_done=state is OperationState.DONE)


def _follow(store: Store, records: RecordStore, settled: Settled, *, is_done: bool) -> Followed:
    record = records.read(settled.place) if settled.is_done != is_done else None
    if record is None:
        return Followed()
    followed = _move(store, record, is_done=is_done)
    records.turn(settled, is_done=is_done)
    return followed


def _move(store: Store, record: Record, *, is_done: bool) -> Followed:
    """Brings every file to one side; what is there already (a crash came in between) stays."""
    moved, written, lost, refused = list[Moved](), 0, 0, list[str]()
    for one in record.files:
        path = Path(one.path)
        side = _side_of(one, record, is_done=is_done)
        try:
            present = read_bytes(path)
            data, missed = _wanted(present, path.name, side)
            if data != present.data:
                replace_bytes(path, data, expected=present.sha256, check=Checked(data))
                written += 1
        except RefmanError as error:
            refused.append(error.message)
            continue
        lost += missed
        moved.append(Moved(path, data))
    if store.is_writable:
        old, new = (record.old, record.new) if is_done else (record.new, record.old)
        with store.write() as writer:
            remember_moved(writer, moved, old, new)
    return Followed(written, lost, tuple(refused))


def _wanted(present: Snapshot, name: str, side: _Side) -> tuple[bytes, int]:
    """What a file is to hold, and how many places were changed since and stay."""
    if present.sha256 in (side.target_sha, side.known_sha):
        return side.target, 0
    text = text_of(present.data, name)
    places = carried(text_of(side.known, name), text, side.spans)
    found = [span for span in places if text[slice(*span)] == side.word]
    return with_word(present.data, name, found, side.wanted), len(side.spans) - len(found)


def _side_of(one: FileRecord, record: Record, *, is_done: bool) -> _Side:
    name = Path(one.path).name
    after = with_word(one.before, name, list(one.spans), record.new)
    if is_done:
        return _Side(record.old, record.new, one.before, one.spans, after, sha256_of(after), one.before_sha)
    return _Side(
        record.new,
        record.old,
        after,
        _spans_after(one.spans, len(record.new) - len(record.old)),
        one.before,
        one.before_sha,
        sha256_of(after),
    )


def _spans_after(spans: Sequence[tuple[int, int]], growth: int) -> tuple[tuple[int, int], ...]:
    """The places after a word that is longer by `growth` was put at each."""
    return tuple((start + number * growth, end + (number + 1) * growth) for number, (start, end) in enumerate(spans))
