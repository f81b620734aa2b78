"""My half of a synchronisation: what the library changed since file and library last met, as edits of the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from refman.domain.changes import OperationState
from refman.domain.links import LinkedEntry, LinkedFile
from refman.domain.listing import Listing
from refman.domain.paper import Paper, PaperId
from refman.domain.ports import Reader
from refman.formats.bibfile.document import Document, EntryId
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, NewEntry
from refman.formats.bibfile.string_edits import with_strings
from refman.formats.bibfile.style import learn_style
from refman.formats.bibtex.parts import EntryPart, draft_of
from refman.services.entries.macro_texts import certain_texts
from refman.services.entries.strings import macro_values
from refman.services.linking.entry_memory import taken_out, text_before
from refman.services.linking.file_strings import FileStrings
from refman.services.linking.putting_back import put_back
from refman.services.linking.rendering import Renderer, renderer_for
from refman.services.linking.seen import GONE, OURS, TYPE, changed_names, differing_names
from refman.services.linking.sync_plan import STRING, Clash, Side, Taken, Wishes, Written
from refman.services.linking.theirs import TheirChanges, shown

_CHUNK = 500


@dataclass(slots=True)
class MyChanges:
    """Collects what the file is to get. `now` is the file as it is, `staged` the same once its macros are changed;
    `said` are the fields of entries that are right without an edit of their own."""

    reader: Reader
    link: LinkedFile
    wishes: Wishes
    now: Document
    entries: Mapping[str, LinkedEntry]
    papers: dict[PaperId, Paper]
    strings: FileStrings
    staged: Document = field(init=False)
    changed: dict[EntryId, EntryChange] = field(default_factory=dict)
    added: list[NewEntry] = field(default_factory=list)
    removed: list[EntryId] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    back: list[Taken] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    said: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.staged = self.now

    @property
    def edits(self) -> Edits:
        """All of it but the macros, for the staged file."""
        return Edits(self.changed, self.added, self.removed)

    def collect(self, concerned: set[PaperId], theirs: TheirChanges) -> None:
        """Decides about the papers that may have changed, and about those that belong into the file."""
        is_undone = self._is_undone()
        if not is_undone or self.wishes.choices.get(("", "")) is Side.MINE:
            self._stage_strings(concerned, theirs)
        renderer = renderer_for(self.staged, learn_style(self.staged), certain_texts(self.reader.blocks()))
        members = self._members()
        renamed = {one.old_key for one in theirs.taken if one.old_key}
        for key, linked in self.entries.items():
            entry = self.staged.by_id.get((key, 0))
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

    def load(self, ids: Iterable[PaperId]) -> None:
        """Reads the papers that are not there yet."""
        wanted = [one for one in ids if one not in self.papers]
        for start in range(0, len(wanted), _CHUNK):
            self.papers.update((paper.id, paper) for paper in self.reader.papers(wanted[start : start + _CHUNK]))

    def _stage_strings(self, concerned: set[PaperId], theirs: TheirChanges) -> None:
        for key, linked in self.entries.items():
            paper = self.papers.get(linked.paper_id) if linked.paper_id in concerned else None
            entry = self.now.by_id.get((key, 0))
            if paper is not None and not paper.trashed and entry is not None and GONE not in linked.seen:
                self.strings.want(paper, entry, _own_names(paper, linked, theirs))
        self.staged = with_strings(self.now, self.strings.edits)
        for one in self.strings.edits:
            self.written.append(Written(f"@string {one.name}", PaperId(0), STRING, frozenset({"value"})))

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
        names = _own_names(paper, linked, theirs)
        is_mine_only = all(one.key != key for one in theirs.clashes) and all(one != key for one, _ in theirs.settled)
        text = text_before(linked.seen, paper, self.staged.raw(entry)) if names and is_mine_only else None
        change = EntryChange(raw=text) if text is not None else renderer.change(paper, names, entry)
        is_said = text is None and not change.fields and change.type in (None, entry.type)
        if is_undone and (asked := _with_macros(paper, names) if is_said else names):
            agreed = self._agreed(entry, paper, asked)
            if agreed != asked:
                is_said, names, change = not agreed, agreed, renderer.change(paper, agreed, entry)
        if is_said:
            self.said[key] = frozenset(names)
            return
        self.changed[(key, 0)] = change
        self.written.append(Written(key, paper.id, "changed", frozenset(names)))

    def _agreed(self, entry: EntryPart, paper: Paper, names: set[str]) -> set[str]:
        """After an undo of what was taken, what may be written: which side counts is for the person to say."""
        draft, asked = draft_of(entry, self.staged.macros), self.wishes.choices
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
        entry = self.staged.by_id[(key, 0)]
        draft = draft_of(entry, self.staged.macros)
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
        self.load(paper_id for _, paper_id in found.values())
        for new, paper_id in put_back(self.staged, renderer, found, papers=self.papers):
            self.added.append(new)
            self.written.append(Written(new.key, paper_id, "added"))

    def _members(self) -> set[PaperId] | None:
        if self.wishes.members is None:
            return None
        return {PaperId(one) for one in self.reader.ids(Listing(self.wishes.members))}

    def _put(self) -> set[PaperId]:
        """What the person puts into the file now; also what somebody took out of it before."""
        in_file = {linked.paper_id for key, linked in self.entries.items() if (key, 0) in self.now.by_id}
        return set(self.wishes.put) - in_file - {one.paper_id for one in self.written}

    def _add_members(self, renderer: Renderer, members: set[PaperId] | None) -> None:
        """Papers that belong into the file and are not in it, cited ones of the project among them."""
        here = {entry.paper_id for entry in self.entries.values()}
        wanted = sorted(((members or set()) - here) | self._put())
        by_key = self.reader.ids_of_keys(sorted(self.wishes.lacked - {entry.key for entry in self.now.entries}))
        cited = {paper_id: key for key, paper_id in by_key.items() if paper_id not in here}
        self.load([*wanted, *cited])
        taken = {entry.key.lower() for entry in self.now.entries}
        for paper_id in dict.fromkeys((*wanted, *sorted(cited))):
            paper = self.papers.get(paper_id)
            if paper is None or paper.trashed or not paper.key:
                continue
            key = _free(paper.key, taken)
            taken.add(key.lower())
            self.added.append(renderer.new_entry(paper, key))
            self.written.append(Written(key, paper_id, "added"))


def _with_macros(paper: Paper, names: set[str]) -> set[str]:
    return {name for name, _ in macro_values(paper)} & names


def _own_names(paper: Paper, linked: LinkedEntry, theirs: TheirChanges) -> set[str]:
    """The fields that the library changed and about which nothing is open or settled."""
    key = linked.key
    clashing = {one.field for one in theirs.clashes if one.key == key}
    return {name for name in changed_names(paper, linked.seen) if (key, name) not in theirs.settled} - clashing


def _free(key: str, taken: set[str]) -> str:
    """The key, with letters behind it where another paper of the file has it."""
    letters: Sequence[str] = ("", *"abcdefghijklmnopqrstuvwxyz")
    free = next((key + letter for letter in letters if (key + letter).lower() not in taken), "")
    return free or f"{key}-{len(taken)}"
