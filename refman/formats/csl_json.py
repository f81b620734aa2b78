"""CSL-JSON, what citation processors (pandoc, citeproc, Zotero) read.

Source: the schema `csl-data.json` of CSL 1.0.2 (https://github.com/citation-style-language/schema).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from refman.domain.dates import split_date
from refman.domain.errors import Problem
from refman.domain.names import Name
from refman.domain.paper import Draft, Paper
from refman.formats.base import ExportContext
from refman.formats.plain_fields import eprint, is_preprint, losses, pages, publication_date, publisher, title, value

_BIBTEX_TYPES = {
    "article-journal": "article suppperiodical",
    "book": "book mvbook collection mvcollection proceedings mvproceedings reference mvreference manual",
    "chapter": "inbook bookinbook suppbook incollection suppcollection",
    "dataset": "dataset",
    "entry-encyclopedia": "inreference",
    "graphic": "artwork image",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "movie video",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings conference",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "report": "report techreport",
    "review": "review",
    "software": "software",
    "song": "audio music",
    "standard": "standard",
    "thesis": "thesis phdthesis mastersthesis",
    "webpage": "online electronic www",
}
_TYPES = MappingProxyType({word: csl for csl, words in _BIBTEX_TYPES.items() for word in words.split()})
_GENRES = MappingProxyType({"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"})
_ROLES = MappingProxyType(
    {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
)
_DATES = MappingProxyType({"urldate": "accessed", "eventdate": "event-date", "origdate": "original-date"})
_VARIABLES = MappingProxyType(
    {
        "shorttitle": "title-short",
        "shortjournal": "container-title-short",
        "volume": "volume",
        "issue": "issue",
        "edition": "edition",
        "chapter": "chapter-number",
        "series": "collection-title",
        "address": "publisher-place",
        "eventtitle": "event-title",
        "venue": "event-place",
        "pagetotal": "number-of-pages",
        "version": "version",
        "pubstate": "status",
        "language": "language",
        "doi": "DOI",
        "url": "URL",
        "isbn": "ISBN",
        "issn": "ISSN",
        "keywords": "keyword",
        "note": "note",
        "annote": "annote",
        "abstract": "abstract",
    }
)
_DERIVED = frozenset(
    {
        *("title", "subtitle", "journal", "booktitle", "pages", "number", "type", "eprint"),
        *("publisher", "institution", "school", "organization", "howpublished"),
    }
)
_TAKEN = frozenset({*_ROLES, *_DATES, *_VARIABLES, *_DERIVED})
# In these `number` is that of a journal's issue; in books it counts the series.
_IN_ISSUES = frozenset({"article-journal", "periodical", "review"})
_IN_SERIES = frozenset({"book", "chapter", "paper-conference"})


class CslJsonExporter:
    """One JSON array; each paper's citation key is its `id` and `citation-key`."""

    name = "csl-json"
    label = "CSL-JSON"
    extension = "json"

    def write(self, papers: Iterable[Paper], context: ExportContext) -> Iterator[str]:
        """One piece a paper; keys of every item in one fixed order."""
        before = "[\n"
        for paper in papers:
            text = json.dumps(_item(paper), ensure_ascii=False, indent=2)
            yield before + re.sub(r"^", "  ", text, flags=re.MULTILINE)
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"

    def problems(self, paper: Paper) -> list[Problem]:
        """What CSL has no variable for; the cut of a list is kept under `custom`, yet no processor prints it."""
        return losses(paper, self.label, _TAKEN)

    def count(self, text: str) -> int:
        """By parsing the JSON; 0 for what is no array."""
        try:
            items = json.loads(text)
        except ValueError:
            return 0
        return len(items) if isinstance(items, list) else 0

    def count_blocks(self, blocks: Iterable[str]) -> int:
        """All at once: what is one value can only be parsed as a whole."""
        return self.count("".join(blocks))


def _item(paper: Paper) -> dict[str, object]:
    kind = _type(paper)
    item: dict[str, object] = {"id": paper.key, "citation-key": paper.key, "type": kind, "title": title(paper)}
    for role, variable in _ROLES.items():
        people = paper.people.get(role)
        item[variable] = [_name(name) for name in people.names] if people else []
    item["issued"] = _date(publication_date(paper))
    item["container-title"] = value(paper, "journal") or value(paper, "booktitle")
    item["publisher"] = publisher(paper)
    item["page"] = pages(paper)
    item["genre"] = value(paper, "type") or _GENRES.get(paper.type.lower(), "")
    item |= {variable: value(paper, name) for name, variable in _VARIABLES.items()}
    item |= {variable: _date(value(paper, name)) for name, variable in _DATES.items()}
    _put_number(item, kind, value(paper, "number"))
    _put_eprint(item, kind, paper)
    cut = [_ROLES.get(role, role) for role, people in paper.people.items() if people.truncated]
    item["custom"] = {"truncated": cut} if cut else {}
    return {variable: content for variable, content in item.items() if content}


def _type(paper: Draft) -> str:
    if is_preprint(paper):
        # The type of preprints in Zotero and pandoc.
        return "article"
    return _TYPES.get(paper.type.lower(), "document")


def _put_number(item: dict[str, object], kind: str, number: str) -> None:
    if kind in _IN_ISSUES:
        item["issue"] = ", ".join(str(part) for part in (number, item["issue"]) if part)
    else:
        item["collection-number" if kind in _IN_SERIES else "number"] = number


def _put_eprint(item: dict[str, object], kind: str, paper: Draft) -> None:
    item["archive"] = value(paper, "archiveprefix") if value(paper, "eprint") else ""
    item["archive_location"] = value(paper, "eprint")
    if kind == "article":
        item["number"] = item["number"] or eprint(paper)
        item["publisher"] = item["publisher"] or value(paper, "archiveprefix")


def _name(name: Name) -> Mapping[str, str]:
    if name.literal:
        return {"literal": name.literal}
    if not name.family:
        return {"literal": name.display}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.prefix,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(edtf: str) -> dict[str, object]:
    """A date or closed range as `date-parts`; what those cannot say as `literal`."""
    if not edtf:
        return {}
    parts = [_date_parts(end) for end in edtf.split("/")]
    if not all(parts) or len(parts) > 2:
        season = re.fullmatch(r"(\d{4})-2([1-4])", edtf)
        return {"date-parts": [[int(season[1])]], "season": int(season[2])} if season else {"literal": edtf}
    return {"date-parts": parts, **({"circa": True} if re.search("[?~%]", edtf) else {})}


def _date_parts(end: str) -> list[int]:
    day = end.partition("T")[0].rstrip("?~%")
    if re.fullmatch(r"-?[0-9]{1,4}", day):
        return [int(day)]
    return [int(part) for part in split_date(day) or () if part]
