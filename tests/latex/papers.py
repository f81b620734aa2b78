"""Papers to compile: the author page, the same with what arXiv knows, and values that break careless exports."""

import json
from dataclasses import replace

from refman.domain.citekeys import key_candidates
from refman.domain.names import Name, parse_name
from refman.domain.paper import FieldValue, Paper, PaperId, People
from refman.domain.settings import Settings
from tests.formats.page import DATA, PAGE, read


def page_papers() -> list[Paper]:
    """The 23 papers of the page with their keys, in the order of an export."""
    pattern = Settings().citation_key_pattern
    papers = [
        Paper(
            type=draft.type,
            key=next(key_candidates(draft, pattern)),
            fields=draft.fields,
            people=draft.people,
            id=PaperId(number),
        )
        for number, draft in enumerate(read(PAGE).drafts, start=1)
    ]
    return sorted(papers, key=lambda paper: paper.key)


def arxiv_papers() -> list[Paper]:
    """The page's papers with their arXiv ids, whole author lists and addresses."""
    facts = {fact["title"]: fact for fact in json.loads((DATA / "lars-buesing.facts.json").read_text("utf-8"))}
    return [_with_facts(paper, facts[paper.plain("title")]) for paper in page_papers()]


def _with_facts(paper: Paper, fact: dict[str, str]) -> Paper:
    found = {"eprint": fact["arxiv"], "url": f"https://arxiv.org/abs/{fact['arxiv']}", "doi": fact["arxiv_doi"]}
    values = {name: FieldValue(text) for name, text in found.items() if text}
    authors = People(tuple(map(parse_name, fact["authors"])))
    return replace(paper, fields={**paper.fields, **values}, people={"author": authors})


_NASTY = (
    "100% sure & 5# of a_b ~ ^ \\ $",
    "Braces } { and {x} and }}",
    "\"Quotes\" ``and'' `ticks' “these” ‘those’ – — ---",
    "Math $O(n^2)$ and $77.1\\%$ but $5 and $6 and $ alone",
    "\\input{/etc/passwd} \\end{document} \\def\\x{y} %",
    "<b>HTML</b> &amp; | > <",
    "α-helix of H₂O at 5 °C ± 2 µm × ½ → ∞ ≤ √2",
    "Éric Ünïcode Łódź Šćžý ß æ Ø ø Å ĳ İ ı ș ŵ",
    "ends in a backslash \\",
    "ends in a percent sign %",
    "@article{fake, title={x}}",
    "a, b = c # d",
)


def nasty_papers() -> list[Paper]:
    """A paper for each nasty text, which stands in every printed field."""
    return [_nasty(text, number) for number, text in enumerate(_NASTY)]


def _nasty(text: str, number: int) -> Paper:
    fields = {
        "title": f"Title {text}",
        "journal": f"Journal {text}",
        "note": text,
        "abstract": f"{text}\n\n{text}",
        "year": "2020",
        "month": "3",
        "volume": "1",
        "pages": "1--2",
        "url": "http://example.org/a%20b_c?d=1&e=2#f~g",
        "doi": "10.1000/a_b%20c",
        "keywords": text,
    }
    names = (Name("Ann", family=f"Lee {text}"), Name("Bob", "von", "Nasty"), Name(literal=f"Group {text}"))
    return Paper(
        type="article",
        key=f"nasty{number:02}",
        fields={name: FieldValue(value) for name, value in fields.items()},
        people={"author": People(names)},
    )
