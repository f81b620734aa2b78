"""The reader that services see."""

from array import array

from refman.domain.listing import Hits, Listing
from refman.storage import listing as listings
from refman.storage.catalog import CatalogReads
from refman.storage.history import HistoryReads
from refman.storage.linked_files import LinkedFileReads
from refman.storage.lookups import LookupReads
from refman.storage.papers import PaperReads
from refman.storage.sources import SourceReads


class SqliteReader(PaperReads, LookupReads, CatalogReads, SourceReads, HistoryReads, LinkedFileReads):
    """`domain.ports.Reader` over one transaction of SQLite."""

    def hits(self, listing: Listing, *, first: int) -> Hits:
        """Exact count and the first ids in order."""
        return listings.hits(self.connection, listing, first=first)

    def ids(self, listing: Listing, *, offset: int = 0, limit: int | None = None) -> "array[int]":
        """Ids in the order of the listing."""
        return listings.ids(self.connection, listing, offset=offset, limit=limit)

    def tag_counts(self, listing: Listing) -> dict[str, int]:
        """Tag name to number of papers of the listing with it or a tag below it; tags with none are left out."""
        return listings.tag_counts(self.connection, listing)
