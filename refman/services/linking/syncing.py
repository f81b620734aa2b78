"""Carrying out a synchronisation: theirs into the library as one step, mine into the file in one rename."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from refman.domain.changes import Changes, OperationKind
from refman.domain.errors import ExportRefused
from refman.domain.links import LinkedEntry, LinkedFile
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Clock, Store, Writer
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibfile.placing import is_metadata
from refman.formats.bibfile.string_edits import with_strings
from refman.services.linking.adopting import adopt
from refman.services.linking.differing import Differing
from refman.services.linking.file_bytes import replace_bytes, sha256_of
from refman.services.linking.file_strings import keep_source_of_link, source_of_link, take_strings
from refman.services.linking.looking import FileState
from refman.services.linking.noting import noted_entries
from refman.services.linking.planning import make_plan
from refman.services.linking.seen import GONE, seen_of, with_overlays
from refman.services.linking.sync_plan import SyncPlan, Taken, Wishes
from refman.services.outcome import count_of

_SHRINK_PERCENT = 20
_SHRINK_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What was done. With clashes, or while the file is paused, nothing was."""

    plan: SyncPlan
    changes: Changes
    wrote: bool = False


def sync(store: Store, link: LinkedFile, wishes: Wishes, *, clock: Clock, pattern: str, may_shrink: bool) -> SyncReport:
    """Brings file and library together; writes nothing anywhere while there are clashes without a choice.

    Raises: ExportRefused (shrinking file, read-only file), ConflictError (the file changed meanwhile), DiskFull,
    LibraryBusy, LibraryReadOnly, UnreadableInput. What was taken into the library stays then.
    """
    with store.read() as reader:
        version = reader.version()
        plan = make_plan(reader, link, wishes)
    if plan.clashes or plan.is_paused:
        return SyncReport(plan, Changes())
    if plan.is_in_step and plan.look.state is FileState.SAME:
        _remember_look(store, plan, version)
        return SyncReport(plan, Changes())
    check_shrinking(plan, may_shrink=may_shrink)
    with store.write() as writer:
        if writer.version() != version:
            plan = make_plan(writer, link, wishes)
        if plan.clashes or plan.is_paused or (plan.is_in_step and plan.look.state is FileState.SAME):
            return SyncReport(plan, Changes())
        check_shrinking(plan, may_shrink=may_shrink)
        _bytes_of(plan)
        link = _Syncing(writer, plan, clock=clock, pattern=pattern).take_theirs()
    changes = store.last_changes()
    if changes.operation is not None:
        link = replace(link, taken=int(changes.operation.id))
    if not plan.written:
        if changes.operation is not None:
            with store.write() as writer:
                _put_link(writer, link)
        return SyncReport(plan, changes)
    stamp = write_file(plan)
    with store.write() as writer:
        _note_written(writer, plan, replace(link, stamp=stamp))
    return SyncReport(plan, changes, wrote=True)


def _remember_look(store: Store, plan: SyncPlan, version: int) -> None:
    """A file with the bytes of before: what is known of it stays, but for time and inode, so that it is not read again.

    Such a plan need not have read the file at all: its documents are no base.
    """
    if plan.look.snapshot is None:
        return
    with store.write() as writer:
        # This transaction raises the version by one; what somebody else wrote since is still to be looked at.
        reached = version + 1 if writer.version() == version else plan.link.version
        _put_link(writer, replace(plan.link, stamp=plan.look.snapshot.stamp, version=reached, head=plan.look.head))


