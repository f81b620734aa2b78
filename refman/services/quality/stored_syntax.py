"""What was odd in the text that a paper was read from, where the paper still hangs on it.

A reader shows what is meant: people and keywords of fields that stand twice are joined, fields behind a missing comma
are shown as derived. BibTeX sees neither. Here that is told, with the entry as it should be as a proposal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from refman.domain.errors import Problem
from refman.domain.paper import Draft, FieldValue, Origin, Paper, People, SourceSpan
from refman.domain.ports import Reader, Writer
from refman.domain.quality import ENTRY, CheckName, Finding, Fix, Severity
from refman.domain.sources import TYPED_ENTRY
from refman.formats.bibtex.as_read import is_unedited
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import EntryPart, parts_of, read_entry
from refman.formats.bibtex.plain_values import INHERITING
from refman.services.entries.typed_text import keep_typed
from refman.services.kept_texts import KeptTexts
from refman.services.quality.slips import Slip, fix_of_entry, mended_entry

_FILE = "bibtex"
_JOINING = "missing-comma"
_TOLD = frozenset({_JOINING, "duplicate-field"})
_DERIVED_ELSEWHERE = frozenset({"eprint", "url"})
_AND = re.compile(r"\band\b", re.IGNORECASE)


Value = TypeVar("Value", FieldValue, People)


@dataclass(frozen=True, slots=True)
class _Slips:
    """The text of an entry, what it says, and what is odd in it."""

    raw: str
    draft: Draft
    problems: tuple[Problem, ...]

    @property
    def named(self) -> list[Slip]:
        """The problems as `slips` takes them."""
        return [(problem.code, problem.arguments) for problem in self.problems]


class StoredSyntax:
    """Looks at papers of one snapshot. A kept text is only read where a paper shows more than its sources say."""

    def __init__(self, reader: Reader) -> None:
        self._kept = KeptTexts(reader)

    def findings(self, paper: Paper) -> Iterator[Finding]:
        """The slips in the entry of a paper."""
        slips = self._slips(paper)
        if slips is None:
            return
        for problem in slips.problems:
            fix = fix_of_entry(slips.raw, (problem.code, problem.arguments))
            severity = Severity.ERROR if problem.code == _JOINING else Severity.WARNING
            before = slips.raw if fix else ""
            yield Finding(
                CheckName.SYNTAX, severity, ENTRY, problem.code, problem.message, problem.arguments, before, fix
            )

    def mend(
        self, writer: Writer, paper: Paper, *, now: datetime, only: Fix | None = None, with_unsure: bool = False
    ) -> bool:
        """Stores what the mended entry says beyond the one that was read; False when there is nothing to mend.

        A paper that nobody edited leaves as the mended text.
        """
        slips = self._slips(paper)
        if slips is None:
            return False
        named = slips.named if only is None else [one for one in slips.named if fix_of_entry(slips.raw, one) == only]
        text = mended_entry(slips.raw, named, with_unsure=with_unsure or only is not None)[0]
        after = _read(text) if text != slips.raw else None
        if after is None:
            return False
        for name, value in _new_values(slips.draft.fields, after.draft.fields).items():
            if _is_as_read(paper.fields.get(name), slips.draft.fields.get(name)):
                writer.set_field(paper.id, name, value if value.is_guess else replace(value, origin=Origin.PERSON))
        for role, people in _new_values(slips.draft.people, after.draft.people).items():
            if _is_as_read(paper.people.get(role), slips.draft.people.get(role)):
                writer.set_people(paper.id, role, people if people.is_guess else replace(people, origin=Origin.PERSON))
        if is_unedited(paper, slips.draft):
            keep_typed(writer, paper.id, text, dialect=None, now=now)
        return True

    def mended_text(self, paper: Paper, *, with_unsure: bool) -> tuple[str, str]:
        """The entry as it was read and as `mend` would make it, both "" where nothing is to be mended."""
        slips = self._slips(paper)
        text = mended_entry(slips.raw, slips.named, with_unsure=with_unsure)[0] if slips else ""
        return (slips.raw, text) if slips and text != slips.raw else ("", "")

    def _slips(self, paper: Paper) -> _Slips | None:
        """The slips that still count; None where there are none, which mostly a look at the values says."""
        if not _shows_more(paper):
            return None
        found = (_read(self._kept.piece(place)) for place in _places(paper))
        slips = next((one for one in found if one is not None), None)
        if slips is None:
            return None
        is_as_read = is_unedited(paper, slips.draft)
        left = [one for one in slips.problems if one.code in _TOLD and (is_as_read or _hangs(paper, one, slips))]
        return replace(slips, problems=tuple(left)) if left else None


def _places(paper: Paper) -> list[SourceSpan]:
    """Where the paper was typed as BibTeX, the newest first, then the files it was read from."""
    typed = [place for place in paper.came_from if place.format == TYPED_ENTRY]
    return [*reversed(typed), *(place for place in paper.came_from if place.format == _FILE)]


def _read(raw: str) -> _Slips | None:
    part = next(iter(parts_of(raw)), None)
    return _Slips(raw, *read_entry(part, STYLE_MACROS)) if isinstance(part, EntryPart) else None


def _shows_more(paper: Paper) -> bool:
    """True for values without a source of their own in a paper that inherits none, and for lists longer than theirs."""
    if not paper.fields.keys() & INHERITING:
        values: Iterable[FieldValue | People] = (
            *(value for name, value in paper.fields.items() if name not in _DERIVED_ELSEWHERE),
            *paper.people.values(),
        )
        if any(value.is_guess for value in values):
            return True
    keywords = paper.fields.get("keywords")
    if keywords is not None and keywords.source is not None and len(keywords.plain) > len(keywords.source):
        return True
    return any(
        one.source is not None and len(one.names) > len(_AND.findall(one.source)) + 1 for one in paper.people.values()
    )


def _hangs(paper: Paper, problem: Problem, slips: _Slips) -> bool:
    """True where values behind a missing comma are still only shown, whatever else of the paper was edited."""
    if problem.code != _JOINING:
        return False
    after = _read(mended_entry(slips.raw, [(problem.code, problem.arguments)], with_unsure=False)[0])
    return after is not None and any(
        (own := paper.fields.get(name)) is None or own.is_guess
        for name in _new_values(slips.draft.fields, after.draft.fields)
    )


def _is_as_read(present: Value | None, read: Value | None) -> bool:
    """False for what somebody typed or cleared since."""
    return present is None or present == read or present.is_guess


def _new_values(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in after.items() if before.get(name) != value}
