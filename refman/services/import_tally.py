"""Counting what an import does."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from refman.domain.changes import Changes
from refman.domain.paper import Draft, PaperId
from refman.domain.ports import Reader
from refman.services.citekeys import KeyMaker
from refman.services.import_plan import FileProblem, ImportPlan, ImportReport
from refman.services.importing import difference_problem, key_problem, resembling_problem
from refman.services.matching import Incoming, Match
from refman.services.outcome import Outcome, Sentence, outcome_of
from refman.services.reading import check_options, complete_draft
from refman.services.returning_keys import deleted_owner

MOST_PROBLEMS = 10_000
"""How many problems of an import are told one by one."""
_FEW_KEYS = 10_000


class KeyList(Sequence[str]):
    """Keys in the order of the drafts, a few hundred to a text: 20 MB for a million instead of 75."""

    _SIZE = 512

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._last: list[str] = []
        self._open = (-1, self._last)

    def append(self, key: str) -> None:
        """Adds a key."""
        self._last.append(key)
        if len(self._last) == self._SIZE:
            self._texts.append(json.dumps(self._last))
            self._last = []

    def __iter__(self) -> Iterator[str]:
        for text in self._texts:
            yield from json.loads(text)
        yield from self._last

    def __len__(self) -> int:
        return self._SIZE * len(self._texts) + len(self._last)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        number, rest = divmod(place % len(self), self._SIZE)
        if number == len(self._texts):
            return self._last[rest]
        if self._open[0] != number:
            self._open = (number, json.loads(self._texts[number]))
        return self._open[1][rest]


@dataclass(slots=True)
class Tally:
    """The figures and keys so far; each draft is told once, by its position. `files` are the names of the inputs."""

    files: Sequence[str]
    problems: list[FileProblem] = field(default_factory=list)
    more_problems: int = 0
    keys: KeyList = field(default_factory=KeyList)
    waiting: dict[int, str] = field(default_factory=dict)
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0

    def add(self, position: int, key: str) -> None:
        """A new paper."""
        self.added += 1
        self.waiting[position] = key

    def add_many(self, positions: Sequence[int], keys: Sequence[str]) -> None:
        """New papers."""
        self.added += len(keys)
        self.waiting.update(zip(positions, keys, strict=True))

    def meet(self, position: int, key: str, *, is_update: bool) -> None:
        """A paper that is here already."""
        self.updated += is_update
        self.unchanged += not is_update
        self.waiting[position] = key

    def skip(self, position: int, key: str) -> None:
        """A draft that nobody wants."""
        self.skipped += 1
        self.waiting[position] = key

    def close(self) -> None:
        """Every draft up to some position has been told: their keys go where they take little room."""
        position = len(self.keys)
        while (key := self.waiting.pop(position, None)) is not None:
            self.keys.append(key)
            position += 1

    def tell(self, problems: Iterable[FileProblem]) -> None:
        """Something that a person should know; beyond `MOST_PROBLEMS` they are only counted."""
        for problem in problems:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)
            else:
                self.more_problems += 1

    def file_of(self, match: Match) -> str:
        """The input that a draft stood in."""
        return self.files[match.incoming.source]


class Keys:
    """Gives keys to the new papers of an import; a key that was read and is taken becomes a problem."""

    def __init__(self, reader: Reader, *, pattern: str, tally: Tally) -> None:
        self._reader = reader
        self._maker = KeyMaker(reader, pattern)
        self._tally = tally
        self.returned: dict[str, PaperId] = {}
        """Keys given back to papers that had been deleted, and the paper (in the trash, or gone) that had them."""

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Asks about the first keys of a batch at once."""
        self._maker.look_up(drafts)

    def forget_stored(self) -> None:
        """Every key that was given is stored now."""
        self._maker.forget_stored()

    def give(self, match: Match, draft: Draft) -> str:
        """The key as it was read when it is free, else that with a letter more; a made one where none was read.

        A paper that was deleted and comes back has its key again.
        """
        for wish in self._maker.wishes(draft):
            owner = deleted_owner(self._reader, wish, draft) if self._maker.is_stored(wish) else None
            if owner is not None:
                self._maker.give_back(wish)
                self.returned[wish] = owner
                return wish
        if not draft.key:
            return self._maker.make(draft)
        key = self._maker.keep(draft.key)
        if key != draft.key:
            self._tally.tell([key_problem(draft, key, file=self._tally.file_of(match))])
        return key


def tally_of(plan: ImportPlan) -> Tally:
    """A tally that has the problems of the plan, all of them: the plan holds them anyway."""
    return Tally([source.name for source in plan.sources], list(plan.problems))


def tell_new(tally: Tally, match: Match, key: str) -> None:
    """Counts a new paper, and tells which entry with another key may be the same work."""
    tally.add(match.incoming.position, key)
    other = match.resembles.traits.key if match.resembles else ""
    if other:
        tally.tell([resembling_problem(match.incoming.draft, key, other, file=tally.file_of(match))])


def tell_met(tally: Tally, match: Match, key: str) -> None:
    """Counts a draft whose paper is here and tells what differs; a repeat in one source is never an update."""
    tally.meet(match.incoming.position, key, is_update=bool(match.fills) and match.repeat_of is None)
    draft, file = match.incoming.draft, tally.file_of(match)
    tally.tell(difference_problem(found, draft, which=key, file=file) for found in match.filling.differences)


def chosen_drafts(plan: ImportPlan, tally: Tally) -> list[Incoming]:
    """The drafts that somebody wants, with the tags chosen since they were read; the others count as skipped.

    Raises: InvalidValue for a tag that cannot be.
    """
    options = replace(plan.options, tags=check_options(plan.options))
    incoming = []
    for position, item in enumerate(plan.items):
        if item.chosen:
            policy = item.on_duplicate or plan.options.on_duplicate
            incoming.append(Incoming(position, complete_draft(item.draft, options), item.source_index, policy))
        else:
            tally.skip(position, item.match_key)
    return incoming


def report_of(tally: Tally, *, profiles: Sequence[str], changes: Changes) -> ImportReport:
    """What the import did; problems in the order of files and lines. `profiles` are the names of captures read."""
    tally.close()
    places = {name: place for place, name in reversed(list(enumerate(tally.files)))}
    problems = sorted(tally.problems, key=lambda found: (places.get(found.file, 0), found.line))
    if tally.more_problems:
        more = f"{tally.more_problems:,}"
        message = f"There are {more} more problems, which are not listed."
        problems.append(FileProblem(problems[-1].file, 0, "more-problems", message, (more,)))
    return ImportReport(
        _outcome(tally, changes),
        tally.added,
        tally.updated,
        tally.unchanged,
        tally.skipped,
        keys=tuple(tally.keys) if len(tally.keys) <= _FEW_KEYS else tally.keys,
        profiles=tuple(dict.fromkeys(profiles)),
        problems=tuple(problems),
    )


def _outcome(tally: Tally, changes: Changes) -> Outcome:
    """`21 added, 2 already here`."""
    counts = (
        (tally.added, "added"),
        (tally.updated, "completed"),
        (tally.unchanged, "already here"),
        (tally.skipped, "left out"),
    )
    message = ", ".join(f"{number:,} {what}" for number, what in counts if number) or "Nothing to import"
    figures = tuple(str(number) for number, _ in counts)
    if changes.is_empty:
        return Outcome(changes, message, "imported-nothing", figures)
    return outcome_of(changes, Sentence("imported", message, figures))
