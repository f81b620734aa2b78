"""Linking and unlinking a file. Linking reads it, remembers its bytes and touches nothing."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from refman.domain.changes import Changes, OperationKind
from refman.domain.errors import NotFound, Problem
from refman.domain.links import Direction, LinkedEntry, LinkedFile, LinkId, WriteWhen
from refman.domain.paper import Draft, Paper, PaperId, Span
from refman.domain.ports import Clock, Reader, Store, Writer
from refman.domain.progress import Progress, stop_if_cancelled
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibtex.inheritance import with_inherited
from refman.formats.bibtex.parts import EntryPart, OtherPart, read_entry, shown
from refman.services.linking.adopting import adopt
from refman.services.linking.differing import Differing
from refman.services.linking.file_bytes import Snapshot, read_bytes
from refman.services.linking.file_strings import (
    block_of,
    keep_source_of_link,
    keeps_already,
    mark_of_link,
    source_of_link,
)
from refman.services.linking.git_state import repository_of
from refman.services.linking.memory import without_collections
from refman.services.linking.project_macros import with_macros_beside
from refman.services.linking.seen import seen_of, with_overlays
from refman.services.operations import Step, run
from refman.services.outcome import count_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How a file is linked: which papers belong into it (a query), the folder that cites it, which side learns."""

    query: str = ""
    project: str = ""
    direction: Direction = Direction.BOTH
    when: WriteWhen = WriteWhen.REQUEST


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What linking found: entries with a key, papers that are new, notices of the file, fields that differ."""

    link: LinkedFile
    entries: int
    added: int
    differing: int
    notices: tuple[Problem, ...]
    changes: Changes
    is_new_file: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    drafts: list[Draft]
    notices: list[Problem]


def options_of(link: LinkedFile) -> LinkOptions:
    """How a file is linked now."""
    return LinkOptions(link.query, link.project, link.direction, link.when)


def absolute(path: Path) -> str:
    """The name under which a file is linked: absolute, its own links not followed."""
    return os.path.abspath(path)


def find_link(reader: Reader, path: Path) -> LinkedFile:
    """The link of a file, also by another name of it. Raises: NotFound."""
    wanted = absolute(path)
    links = reader.linked_files()
    for link in links:
        if link.path == wanted:
            return link
    for link in links:
        if os.path.realpath(link.path) == os.path.realpath(wanted):
            return link
    raise NotFound("not-linked", f"{path} is not linked; link it with refman link {path}.", str(path))


def link_file(
    store: Store, path: Path, options: LinkOptions, *, clock: Clock, pattern: str, progress: Progress
) -> LinkReport:
    """Links a file, or changes the options of a link. A file that does not exist is made by the first write.

    Raises: UnreadableInput, Cancelled, LibraryBusy, LibraryReadOnly, DiskFull.
    """
    with store.read() as reader:
        present = _present(reader, path)
    if present is not None:
        return _relink(store, present, options)
    with without_collections():
        return _link_new(store, path, options, clock=clock, pattern=pattern, progress=progress)


def _link_new(
    store: Store, path: Path, options: LinkOptions, *, clock: Clock, pattern: str, progress: Progress
) -> LinkReport:
    snapshot = read_bytes(path) if path.exists() else None
    read = _read(snapshot.data if snapshot else b"", path, project=options.project)
    stop_if_cancelled(progress)
    repository = repository_of(path)
    link = LinkedFile(
        absolute(path),
        options.query,
        options.project,
        options.direction,
        options.when,
        head=repository.head if repository else "",
        linked=clock.now(),
    )
    work = _Linking(link, snapshot, read, pattern=pattern, when=clock.now(), progress=progress)
    _, changes = run(store, Step(OperationKind.IMPORT, _step_name(path, len(read.drafts))), work.run)
    with store.write() as writer:
        link = find_link(writer, path)
        if changes.operation is not None:
            # Undoing this step removes papers from the library, not entries from the file.
            link = replace(link, taken=int(changes.operation.id))
            writer.put_link(link)
    return LinkReport(
        link, len(read.drafts), work.added, work.differing, tuple(read.notices), changes, is_new_file=snapshot is None
    )


def unlink_file(store: Store, path: Path) -> LinkedFile:
    """Forgets a link; file and papers stay as they are. Raises: NotFound."""
    with store.write() as writer:
        link = find_link(writer, path)
        writer.delete_link(link.id)
    return link


def _relink(store: Store, link: LinkedFile, options: LinkOptions) -> LinkReport:
    link = replace(link, query=options.query, project=options.project, direction=options.direction, when=options.when)
    with store.write() as writer:
        writer.put_link(link)
        entries = len(writer.linked_entries(link.id))
    return LinkReport(link, entries, 0, 0, (), Changes())


def _present(reader: Reader, path: Path) -> LinkedFile | None:
    try:
        return find_link(reader, path)
    except NotFound:
        return None


def _step_name(path: Path, entries: int) -> str:
    return f"Link {path.name} ({entries:,} {'entry' if entries == 1 else 'entries'})"


def _read(data: bytes, path: Path, *, project: str) -> _Read:
    """The first entry of each key as a draft; everything odd as a notice."""
    document = read_document(data, str(path))
    macros = {**with_macros_beside(document, path, {}, project=project), **document.macros}
    drafts: list[Draft] = []
    notices: list[Problem] = []
    seen: dict[str, int] = {}
    for part in document.parts:
        if isinstance(part, OtherPart):
            notices += part.problems
            continue
        draft, problems = read_entry(part, macros)
        notices += problems
        first = seen.setdefault(part.key.lower(), part.line)
        if not part.key:
            continue
        if first != part.line:
            message = f"The key {part.key} stands on line {first} already; BibTeX reads the first entry only."
            notices.append(Problem(part.line, "duplicate-key", message, (part.key, str(first))))
        if _is_first(part, document):
            drafts.append(draft)
    drafts = with_inherited(drafts, [draft for draft in drafts if draft.type == "xdata"])
    return _Read(document, drafts, notices)


def _is_first(part: EntryPart, document: Document) -> bool:
    return document.by_id[(part.key, 0)].start == part.start


class _Linking:
    """Adopting the entries of a file, in chunks of one operation."""

    def __init__(
        self,
        link: LinkedFile,
        snapshot: Snapshot | None,
        read: _Read,
        *,
        pattern: str,
        when: datetime,
        progress: Progress,
    ) -> None:
        self.added = 0
        self.differing = 0
        self._link = link
        self._snapshot = snapshot
        self._read = read
        self._pattern = pattern
        self._when = when
        self._progress = progress
        self._entries: list[LinkedEntry] = []

    def run(self, writer: Writer) -> None:
        """The whole work; cancelling takes everything back."""
        version = writer.version()
        drafts = self._read.drafts
        self._keep_source(writer)
        chunks = 0
        for start in range(0, len(drafts), _CHUNK):
            stop_if_cancelled(self._progress)
            self._progress.report(start, len(drafts), "Link")
            if start:
                before = writer.version()
                writer.give_turn()
                # Raised by this turn, and by more where others wrote in it.
                chunks += writer.version() > before
            self._take(writer, drafts[start : start + _CHUNK])
        now = writer.version()
        is_alone = now <= version + chunks
        link_id = writer.put_link(self._state(now + 1 if is_alone else version))
        self._remember(writer, link_id)

    def _take(self, writer: Writer, drafts: Sequence[Draft]) -> None:
        adopted = adopt(writer, drafts, pattern=self._pattern, when=self._when)
        found = [one for one in adopted.ids if one not in adopted.added]
        papers: dict[PaperId, Paper] = {paper.id: paper for paper in writer.papers(found)}
        differing = Differing(self._read.document, writer)
        counts = Counter(adopted.ids)
        for draft, paper_id in zip(drafts, adopted.ids, strict=True):
            paper = papers.get(paper_id)
            if paper is None and counts[paper_id] > 1:
                paper = papers[paper_id] = writer.papers([paper_id])[0]
            seen = seen_of(paper or draft)
            if paper is not None:
                names = differing.names(paper, draft)
                self.differing += len(names)
                seen = with_overlays(seen, names)
            self._entries.append(LinkedEntry(draft.key, paper_id, seen))
        self.added += len(adopted.added)

    def _keep_source(self, writer: Writer) -> None:
        """Macros and preambles of the file are known to exports from now on."""
        document = self._read.document
        blocks = [
            block_of(document, part, Span(part.start, part.end, part.line))
            for part in document.others
            if part.kind in {"string", "preamble"}
        ]
        known = writer.blocks()
        if not blocks or keeps_already(known, self._link.path, blocks):
            return
        source = writer.source_named_by(shown(document.text))
        if source is None:
            keep_source_of_link(writer, self._link.path, self._when, blocks)
        elif source != source_of_link(known, self._link.path):
            writer.add_blocks(source, [mark_of_link(self._link.path)])

    def _state(self, version: int) -> LinkedFile:
        snapshot = self._snapshot
        if snapshot is None:
            return replace(self._link, version=version)
        return replace(self._link, sha256=snapshot.sha256, stamp=snapshot.stamp, version=version)

    def _remember(self, writer: Writer, link_id: LinkId) -> None:
        writer.put_linked_entries(link_id, self._entries)
        # A key that stands in somebody's file is never made for another paper.
        writer.remember_exported({entry.key: entry.paper_id for entry in self._entries})
        if self._snapshot is not None:
            writer.put_linked_base(link_id, self._snapshot.data)
            writer.put_linked_state(link_id, self._snapshot.sha256, when=self._when)


def link_sentence(report: LinkReport) -> str:
    """`12,431 entries, every key kept, file not touched, 37 notices`."""
    if report.is_new_file:
        return f"{Path(report.link.path).name} will be made by the first write"
    parts = [
        f"{report.entries:,} {'entry' if report.entries == 1 else 'entries'}",
        "every key kept",
        "file not touched",
    ]
    if report.differing:
        verb = "differs" if report.differing == 1 else "differ"
        parts.append(f"{count_of(report.differing, 'field')} {verb} from the library")
    parts.append(count_of(len(report.notices), "notice"))
    return ", ".join(parts)
