"""Tags, counts, profiles and saved searches: what the sidebar shows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from refman.domain.listing import SavedSearch, SidebarCounts, TagInfo
from refman.domain.paper import PaperId
from refman.domain.profile import AuthorProfile, Capture
from refman.domain.tags import ancestors_of, fold_tag
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
_CARRIED = (
    select(paper_tag.c.tag_id, paper_tag.c.paper_id)
    .join(paper, paper.c.id == paper_tag.c.paper_id)
    .where(_outside_trash)
)
_CARRIED_COUNTS = _CARRIED.with_only_columns(paper_tag.c.tag_id, func.count()).group_by(paper_tag.c.tag_id)
_CARRIERS = _CARRIED.where(paper_tag.c.tag_id.in_(in_list())).with_only_columns(
    func.count(paper_tag.c.paper_id.distinct())
)
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
        spellings, members = _levels({folded: (row.name, row.id) for folded, row in stored.items()})
        counts = _distinct_counts(self.connection, members)
        return [
            TagInfo(row.name, row.colour, row.number_key, counts[folded])
            if (row := stored.get(folded))
            else TagInfo(spellings[folded], 0, 0, counts[folded])
            for folded in sorted(members)
        ]

    def tags_of(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Exact tag name to how many of these papers carry it."""
        return dict(self.connection.execute(_TAGS_OF, as_list(set(ids))).tuples().all())

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


def _levels(stored: dict[str, tuple[str, int]]) -> tuple[dict[str, str], dict[str, list[int]]]:
    """Of every tag and every level above one, by folded name: its spelling, and the ids of the tags it stands for."""
    spellings: dict[str, str] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for name, tag_id in stored.values():
        for level in (*ancestors_of(name), name):
            folded = fold_tag(level)
            spellings.setdefault(folded, level)
            members[folded].append(tag_id)
    return spellings, members


def _distinct_counts(connection: Connection, members: dict[str, list[int]]) -> dict[str, int]:
    """Number of papers outside the trash that carry any of the tags; one query for each level with several."""
    carried = dict(connection.execute(_CARRIED_COUNTS).tuples().all())
    return {
        folded: carried.get(ids[0], 0) if len(ids) == 1 else connection.scalar(_CARRIERS, as_list(ids)) or 0
        for folded, ids in members.items()
    }
