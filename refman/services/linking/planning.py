"""Making the plan of a synchronisation: one look at the file, one at the library, nothing written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from refman.domain.links import Direction, LinkedEntry, LinkedFile
from refman.domain.paper import PaperId
from refman.domain.ports import Reader
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.file_edits import NewEntry, edited
from refman.formats.bibfile.style import learn_style
from refman.services.linking.file_strings import FileStrings
from refman.services.linking.looking import FileState, Look, documents, look
from refman.services.linking.merged import as_now
from refman.services.linking.mine import MyChanges
from refman.services.linking.seen import GONE, differing_names, overlays_of
from refman.services.linking.sync_plan import Side, SyncPlan, Wishes
from refman.services.linking.theirs import ChangedEntry, TheirChanges, changed_entries


def make_plan(reader: Reader, link: LinkedFile, wishes: Wishes) -> SyncPlan:
    """What has to be done. Cost: the papers that changed since the last time, all of them only when that is unknown.

    Raises: UnreadableInput when the file cannot be kept to the byte.
    """
    seen = look(reader, link)
    quick = _nothing_happened(reader, link, wishes, seen)
    if quick is not None:
        return quick
    base, now = documents(reader, seen) if seen.state is not FileState.UNREADABLE else (_EMPTY, _EMPTY)
    entries = {entry.key: entry for entry in as_now(reader, reader.linked_entries(link.id))}
    if seen.state in (FileState.PAUSED, FileState.GONE, FileState.UNREADABLE):
        return SyncPlan(link, seen, base, now, now, entries)
    return _Planning(reader, link, wishes, seen=seen, base=base, now=now, entries=entries).plan()


_EMPTY = Document("")


def _nothing_happened(reader: Reader, link: LinkedFile, wishes: Wishes, seen: Look) -> SyncPlan | None:
    """The plan where neither file nor library changed, without reading the file; None when something may have."""
    changes = reader.changes_since(link.version)
    if seen.state is not FileState.SAME or changes.everything or wishes.members is not None or wishes.put:
        return None
    entries = {entry.key: entry for entry in as_now(reader, reader.linked_entries(link.id))}
    own = {entry.paper_id for entry in entries.values()}
    missing = wishes.lacked - {key for key, entry in entries.items() if GONE not in entry.seen}
    if own & (changes.added | changes.changed | changes.removed) or set(reader.ids_of_keys(missing).values()) - own:
        return None
    overlays = sum(len(overlays_of(entry.seen)) for entry in entries.values())
    return SyncPlan(link, seen, _EMPTY, _EMPTY, _EMPTY, entries, missing=tuple(sorted(missing)), overlays=overlays)


@dataclass(slots=True)
class _Planning:
    reader: Reader
    link: LinkedFile
    wishes: Wishes
    seen: Look
    base: Document
    now: Document
    entries: Mapping[str, LinkedEntry]

    def plan(self) -> SyncPlan:
        """The whole plan."""
        link, choices, now = self.link, self.wishes.choices, self.now
        their_entries = list(changed_entries(self.base, now))
        concerned = self._concerned() | {
            self.entries[key].paper_id for one in their_entries for key in (one.old_key, one.key) if key in self.entries
        }
        strings = FileStrings(self.base, now, self.reader.blocks(), link.path)
        mine = MyChanges(self.reader, link, self.wishes, now, self.entries, {}, strings)
        mine.load(concerned)
        theirs = TheirChanges(self.entries, mine.papers, choices)
        held: dict[str, frozenset[str]] = {}
        if link.direction is Direction.TO_FILE:
            held = _held(their_entries, self.entries)
        else:
            strings.take_theirs(is_all=choices.get(("", "")) is Side.THEIRS)
            for one in their_entries:
                theirs.take(one)
        if link.direction is not Direction.FROM_FILE and self.seen.state is not FileState.CHECKOUT:
            mine.collect(concerned, theirs)
        return SyncPlan(
            link,
            self.seen,
            self.base,
            now,
            edited(mine.staged, mine.edits, style=learn_style(mine.staged)),
            self.entries,
            (*theirs.taken, *mine.back),
            tuple(theirs.gone),
            tuple(mine.written),
            mine.edits,
            (*theirs.clashes, *mine.clashes),
            self._missing(mine.added),
            tuple(mine.kept),
            held,
            sum(len(overlays_of(entry.seen)) for entry in self.entries.values()),
            tuple(strings.edits),
            tuple(strings.taken),
            mine.said,
        )

    def _concerned(self) -> set[PaperId]:
        """Papers of this file that may have changed since it was last brought up to date."""
        own = {entry.paper_id for entry in self.entries.values()}
        changes = self.reader.changes_since(self.link.version)
        return own if changes.everything else own & (changes.added | changes.changed | changes.removed)

    def _missing(self, added: Iterable[NewEntry]) -> tuple[str, ...]:
        """Keys that the project cites and neither the file nor what is about to be written has."""
        have = {entry.key for entry in self.now.entries} | {new.key for new in added}
        return tuple(sorted(self.wishes.lacked - have))


def _held(changed: Iterable[ChangedEntry], entries: Mapping[str, LinkedEntry]) -> dict[str, frozenset[str]]:
    """The fields that others changed in a file that only follows the library: they are overlays from now on."""
    return {
        one.key: frozenset(differing_names(one.before, one.after))
        for one in changed
        if one.before and one.after and one.key in entries
    }
