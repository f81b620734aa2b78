"""What one linked file needs, as plain values for the review sheet; made on a lane."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from refman.domain.paper import Draft, PaperId
from refman.formats.bibfile.document import Document
from refman.formats.bibtex.parts import draft_of
from refman.services.library import Library
from refman.services.linking.facade import links_of
from refman.services.linking.link_status import LinkStatus
from refman.services.linking.overlays import Overlay
from refman.services.linking.plan_lines import DiffLine, lines_of
from refman.services.linking.status import status_of
from refman.services.linking.sync_plan import STRING, Choices, SyncPlan, Taken, Written
from refman.services.linking.theirs import shown

_MOST = 500


class LineKind(StrEnum):
    """What a line of the sheet is about."""

    CONFLICT = "conflict"
    TAKE = "take"
    WRITE = "write"
    DIFFERS = "differs"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One field (or, without one, a whole entry): what the file had, what the library has, what the file has now."""

    kind: LineKind
    key: str
    field: str = ""
    base: str = ""
    mine: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the sheet shows. `to_take` and `to_write` count entries; of many lines the first 500 are listed."""

    status: LinkStatus
    lines: tuple[ReviewLine, ...]
    diff: tuple[DiffLine, ...]
    to_take: int
    to_write: int
    removals: int
    unlisted: int
    project: str = ""
    """The folder that goes with the file, "" for none."""

    @property
    def conflicts(self) -> list[ReviewLine]:
        """The lines that want a choice."""
        return [line for line in self.lines if line.kind is LineKind.CONFLICT]


def read_review(library: Library, path: str, choices: Choices | None = None, put: Collection[PaperId] = ()) -> Review:
    """Looks at a linked file, with `choices` and `put` as it will be once they count. Any thread.

    Raises: NotFound, UnreadableInput, InvalidValue where the file takes no single papers.
    """
    links = links_of(library)
    return review_of(links.plan(Path(path), choices, put=put), links.overlays(Path(path)))


def review_of(plan: SyncPlan, overlays: Sequence[Overlay] = ()) -> Review:
    """What a plan means to the person; `overlays` are fields that the file says otherwise."""
    lines = [*_lines(plan), *map(_differing, overlays)]
    return Review(
        status_of(plan),
        tuple(lines[:_MOST]),
        tuple(lines_of(plan, _MOST)),
        len(plan.taken) + len(plan.gone),
        len(plan.written),
        plan.removals,
        max(len(lines) - _MOST, 0),
        plan.link.project,
    )


def _differing(one: Overlay) -> ReviewLine:
    return ReviewLine(LineKind.DIFFERS, one.key, one.field, "", one.in_library or "", one.in_file or "")


def _lines(plan: SyncPlan) -> Iterator[ReviewLine]:
    for clash in plan.clashes:
        yield ReviewLine(
            LineKind.CONFLICT,
            clash.key,
            clash.field.removeprefix("@"),
            clash.base or "",
            clash.mine or "",
            clash.theirs or "",
        )
    for taken in plan.taken:
        yield from _taken(plan, taken)
    for key in plan.gone:
        yield ReviewLine(LineKind.TAKE, key, base=key)
    for number, one in enumerate(plan.written):
        yield from _written(plan, one) if number < _MOST else _unread(one)
    for key in plan.kept:
        yield ReviewLine(LineKind.NOTE, key)
    for key in plan.missing:
        yield ReviewLine(LineKind.MISSING, key)


def _taken(plan: SyncPlan, taken: Taken) -> Iterator[ReviewLine]:
    if taken.paper_id is None:
        yield ReviewLine(LineKind.TAKE, taken.key, theirs=_title(taken.draft, taken.key))
        return
    old = plan.base.by_id.get((taken.old_key or taken.key, 0))
    before = draft_of(old, plan.base.macros) if old else None
    if taken.old_key:
        yield ReviewLine(LineKind.TAKE, taken.key, "key", taken.old_key, taken.old_key, taken.key)
    for name in taken.changed:
        base = (shown(before, name) if before else None) or ""
        yield ReviewLine(LineKind.TAKE, taken.key, name, base, base, shown(taken.draft, name) or "")


def _written(plan: SyncPlan, one: Written) -> Iterator[ReviewLine]:
    if one.what == STRING:
        name = one.key.removeprefix("@string ")
        old = next(edit.old for edit in plan.strings if edit.name == name)
        before, now = (document.own_macros.get(old.lower(), "") for document in (plan.base, plan.now))
        yield ReviewLine(LineKind.WRITE, one.key, "value", before, plan.result.own_macros[name.lower()], now)
        return
    if one.what != "changed":
        is_added = one.what == "added"
        title = _title(_read(plan.result if is_added else plan.now, one.key), one.key)
        yield ReviewLine(LineKind.WRITE, one.key, mine=title if is_added else "", theirs="" if is_added else title)
        return
    base, mine, theirs = (_read(document, one.key) for document in (plan.base, plan.result, plan.now))
    for name in sorted(one.names):
        texts = ((shown(draft, name) if draft else None) or "" for draft in (base, mine, theirs))
        yield ReviewLine(LineKind.WRITE, one.key, name.removeprefix("@"), *texts)


def _unread(one: Written) -> Iterator[ReviewLine]:
    """As many lines as the entry would have; they are only counted."""
    yield from [ReviewLine(LineKind.WRITE, one.key)] * max(len(one.names), 1)


def _title(draft: Draft | None, key: str) -> str:
    """What an entry is told by; its key where it has no title."""
    return (draft.plain("title") if draft else None) or key


def _read(document: Document, key: str) -> Draft | None:
    entry = document.by_id.get((key, 0))
    return draft_of(entry, document.macros) if entry else None
