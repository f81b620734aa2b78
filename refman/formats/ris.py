"""RIS, what EndNote, Mendeley and most reference managers read.

Sources: the RIS format specification (Research Information Systems, 2001 and 2011) and what Zotero and JabRef read and
write. Lines end in CR LF, as the specification says and Zotero writes; UTF-8 without a byte-order mark.
"""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from refman.domain.dates import first_year, split_date
from refman.domain.errors import Problem
from refman.domain.names import Name
from refman.domain.paper import Draft, Paper
from refman.formats.base import ExportContext
from refman.formats.plain_fields import eprint, losses, one_line, pages, publication_date, publisher, title, value

_BIBTEX_TYPES = {
    "ART": "artwork image",
    "BOOK": "book mvbook collection mvcollection reference mvreference manual",
    "CASE": "jurisdiction",
    "CHAP": "inbook bookinbook suppbook incollection suppcollection",
    "COMP": "software",
    "CONF": "inproceedings conference proceedings mvproceedings",
    "DATA": "dataset",
    "ELEC": "online electronic www",
    "ENCYC": "inreference",
    "JFULL": "periodical",
    "JOUR": "article suppperiodical review",
    "MPCT": "movie",
    "PAMP": "booklet",
    "PAT": "patent",
    "PCOMM": "letter",
    "RPRT": "report techreport",
    "SOUND": "audio music",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis phdthesis mastersthesis",
    "UNPB": "unpublished",
    "VIDEO": "video",
}
_TYPES = MappingProxyType({word: ris for ris, words in _BIBTEX_TYPES.items() for word in words.split()})
_KINDS_OF_WORK = MappingProxyType({"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"})
_ROLES = MappingProxyType({"author": "AU", "editor": "ED", "translator": "A4"})
_TAGS = MappingProxyType(
    {
        "shorttitle": "ST",
        "shortjournal": "J2",
        "series": "T3",
        "volume": "VL",
        "edition": "ET",
        "chapter": "SE",
        "address": "CY",
        "isbn": "SN",
        "issn": "SN",
        "doi": "DO",
        "url": "UR",
        "language": "LA",
        "abstract": "AB",
        "note": "N1",
        "annote": "RN",
    }
)
_DERIVED = frozenset(
    {
        *("title", "subtitle", "journal", "booktitle", "pages", "number", "issue", "type", "eprint", "keywords"),
        *("publisher", "institution", "school", "organization", "howpublished", "urldate"),
    }
)
_TAKEN = frozenset({*_ROLES, *_TAGS, *_DERIVED})
_PAGES = re.compile(r"([^-,;\s]+)-([^-,;\s]+)")
_END = re.compile(r"^TY {2}- .*?^ER {2}- ?\r?$", re.MULTILINE | re.DOTALL)


class RisExporter:
    """One record a paper, `TY` to `ER`; the citation key is its `ID`."""

    name = "ris"
    label = "RIS"
    extension = "ris"

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        """One piece a paper, tags in one fixed order, an empty line after each record."""
        for paper in papers:
            lines = [f"{tag}  - {one_line(text)}\r\n" for tag, text in _record(paper) if text.strip()]
            yield "".join([*lines, "ER  - \r\n\r\n"])

    def problems(self, paper: Paper) -> list[Problem]:
        """What RIS has no tag for, and a date that is no day, month or year."""
        date = publication_date(paper)
        found = losses(paper, self.label, _TAKEN)
        if first_year(date) not in {"", date} and split_date(date) is None:
            text = f"RIS cannot say the date {date}; only its first year is written."
            found.append(Problem(0, "date-lost", text, (self.label, date)))
        return found

    def count(self, text: str) -> int:
        """Records that begin and end."""
        return sum(1 for _ in _END.finditer(text))

    def count_blocks(self, blocks: Iterable[str]) -> int:
        """The same; holds no more than a block and a record."""
        records = 0
        rest = ""
        for block in blocks:
            rest += block
            end = 0
            for match in _END.finditer(rest):
                records += 1
                end = match.end()
            rest = rest[end:]
        return records


def _record(paper: Paper) -> Iterator[tuple[str, str]]:
    kind = paper.type.lower()
    ris_type = _TYPES.get(kind, "GEN")
    yield "TY", ris_type
    yield "ID", paper.key
    yield "TI", title(paper)
    for role, tag in _ROLES.items():
        people = paper.people.get(role)
        yield from ((tag, _name(name)) for name in people.names) if people else ()
    yield from _dates(paper)
    yield "T2", value(paper, "journal") or value(paper, "booktitle")
    yield "PB", publisher(paper)
    yield from ((tag, value(paper, name)) for name, tag in _TAGS.items())
    # The issue of a journal; of anything else the number of a report, a patent or in a series.
    issue = ", ".join(text for text in (value(paper, "number"), value(paper, "issue")) if text)
    yield "IS" if ris_type in {"JOUR", "JFULL"} else "M1", issue
    span = _PAGES.fullmatch(pages(paper))
    yield from (("SP", span[1]), ("EP", span[2])) if span else (("SP", pages(paper)),)
    yield "M3", value(paper, "type") or _KINDS_OF_WORK.get(kind, "")
    yield "AN", eprint(paper)
    yield from (("KW", word) for word in re.split(r"[,;]", value(paper, "keywords")))


def _dates(paper: Draft) -> Iterator[tuple[str, str]]:
    """`PY  - 2026` and `DA  - 2026/05/07/`; the second only when more than the year is known."""
    date = publication_date(paper)
    yield "PY", first_year(date) or date
    if (split_date(date) or ("", "", ""))[1]:
        yield "DA", _slashed(date)
    yield "Y2", _slashed(value(paper, "urldate"))


def _slashed(date: str) -> str:
    """The specification's year/month/day/other, all three slashes always there."""
    parts = split_date(date)
    if not parts:
        return date
    year, month, day = parts
    return f"{year}/{month.zfill(2) if month else ''}/{day.zfill(2) if day else ''}/"


def _name(name: Name) -> str:
    """`von Glehn, Ingrid, Jr.`: family, given, suffix, as the specification says; an empty given keeps its place."""
    if name.literal:
        return name.literal
    family = " ".join(part for part in (name.prefix, name.family) if part)
    return ", ".join((family, name.given, name.suffix)).removesuffix(", ").removesuffix(", ")
