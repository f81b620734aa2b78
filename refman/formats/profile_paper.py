"""One paper of an author page: from header and paragraphs to a draft, with what could not be used as problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from refman.domain.categories import category_of
from refman.domain.dates import MONTH_NAMES, latest_day_not_after
from refman.domain.errors import Problem
from refman.domain.paper import Draft, FieldValue, People, Span
from refman.formats.profile_blocks import Paragraphs, ends_sentence, headless_paper, is_list, is_prose
from refman.formats.profile_headers import Header
from refman.formats.profile_lines import Line, join_lines
from refman.formats.profile_names import ends_cut, people
from refman.formats.profile_problems import problem, quoted


@dataclass(frozen=True, slots=True)
class Block:
    """A header with the lines under it. `is_last` says that the text ends with it, `is_line_ended` after a line end."""

    header: Header
    top: Line
    parts: Paragraphs
    is_last: bool
    is_line_ended: bool


def read_paper(block: Block, captured_on: date) -> tuple[Draft | None, list[Problem]]:
    """The draft, or None where not even the title is known to be whole."""
    problems = skipped(block.parts.rest)
    reason = _why_unusable(block)
    if reason:
        return None, [problem(reason, block.top.number, quoted([block.top, *block.parts.title])), *problems]
    fields = {"title": FieldValue(join_lines(block.parts.title))}
    day = _day(block, captured_on, problems)
    if day:
        fields |= {"year": FieldValue(str(day.year)), "month": FieldValue(str(day.month))}
        fields["day"] = FieldValue(str(day.day))
    if block.parts.abstract:
        fields["abstract"] = FieldValue(join_lines(block.parts.abstract))
    fields |= _badge_fields(block.header)
    problems += _what_is_missing(block)
    return Draft("misc", fields=fields, people=_people(block.parts), span=_span(block)), problems


def skipped(lines: Sequence[Line], code: str = "text-without-paper") -> list[Problem]:
    """One problem for a run of lines that is no part of a paper; none for no lines."""
    if any(headless_paper(lines, index) for index in range(len(lines))):
        code = "paper-without-header"
    return [problem(code, lines[0].number, quoted(lines))] if lines else []


def _why_unusable(block: Block) -> str:
    """The code of the problem, "" when the title is whole."""
    parts = block.parts
    if not parts.title:
        return "header-without-paper"
    if not parts.authors and (is_prose(parts.title[0].text) or is_list(parts.title[0].text)):
        return "paper-without-title"
    is_only_title = not parts.authors and not parts.abstract and not parts.rest
    return "cut-title" if is_only_title and block.is_last else ""


def _day(block: Block, captured_on: date, problems: list[Problem]) -> date | None:
    header = block.header
    try:
        if header.year is None:
            return latest_day_not_after(header.month, header.day, captured_on)
        return date(header.year, header.month, header.day)
    except ValueError:
        shown = f"{MONTH_NAMES[header.month - 1]} {header.day}"
        shown += "" if header.year is None else f" {header.year:04d}"
        problems.append(problem("no-such-day", block.top.number, quoted(block.parts.title), shown))
        return None


def _badge_fields(header: Header) -> dict[str, FieldValue]:
    category = category_of(header.code)
    fields = {"category_code": FieldValue(category.code)}
    if category.primary_class:
        fields["primaryclass"] = FieldValue(category.primary_class, is_guess=category.is_guess)
    if header.score:
        fields["score"] = FieldValue(header.score)
    return fields


def _people(parts: Paragraphs) -> dict[str, People]:
    authors = people(join_lines(parts.authors))
    return {"author": authors} if authors.names else {}


def _span(block: Block) -> Span:
    last = [*block.parts.title, *block.parts.authors, *block.parts.abstract][-1]
    return Span(block.top.start, last.end, block.top.number)


def _what_is_missing(block: Block) -> list[Problem]:
    parts, line = block.parts, block.top.number
    title = quoted(parts.title)
    found = [] if parts.authors else [problem("no-authors", line, title)]
    is_end = block.is_last and not parts.rest
    if not parts.abstract:
        may_be_cut = is_end and parts.authors and not block.is_line_ended and not ends_cut(parts.authors[-1].text)
        return [*found, problem("cut-authors" if may_be_cut else "no-abstract", line, title)]
    if is_end and not ends_sentence(parts.abstract[-1].text):
        found.append(problem("cut-abstract", parts.abstract[-1].number, title))
    return found
