"""Making the plan of a synchronisation: one look at the file, one at the library, nothing written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from refman.domain.changes import OperationState
from refman.domain.links import Direction, LinkedEntry, LinkedFile
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader
from refman.domain.query import Node
from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, NewEntry, edited
from refman.formats.bibfile.style import learn_style
from refman.formats.bibtex.parts import EntryPart, draft_of
from refman.services.entries.macro_texts import certain_texts
from refman.services.linking.entry_memory import taken_out, text_before
from refman.services.linking.looking import FileState, Look, documents, look
from refman.services.linking.putting_back import put_back
from refman.services.linking.rendering import Renderer, renderer_for
from refman.services.linking.seen import GONE, OURS, TYPE, changed_names, differing_names, overlays_of
from refman.services.linking.sync_plan import Choices, Clash, Side, SyncPlan, Taken, Written
from refman.services.linking.theirs import ChangedEntry, TheirChanges, changed_entries, shown

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for. `members` is the query of the link, understood; `cited` are the keys its project cites,
    `elsewhere` those that other .bib files of the project have."""

    choices: Choices = field(default_factory=dict)
    members: Node | None = None
    cited: frozenset[str] = frozenset()
    removes_cited: bool = False
    elsewhere: frozenset[str] = frozenset()

    @property
    def lacked(self) -> frozenset[str]:
        """The cited keys that this file has to have."""
        return self.cited - self.elsewhere


def make_plan(reader: Reader, link: LinkedFile, wishes: Wishes) -> SyncPlan:
    """What has to be done. Cost: the papers that changed since the last time, all of them only when that is unknown.

    Raises: UnreadableInput when the file cannot be kept to the byte.
    """
    seen = look(reader, link)
    quick = _nothing_happened(reader, link, wishes, seen)
    if quick is not None:
        return quick
    base, now = documents(reader, seen) if seen.state is not FileState.UNREADABLE else (_EMPTY, _EMPTY)
    entries = {entry.key: entry for entry in reader.linked_entries(link.id)}
    if seen.state in (FileState.PAUSED, FileState.GONE, FileState.UNREADABLE):
        return SyncPlan(link, seen, base, now, now, entries)
    return _Planning(reader, link, wishes, seen=seen, base=base, now=now, entries=entries).plan()


_EMPTY = Document("")


