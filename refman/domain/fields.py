"""The one table of fields: everything refman knows about a field is declared here, once.

The detail pane, the search prefixes, the columns, the BibTeX and biblatex names and the JSON keys follow from it.
Sources: btxdoc (BibTeX 0.99d) section 3.2, the biblatex manual section 2.2, arXiv's eprint conventions.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from refman.domain.field_values import (
    parse_date,
    parse_day,
    parse_doi,
    parse_eprint,
    parse_line,
    parse_month,
    parse_paragraphs,
    parse_score,
    parse_year,
    show_month,
)
from refman.domain.frozen import dataclass


class Kind(StrEnum):
    """What a field holds; decides the editor, the escaping and the comparison."""

    TITLE = "title"  # one line, case protection applies
    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    NAMES = "names"  # people, kept in `people`
    NUMBER = "number"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    DATE = "date"  # EDTF
    VERBATIM = "verbatim"  # url, doi, file: never escaped, never decoded
    KEYS = "keys"  # citation keys separated by commas: crossref, xdata


class Group(StrEnum):
    """The section of the detail pane a field stands in."""

    MAIN = "Main"
    PUBLISHED = "Published in"
    IDENTIFIERS = "Identifiers"
    MORE = "More"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `parse` turns typed text into the plain value (raises InvalidValue), `show` a plain value into text.

    `bibtex` or `biblatex` is "" when the dialect has no such field; `json` names it in the JSON of a paper ("" = it
    stands under `fields`). `searchable` puts it into the main index, `column` offers it in the list.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    group: Group = Group.MORE
    bibtex: str | None = None
    biblatex: str | None = None
    json: str = ""
    parse: Callable[[str], str] = parse_line
    show: Callable[[str], str] = str
    searchable: bool = False
    sortable: bool = False
    column: bool = False

    @property
    def bibtex_name(self) -> str:
        """The name in a BibTeX file, "" when it must not leave for BibTeX."""
        return self.name if self.bibtex is None else self.bibtex

    @property
    def biblatex_name(self) -> str:
        """The name in a biblatex file, "" when it must not leave for biblatex."""
        return self.bibtex_name if self.biblatex is None else self.biblatex


def _line(name: str, label: str, group: Group = Group.MORE, *, biblatex: str | None = None) -> Field:
    return Field(name, label, group=group, biblatex=biblatex)


def _names(name: str, label: str, group: Group = Group.MORE, *, json: str = "") -> Field:
    return Field(name, label, kind=Kind.NAMES, group=group, json=json)


def _verbatim(name: str, label: str, group: Group = Group.MORE) -> Field:
    return Field(name, label, kind=Kind.VERBATIM, group=group)


_ALL = (
    Field(
        "title",
        "Title",
        Kind.TITLE,
        Group.MAIN,
        json="title",
        searchable=True,
        sortable=True,
        column=True,
    ),
    Field("subtitle", "Subtitle", Kind.TITLE, Group.MAIN),
    Field(
        "author",
        "Authors",
        Kind.NAMES,
        Group.MAIN,
        json="authors",
        searchable=True,
        sortable=True,
        column=True,
    ),
    Field("editor", "Editors", Kind.NAMES, Group.MAIN, json="editors"),
    Field(
        "abstract",
        "Abstract",
        Kind.TEXT,
        Group.MAIN,
        json="abstract",
        parse=parse_paragraphs,
        searchable=True,
    ),
    Field(
        "year",
        "Year",
        Kind.YEAR,
        Group.MAIN,
        json="year",
        parse=parse_year,
        sortable=True,
        column=True,
    ),
    Field(
        "month",
        "Month",
        Kind.MONTH,
        Group.MAIN,
        json="month",
        parse=parse_month,
        show=show_month,
        column=True,
    ),
    Field("day", "Day", Kind.DAY, Group.MAIN, bibtex="", biblatex="", json="day", parse=parse_day),
    Field("date", "Date", Kind.DATE, Group.MAIN, json="date", parse=parse_date),
    _line("journal", "Journal", Group.PUBLISHED, biblatex="journaltitle"),
    Field("booktitle", "Book title", Kind.TITLE, Group.PUBLISHED),
    _line("volume", "Volume", Group.PUBLISHED),
    _line("number", "Number", Group.PUBLISHED),
    _line("issue", "Issue", Group.PUBLISHED),
    _line("pages", "Pages", Group.PUBLISHED),
    _line("publisher", "Publisher", Group.PUBLISHED),
    _line("address", "Place", Group.PUBLISHED, biblatex="location"),
    _line("series", "Series", Group.PUBLISHED),
    _line("edition", "Edition", Group.PUBLISHED),
    _line("chapter", "Chapter", Group.PUBLISHED),
    _line("organization", "Organization", Group.PUBLISHED),
    _line("institution", "Institution", Group.PUBLISHED),
    _line("school", "School", Group.PUBLISHED, biblatex="institution"),
    _line("howpublished", "How published", Group.PUBLISHED),
    Field("doi", "DOI", Kind.VERBATIM, Group.IDENTIFIERS, json="doi", parse=parse_doi, column=True),
    Field(
        "eprint",
        "Eprint",
        Kind.VERBATIM,
        Group.IDENTIFIERS,
        json="eprint",
        parse=parse_eprint,
        column=True,
    ),
    Field("archiveprefix", "Archive", group=Group.IDENTIFIERS, biblatex="eprinttype"),
    Field(
        "primaryclass",
        "Class",
        group=Group.IDENTIFIERS,
        biblatex="eprintclass",
        json="primary_class",
    ),
    _verbatim("url", "URL", Group.IDENTIFIERS),
    Field("urldate", "Visited", Kind.DATE, Group.IDENTIFIERS, parse=parse_date),
    _line("isbn", "ISBN", Group.IDENTIFIERS),
    _line("issn", "ISSN", Group.IDENTIFIERS),
    Field(
        "category_code",
        "Category",
        bibtex="",
        biblatex="",
        json="category_code",
        sortable=True,
        column=True,
    ),
    Field(
        "score",
        "Score",
        Kind.NUMBER,
        bibtex="",
        biblatex="",
        json="score",
        parse=parse_score,
        sortable=True,
        column=True,
    ),
    Field("score_date", "Score of", Kind.DATE, bibtex="", biblatex="", parse=parse_date),
    Field("ignored_checks", "Ignored checks", bibtex="", biblatex=""),
    _line("keywords", "Keywords"),
    Field("note", "Note (BibTeX)"),
    Field("annote", "Annotation (BibTeX)", Kind.TEXT, biblatex="annotation", parse=parse_paragraphs),
    _line("type", "Kind of work"),
    _line("language", "Language"),
    _line("langid", "Language id"),
    _line("pubstate", "State"),
    _line("version", "Version"),
    _line("eventtitle", "Event"),
    Field("eventdate", "Event date", Kind.DATE, parse=parse_date),
    _line("venue", "Venue (event)"),
    Field("maintitle", "Main title", Kind.TITLE),
    Field("shorttitle", "Short title", Kind.TITLE),
    _line("shortjournal", "Short journal"),
    _line("titleaddon", "Title addition"),
    Field("origdate", "Original date", Kind.DATE, parse=parse_date),
    _line("pagetotal", "Page total"),
    _line("addendum", "Addendum"),
    _line("ranking", "Ranking"),
    _line("readstatus", "Read status"),
    _line("key", "Sort label"),
    Field("crossref", "Crossref", Kind.KEYS),
    Field("xdata", "Xdata", Kind.KEYS),
    Field("xref", "Xref", Kind.KEYS),
    Field("related", "Related", Kind.KEYS),
    Field("ids", "Former keys", Kind.KEYS),
    _verbatim("file", "Files (as read)"),
    _verbatim("pdf", "PDF (as read)"),
    _names("translator", "Translators"),
    _names("bookauthor", "Book authors"),
    _names("editora", "Editors (a)"),
    _names("editorb", "Editors (b)"),
    _names("editorc", "Editors (c)"),
    _names("annotator", "Annotators"),
    _names("commentator", "Commentators"),
    _names("introduction", "Introduction by"),
    _names("foreword", "Foreword by"),
    _names("afterword", "Afterword by"),
    _names("holder", "Patent holders"),
    _names("shortauthor", "Short authors"),
    _names("shorteditor", "Short editors"),
)

FIELDS = MappingProxyType({field.name: field for field in _ALL})
"""Every declared field by its name, in the order of the detail pane."""

NAME_FIELDS = frozenset(field.name for field in _ALL if field.kind is Kind.NAMES)
"""The fields that hold people."""

SITE_FIELDS = frozenset({"score", "score_date"})
"""What a site says of a paper and changes daily: a new value that was read is no change of the paper."""

VENUE_FIELDS = (
    "journal",
    "booktitle",
    "publisher",
    "school",
    "institution",
    "howpublished",
    "organization",
)
"""The venue of a paper is the first of these that has a value; it is derived, never stored as a field."""

_ALIASES = MappingProxyType(
    {
        "authors": "author",
        "editors": "editor",
        "journaltitle": "journal",
        "location": "address",
        "annotation": "annote",
        "eprinttype": "archiveprefix",
        "eprintclass": "primaryclass",
        "primary_class": "primaryclass",
        "category": "category_code",
    }
)


@lru_cache(maxsize=4096)
def canonical_name(name: str) -> str:
    """The name under which a field is stored: JSON, biblatex and BibTeX spellings in any case lead to one name."""
    lowered = name.strip().lower()
    return _ALIASES.get(lowered, lowered)


@lru_cache(maxsize=4096)
def field_of(name: str) -> Field:
    """The declaration of a field; an unknown name gets one of its own: kept, one line, exported under that name."""
    canonical = canonical_name(name)
    return FIELDS.get(canonical) or Field(canonical, canonical)
