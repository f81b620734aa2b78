"""The reader that services see."""

from array import array
from collections.abc import Sequence

from refman.domain.listing import Hits, Listing
from refman.domain.paper import Paper, PaperId
from refman.storage import listing as listings
from refman.storage.catalog import CatalogReads
from refman.storage.history import HistoryReads
from refman.storage.linked_files import LinkedFileReads
from refman.storage.lookups import LookupReads
from refman.storage.papers import PaperReads
from refman.storage.sources import SourceReads


class SqliteReader(PaperReads, LookupReads, CatalogReads, SourceReads, HistoryReads, LinkedFileReads):
    """`domain.ports.Reader` over one transaction of SQLite."""

    def bare_papers(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Papers in the order of `ids` with type, key, fields, people and places in sources alone."""
        # Late: only exports ask for them.
        from refman.storage.bare_papers import read_bare

        return read_bare(self.connection, ids)

    def first_ids(self, listing: Listing, *, limit: int) -> "array[int]":
        """The first ids in order, without counting: what is painted while `hits` counts."""
        return listings.first_ids(self.view, listing, limit=limit)

    def hits(self, listing: Listing, *, first: int) -> Hits:
        """Exact count and the first ids in order."""
        return listings.hits(self.view, listing, first=first)

    def ids(self, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
        """Ids in the order of the listing. All ids may be shared with other callers: they are not to be changed."""
        return listings.ids(self.view, listing, offset=offset, limit=limit)

    def position(self, listing: Listing, paper_id: PaperId) -> int | None:
        """The row of a paper in the listing, None when it is not in it. Costs as much as all `ids`."""
        return listings.position(self.view, listing, paper_id)

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        """Tag name to number of papers of the listing with it or a tag below it; tags with none are left out."""
        return listings.tag_counts(self.view, listing)