def _nothing_happened(reader: Reader, link: LinkedFile, wishes: Wishes, seen: Look) -> SyncPlan | None:
    """The plan where neither file nor library changed, without reading the file; None when something may have."""
    changes = reader.changes_since(link.version)
    if seen.state is not FileState.SAME or changes.everything or wishes.members is not None:
        return None
    entries = {entry.key: entry for entry in reader.linked_entries(link.id)}
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
    papers: dict[PaperId, Paper] = field(default_factory=dict)
    changed: dict[EntryId, EntryChange] = field(default_factory=dict)
    added: list[NewEntry] = field(default_factory=list)
    removed: list[EntryId] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    back: list[Taken] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def plan(self) -> SyncPlan:
        """The whole plan."""
        their_entries = list(changed_entries(self.base, self.now))
        concerned = self._concerned() | {
            self.entries[key].paper_id for one in their_entries for key in (one.old_key, one.key) if key in self.entries
        }
        self._load(concerned)
        theirs = TheirChanges(self.entries, self.papers, self.wishes.choices)
        held: dict[str, frozenset[str]] = {}
        if self.link.direction is Direction.TO_FILE:
            held = _held(their_entries, self.entries)
        else:
            for one in their_entries:
                theirs.take(one)
        style = learn_style(self.now)
        if self.link.direction is not Direction.FROM_FILE and self.seen.state is not FileState.CHECKOUT:
            self._write_mine(renderer_for(self.now, style, certain_texts(self.reader.blocks())), concerned, theirs)
        edits = Edits(self.changed, self.added, self.removed)
        return SyncPlan(
            self.link,
            self.seen,
            self.base,
            self.now,
            edited(self.now, edits, style=style),
            self.entries,
            (*theirs.taken, *self.back),
            tuple(theirs.gone),
            tuple(self.written),
            edits,
            (*theirs.clashes, *self.clashes),
            self._missing(),
            tuple(self.kept),
            held,
            sum(len(overlays_of(entry.seen)) for entry in self.entries.values()),
        )

    def _concerned(self) -> set[PaperId]:
        """Papers of this file that may have changed since it was last brought up to date."""
        own = {entry.paper_id for entry in self.entries.values()}
        changes = self.reader.changes_since(self.link.version)
        return own if changes.everything else own & (changes.added | changes.changed | changes.removed)

    def _load(self, ids: Iterable[PaperId]) -> None:
        wanted = [one for one in ids if one not in self.papers]
        for start in range(0, len(wanted), _CHUNK):
            self.papers.update((paper.id, paper) for paper in self.reader.papers(wanted[start : start + _CHUNK]))

    # Mine

    def _write_mine(self, renderer: Renderer, concerned: set[PaperId], theirs: TheirChanges) -> None:
        members = self._members()
        renamed = {one.old_key for one in theirs.taken if one.old_key}
        is_undone = self._is_undone()
        for key, linked in self.entries.items():
            entry = self.now.by_id.get((key, 0))
            leaves = linked.paper_id in concerned or (OURS in linked.seen and members is not None)
            if entry is None or not entry.is_sound or key in renamed or GONE in linked.seen or not leaves:
                continue
            paper = self.papers.get(linked.paper_id)
            is_member = members is None or linked.paper_id in members or OURS not in linked.seen
            if (paper is None and linked.paper_id in concerned) or (paper and paper.trashed) or not is_member:
                self._remove(key, linked, is_undone=is_undone and paper is None)
            elif paper is not None:
                self._change(renderer, entry, linked, paper=paper, theirs=theirs, is_undone=is_undone)
        self._put_back(renderer, concerned, members)
        self._add_members(renderer, members)

    def _change(
        self,
        renderer: Renderer,
        entry: EntryPart,
        linked: LinkedEntry,
        *,
        paper: Paper,
        theirs: TheirChanges,
        is_undone: bool,
    ) -> None:
        key = linked.key
        clashing = {one.field for one in theirs.clashes if one.key == key}
        names = {name for name in changed_names(paper, linked.seen) if (key, name) not in theirs.settled} - clashing
        is_mine_only = not clashing and all(one != key for one, _ in theirs.settled)
        text = text_before(linked.seen, paper, self.now.raw(entry)) if names and is_mine_only else None
        change = EntryChange(raw=text) if text is not None else renderer.change(paper, names, entry)
        if text is None and not change.fields and change.type in (None, entry.type):
            return
        if is_undone and (agreed := self._agreed(entry, paper, names)) != names:
            if not agreed:
                return
            names, change = agreed, renderer.change(paper, agreed, entry)
        self.changed[(key, 0)] = change
        self.written.append(Written(key, paper.id, "changed", frozenset(names)))

    def _agreed(self, entry: EntryPart, paper: Paper, names: set[str]) -> set[str]:
        """After an undo of what was taken, what may be written: which side counts is for the person to say."""
        draft, asked = draft_of(entry, self.now.macros), self.wishes.choices
        differ = sorted(differing_names(paper, draft) & names)
        other = asked.get((entry.key, "")) or asked.get(("", ""))
        chosen = {name: asked.get((entry.key, name)) or other for name in differ}
        theirs = [name for name in differ if chosen[name] is Side.THEIRS]
        if theirs:
            roles = {*draft.people, *paper.people}
            self.back.append(
                Taken(
                    entry.key,
                    draft,
                    paper.id,
                    {name: draft.fields.get(name) for name in theirs if name not in roles and name != TYPE},
                    {name: draft.people.get(name) for name in theirs if name in roles},
                    draft.type if TYPE in theirs else None,
                )
            )
        open_names = [name for name in differ if chosen[name] is None]
        self.clashes += [Clash(entry.key, one, None, shown(paper, one), shown(draft, one)) for one in open_names]
        kept_back = {*theirs, *open_names}
        return names - kept_back if set(differ) - kept_back or not differ else set()

    def _remove(self, key: str, linked: LinkedEntry, *, is_undone: bool) -> None:
        if key in self.wishes.cited and not self.wishes.removes_cited:
            self.kept.append(key)
            return
        side = self.wishes.choices.get((key, "")) or self.wishes.choices.get(("", ""))
        if is_undone and side is not Side.MINE:
            self._bring_back(key, side)
            return
        self.removed.append((key, 0))
        self.written.append(Written(key, linked.paper_id, "removed"))

    def _bring_back(self, key: str, side: Side | None) -> None:
        entry = self.now.by_id[(key, 0)]
        draft = draft_of(entry, self.now.macros)
        if side is Side.THEIRS:
            self.back.append(Taken(key, draft))
        else:
            self.clashes.append(Clash(key, "", None, None, draft.plain("title") or key))

    def _is_undone(self) -> bool:
        """True when the step that last took changes from the file was undone, also when redo is no longer possible."""
        if not self.link.taken:
            return False
        steps = {int(step.id): step.state for step in self.reader.history(limit=200)}
        if self.link.taken in steps:
            return steps[self.link.taken] is OperationState.UNDONE
        return bool(steps) and min(steps) < self.link.taken

    def _put_back(self, renderer: Renderer, concerned: set[PaperId], members: set[PaperId] | None) -> None:
        """Entries that refman took out and whose papers belong into the file again."""
        here = {entry.key.lower() for entry in self.now.entries}
        near = concerned | (members or set())
        found = {
            key: (out, linked.paper_id)
            for key, linked in self.entries.items()
            if linked.paper_id in near and key.lower() not in here and (out := taken_out(linked.seen))
            if members is None or OURS not in out.seen or linked.paper_id in members
        }
        self._load(paper_id for _, paper_id in found.values())
        for new, paper_id in put_back(self.now, renderer, found, papers=self.papers):
            self.added.append(new)
            self.written.append(Written(new.key, paper_id, "added"))

    # Members

    def _members(self) -> set[PaperId] | None:
        if self.wishes.members is None:
            return None
        return {PaperId(one) for one in self.reader.ids(Listing(self.wishes.members))}

    def _add_members(self, renderer: Renderer, members: set[PaperId] | None) -> None:
        """Papers that belong into the file and are not in it, cited ones of the project among them."""
        here = {entry.paper_id for entry in self.entries.values()}
        wanted = sorted((members or set()) - here)
        by_key = self.reader.ids_of_keys(sorted(self.wishes.lacked - {entry.key for entry in self.now.entries}))
        cited = {paper_id: key for key, paper_id in by_key.items() if paper_id not in here}
        self._load([*wanted, *cited])
        taken = {entry.key.lower() for entry in self.now.entries}
        for paper_id in dict.fromkeys((*wanted, *sorted(cited))):
            paper = self.papers.get(paper_id)
            if paper is None or paper.trashed or not paper.key:
                continue
            key = _free(paper.key, taken)
            taken.add(key.lower())
            self.added.append(renderer.new_entry(paper, key))
            self.written.append(Written(key, paper_id, "added"))

    def _missing(self) -> tuple[str, ...]:
        """Keys that the project cites and neither the file nor what is about to be written has."""
        have = {entry.key for entry in self.now.entries} | {new.key for new in self.added}
        return tuple(sorted(self.wishes.lacked - have))


def _held(changed: Iterable[ChangedEntry], entries: Mapping[str, LinkedEntry]) -> dict[str, frozenset[str]]:
    """The fields that others changed in a file that only follows the library: they are overlays from now on."""
    return {
        one.key: frozenset(differing_names(one.before, one.after))
        for one in changed
        if one.before and one.after and one.key in entries
    }


def _free(key: str, taken: set[str]) -> str:
    """The key, with letters behind it where another paper of the file has it."""
    letters: Sequence[str] = ("", *"abcdefghijklmnopqrstuvwxyz")
    free = next((key + letter for letter in letters if (key + letter).lower() not in taken), "")
    return free or f"{key}-{len(taken)}"