def check_shrinking(plan: SyncPlan, *, may_shrink: bool) -> None:
    """Raises: ExportRefused when the file would lose more than a fifth of its entries, or a hundred."""
    total = len(plan.now.entries)
    if may_shrink or plan.removals <= min(max(total * _SHRINK_PERCENT // 100, 1), _SHRINK_ENTRIES):
        return
    raise ExportRefused(
        "file-would-shrink",
        f"{plan.link.path} would lose {plan.removals} of its {total:,} entries; nothing was "
        "written; allow it with --allow-shrink if that is meant.",
        plan.link.path,
        str(plan.removals),
        str(total),
    )


def write_file(plan: SyncPlan) -> str:
    """Writes the result of a plan; the new stamp. Raises: ConflictError, ExportRefused, DiskFull."""
    wanted = sorted(_names(plan.result))

    def check(data: bytes) -> None:
        written = read_document(data, plan.link.path)
        if sorted(_names(written)) != wanted or _kept(written) != _kept(with_strings(plan.now, plan.strings)):
            raise ExportRefused(
                "file-unsound", f"The new {plan.link.path} does not read back; it is as it was.", plan.link.path
            )

    data = _bytes_of(plan)
    expected = None if plan.look.state is FileState.NEW else sha256_of(plan.now.data)
    return replace_bytes(Path(plan.link.path), data, expected=expected, check=check)


def _bytes_of(plan: SyncPlan) -> bytes:
    try:
        return plan.result.data
    except UnicodeEncodeError as error:
        sign = plan.result.text[error.start : error.end][:1]
        raise ExportRefused(
            "sign-not-in-encoding",
            f"{plan.link.path} is {plan.result.encoding.label} and cannot hold {sign}; nothing was written; "
            "save it as UTF-8 first.",
            plan.link.path,
            sign,
        ) from error


def _names(document: Document) -> list[str]:
    return [entry.key for entry in document.entries]


def _kept(document: Document) -> list[str]:
    """What only an edit of a macro may touch: strings, preambles, metadata, broken entries."""
    return [document.raw(part) for part in document.others if part.kind != "comment" or is_metadata(document, part)]


class _Syncing:
    """The library's half, inside one operation."""

    def __init__(self, writer: Writer, plan: SyncPlan, *, clock: Clock, pattern: str) -> None:
        self._writer = writer
        self._plan = plan
        self._clock = clock
        self._pattern = pattern

    def take_theirs(self) -> LinkedFile:
        """Changes papers, remembers the state of the file; gives the link as it is now."""
        plan, writer = self._plan, self._writer
        version = writer.version()
        if plan.taken or plan.strings_taken:
            writer.journal(OperationKind.IMPORT, step_name(plan))
        self._take_strings()
        entries = self._add([one for one in plan.taken if one.paper_id is None])
        for one in plan.taken:
            if one.paper_id is not None:
                entries.append(self._change(one, one.paper_id))
        self._drop_gone()
        entries += [
            replace(plan.entries[key], seen=with_overlays(plan.entries[key].seen, names))
            for key, names in plan.held.items()
        ]
        writer.put_linked_entries(plan.link.id, entries)
        return self._remember(version)

    def _take_strings(self) -> None:
        plan, writer = self._plan, self._writer
        if not plan.strings_taken:
            return
        source = source_of_link(writer.blocks(), plan.link.path)
        if source is None:
            source = keep_source_of_link(writer, plan.link.path, self._clock.now())
        take_strings(writer, source, plan.strings_taken)

    def _add(self, new: Sequence[Taken]) -> list[LinkedEntry]:
        adopted = adopt(self._writer, [one.draft for one in new], pattern=self._pattern, when=self._clock.now())
        self._writer.remember_exported({one.key: paper_id for one, paper_id in zip(new, adopted.ids, strict=True)})
        papers = {paper.id: paper for paper in self._writer.papers(adopted.ids)}
        differing = Differing(self._plan.now, self._writer)
        return [
            entry_of(one.key, papers[paper_id], one, differing) for one, paper_id in zip(new, adopted.ids, strict=True)
        ]

    def _change(self, one: Taken, paper_id: PaperId) -> LinkedEntry:
        writer = self._writer
        for name, value in one.fields.items():
            writer.set_field(paper_id, name, value)
        for role, people in one.people.items():
            writer.set_people(paper_id, role, people)
        if one.type:
            writer.set_type(paper_id, one.type)
        old_key = one.old_key or one.key
        if one.old_key:
            writer.drop_linked_entries(self._plan.link.id, [one.old_key])
        before = self._plan.entries[old_key].seen
        paper = writer.paper(paper_id)
        assert paper is not None
        now = seen_of(paper)
        # What the library changed itself is still to be written: for it the file knows the old value.
        taken = {*one.fields, *one.people, *(["@type"] if one.type else [])}
        seen = {**before, **{name: now.get(name, "") for name in taken}}
        return LinkedEntry(one.key, paper_id, {name: value for name, value in seen.items() if value})

    def _drop_gone(self) -> None:
        """An entry gone from the file: its paper stays, and the query of the link does not put it back."""
        plan = self._plan
        kept = [
            replace(plan.entries[key], seen={GONE: "1"})
            for key in plan.gone
            if (plan.link.query or plan.link.project) and key in plan.entries
        ]
        self._writer.drop_linked_entries(plan.link.id, plan.gone)
        self._writer.put_linked_entries(plan.link.id, kept)

    def _remember(self, version: int) -> LinkedFile:
        """The file as it is now is the base; what is about to be written is known before it is there."""
        plan, writer, link = self._plan, self._writer, self._plan.link
        data = plan.now.data
        sha256 = sha256_of(data) if plan.look.state is not FileState.NEW else ""
        if sha256 != link.sha256:
            writer.put_linked_base(link.id, data)
            writer.put_linked_state(link.id, sha256, when=self._clock.now())
        if plan.written:
            writer.put_linked_state(link.id, sha256_of(plan.result.data), when=self._clock.now())
        stamp = plan.look.snapshot.stamp if plan.look.snapshot else link.stamp
        # This transaction raises the version by one; nobody else wrote since it began.
        is_behind = plan.written or plan.look.state is FileState.CHECKOUT
        reached = link.version if is_behind else version + 1
        # Where something is written, the person has said what counts after an undo.
        taken = 0 if plan.written else link.taken
        link = replace(link, sha256=sha256, stamp=stamp, version=reached, head=plan.look.head, taken=taken)
        _put_link(writer, link)
        return link


def entry_of(key: str, paper: Paper, one: Taken, differing: Differing) -> LinkedEntry:
    """The memory of an entry that has just been found to be a paper: what differs is an overlay of the file."""
    return LinkedEntry(key, paper.id, with_overlays(seen_of(paper), differing.names(paper, one.draft)))


def _note_written(writer: Writer, plan: SyncPlan, link: LinkedFile) -> None:
    version = writer.version()
    present = {entry.key: entry for entry in writer.linked_entries(link.id)}
    ids = [*(one.paper_id for one in plan.written), *(present[key].paper_id for key in plan.said if key in present)]
    papers = {paper.id: paper for paper in writer.papers(list(dict.fromkeys(ids)))}
    entries = noted_entries(plan, papers, present)
    writer.remember_exported({one.key: one.paper_id for one in plan.written if one.what == "added"})
    writer.put_linked_entries(link.id, entries)
    data = plan.result.data
    writer.put_linked_base(link.id, data)
    _put_link(writer, replace(link, sha256=sha256_of(data), version=version + 1))


def _put_link(writer: Writer, link: LinkedFile) -> None:
    # Somebody may have unlinked the file meanwhile.
    if any(one.id == link.id for one in writer.linked_files()):
        writer.put_link(link)


def step_name(plan: SyncPlan) -> str:
    """`Take 3 added, 1 field changed from refs.bib`."""
    parts = []
    if plan.added:
        parts.append(f"{plan.added:,} added")
    if plan.fields_changed:
        parts.append(f"{count_of(plan.fields_changed, 'field')} changed")
    if plan.strings_taken:
        parts.append(f"{count_of(len(plan.strings_taken), 'macro')} changed")
    return f"Take {', '.join(parts) or 'changes'} from {Path(plan.link.path).name}"


def counts_of(plan: SyncPlan) -> str:
    """`3 added, 1 field changed, 0 conflicts`, then what goes into the file; `in step` when there is nothing.

    What only goes out is told alone: `1 change to the file`.
    """
    if plan.is_in_step:
        return "in step"
    written = f"{count_of(len(plan.written), 'change')} to the file" if plan.written else ""
    if written and not (plan.taken or plan.gone or plan.strings_taken or plan.clashes):
        return written
    parts = [f"{plan.added:,} added", f"{count_of(plan.fields_changed, 'field')} changed"]
    if plan.strings_taken:
        parts.append(f"{count_of(len(plan.strings_taken), 'macro')} changed")
    if plan.gone:
        parts.append(f"{len(plan.gone):,} gone")
    taken = ", ".join([*parts, count_of(len(plan.clashes), "conflict")])
    return f"{taken}; {written}" if written else taken
