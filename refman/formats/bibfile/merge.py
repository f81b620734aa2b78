"""Three-way merge of .bib files by entry and field: what they changed is put into mine, in the fewest bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from refman.formats.bibfile.compare import aligned, facts_of, normal, says_the_same
from refman.formats.bibfile.document import Document, EntryId, document_of
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, NewEntry, edited
from refman.formats.bibfile.merge_others import OtherConflict, with_others
from refman.formats.bibfile.merge_strings import with_needed_strings
from refman.formats.bibfile.placing import comment_above
from refman.formats.bibtex.parts import EntryPart


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both changed in different ways, or ("" as field) an entry that one changed and one removed.

    Values are as written; `@key` and `@type` are fields too; None means that it is not there.
    """

    key: str
    field: str
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class EntryConflict:
    """An entry with conflicts. `mine` is its id in the merged document, None when mine removed it.

    `wanted` is what would give theirs; `theirs_raw` is the whole entry of theirs, None when they removed it.
    """

    mine: EntryId | None
    wanted: EntryChange
    theirs_raw: str | None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Mine with all that they changed and that does not clash; where it clashes mine stands."""

    document: Document
    conflicts: tuple[Conflict, ...] = ()
    entries: tuple[EntryConflict, ...] = ()
    others: tuple[OtherConflict, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True when nothing clashed."""
        return not self.conflicts and not self.others


@dataclass(slots=True)
class _Merging:
    """One merge on its way through the entries."""

    base: Document
    mine: Document
    theirs: Document
    mine_by_id: Mapping[EntryId, EntryPart]
    theirs_by_id: Mapping[EntryId, EntryPart]
    own_ids: Mapping[int, EntryId]
    changed: dict[EntryId, EntryChange] = field(default_factory=dict)
    removed: list[EntryId] = field(default_factory=list)
    added: list[NewEntry] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    entries: list[EntryConflict] = field(default_factory=list)

    def take(self, entry_id: EntryId) -> None:
        """Decides about one entry."""
        base = self.base.by_id.get(entry_id)
        mine, theirs = self.mine_by_id.get(entry_id), self.theirs_by_id.get(entry_id)
        if theirs is None:
            if base and mine:
                self._they_removed(base, mine)
        elif mine is None:
            self._only_theirs(base, theirs)
        elif self.mine.raw(mine) != self.theirs.raw(theirs) and not self._is_untouched(base, theirs):
            self._both(base, mine, theirs)

    def _is_untouched(self, base: EntryPart | None, theirs: EntryPart) -> bool:
        return base is not None and self.base.raw(base) == self.theirs.raw(theirs)

    def _they_removed(self, base: EntryPart, mine: EntryPart) -> None:
        own = self.own_ids[mine.start]
        if says_the_same(self.base, base, self.mine, mine) and base.key == mine.key:
            self.removed.append(own)
            return
        self.conflicts.append(Conflict(mine.key, "", self.base.raw(base), self.mine.raw(mine), None))
        self.entries.append(EntryConflict(own, EntryChange(), None))

    def _only_theirs(self, base: EntryPart | None, theirs: EntryPart) -> None:
        raw, after = self.theirs.raw(theirs), self._predecessor(theirs)
        if base is None:
            self.added.append(NewEntry(theirs.key, raw=self._with_comment(theirs), after=after, keeps_place=True))
        elif not (says_the_same(self.base, base, self.theirs, theirs) and base.key == theirs.key):
            self.conflicts.append(Conflict(theirs.key, "", self.base.raw(base), None, raw))
            self.entries.append(EntryConflict(None, EntryChange(), raw, after))

    def _both(self, base: EntryPart | None, mine: EntryPart, theirs: EntryPart) -> None:
        own = self.own_ids[mine.start]
        if base and self.base.raw(base) == self.mine.raw(mine):
            self.changed[own] = EntryChange(raw=self.theirs.raw(theirs))
            return
        if not (mine.is_sound and theirs.is_sound and (base is None or base.is_sound)):
            raws = self.base.raw(base) if base else None, self.mine.raw(mine), self.theirs.raw(theirs)
            self.conflicts.append(Conflict(mine.key, "", *raws))
            self.entries.append(EntryConflict(own, EntryChange(raw=raws[2]), raws[2]))
            return
        self._by_field(own, _attributes(base), _attributes(mine), theirs=theirs)

    def _by_field(self, own: EntryId, base: Mapping[str, str], mine: Mapping[str, str], *, theirs: EntryPart) -> None:
        wanted: dict[str, str | None] = {}
        clashing: dict[str, str | None] = {}
        their = _attributes(theirs)
        for name in dict.fromkeys((*their, *base)):
            values = base.get(name), mine.get(name), their.get(name)
            before, own_value, their_value = (_normal(value) for value in values)
            if their_value in (before, own_value):
                continue
            if own_value == before:
                wanted[name] = values[2]
            else:
                clashing[name] = values[2]
                self.conflicts.append(Conflict(mine["@key"], name, *values))
        if wanted:
            self.changed[own] = change_of(wanted)
        if clashing:
            now = (wanted.get("@key") or own[0], own[1])
            self.entries.append(EntryConflict(now, change_of(clashing), self.theirs.raw(theirs)))

    def _predecessor(self, theirs: EntryPart) -> str:
        """The key of the nearest entry before it that is in mine too, "" when none is."""
        for entry in reversed(self.theirs.entries):
            if entry.start < theirs.start and (entry.key, 0) in self.mine.by_id:
                return entry.key
        return ""

    def _with_comment(self, theirs: EntryPart) -> str:
        """The entry with the comment above it, where that is new too."""
        comment = comment_above(self.theirs, theirs)
        known = {self.mine.raw(part) for part in self.mine.others}
        if comment is None or self.theirs.raw(comment) in known:
            return self.theirs.raw(theirs)
        return self.theirs.text[comment.start : theirs.end]


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Mine with what theirs changed since base. Where only one side changed anything, that side to the byte."""
    if theirs.text in (base.text, mine.text):
        return Merged(mine)
    if mine.text == base.text:
        return Merged(document_of(theirs.text, theirs.encoding))
    own_ids = {entry.start: entry_id for entry_id, entry in mine.by_id.items()}
    merging = _Merging(base, mine, theirs, aligned(base, mine), aligned(base, theirs), own_ids)
    order = sorted(merging.theirs_by_id.items(), key=lambda pair: pair[1].start)
    for entry_id in dict.fromkeys((*(one for one, _ in order), *base.by_id)):
        merging.take(entry_id)
    document = edited(mine, Edits(merging.changed, merging.added, merging.removed))
    document, others = with_others(base, document, theirs)
    document = with_needed_strings(document, theirs, mine, base)
    return Merged(document, tuple(merging.conflicts), tuple(merging.entries), others)


def change_of(values: Mapping[str, str | None]) -> EntryChange:
    """The change that gives these values, `@key` and `@type` among them."""
    fields = {name: value for name, value in values.items() if name[0] != "@"}
    return EntryChange(fields, type=values.get("@type"), key=values.get("@key"), as_given=True)


def _attributes(entry: EntryPart | None) -> dict[str, str]:
    return {"@key": entry.key, "@type": entry.type, **facts_of(entry)} if entry else {}


def _normal(value: str | None) -> object:
    return None if value is None else normal(value) or value
