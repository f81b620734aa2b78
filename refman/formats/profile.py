"""The author page of Scholar Feed as a browser copies it: a head with the author's numbers, then papers.

The format is told in `docs/decisions/0030-author-page.md`; each step has a module of its own, `profile_*.py`.
"""

from collections.abc import Sequence

from refman.domain.categories import category_of
from refman.domain.errors import Problem
from refman.domain.paper import Draft, Span
from refman.formats.base import ImportResult, ProfileDraft, ReadContext
from refman.formats.profile_badges import Badge, Label
from refman.formats.profile_blocks import split_paragraphs
from refman.formats.profile_head import Head, find_heads
from refman.formats.profile_headers import Header, find_headers
from refman.formats.profile_lines import Line, split_lines
from refman.formats.profile_links import with_links
from refman.formats.profile_paper import Block, read_paper, skipped
from refman.formats.profile_problems import problem, quoted

# Enough of a text to know an author page, little enough to be cheap on a file of any size.
_PEEK = 60_000
# An h-index and citations stand on the pages of other sites too.
_OWN_LABELS = frozenset({Label.PAPERS, Label.NOVELTY, Label.AI_SCORE})


class ProfileImporter:
    """Reads author pages, several in one text too; every paper that is there comes out, the rest as problems."""

    name = "profile"
    label = "author page"

    def confidence(self, text: str, file_name: str) -> float:
        """By its paper headers and badges in the first 60,000 characters; the file name says nothing.

        Below what BibTeX claims for an entry, since a page can stand inside a .bib but not the other way round.
        """
        lines = split_lines(text[:_PEEK])
        headers = find_headers(lines)
        whole = sum(bool(split_paragraphs(lines[header.last + 1 : header.last + 6]).authors) for header in headers)
        if whole:
            return 0.9 if whole > 1 else 0.85
        labels = {badge.label for head in find_heads(lines, headers) for badge in head.badges}
        return 0.8 if labels & _OWN_LABELS else 0.3 * bool(headers)

    def read(self, text: str, context: ReadContext) -> ImportResult:
        """Drafts and profiles in the order of the text; spans are those of the text as given."""
        lines = split_lines(text)
        headers = find_headers(lines)
        page = _Page(text, lines, context)
        page.read(sorted([*headers, *find_heads(lines, headers)], key=lambda part: part.first))
        drafts = with_links(page.drafts, context.links) if context.links else page.drafts
        problems = tuple(sorted(page.problems, key=lambda found: found.line))
        return ImportResult(tuple(drafts), tuple(page.profiles), problems=problems)


class _Page:
    def __init__(self, text: str, lines: Sequence[Line], context: ReadContext) -> None:
        self._text = text
        self._lines = lines
        self._context = context
        self.drafts: list[Draft] = []
        self.profiles: list[ProfileDraft] = []
        self.problems: list[Problem] = []

    def read(self, parts: Sequence[Header | Head]) -> None:
        """Goes through headers and heads in order; each reaches to the next one."""
        first = parts[0].first if parts else len(self._lines)
        self.problems += skipped(self._lines[:first], "text-before-papers")
        head, papers_before = None, 0
        for part, after in zip(parts, [*parts[1:], None], strict=False):
            if isinstance(part, Header):
                self._read_paper(part, after)
                continue
            self._compare_counts(head, len(self.drafts) - papers_before)
            head, papers_before = part, len(self.drafts)
            self._read_head(part)
            self.problems += skipped(self._below(part, after))
        self._compare_counts(head, len(self.drafts) - papers_before)
        if not self.drafts:
            self.problems.append(problem("no-papers", 0))

    def _below(self, part: Header | Head, after: Header | Head | None) -> Sequence[Line]:
        return self._lines[part.last + 1 : after.first if after else len(self._lines)]

    def _read_paper(self, header: Header, after: Header | Head | None) -> None:
        below = self._below(header, after)
        is_closed = isinstance(after, Header) and self._lines[after.first].is_after_blank
        is_line_ended = bool(below) and below[-1].end < len(self._text)
        parts = split_paragraphs(below, is_closed=is_closed)
        block = Block(header, self._lines[header.first], parts, after is None, is_line_ended)
        draft, problems = read_paper(block, self._context.captured_on)
        self.drafts += [draft] if draft else []
        self.problems += problems

    def _read_head(self, head: Head) -> None:
        first, last = self._lines[head.first], self._lines[head.last]
        for number in head.unclear:
            self.problems.append(problem("unclear-number", number.line, number.text))
        if not head.name:
            self.problems.append(problem("nameless-profile", first.number, quoted([first])))
            return
        span = Span(first.start, last.end, first.number)
        capture = head.capture(self._context.captured_on)
        self.profiles.append(ProfileDraft(head.name, category_of(head.code).code, capture, span))

    def _compare_counts(self, head: Head | None, found: int) -> None:
        """What the badge says, what the heading says and what was found should be one number."""
        badge, heading = head.counts if head else (None, None)
        if badge and heading and badge.number != heading.number:
            self.problems.append(problem("counts-differ", heading.line, _n(badge), _n(heading)))
        said = heading or badge
        if said and said.number != found:
            self.problems.append(problem("papers-differ", said.line, _n(said), str(found)))


def _n(badge: Badge) -> str:
    return f"{badge.number:.0f}"
