"""What the sidebar lists, as plain values: sections, and the tags as a tree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from refman.domain.folding import fold
from refman.domain.frozen import dataclass
from refman.domain.listing import SavedSearch, SidebarCounts, TagInfo
from refman.domain.profile import AuthorProfile
from refman.domain.tags import fold_tag, parent_of, show_tag, split_levels
from refman.ui.filter_state import Place


class RowKind(StrEnum):
    """What a row of the sidebar stands for."""

    SECTION = "section"
    LINK = "link"
    PLACE = "place"
    SEARCH = "search"
    TAG = "tag"
    AUTHOR = "author"
    HINT = "hint"


class Section(StrEnum):
    """The headings, in their order."""

    LINKED = "linked"
    LIBRARY = "library"
    SEARCHES = "searches"
    TAGS = "tags"
    AUTHORS = "authors"


class TagOrder(StrEnum):
    """How tags of one level follow each other."""

    NAME = "name"
    COUNT = "count"
    """Those of the papers now listed first, the most frequent before the others."""


@dataclass(eq=False, slots=True)
class Row:
    """One row. `name` is what the library calls the thing, `text` what is shown, `count` None when there is none.

    `badge` is a word that stands where others have their count.
    """

    kind: RowKind
    name: str
    text: str
    count: int | None = None
    colour: int = 0
    number: int = 0
    query: str = ""
    badge: str = ""
    parent: "Row | None" = None
    place: int = 0
    rank: int = 0
    """The place of a tag among all tags by name."""
    children: "list[Row]" = field(default_factory=list)
    key: str = field(init=False)
    """The same thing after the rows were made anew has the same key."""

    def __post_init__(self) -> None:
        self.key = row_key(self.kind, self.name)

    @property
    def depth(self) -> int:
        """Levels below the heading; 0 for what stands directly under it."""
        return -1 if self.parent is None else self.parent.depth + 1

    def add(self, child: "Row") -> None:
        """Puts a row under this one, at the end."""
        child.parent, child.place = self, len(self.children)
        self.children.append(child)

    def walk(self) -> "Iterable[Row]":
        """This row and all below it, from the top."""
        yield self
        for child in self.children:
            yield from child.walk()


def row_key(kind: RowKind, name: str) -> str:
    """The key of the row for a thing of this name."""
    return f"{kind}:{fold_tag(name)}"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A linked file: its path, and how it stands in a word or two."""

    path: str
    name: str
    badge: str


NO_COUNTS = SidebarCounts(0, 0, 0)


@dataclass(frozen=True, slots=True)
class SidebarContent:
    """What the library says. `here` counts the papers of the list now shown, by folded tag; None counts all papers."""

    counts: SidebarCounts = NO_COUNTS
    tags: Sequence[TagInfo] = ()
    searches: Sequence[SavedSearch] = ()
    profiles: Sequence[AuthorProfile] = ()
    here: Mapping[str, int] | None = None
    links: Sequence[LinkRow] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The translated words of the sidebar."""

    sections: Mapping[Section, str]
    places: Mapping[Place, str]
    no_tags: str


def build(content: SidebarContent, wording: Wording, *, order: TagOrder, wanted: str = "") -> list[Row]:
    """The headings with everything under them. `wanted` keeps rows that contain it, with the levels above them."""
    needle = fold(wanted)
    sections = {section: Row(RowKind.SECTION, section, text) for section, text in wording.sections.items()}
    for row in _links(content.links, needle):
        sections[Section.LINKED].add(row)
    for row in _places(content.counts, wording):
        sections[Section.LIBRARY].add(row)
    for row in _searches(content.searches, needle):
        sections[Section.SEARCHES].add(row)
    _add_tags(sections[Section.TAGS], content, order=order, needle=needle)
    if not content.tags:
        sections[Section.TAGS].add(Row(RowKind.HINT, "no-tags", wording.no_tags))
    for profile in (one for one in content.profiles if needle in fold(one.name)):
        sections[Section.AUTHORS].add(Row(RowKind.AUTHOR, profile.name, profile.name))
    shown = [row for row in sections.values() if row.children or row.name == Section.TAGS]
    for place, row in enumerate(shown):
        row.place = place
    return shown


def _searches(searches: Sequence[SavedSearch], needle: str) -> list[Row]:
    return [Row(RowKind.SEARCH, one.name, one.name, query=one.text) for one in searches if needle in fold(one.name)]


def _links(links: Sequence[LinkRow], needle: str) -> list[Row]:
    return [Row(RowKind.LINK, one.path, one.name, badge=one.badge) for one in links if needle in fold(one.name)]


def _places(counts: SidebarCounts, wording: Wording) -> list[Row]:
    numbers = {Place.ALL: counts.papers, Place.UNTAGGED: counts.untagged, Place.TRASH: counts.trashed}
    return [Row(RowKind.PLACE, place, wording.places[place], number) for place, number in numbers.items()]


def _add_tags(top: Row, content: SidebarContent, *, order: TagOrder, needle: str) -> None:
    by_name: dict[str, Row] = {"": top}
    children: dict[str, list[Row]] = {}
    for rank, tag in enumerate(content.tags):
        folded = fold_tag(tag.name)
        count = tag.count if content.here is None else content.here.get(folded, 0)
        text = show_tag(split_levels(tag.name)[-1])
        row = Row(RowKind.TAG, tag.name, text, count, tag.colour, tag.number_key, rank=rank)
        by_name[folded] = row
        children.setdefault(fold_tag(parent_of(tag.name)), []).append(row)
    _hang(by_name, children, order)
    if needle:
        _prune(top, needle)


def _hang(by_name: dict[str, Row], children: dict[str, list[Row]], order: TagOrder) -> None:
    for parent, rows in children.items():
        if order is TagOrder.COUNT:
            rows.sort(key=_most_frequent_first)
        for row in rows:
            by_name.get(parent, by_name[""]).add(row)


def _most_frequent_first(row: Row) -> tuple[int, int]:
    return -(row.count or 0), row.rank


def take_counts(rows: Iterable[Row], content: SidebarContent) -> None:
    """Counts the tags among the rows of `build` as another content of the same tags does; they stay in their places."""
    here = content.here
    for row in rows:
        if row.kind is RowKind.TAG:
            row.count = content.tags[row.rank].count if here is None else here.get(fold_tag(row.name), 0)


def reorder(rows: Iterable[Row]) -> None:
    """Orders the tags below each row by their counts anew."""
    for above in rows:
        if len(above.children) > 1 and above.children[0].kind is RowKind.TAG:
            above.children.sort(key=_most_frequent_first)
            for place, row in enumerate(above.children):
                row.place = place


def _prune(row: Row, needle: str) -> bool:
    """Drops what neither matches nor has anything below that does; a match keeps all below it."""
    if row.kind is RowKind.TAG and needle in fold(row.name):
        return True
    kept = [child for child in row.children if _prune(child, needle)]
    row.children.clear()
    for child in kept:
        row.add(child)
    return bool(kept)
