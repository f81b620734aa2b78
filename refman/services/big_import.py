"""Importing files that are too large for memory: read in a worker process, stored part by part as they come.

What is stored is what `applying` stores of the same text: the same class takes the drafts. Nothing is planned first,
so there is no preview; the whole import is one step, and stopping it takes everything back.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from refman.domain.changes import OperationKind
from refman.domain.errors import UnreadableInput
from refman.domain.paper import SourceId
from refman.domain.ports import Clock, Store, Workers, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.domain.sources import Block
from refman.formats.base import ImportResult
from refman.formats.text_file import utf8_pieces
from refman.services.applying import CHUNK, Import, TextSources, step_name
from refman.services.entries.group_searches import keep_searches
from refman.services.file_reading import FileHead, FilePart, Message, decode_message, read_file_in_parts
from refman.services.import_plan import (
    BigFile,
    BigReport,
    FileProblem,
    ImportOptions,
    OnDuplicate,
    PlannedProfile,
    PlannedSource,
    Reading,
    Refusal,
)
from refman.services.import_tally import Tally, report_of
from refman.services.matching import Incoming
from refman.services.operations import Step, run
from refman.services.reading import check_options

_PIECE_BYTES = 64 * 1024
_PIECES_AT_ONCE = 64


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
        streams = [_Stream(one, checked, workers, stack) for one in inputs]
        # Before the library is locked: the first look at a large file takes its time.
        for stream in streams:
            stream.begin(progress)
        work = _Work(tally, streams, clock.now(), pattern, options.on_duplicate, progress)
        first_name = Step(OperationKind.IMPORT, step_name(tally.files, 0))
        _, changes = run(store, first_name, work.do)
    refused = tuple(stream.refusal for stream in streams if stream.refusal)
    profiles = [one.profile.name for one in work.profiles]
    return BigReport(report_of(tally, profiles=profiles, changes=changes), refused)


class _Stream:
    """One input on its way: its parts in order."""

    def __init__(self, source: Reading | BigFile, options: ImportOptions, workers: Workers, stack: ExitStack) -> None:
        self.source = source
        self.head: FileHead | None = None
        self.refusal: Refusal | None = source.refusal if isinstance(source, Reading) else None
        self.done = 0
        self._options = options
        self._workers = workers
        self._stack = stack
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
            read_file_in_parts, self.source.path, self.source.name, self._options
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

    def parts(self) -> Iterator[ImportResult | None]:
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
                has_drafts = has_drafts or bool(message.result.drafts)
                self.done = message.done
                # As for small inputs: the refusal says of the whole that it holds no paper.
                found = message.result.problems
                problems = tuple(one for one in found if has_drafts or one.line)
                yield replace(message.result, problems=problems)
            else:
                yield None
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
    profiles: list[PlannedProfile] = field(default_factory=list)

    def do(self, writer: Writer) -> None:
        """Takes every part of every input, then keeps the texts."""
        sources = _Sources(writer, self.streams, self.when)
        import_ = Import(writer, sources, pattern=self.pattern, tally=self.tally)
        position = 0
        for index, stream in enumerate(self.streams):
            self._take_profiles(import_, index, stream)
            for part in stream.parts():
                stop_if_cancelled(self.progress)
                writer.give_turn()
                if part is not None:
                    self._tell(stream, part)
                    drafts = enumerate(part.drafts, position)
                    import_.take([Incoming(place, draft, index, self.on_duplicate) for place, draft in drafts])
                    position += len(part.drafts)
                    sources.add_blocks(index, part.blocks)
                    sources.keep_text(index, self.progress)
                    self.progress.report(position, self._expected(position), "Import")
        names = [stream.source.name for stream in self.streams if not stream.refusal]
        if names:
            writer.journal(OperationKind.IMPORT, step_name(names, position))
        sources.end_texts(self.progress)

    def _take_profiles(self, import_: Import, index: int, stream: _Stream) -> None:
        if isinstance(stream.source, Reading) and not stream.refusal:
            found = [PlannedProfile(profile, index) for profile in stream.source.result.profiles]
            import_.take_profiles(found)
            self.profiles += found

    def _tell(self, stream: _Stream, part: ImportResult) -> None:
        name = stream.source.name
        self.tally.tell(FileProblem(name, one.line, one.code, one.message, one.arguments) for one in part.problems)

    def _expected(self, position: int) -> int:
        """How many drafts there will be, by how much of the text they took so far."""
        done = sum(stream.done for stream in self.streams)
        return max(position, round(position * sum(stream.size for stream in self.streams) / done)) if done else position


class _Sources:
    """Keeps the inputs that papers were read from: the row of a large file at once, its text as far as it was read.

    Should anything stop the import, both go with everything else.
    """

    def __init__(self, writer: Writer, streams: Sequence[_Stream], when: datetime) -> None:
        self.when = when
        self._writer = writer
        self._streams = streams
        texts = [_planned(stream.source) for stream in streams]
        self._small = TextSources(writer, texts, when)
        self._ids: dict[int, SourceId] = {}
        self._new: dict[int, _Text] = {}
        self._blocks: dict[int, list[Block]] = {}

    def id_of(self, index: int) -> SourceId:
        """The kept source of an input; it is kept when it is first asked for."""
        stream = self._streams[index]
        if stream.head is None:
            return self._small.id_of(index)
        if index not in self._ids:
            known = self._writer.source_of_hash(stream.head.sha256)
            if known is None:
                known = self._writer.begin_source(
                    stream.source.name, "bibtex", sha256=stream.head.sha256, imported=self.when
                )
                if isinstance(stream.source, BigFile):
                    self._new[index] = _Text(self._writer, known, stream.source, stream.head)
            self._ids[index] = known
            self.add_blocks(index, self._blocks.pop(index, ()))
        return self._ids[index]

    def add_blocks(self, index: int, blocks: Sequence[Block]) -> None:
        """Keeps strings, preambles and comments of a large file that is new, once one of its papers is."""
        if self._streams[index].head is None:
            return
        if index not in self._ids:
            self._blocks.setdefault(index, []).extend(blocks)
        elif index in self._new and blocks:
            self._writer.add_blocks(self._ids[index], blocks)
            keep_searches(self._writer, blocks)

    def keep_text(self, index: int, progress: Progress) -> None:
        """Stores what was read of the text of a large file that is new: the writer may have time until more comes."""
        if index in self._new:
            self._new[index].keep(self._streams[index].done, progress)

    def end_texts(self, progress: Progress) -> None:
        """Stores the rest of them. Raises: UnreadableInput when a file is not what it was."""
        for index in sorted(self._new):
            self._new[index].end(progress)


class _Text:
    """The text of a large file on its way into the library."""

    def __init__(self, writer: Writer, source_id: SourceId, source: BigFile, head: FileHead) -> None:
        self._writer = writer
        self._id = source_id
        self._source = source
        self._head = head
        self._pieces = utf8_pieces(source.path, head.form, _PIECE_BYTES)
        self._digest = hashlib.sha256()
        self._kept = 0

    def keep(self, characters: int, progress: Progress) -> bool:
        """Stores pieces, no more than so many characters can have; False when there are no more."""
        while self._kept < characters // _PIECE_BYTES:
            group = list(islice(self._pieces, min(_PIECES_AT_ONCE, characters // _PIECE_BYTES - self._kept)))
            if not group:
                return False
            stop_if_cancelled(progress)
            self._writer.give_turn()
            for piece in group:
                self._digest.update(piece)
            self._writer.add_source_pieces(self._id, self._kept, group)
            self._kept += len(group)
        return True

    def end(self, progress: Progress) -> None:
        """Stores the rest. Raises: UnreadableInput when the file is not what it was."""
        while self.keep((self._kept + _PIECES_AT_ONCE) * _PIECE_BYTES, progress):
            pass
        if self._digest.hexdigest() != self._head.sha256:
            name = self._source.name
            raise UnreadableInput("file-changed", f"{name} was changed while it was read; import it again.", name)


def _planned(source: Reading | BigFile) -> PlannedSource:
    if isinstance(source, BigFile):
        return PlannedSource(source.name, "bibtex", "")
    return PlannedSource(source.name, source.format, source.text, source.result.blocks)
