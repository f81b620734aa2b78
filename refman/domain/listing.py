"""What the paper list asks for and gets."""

from array import array
from datetime import datetime
from enum import StrEnum

from refman.domain.frozen import dataclass
from refman.domain.paper import PaperId
from refman.domain.query import EVERYTHING, Node


class SortField(StrEnum):
    """What a list can be sorted by; each has a narrow index. Ties go to `added` newest first, then id."""

    ADDED = "added"
    CHANGED = "changed"
    TITLE = "title"
    AUTHORS = "authors"
    YEAR = "year"
    VENUE = "venue"
    KEY = "key"
    TYPE = "type"
    CATEGORY = "category_code"
    SCORE = "score"
    DOI = "doi"
    EPRINT = "eprint"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort level. Papers without the value stand last in both directions."""

    field: SortField
    is_descending: bool = False


DEFAULT_SORT = (Sort(SortField.ADDED, is_descending=True),)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of papers: which ones, in which order. Trashed ones only if the query says `in:trash`."""

    query: Node = EVERYTHING
    sort: tuple[Sort, ...] = DEFAULT_SORT


@dataclass(frozen=True, slots=True)
class Hits:
    """The exact number of papers of a listing and the first ids in its order."""

    count: int
    first_ids: "array[int]"


@dataclass(frozen=True, slots=True)
class TagBadge:
    """A tag as a row shows it; `colour` is 0 for none or 1 to 12 (a hue of the theme)."""

    name: str
    colour: int


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the list, ready to paint; `year` is "" when there is none.

    `cited` counts the places where the current LaTeX project cites it; storage knows nothing of it.
    """

    id: PaperId
    key: str
    type: str
    title: str
    authors: str
    year: str
    month: str
    venue: str
    category_code: str
    score: str
    doi: str
    eprint: str
    added: datetime
    changed: datetime
    tags: tuple[TagBadge, ...]
    has_note: bool
    has_file: bool
    has_pdf: bool
    is_trashed: bool
    cited: int = 0


@dataclass(frozen=True, slots=True)
class TagInfo:
    """A tag with its colour (0 none, 1 to 12), number key (0 none, 1 to 9) and its count with all tags below it.

    A level that exists only as a part of longer names (`rl` of `rl/planning`) is listed with the count below it.
    """

    name: str
    colour: int
    number_key: int
    count: int


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named query in the sidebar; `text` is what the person typed."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SidebarCounts:
    """The figures of the sidebar: papers outside the trash, those without a tag, those in the trash."""

    papers: int
    untagged: int
    trashed: int


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of a paper's history: when, by which operation, which field, before and after ("" = none).

    `id` names it for `Writer.put_back`, which writes `before` again where `is_restorable`.
    """

    when: datetime
    operation: str
    field: str
    before: str
    after: str
    id: int = 0
    is_restorable: bool = False
