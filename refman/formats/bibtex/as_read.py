"""Entries that nobody edited leave as the text they were read from.

A paper is held against the text of its entry: where every value still is the one that was read, the text itself is
written. Only what the dialect cannot carry is replaced in it, value by value: letters beyond ASCII for BibTeX, the
key of a paper that had to get another one, a macro that means something else in the export.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bibtexparser.model import Entry

from refman.domain.fields import canonical_name, field_of
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.formats.bibtex.arxiv import is_old_style
from refman.formats.bibtex.drafts import read_draft
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.splitter import FieldPlace, Piece, split

# Problems of an entry that BibTeX and biber read all the same.
TOLERATED = frozenset(
    {
        *("duplicate-field", "undefined-macro", "undefined-month", "bad-date", "year-overruled", "key-with-blanks"),
        *("empty-name", "odd-separator", "too-many-commas", "comma-at-end", "odd-others"),
    }
)
# Typed and fetched ones leave with an eprint only.
_WITH_EPRINT = frozenset({"archiveprefix", "primaryclass"})


@dataclass(frozen=True, slots=True)
class EntryText:
    """The text of one entry with the places of its parts, and the draft that it gives."""

    raw: str
    piece: Piece
    entry: Entry
    draft: Draft

    def respelled(
        self, key: str, respell: Callable[[str, str], str], drops: Callable[[str, str], bool] | None = None
    ) -> str:
        """The text with another key and with every value as `respell` gives it, "" when it gives "" for one.

        `respell` gets the name under which a field is stored and its value expression, as does `drops`, which says
        of a field that it does not leave: it goes with its line, all other bytes stay.
        """
        pieces = [self.raw[: self.piece.key[0]], key]
        before = done = self.piece.key[1]
        for field, place in zip(self.entry.fields, self.piece.fields, strict=True):
            name = canonical_name(field.key)
            if drops and drops(name, field.value):
                start, end = self._removed(before, place)
                pieces.append(self.raw[done:start])
                before, done = place.end, max(done, end)
                continue
            value = respell(name, field.value)
            if not value:
                return ""
            pieces += [self.raw[done : place.value_start], value]
            before = done = place.end
        return "".join([*pieces, self.raw[done:]])

    def without(self, drops: Callable[[str, str], bool]) -> str:
        """The text without the fields of which `drops` says so."""
        start, end = self.piece.key
        return self.respelled(self.raw[start:end], lambda _, value: value, drops)

    def _removed(self, before: int, place: FieldPlace) -> tuple[int, int]:
        """What goes with a field: the white space before it and its comma, the one before it where it has none.

        The comma behind the key stays (biber wants it), and so do comments beside the field.
        """
        gap = self.raw[before : place.start]
        behind = len(self.raw) - len(self.raw[place.end :].lstrip())
        start = place.start - (len(gap) - len(gap.rstrip()))
        if self.raw[behind : behind + 1] == ",":
            return start, behind + 1
        if gap.strip() == "," and before != self.piece.key[1]:
            return before, place.end
        return start, place.end


def read_again(raw: str) -> EntryText | None:
    """The entry whose text this is, None when BibTeX or biber would not read the whole of it."""
    pieces = list(split(raw))
    if len(pieces) != 1 or not isinstance(pieces[0].block, Entry) or pieces[0].span.end != len(raw):
        return None
    piece, entry = pieces[0], pieces[0].block
    draft, problems = read_draft(entry, Span(0, len(raw), 1), STYLE_MACROS)
    is_whole = {problem.code for problem in (*piece.problems, *problems)} <= TOLERATED
    return EntryText(raw, piece, entry, draft) if is_whole and entry.key else None


def is_unedited(paper: Draft, read: Draft, *, has_days: bool = True) -> bool:
    """True when the paper says what its entry says; what never leaves (scores, guesses) may differ.

    Without `has_days` (BibTeX) a day that stands in no `date` never leaves either.
    """
    typed = _others(paper)
    if not has_days and not paper.plain("date"):
        typed.pop("day", None)
    return (
        paper.type.lower() == read.type.lower()
        and _sources(paper) == _sources(read)
        and typed.items() <= _others(read).items()
    )


def _sources(draft: Draft) -> dict[str, str]:
    values: list[tuple[str, FieldValue | People]] = [*draft.fields.items(), *draft.people.items()]
    return {name: value.source for name, value in values if value.source is not None and not value.is_guess}


def _others(draft: Draft) -> dict[str, object]:
    """What would leave and has no source: typed, or derived from what was read."""
    people = {role: (p.names, p.truncated) for role, p in draft.people.items() if p.source is None and not p.is_guess}
    fields = {
        name: value.plain
        for name, value in draft.fields.items()
        if value.source is None and value.plain and not value.is_guess and _leaves(draft, name)
    }
    return {**people, **fields}


def _leaves(draft: Draft, name: str) -> bool:
    if name in _WITH_EPRINT:
        eprint = draft.fields.get("eprint")
        is_written = eprint is not None and bool(eprint.plain) and not eprint.is_guess
        return is_written and not (name == "primaryclass" and is_old_style(draft.plain("eprint")))
    field = field_of(name)
    return name == "day" or bool(field.bibtex_name or field.biblatex_name)
