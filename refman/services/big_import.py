"""Importing files that are too large for memory: read in a worker process, stored part by part as they come.

What is stored is what `applying` stores of the same text: the same class takes the drafts. Nothing is planned first,
so there is no preview; the whole import is one step, and stopping it takes everything back.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime

from refman.domain.changes import OperationKind
from refman.domain.errors import Problem
from refman.domain.packing import Packing
from refman.domain.ports import Clock, Store, Workers, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats.base import ImportResult
from refman.services.applying import CHUNK, step_name
from refman.services.applying_packed import PackedImport
from refman.services.big_sources import BigSources
from refman.services.file_reading import FileEnd, FileHead, Message, decode_message, read_file_in_parts
from refman.services.import_plan import (
    BigFile,
    BigReport,
    FileProblem,
    ImportOptions,
    OnDuplicate,
    PlannedProfile,
    Reading,
    Refusal,
)
from refman.services.import_tally import Tally, report_of
from refman.services.matching import Incoming
from refman.services.operations import Step, run
from refman.services.part_codec import FilePart
from refman.services.reading import check_options


def import_big(
    store: Store,
    inputs: Sequence[Reading | BigFile],
    options: ImportOptions,
    *,
    clock: Clock,
    pattern: str,
    workers: Workers,
    progress: Progress,
) -> BigReport:
    """Imports files as they are read, and texts that were read already, as one step.

    Raises: Cancelled, LibraryBusy, LibraryReadOnly, DiskFull, UnreadableInput (a file needs too much memory, or was
    changed while it was read), InvalidValue; then nothing was done.
    """
    checked = replace(options, tags=check_options(options))
    tally = Tally([one.name for one in inputs])
    with ExitStack() as stack:
        streams = [_Stream(one, checked, workers, stack, packing=store.packing) for one in inputs]
        # Before the library is locked: the first look at a large file takes its time.
        for stream in streams:
            stream.begin(progress)
        work = _Work(tally, streams, clock.now(), pattern, options.on_duplicate, progress, store.packing)
        first_name = Step(OperationKind.IMPORT, step_name(tally.files, 0))
        _, changes = run(store, first_name, work.do)
    refused = tuple(stream.refusal for stream in streams if stream.refusal)
    profiles = [one.profile.name for one in work.profiles]
    return BigReport(report_of(tally, profiles=profiles, changes=changes), refused)


class _Stream:
    """One input on its way: its parts in order."""

    def __init__(
        self,
        source: Reading | BigFile,
        options: ImportOptions,
        workers: Workers,
        stack: ExitStack,
        *,
        packing: Packing,
    ) -> None:
        self.source = source
        self.head: FileHead | None = None
        self.refusal: Refusal | None = source.refusal if isinstance(source, Reading) else None
        self.done = 0
        self._options = options
        self._workers = workers
        self._stack = stack
        self._packing = packing
        self._messages: Iterator[Message | None] = iter(())

    @property
    def size(self) -> int:
        """Characters."""
        if isinstance(self.source, Reading):
            return len(self.source.text)
        return self.head.characters if self.head else 0

    def begin(self, progress: Progress) -> None:
        """Starts the worker and waits until it knows the file. Raises: Cancelled."""
        if isinstance(self.source, Reading):
            return
        opened: AbstractContextManager[Iterator[bytes | None]] = self._workers.stream(
            read_file_in_parts, self.source.path, self.source.name, self._options, self._packing
        )
        values = self._stack.enter_context(opened)
        self._messages = (None if value is None else decode_message(value) for value in values)
        for message in self._messages:
            stop_if_cancelled(progress)
            progress.report(0, None, self.source.name)
            if isinstance(message, FileHead):
                self.head = message
                return
            if isinstance(message, Refusal):
                self.refusal = replace(message, file=self.source.name)
                return

    def parts(self) -> Iterator[ImportResult | FilePart | FileEnd | None]:
        """The drafts with their blocks and problems, about `CHUNK` at a time; None while nothing comes."""
        if self.refusal:
            return
        if isinstance(self.source, Reading):
            yield from _parts_of(self.source.result)
            self.done = self.size
            return
        has_drafts = False
        for message in self._messages:
            if isinstance(message, FilePart):
                has_drafts = has_drafts or bool(message.marks.keys)
                self.done = message.done
                # As for small inputs: the refusal says of the whole that it holds no paper.
                yield replace(message, problems=[one for one in message.problems if has_drafts or one.line])
            else:
                yield message if isinstance(message, FileEnd) else None
        self.done = self.size
        if not has_drafts:
            self.refusal = no_drafts(self.source.name)


def no_drafts(name: str) -> Refusal:
    """Why a .bib gave nothing."""
    return Refusal(
        name,
        "no-drafts",
        f"{name} was read as BibTeX (bibtex) and holds no paper; "
        "check that it is the right file, or name another format.",
        (name, "BibTeX"),
    )


def _parts_of(result: ImportResult) -> Iterator[ImportResult]:
    """The parts of what was read whole; blocks and problems come with the first one, even of a text without papers."""
    yield replace(result, drafts=result.drafts[:CHUNK])
    for start in range(CHUNK, len(result.drafts), CHUNK):
        yield ImportResult(result.drafts[start : start + CHUNK])


@dataclass(slots=True)
class _Work:
    """The import inside its operation."""

    tally: Tally
    streams: Sequence[_Stream]
    when: datetime
    pattern: str
    on_duplicate: OnDuplicate
    progress: Progress
    packing: Packing
    profiles: list[PlannedProfile] = field(default_factory=list)
    position: int = 0

    def do(self, writer: Writer) -> None:
        """Takes every part of every input, then keeps the texts."""
        sources = BigSources(writer, self.streams, self.when, packing=self.packing)
        import_ = PackedImport(writer, sources, pattern=self.pattern, tally=self.tally)
        for index, stream in enumerate(self.streams):
            self._take_profiles(import_, index, stream)
            for part in stream.parts():
                stop_if_cancelled(self.progress)
                writer.give_turn()
                if isinstance(part, FileEnd):
                    sources.end(index, part)
                elif part is not None:
                    self._take(import_, index, part)
                    sources.add_part(index, part)
                    self.progress.report(self.position, self._expected(self.position), "Import")
        import_.end()
        names = [stream.source.name for stream in self.streams if not stream.refusal]
        if names:
            writer.journal(OperationKind.IMPORT, step_name(names, self.position))
        sources.keep_missed(self.progress)

    def _take(self, import_: PackedImport, index: int, part: ImportResult | FilePart) -> None:
        self._tell(self.streams[index], part.problems)
        if isinstance(part, FilePart):
            import_.take_packed(part, self.position, index, packing=self.packing, on_duplicate=self.on_duplicate)
            self.position += len(part.marks.keys)
        else:
            drafts = enumerate(part.drafts, self.position)
            import_.take([Incoming(place, draft, index, self.on_duplicate) for place, draft in drafts])
            self.position += len(part.drafts)

    def _take_profiles(self, import_: PackedImport, index: int, stream: _Stream) -> None:
        if isinstance(stream.source, Reading) and not stream.refusal:
            found = [PlannedProfile(profile, index) for profile in stream.source.result.profiles]
            import_.take_profiles(found)
            self.profiles += found

    def _tell(self, stream: _Stream, problems: Sequence[Problem]) -> None:
        name = stream.source.name
        self.tally.tell(FileProblem(name, one.line, one.code, one.message, one.arguments) for one in problems)

    def _expected(self, position: int) -> int:
        """How many drafts there will be, by how much of the text they took so far."""
        done = sum(stream.done for stream in self.streams)
        return max(position, round(position * sum(stream.size for stream in self.streams) / done)) if done else position
