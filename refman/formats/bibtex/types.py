"""Entry types of the two dialects, and what a style wants of each.

Sources: btxdoc section 3.1, the biblatex manual section 2.1; the ways back to BibTeX are JabRef's
(ConvertToBibtexCleanup) and those of case 41 of the hard cases.
"""

from collections.abc import Container
from types import MappingProxyType

from refman.domain.paper import Draft
from refman.formats.bibtex.dialects import Dialect

_BIBTEX_TYPES = frozenset(
    {
        "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual",
        "mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished",
    }
)  # fmt: skip
_BIBLATEX_TYPES = _BIBTEX_TYPES | frozenset(
    {
        "artwork", "audio", "bibnote", "bookinbook", "collection", "commentary", "customa", "customb", "customc",
        "customd", "custome", "customf", "dataset", "electronic", "image", "inreference", "jurisdiction", "legal",
        "legislation", "letter", "movie", "music", "mvbook", "mvcollection", "mvproceedings", "mvreference", "online",
        "patent", "performance", "periodical", "reference", "report", "review", "software", "standard", "suppbook",
        "suppcollection", "suppperiodical", "thesis", "video", "www",
    }
)  # fmt: skip
BIBLATEX_ONLY_TYPES = _BIBLATEX_TYPES - _BIBTEX_TYPES
BIBTEX_ONLY_TYPES = frozenset({"conference", "mastersthesis", "phdthesis", "techreport"})
"""biblatex takes them for old names of its own types."""

CONTROL_TYPES = frozenset({"ieeetranbstctl", "control", "footnote", "set", "xdata"})
"""They steer a style or biber, or are the notes of REVTeX (`*Notes.bib`): kept with their file, no papers."""
_TO_BIBTEX = MappingProxyType(
    {
        "bookinbook": "inbook",
        "collection": "book",
        "inreference": "incollection",
        "mvbook": "book",
        "mvcollection": "book",
        "mvproceedings": "proceedings",
        "mvreference": "book",
        "reference": "book",
        "report": "techreport",
        "review": "article",
        "suppbook": "inbook",
        "suppcollection": "incollection",
        "suppperiodical": "article",
    }
)
_MASTERS = ("master", "mathesis", "bathesis", "bachelor", "diplom")
# Localisation keys of biblatex; BibTeX would print the bare word.
LOCALISATION_KEYS = frozenset(
    {
        "phdthesis", "mathesis", "bathesis", "candthesis", "techreport", "resreport", "software", "datacd", "audiocd",
        "patent", "patreq",
    }
)  # fmt: skip

REQUIRED = MappingProxyType(
    {
        "article": ("author", "title", "journal", "year"),
        "book": ("author/editor", "title", "publisher", "year"),
        "booklet": ("title",),
        "inbook": ("author/editor", "title", "chapter/pages", "publisher", "year"),
        "incollection": ("author", "title", "booktitle", "publisher", "year"),
        "inproceedings": ("author", "title", "booktitle", "year"),
        "conference": ("author", "title", "booktitle", "year"),
        "manual": ("title",),
        "mastersthesis": ("author", "title", "school/institution", "year"),
        "phdthesis": ("author", "title", "school/institution", "year"),
        "proceedings": ("title", "year"),
        "techreport": ("author", "title", "institution", "year"),
        "unpublished": ("author", "title", "note"),
        "misc": ("author/editor/key", "title"),
    }
)
"""Per BibTeX type the fields whose absence plain.bst warns of, alternatives joined by `/`."""


_OF_MISC_ONLY = ("howpublished", "location", "address", "type")
"""What biblatex' data model (blx-dm.def) gives to `misc` and not to `online`."""


def entry_type(draft: Draft, dialect: Dialect, *, read_in: Dialect | None = None, styled: Container[str] = ()) -> str:
    """The type under which a paper leaves.

    A type that the dialect lacks becomes its nearest, `misc` if there is none. A paper that is only on arXiv is
    `misc` for BibTeX and `online` for biblatex, which wants an identifier or an address of that type, and has no room
    there for some fields of a `misc`. A type that was read stays: in the dialect it was `read_in`, and for biber, which
    has a driver for those it does not know. A type among the `styled` ones, which the style of the document has, stays
    too.
    """
    kind = draft.type.lower()
    if dialect is Dialect.BIBTEX and read_in is Dialect.BIBLATEX and _is_part_with_title(draft):
        return "incollection"
    if kind in styled:
        return kind
    is_known = kind in _BIBLATEX_TYPES
    if kind in CONTROL_TYPES or read_in is dialect or (read_in is Dialect.BIBTEX and not is_known):
        return kind
    if dialect is Dialect.BIBTEX:
        return bibtex_type(draft)
    if kind == "misc" and _is_written(draft, "eprint") and not any(_is_written(draft, name) for name in _OF_MISC_ONLY):
        return "online"
    if kind == "online" and not any(_is_written(draft, name) for name in ("url", "doi", "eprint")):
        return "misc"
    return kind if kind in _BIBLATEX_TYPES else "misc"


def _is_part_with_title(draft: Draft) -> bool:
    """biblatex's `inbook` has a title of its own in a book (manual section 2.1.1); BibTeX's is a part without one."""
    in_book = any(_is_written(draft, name) for name in ("booktitle", "crossref"))
    return draft.type.lower() in {"inbook", "bookinbook", "suppbook"} and in_book


def is_thesis(draft: Draft) -> bool:
    """True for the types that BibTeX wants a school for."""
    return bibtex_type(draft) in {"phdthesis", "mastersthesis"}


def bibtex_type(draft: Draft) -> str:
    """The nearest type that every style of BibTeX has."""
    kind = draft.type.lower()
    if kind == "thesis":
        what = draft.plain("type").lower()
        return "mastersthesis" if any(word in what for word in _MASTERS) else "phdthesis"
    return kind if kind in _BIBTEX_TYPES else _TO_BIBTEX.get(kind, "misc")


def _is_written(draft: Draft, name: str) -> bool:
    value = draft.fields.get(name)
    return value is not None and value.plain != "" and not value.is_guess
