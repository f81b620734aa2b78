"""The BibTeX of one entry as a person types it: what it says, and what keeps it from being stored.

What is stored must leave as it was typed, so an entry with anything in it at which BibTeX or biber would stop is
refused, with the line; what both read all the same (an undefined macro, a field that stands twice) is only told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bibtexparser.model import Entry, Field, ImplicitComment

from refman.domain.errors import Problem
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.formats.bibtex.as_read import TOLERATED
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.drafts import read_draft
from refman.formats.bibtex.origin_dialect import DialectSigns
from refman.formats.bibtex.splitter import Piece, split
from refman.formats.bibtex.types import CONTROL_TYPES

_NOT_CLOSED = frozenset({"value-not-closed", "entry-not-closed"})
_FIELD_LINE = re.compile(r"\s*[A-Za-z][\w-]*\s*=")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One typed entry: `raw` is its text, `key_line` the line of its key, `dialect` what its fields speak for.

    With `errors` there may be no draft; `notes` are odd things that are kept as they are.
    """

    draft: Draft | None = None
    raw: str = ""
    key_line: int = 0
    dialect: Dialect | None = None
    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def read_raw_entry(text: str, macros: Mapping[str, str]) -> RawEntry:
    """Reads what was typed; `macros` are lower-case names to TeX. Never raises; linear in the length of the text."""
    pieces = list(split(text))
    entries = [piece for piece in pieces if isinstance(piece.block, Entry)]
    if not entries:
        return RawEntry(errors=_none(pieces, text))
    first = entries[0]
    assert isinstance(first.block, Entry)
    draft, problems = read_draft(first.block, first.span, macros)
    found = [*first.problems, *problems]
    errors = [*_beside(pieces, first), *_about_the_head(draft, first)]
    errors += [_placed(one, text) for one in found if one.code not in TOLERATED and one.code != "no-key"]
    signs = DialectSigns()
    signs.take_entry(first.block)
    return RawEntry(
        draft,
        text[first.span.start : first.span.end],
        first.span.line + text.count("\n", first.span.start, first.span.start + first.key[0]),
        signs.dialect,
        tuple(sorted(errors, key=lambda one: one.line)),
        tuple(one for one in found if one.code in TOLERATED),
    )


def read_value(name: str, value: str, macros: Mapping[str, str]) -> FieldValue | People | None:
    """What one value expression says in the field of this name; None for one that says nothing."""
    draft, _ = read_draft(Entry("misc", "key", [Field(name, value)]), Span(0, 0, 1), macros)
    return draft.fields.get(name) or draft.people.get(name)


def _none(pieces: Sequence[Piece], text: str) -> tuple[Problem, ...]:
    found = [_placed(problem, text) for piece in pieces for problem in piece.problems]
    message = "There is no entry here; write one such as @article{key, title = {...}}."
    return tuple(found) or (Problem(1, "no-entry-typed", message),)


def _placed(problem: Problem, text: str) -> Problem:
    """A brace that is missing is told of where it is missing, not where the entry begins."""
    if problem.code not in _NOT_CLOSED:
        return problem
    return Problem(_open_line(text), "brace-missing", "A brace or quote that opens here is never closed.")


def _open_line(text: str) -> int:
    """The line of the field in whose braces the next field stands, else of the last one."""
    depth, opened = 0, 1
    for number, line in enumerate(text.split("\n"), 1):
        if _FIELD_LINE.match(line):
            if depth > 1:
                return opened
            opened = number
        depth += line.count("{") - line.count("}")
    return opened


def _beside(pieces: Sequence[Piece], first: Piece) -> list[Problem]:
    """What stands beside the entry would be lost."""
    found: list[Problem] = []
    for piece in pieces:
        if piece is first:
            continue
        if isinstance(piece.block, Entry):
            message = "A second entry begins here; paste it into the list to make a paper of it."
            found.append(Problem(piece.span.line, "second-entry", message))
        elif isinstance(piece.block, ImplicitComment):
            message = "This text belongs to no field; an entry ends with its closing brace."
            found.append(Problem(piece.span.line, "text-beside-entry", message))
        else:
            message = "Only the entry itself is kept here; macros, preambles and comments of a file are not."
            found.append(Problem(piece.span.line, "block-beside-entry", message))
            found += piece.problems
    return found


def _about_the_head(draft: Draft, piece: Piece) -> list[Problem]:
    line = piece.span.line
    if draft.type in CONTROL_TYPES:
        message = f"An @{draft.type} steers a style or biber and is no paper; choose another type."
        return [Problem(line, "control-type", message, (draft.type,))]
    if not draft.key:
        message = "The entry has no citation key; write it behind the opening brace, with a comma after it."
        return [Problem(line, "key-missing", message)]
    return []
