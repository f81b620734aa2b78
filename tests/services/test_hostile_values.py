"""What strangers put into fields and searches stays inside them (D5, D6)."""

from datetime import date
from random import Random

import pytest

from refman.domain.errors import RefmanError
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.query_parser import parse_query
from refman.formats import IMPORTERS
from refman.formats.base import ReadContext
from refman.services.library import Library

_FIELDS = ("title", "note", "journal", "abstract", "volume", "url", "doi", "keywords", "unheardof")
_PAYLOADS = (
    "}, note = {x}}\n@article{evil, title={E}}",
    "}\n@article{evil, title={E}}",
    "{",
    "}",
    "}}}{{{",
    "a \\} b } c",
    "\\",
    "x\\",
    '" # "',
    '", note = "x',
    "% }\n@misc{evil,",
    "\\write18{rm x} \\input{/etc/passwd}",
    "^^5cinput{x} ^^7d",
    "\\catcode`\\}=12 }",
    "@string{x = {y}}",
    '@preamble{"x"}',
    "\\verb|}|",
    "\\begin{verbatim}}",
    "a\r\n}\r\n@misc{evil}",
    "\u202e}{\u2028}\u2029@misc{evil}",
    "\0}",
    "{\\}",
)
_PIECES = [
    '"',
    "'",
    "*",
    "(",
    ")",
    "-",
    "NEAR",
    "NEAR(",
    "AND",
    "OR",
    "NOT",
    "title:",
    "tag:",
    "year:",
    "..",
    "%",
    "_",
    "\\",
    ";",
]
_PIECES += [
    "--",
    "\0",
    "^",
    "{",
    "}",
    "[a-z]",
    "(a+)+",
    "\ud800",
    "学",
    "\u202e",
    "1",
    "e",
    " ",
    "DROP TABLE paper",
    "rowid:",
    ":",
]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_value_stays_in_its_field(library: Library, name: str) -> None:
    ids: list[PaperId] = []
    for number, payload in enumerate(_PAYLOADS):
        values = dict.fromkeys(_FIELDS, payload) | {"title": f"{number} {payload}"}
        ids += map(PaperId, library.new_paper("article", values).changes.added)
    library.make_keys(ids)
    keys = {paper.key for paper in library.papers(ids)}
    text = library.export_text(Listing(), name)
    read = IMPORTERS["bibtex"].read(text, ReadContext(date(2026, 1, 1)))
    assert {draft.key for draft in read.drafts} == keys
    assert len(read.drafts) == len(_PAYLOADS)
    assert {"string", "preamble"}.isdisjoint(block.kind for block in read.blocks)


@pytest.mark.uncovered
def test_no_search_raises(library: Library) -> None:
    library.new_paper("article", {"title": "A paper about deep things", "note": "x"})
    chance = Random(5)
    texts = ["".join(chance.choices(_PIECES, k=chance.randint(1, 12))) for _ in range(300)]
    for text in [
        *texts,
        "word " * 10_000,
        "a" * 100_000,
        '"' * 100_000,
        "(" * 100_000,
        "-" * 100_000,
        "a OR " * 10_000,
    ]:
        query = parse_query(text, today=date(2026, 1, 1)).root
        try:
            assert set(library.ids(Listing(query=query))) <= {1}
        except RefmanError as error:
            assert error.message
