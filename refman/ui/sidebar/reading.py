"""What the sidebar reads of the library."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from refman.domain.listing import Listing
from refman.domain.query import EVERYTHING
from refman.domain.tags import fold_tag
from refman.services.library import Library
from refman.ui.door import LibraryDoor
from refman.ui.sidebar.rows import SidebarContent

_SLOT = "sidebar.content"


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


class SidebarReading:
    """Asks for what the sidebar lists, and counts its tags anew in each list; `show` gets both. GUI thread only."""

    def __init__(self, library: LibraryDoor, show: Callable[[SidebarContent], None], owner: QObject) -> None:
        self._library = library
        self._show = show
        self._owner = owner
        self._listing: Listing | None = None
        self._content: SidebarContent | None = None

    def read_all(self) -> None:
        """Reads everything anew."""
        listing, self._content = self._listing, None
        self._library.read(
            lambda library: content_of(library, listing),
            partial(self._take_all, listing),
            owner=self._owner,
            slot=_SLOT,
        )

    def count_in(self, listing: Listing) -> None:
        """The papers now listed: tags count those."""
        if listing.query == (self._listing.query if self._listing else EVERYTHING):
            return
        self._listing = listing
        # While everything is on its way it is let come, for the tags of a large library are read for seconds.
        if self._content is not None:
            self._library.read(
                partial(recounted, content=self._content, listing=listing), self._take, owner=self._owner, slot=_SLOT
            )

    def _take_all(self, listing: Listing | None, content: SidebarContent) -> None:
        self._take(content)
        newest, self._listing = self._listing, listing
        if newest is not None:
            self.count_in(newest)

    def _take(self, content: SidebarContent) -> None:
        self._content = content
        self._show(content)


def _counts(library: Library, listing: Listing) -> dict[str, int]:
    return {fold_tag(name): count for name, count in library.tag_counts(listing).items()}
