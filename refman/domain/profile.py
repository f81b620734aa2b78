"""Author profiles with what an author page said on each day it was captured."""

from datetime import date

from refman.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Capture:
    """The numbers of an author page on one day; what the page did not show is None."""

    captured_on: date
    h_index: int | None = None
    paper_count: int | None = None
    citation_count: int | None = None
    novelty_percent: int | None = None
    ai_score: float | None = None


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """An author and their captures, newest first; `category_code` is "" when no page gave one."""

    name: str
    category_code: str = ""
    captures: tuple[Capture, ...] = ()
