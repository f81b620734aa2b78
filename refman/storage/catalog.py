"""Tags, counts, profiles and saved searches: what the sidebar shows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from refman.domain.listing import Listing, SavedSearch, SidebarCounts, TagInfo
from refman.domain.paper import PaperId
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.tags import ancestors_of, fold_tag, tag_order
from refman.storage.listing import tag_counts
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.tables import capture, paper, paper_tag, profile, saved_search, tag

_outside_trash = paper.c.trashed.is_(None)
_PAPERS = select(func.count()).select_from(paper).where(_outside_trash)
_TRASHED = select(func.count()).select_from(paper).where(paper.c.trashed.is_not(None))
_UNTAGGED = (
    select(func.count())
    .select_from(paper)
    .where(_outside_trash, ~select(1).where(paper_tag.c.paper_id == paper.c.id).exists())
)
_TAGS = select(tag).order_by(tag.c.folded)
_TAGS_OF = (
    select(tag.c.name, func.count())
    .join(paper_tag, paper_tag.c.tag_id == tag.c.id)
    .where(paper_tag.c.paper_id.in_(in_list()))
    .group_by(tag.c.id)
    .order_by(tag.c.folded)
)
_PROFILES = select(profile).order_by(profile.c.folded)
_CAPTURES = select(capture).order_by(capture.c.profile_id, capture.c.captured_on.desc())
_SEARCHES = select(saved_search.c.name, saved_search.c.text).order_by(saved_search.c.folded)


class CatalogReads(Reads):
    """Reads of what stands beside the papers."""

    def counts(self) -> SidebarCounts:
        """The figures of the sidebar."""
        papers, untagged, trashed = (self.connection.scalar(query) or 0 for query in (_PAPERS, _UNTAGGED, _TRASHED))
        return SidebarCounts(papers, untagged, trashed)

    def tags(self) -> list[TagInfo]:
        """All tags, levels above included, in folded order."""
        stored = {row.folded: row for row in self.connection.execute(_TAGS)}
        levels = {fold_tag(level): level for row in reversed(stored.values()) for level in ancestors_of(row.name)}
        counts = {fold_tag(name): count for name, count in tag_counts(self.view, Listing()).items()}
        return [
            TagInfo(row.name, row.colour, row.number_key, counts.get(folded, 0))
            if (row := stored.get(folded))
            else TagInfo(levels[folded], 0, 0, counts.get(folded, 0))
            for folded in sorted(stored.keys() | levels.keys(), key=tag_order)
        ]

    def tags_of(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Exact tag name to how many of these papers carry it."""
        return dict(self.connection.execute(_TAGS_OF, as_list(set(ids))).all())

    def profiles(self) -> list[AuthorProfile]:
        """Author profiles by folded name, captures newest first."""
        captures: dict[int, list[Capture]] = defaultdict(list)
        for profile_id, captured_on, *numbers in self.connection.execute(_CAPTURES):
            captures[profile_id].append(Capture(date.fromisoformat(captured_on), *numbers))
        return [
            AuthorProfile(row.name, row.category_code, tuple(captures[row.id]))
            for row in self.connection.execute(_PROFILES)
        ]

    def saved_searches(self) -> list[SavedSearch]:
        """Saved searches by folded name."""
        return [SavedSearch(name, text) for name, text in self.connection.execute(_SEARCHES)]
