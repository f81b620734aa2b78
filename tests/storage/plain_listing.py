"""What a listing must be, worked out plainly from whole papers; and libraries and searches to try it on."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from refman.domain.folding import tokens
from refman.domain.links import LinkedEntry, LinkedFile
from refman.domain.listing import Listing, Sort, SortField
from refman.domain.names import Name
from refman.domain.paper import Attachment, AttachmentId, Draft, FieldValue, Paper, PaperId, People
from refman.domain.query import (
    EVERYTHING,
    AddedRange,
    Address,
    And,
    Category,
    Eprint,
    Has,
    Identifier,
    InTrash,
    Node,
    Not,
    OfType,
    Or,
    Tagged,
    Text,
    TextField,
    Untagged,
    YearRange,
)
from refman.domain.query_files import Cited, InFile, Membership
from refman.domain.query_match import matches
from refman.domain.tags import ancestors_of, fold_tag
from refman.storage.mapping import rows_of
from refman.storage.tables import SORT_COLUMNS
from refman.storage.values import to_seconds
from refman.storage.writer import SqliteWriter

ADDED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)

WORDS = (
    *("deep", "Deep", "learning", "Learner", "a", "b", "2020", "x1", "C++", "&", "self-supervised", "O'Neil", "AND"),
    *("réseau", "Straße", "strasse", "Øre", "łódź", "Æther", "naïve", "nai\u0308ve", "İstanbul", "ﬁne", "x²", "кот"),
    *("机器学习", "学习", "강화", "ｗｉｄｅ", "Ⅳ", "Θεός", '"quoted"', "tail\\", "line\nbreak", "\ud7fc", "\u19b0"),
)
TAGS = ("deep", "Deep/Learning", "deep/learning/a", "学习/b", "TCP\\/IP", "to read", "2020", "Øre")
TYPES = ("article", "Book", "misc")
CATEGORIES = ("AI", "ai", "cs.AI", "cs.LG", "csx", "stat.ML", "")
URLS = (
    "https://example.org/x",
    "HTTP://www.Example.org/X/y",
    "www.example.org",
    "example.org/øre",
    "e",
    "\\url{x}",
    "",
)
FIELDS = ("abstract", "journal", "booktitle", "venue", "publisher", "note", "file", "url", "month", "score", "eprint")

_texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
_names = st.builds(Name, _texts, st.sampled_from(("", "von", "de la")), st.sampled_from(WORDS), _texts) | st.builds(
    Name, literal=_texts
)
_people = st.builds(People, st.lists(_names, max_size=3).map(tuple), st.booleans())
_fields: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {"title": _texts},
    optional={
        "year": st.sampled_from(("2019", "2020", "2021", "-44", "in press", "")),
        "date": st.sampled_from(("2018/2020", "199X")),
        "doi": st.sampled_from(("10.1000/XYZ", "10.1000/xyz.1", "10.5/ø", " ", "")),
        "eprint": st.sampled_from(("2605.06651", "arXiv:2605.06651v2", "hep-th/9901001", "1", "")),
        "category_code": st.sampled_from(CATEGORIES),
        "primaryclass": st.sampled_from(CATEGORIES),
        **{name: _texts | st.sampled_from(("", "5", "95.5", "11")) for name in FIELDS},
        "url": st.sampled_from(URLS),
    },
)


def _draft(fields: dict[str, str], **others: Any) -> Draft:
    return Draft(fields={name: FieldValue(text) for name, text in fields.items()}, **others)


drafts = st.builds(
    _draft,
    _fields,
    type=st.sampled_from(TYPES),
    people=st.dictionaries(st.sampled_from(("author", "editor")), _people, max_size=2),
    tags=st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple),
    notes=st.lists(_texts.filter(bool), max_size=2).map(tuple),
)
libraries = st.lists(drafts, min_size=1, max_size=12)


def fill(writer: SqliteWriter, papers: list[Draft]) -> list[Paper]:
    """Stores the drafts on several days, with keys, attachments and a trash, each on some of them."""
    ids: list[PaperId] = []
    for number, draft in enumerate(papers):
        keyed = _with_key(draft, number)
        # Newer papers do not always have the later day: a clock can be set back.
        ids += writer.add_papers([keyed], added=ADDED + timedelta(days=number * 7 % 5))
    for number, paper_id in enumerate(ids):
        if number % 4 == 1:
            media = ("application/pdf", "Application/PDF", "text/html")[number % 3]
            writer.add_attachment(paper_id, Attachment(AttachmentId(0), "x", "", media, is_stored=False))
    _link(writer, ids)
    writer.set_trashed(ids[3::5], ADDED + timedelta(days=30))
    return writer.papers(ids)


FILES = (("/home/ann/thesis/refs.bib", "/home/ann/thesis"), ("/srv/Other.bib", ""), ("/x/refs.bib", "/x/Talk/main.tex"))
CITED = frozenset(
    {"deep:0_deep", "in the file 2", "learner:3_deep", "b:5_deep", "x1:7_deep", "in the file 6", "nowhere"}
)


def _file_of(number: int) -> int:
    """Which file the n-th paper is in; beyond the last: in none."""
    return number % 4


def _link(writer: SqliteWriter, ids: list[PaperId]) -> None:
    """Three linked files; entries of papers that are gone, or that somebody took out of the file, say nothing."""
    links = [writer.put_link(LinkedFile(path, project=project, linked=ADDED)) for path, project in FILES]
    for number, paper_id in enumerate(ids):
        if _file_of(number) < len(links):
            writer.put_linked_entries(
                links[_file_of(number)], [LinkedEntry(f"in the file {number}", paper_id, {"a": "b"})]
            )
        elif number % 2:
            writer.put_linked_entries(links[0], [LinkedEntry(f"gone {number}", paper_id, {"@gone": "1"})])
    writer.put_linked_entries(links[0], [LinkedEntry("nowhere", PaperId(10**6), {})])


def places_of(number: int) -> list[Membership]:
    """Where the n-th paper of `fill` is."""
    if _file_of(number) >= len(FILES):
        return []
    path, project = FILES[_file_of(number)]
    return [Membership(path, project, f"in the file {number}")]


def _with_key(draft: Draft, number: int) -> Draft:
    # Every fifth paper waits for its key.
    stem = WORDS[number % len(WORDS)].strip('"').replace("\n", "").replace("\\", "")
    key = "" if number % 5 == 4 else f"{stem}:{number}_deep"
    return Draft(draft.type, key, draft.fields, draft.people, draft.tags, draft.notes)


def expected_ids(papers: Iterable[Paper], listing: Listing) -> list[int]:
    """The ids of the list in its order."""
    found = [paper for number, paper in enumerate(papers) if matches(listing.query, paper, places_of(number))]
    return [int(paper.id) for paper in sorted(found, key=lambda paper: _order_key(paper, listing.sort))]


def _order_key(paper: Paper, sort: tuple[Sort, ...]) -> tuple[Any, ...]:
    levels = [_level_key(_sort_value(paper, level.field), level.is_descending) for level in sort]
    return (*levels, -to_seconds(paper.added), paper.id)


def _sort_value(paper: Paper, field: SortField) -> Any:
    if field in (SortField.ADDED, SortField.CHANGED):
        return to_seconds(paper.added if field is SortField.ADDED else paper.changed)
    value = rows_of(paper).paper[SORT_COLUMNS[field].name]
    return value.lower() if field in (SortField.TYPE, SortField.CATEGORY) and value is not None else value


class _Backwards:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Backwards") -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Backwards) and self.value == other.value


def _level_key(value: Any, is_descending: bool) -> tuple[Any, ...]:
    if value is None:
        return (1,)
    # SQLite compares texts byte by byte.
    comparable = value.encode() if isinstance(value, str) else value
    return (0, _Backwards(comparable) if is_descending else comparable)


def expected_tag_counts(papers: Iterable[Paper], listing: Listing) -> dict[str, int]:
    """Folded name of tag or level to the papers of the list that carry it or one below."""
    counts: Counter[str] = Counter()
    for number, paper in enumerate(papers):
        if matches(listing.query, paper, places_of(number)):
            counts.update({fold_tag(level) for tag in paper.tags for level in (*ancestors_of(tag), tag)})
    return dict(counts)


_tokens = st.sampled_from(sorted({token for word in (*WORDS, *TAGS) for token in tokens(word)}))
_prefixes = st.builds(lambda token, length: token[:length], _tokens, st.integers(1, 4))
text_leaves = st.builds(
    lambda complete, last, field, is_whole: Text((*complete, last), field, is_whole),
    st.lists(_tokens, max_size=1),
    _prefixes | _tokens,
    st.just(TextField.ANY) | st.sampled_from(TextField),
    st.booleans(),
)
_moments = st.none() | st.integers(-1, 6).map(lambda days: ADDED + timedelta(days=days))
_years = st.none() | st.integers(2017, 2022)
_has = (*FIELDS, "title", "author", "editor", "year", "date", "doi", "category_code", "type")
_cited = st.just(CITED) | st.frozensets(st.sampled_from(sorted(CITED)))
leaves: st.SearchStrategy[Node] = (
    text_leaves
    | st.sampled_from(("deep", "deep/learning", "tcp\\/ip", "tcp", "学习", "none of them")).map(Tagged)
    | st.sampled_from((EVERYTHING, Untagged(), InTrash(), Not(InTrash())))
    | st.sampled_from(("10.1000/x", "10.1000/xyz", "10.5/o", "1")).map(Identifier)
    | st.sampled_from(("2605.06651", "2605.0", "hep-th/9901001", "1")).map(Eprint)
    | st.sampled_from(("example.org/x", "example.org", "example.org/ø", "e")).map(Address)
    | st.sampled_from(("article", "book", "art")).map(OfType)
    | st.builds(YearRange, _years, _years)
    | st.builds(AddedRange, _moments, _moments)
    | st.sampled_from(("cs", "ai", "cs.ai", "stat", "c")).map(Category)
    | st.sampled_from(("refs.bib", "thesis/refs.bib", "other", "none.bib", "/srv/other.bib")).map(InFile)
    | st.builds(Cited, st.sampled_from(("", "thesis", "main", "talk/main.tex", "x")), st.booleans(), _cited)
    | st.sampled_from((*_has, "note", "tag", "file", "pdf", "key")).map(Has)
)


def _joined(operands: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(operands, min_size=2, max_size=4).map(tuple)
    return several.map(And) | several.map(Or) | operands.map(Not)


nodes: st.SearchStrategy[Node] = st.recursive(leaves, _joined, max_leaves=8)
_levels = st.builds(Sort, st.sampled_from(SortField), st.booleans())
sorts = st.lists(_levels, min_size=1, max_size=3, unique_by=lambda level: level.field).map(tuple)
listings = st.builds(Listing, nodes, sorts)

_pieces = (
    *("(", ")", " ", " ", '"', "-", "AND", "OR", "author:", "title:", "tag:", "year:", "has:", "in:trash", "note:"),
    *("in:refs.bib", "in:other.bib", "cited:", "missing:", "cited:thesis", "missing:main", "missing:doi"),
    *("added:", "category:", "key:", "type:", "doi:", "venue:", "abstract:", "none", "..", ">=2019", "2020", "7d"),
    *(
        "10.1000/xyz",
        "arXiv:2605.06651",
        "https://arxiv.org/abs/hep-th/9901001v1",
        "https://example.org/x",
        "cs",
        "deep/learning",
        *WORDS,
    ),
)
typed_searches = st.lists(st.sampled_from(_pieces), max_size=9).map("".join) | st.lists(
    st.sampled_from(_pieces), max_size=9
).map(" ".join)
