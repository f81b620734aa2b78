"""Papers that show what an exporter must do with every kind of value."""

from collections.abc import Mapping

from refman.domain.names import Name
from refman.domain.paper import FieldValue, Paper, People

VELICKOVIC = Name("Petar", "", "Veličković")
GLEHN = Name("Ingrid", "von", "Glehn")
KING = Name("Martin Luther", "", "King", "Jr.")
ATLAS = Name(literal="The ATLAS Collaboration")


def paper(
    key: str,
    entry_type: str,
    fields: Mapping[str, str | FieldValue],
    *,
    authors: tuple[Name, ...] = (),
    editors: tuple[Name, ...] = (),
    truncated: bool = False,
) -> Paper:
    """A stored paper with these plain values."""
    people = {role: People(names) for role, names in (("author", authors), ("editor", editors)) if names}
    if truncated:
        people["author"] = People(authors, truncated=True)
    values = {name: FieldValue(value) if isinstance(value, str) else value for name, value in fields.items()}
    return Paper(type=entry_type, key=key, fields=values, people=people)


PAPERS = (
    paper(
        "author2020article",
        "article",
        {
            "title": "Amplifying {human} performance",
            "subtitle": "A <second> “part”",
            "journal": "Journal of Things & Others",
            "shortjournal": "J. Things",
            "year": "2020",
            "month": "11",
            "day": "3",
            "volume": "12",
            "number": "3",
            "pages": "101--119",
            "issn": "1234-5678",
            "doi": "10.1000/xyz",
            "url": "https://example.org/a?b=1&c=2",
            "urldate": "2024-05-06",
            "keywords": "rl, planning; graph networks",
            "language": "english",
            "note": "A note",
            "abstract": "First paragraph with $77.1\\%$.\n\nSecond paragraph.",
        },
        authors=(VELICKOVIC, GLEHN, KING, ATLAS),
        truncated=True,
    ),
    paper(
        "book1999",
        "book",
        {
            "title": "A Book",
            "shorttitle": "Book",
            "date": "1999",
            "publisher": "Press",
            "address": "Zürich",
            "edition": "2",
            "series": "Series",
            "number": "7",
            "isbn": "978-3-16-148410-0",
            "pagetotal": "300",
        },
        authors=(Name(family="Anonymous"),),
    ),
    paper(
        "conference2017",
        "inproceedings",
        {
            "title": "In Proceedings",
            "booktitle": "Proceedings of Things",
            "year": "2017",
            "pages": "7–9",
            "organization": "ACM",
            "publisher": "ACM Press",
            "titleaddon": "lost",
        },
        authors=(GLEHN,),
        editors=(VELICKOVIC,),
    ),
    paper(
        "preprint2026",
        "misc",
        {
            "title": "A Preprint",
            "year": "2026",
            "month": "5",
            "eprint": "2605.06651",
            "archiveprefix": "arXiv",
            "primaryclass": "cs.AI",
            "category_code": "AI",
            "score": "95.5",
        },
        authors=(Name("Daniel", "", "Zheng"),),
    ),
    paper(
        "preprint2026guess",
        "misc",
        {
            "title": "A Guess",
            "date": "2019/2021",
            "eprint": "2605.06652",
            "archiveprefix": "arXiv",
            "primaryclass": FieldValue("cs.CV", is_guess=True),
        },
    ),
    paper(
        "report2001",
        "techreport",
        {"title": "A Report", "year": "in press", "institution": "MIT", "number": "TR-1", "type": "Memo"},
    ),
    paper("thesis2002", "phdthesis", {"title": "A Thesis", "date": "2002-21", "school": "ETH", "pages": "1, 7, 9--12"}),
    paper("unknown", "oddity", {"title": "", "journal": ""}),
)
