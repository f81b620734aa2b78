"""What the sidebar reads of the library."""

from dataclasses import replace

from refman.domain.listing import Listing
from refman.domain.query import EVERYTHING
from refman.domain.tags import fold_tag
from refman.services.library import Library
from refman.ui.sidebar.rows import SidebarContent


def content_of(library: Library, listing: Listing | None) -> SidebarContent:
    """Everything it lists; tags are counted in `listing` when it leaves papers out."""
    is_filtered = listing is not None and listing.query != EVERYTHING
    return SidebarContent(
        counts=library.sidebar_counts(),
        tags=library.tags(),
        searches=library.saved_searches(),
        profiles=library.profiles(),
        here=_counts(library, listing) if listing is not None and is_filtered else None,
    )


def recounted(library: Library, content: SidebarContent, listing: Listing) -> SidebarContent:
    """The same content, its tags counted in another list: what a search changes while somebody types."""
    return replace(content, here=_counts(library, listing) if listing.query != EVERYTHING else None)


def _counts(library: Library, listing: Listing) -> dict[str, int]:
    return {fold_tag(name): count for name, count in library.tag_counts(listing).items()}
