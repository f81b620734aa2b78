"""Tags, counts, profiles and saved searches: what the sidebar shows."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from refman.domain.listing import SavedSearch, SidebarCounts, TagInfo
from refman.domain.profile import AuthorProfile, Capture
from refman.storage.listing import count_of_scope, trashed_ids
from refman.storage.reads import Reads, as_list, in_list
from refman.storage.search.scope import Scope
from refman.storage.search.tag_totals import levels_of_all
from refman.storage.tables import capture, paper, paper_tag, profile, saved_search, tag

# Along the primary key, in which the tags of a paper stand together.
_TAGGED = select(func.count()).select_from(select(paper_tag.c.paper_id).group_by(paper_tag.c.paper_id).subquery())
_TAGGED_TRASH = (
    select(func.count())
    .select_from(paper)
    .where(paper.c.trashed.is_not(None), select(1).where(paper_tag.c.paper_id == paper.c.id).exists())
)
_LOOKS = select(tag.c.folded, tag.c.colour, tag.c.number_key).where((tag.c.colour != 0) | (tag.c.number_key != 0))
_TAGS_OF = (
    select(tag.c.folded, tag.c.name, func.count())
    .join(paper_tag, paper_tag.c.tag_id == tag.c.id)
    .where(paper_tag.c.paper_id.in_(in_list()))
    .group_by(tag.c.id)
)
_AT_ONCE = 20_000
_PROFILES = select(profile).order_by(profile.c.folded)
_CAPTURES = select(capture).order_by(capture.c.profile_id, capture.c.captured_on.desc())
_SEARCHES = select(saved_search.c.name, saved_search.c.text).order_by(saved_search.c.folded)


class CatalogReads(Reads):
    """Reads of what stands beside the papers."""

    def counts(self) -> SidebarCounts:
        """The figures of the sidebar."""
        view = self.view
        papers, trashed = (count_of_scope(view, scope) for scope in (Scope.LIBRARY, Scope.TRASH))
        tagged = self.connection.scalar(_TAGGED) or 0
        tagged_trash = self.connection.scalar(_TAGGED_TRASH) or 0
        return SidebarCounts(papers, papers - (tagged - tagged_trash), trashed)

    def tags(self) -> list[TagInfo]:
        """All tags, levels above included, in folded order."""
        view = self.view
        names, counts = levels_of_all(view, trashed_ids(view))
        looks = {folded: (colour, key) for folded, colour, key in self.connection.execute(_LOOKS)}
        return [TagInfo(name, *looks.get(level, (0, 0)), counts.get(level, 0)) for level, name in names.listed()]

    def tags_of(self, ids: Sequence[int]) -> dict[str, int]:
        """Exact tag name to how many of these papers carry it."""
        # Some at a time: a list of a million ids takes 50 MB.
        counts = Counter[tuple[str, str]]()
        for start in range(0, len(ids), _AT_ONCE):
            for folded, name, number in self.connection.execute(_TAGS_OF, as_list(ids[start : start + _AT_ONCE])):
                counts[(folded, name)] += number
        return {name: number for (_, name), number in sorted(counts.items())}

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
