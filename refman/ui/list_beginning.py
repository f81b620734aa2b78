"""What the paper list asks the library for: the beginning of a list, in the time that a search may take."""

from collections.abc import Callable
from typing import TypeVar

from refman.domain.frozen import dataclass
from refman.domain.listing import Hits, Listing, PaperRow, Sort
from refman.domain.paper import PaperId
from refman.domain.query import EVERYTHING, Query
from refman.services.library import Library
from refman.ui.filter_state import FilterState, joined

T = TypeVar("T")

_FIRST_IDS = 256


@dataclass(frozen=True, slots=True)
class Wish:
    """What should be listed. `age` is that of the rows known, `sight` how many are seen at once.

    With `is_quick` the first page of a search comes without its exact count.
    """

    text: str
    filter: FilterState
    sort: tuple[Sort, ...]
    age: int
    sight: int
    is_quick: bool


@dataclass(frozen=True, slots=True)
class ListBeginning:
    """The beginning of a list, with the rows that are painted first, so that no placeholder flickers."""

    query: Query
    listing: Listing
    hits: Hits
    rows: list[PaperRow]
    age: int
    is_counted: bool


def in_time(ask: Callable[[Library], T], library: Library) -> T:
    """The answer. Raises: SearchTooLong, and what `ask` does."""
    with library.limited():
        return ask(library)


def begin_list(library: Library, wish: Wish) -> ListBeginning | Query:
    """Looks for it; a search of which nothing was understood comes back as it was understood."""
    query = library.parse_query(wish.text)
    if query.misunderstood and query.root == EVERYTHING:
        return query
    listing = Listing(joined([wish.filter.node, query.root]), wish.sort)
    is_page = wish.is_quick and listing.query != EVERYTHING
    hits = _first_page(library, listing) if is_page else counted(library, listing)
    first = [PaperId(i) for i in hits.first_ids[: wish.sight]]
    # A page that is not full has all there are.
    is_counted = not is_page or hits.count < _FIRST_IDS
    return ListBeginning(query, listing, hits, library.rows(first), wish.age, is_counted)


def counted(library: Library, listing: Listing) -> Hits:
    """How long a list is, and its beginning. Raises: as `begin_list`."""
    return library.hits(listing, first=_FIRST_IDS)


def _first_page(library: Library, listing: Listing) -> Hits:
    ids = library.first_ids(listing, limit=_FIRST_IDS)
    return Hits(len(ids), ids)
