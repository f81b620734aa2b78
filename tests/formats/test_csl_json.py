"""CSL-JSON as the CSL schema wants it, the same bytes on every run."""

import json
from pathlib import Path
from typing import Any

import pytest

from refman.domain.names import Name
from refman.domain.paper import Draft, Paper
from refman.formats.base import ExportContext
from refman.formats.csl_json import CslJsonExporter
from tests.formats.page import PAGE, read
from tests.formats.samples import PAPERS, paper

_SAMPLE = Path(__file__).parent.parent / "data/csl-json/samples.json"
# The variables of csl-data.json (CSL 1.0.2) that are texts, names, dates or numbers.
_VARIABLES = (
    " id type citation-key title title-short container-title container-title-short collection-title collection-number"
    " author editor translator container-author issued accessed event-date original-date abstract annote archive"
    " archive_location chapter-number edition event-title event-place genre ISBN ISSN issue keyword language note"
    " number number-of-pages page publisher publisher-place status URL DOI version volume custom "
)
_TYPES = (
    " article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard thesis"
    " treaty webpage "
)


def _write(*papers: Paper) -> str:
    return "".join(CslJsonExporter().write(papers, ExportContext()))


def _items(*papers: Paper) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(_write(*papers))
    return items


def test_the_samples_give_the_same_bytes_as_ever() -> None:
    assert _write(*PAPERS) == _SAMPLE.read_bytes().decode("utf-8")


def test_an_article_with_everything() -> None:
    assert _items(PAPERS[0]) == [
        {
            "id": "author2020article",
            "citation-key": "author2020article",
            "type": "article-journal",
            "title": "Amplifying {human} performance: A <second> “part”",
            "author": [
                {"family": "Veličković", "given": "Petar"},
                {"family": "Glehn", "given": "Ingrid", "non-dropping-particle": "von"},
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
                {"literal": "The ATLAS Collaboration"},
            ],
            "issued": {"date-parts": [[2020, 11, 3]]},
            "container-title": "Journal of Things & Others",
            "container-title-short": "J. Things",
            "page": "101-119",
            "volume": "12",
            "issue": "3",
            "ISSN": "1234-5678",
            "DOI": "10.1000/xyz",
            "URL": "https://example.org/a?b=1&c=2",
            "accessed": {"date-parts": [[2024, 5, 6]]},
            "keyword": "rl, planning; graph networks",
            "language": "english",
            "note": "A note",
            "abstract": "First paragraph with $77.1\\%$.\n\nSecond paragraph.",
            "custom": {"truncated": ["author"]},
        }
    ]


def test_a_preprint_keeps_its_id_and_only_a_certain_class() -> None:
    certain, guess = _items(*PAPERS[3:5])
    assert certain["type"] == guess["type"] == "article"
    assert certain["number"] == "arXiv:2605.06651 [cs.AI]"
    assert guess["number"] == "arXiv:2605.06652"
    assert (certain["archive"], certain["archive_location"], certain["publisher"]) == ("arXiv", "2605.06651", "arXiv")


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"date": "2019/2021"}, {"date-parts": [[2019], [2021]]}),
        ({"date": "2019-03/2019-05-04"}, {"date-parts": [[2019, 3], [2019, 5, 4]]}),
        ({"date": "1990~"}, {"date-parts": [[1990]], "circa": True}),
        ({"date": "2026-05-07T10:00:00Z"}, {"date-parts": [[2026, 5, 7]]}),
        ({"date": "2002-22"}, {"date-parts": [[2002]], "season": 2}),
        ({"date": "199X"}, {"literal": "199X"}),
        ({"date": "2019/.."}, {"literal": "2019/.."}),
        ({"year": "in press"}, {"literal": "in press"}),
        ({"year": "2020", "month": "5"}, {"date-parts": [[2020, 5]]}),
        ({"year": "2020", "day": "5"}, {"date-parts": [[2020]]}),
        ({"year": "2020", "month": "May/June"}, {"date-parts": [[2020]]}),
        ({"year": "2020", "month": "5", "date": "2021-07"}, {"date-parts": [[2021, 7]]}),
        ({"year": "800"}, {"date-parts": [[800]]}),
        ({"year": "-44"}, {"date-parts": [[-44]]}),
    ],
)
def test_dates(fields: dict[str, str], issued: dict[str, object]) -> None:
    assert _items(paper("k", "misc", fields))[0]["issued"] == issued


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        ("techreport", {"number": "7"}, {"type": "report", "number": "7"}),
        ("patent", {"number": "7"}, {"type": "patent", "number": "7"}),
        ("book", {"number": "7", "series": "S"}, {"type": "book", "collection-number": "7", "collection-title": "S"}),
        ("article", {"number": "7", "issue": "Spring"}, {"type": "article-journal", "issue": "7, Spring"}),
        ("PhdThesis", {"school": "ETH"}, {"type": "thesis", "genre": "PhD thesis", "publisher": "ETH"}),
        ("mastersthesis", {"type": "MSc"}, {"type": "thesis", "genre": "MSc"}),
        ("online", {"url": "https://a"}, {"type": "webpage", "URL": "https://a"}),
        (
            "inbook",
            {"booktitle": "B", "chapter": "2"},
            {"type": "chapter", "container-title": "B", "chapter-number": "2"},
        ),
        ("oddity", {}, {"type": "document"}),
        ("misc", {"publisher": "A", "organization": "A", "school": "B"}, {"type": "document", "publisher": "A; B"}),
        (
            "article",
            {"eprint": "1", "archiveprefix": "arXiv"},
            {"type": "article-journal", "archive": "arXiv", "archive_location": "1"},
        ),
    ],
)
def test_types_and_what_goes_with_them(entry_type: str, fields: dict[str, str], expected: dict[str, str]) -> None:
    assert _items(paper("k", entry_type, fields)) == [{"id": "k", "citation-key": "k", **expected}]


def test_a_name_without_family_name_is_literal() -> None:
    names = (Name(given="Plato"), Name(literal="A {B} C"))
    assert _items(paper("k", "misc", {}, authors=names))[0]["author"] == [{"literal": "Plato"}, {"literal": "A {B} C"}]


def test_every_item_holds_only_what_the_schema_knows() -> None:
    for item in _items(*PAPERS):
        assert [variable for variable in item if f" {variable} " not in _VARIABLES] == []
        assert f" {item['type']} " in _TYPES
        assert all(value for value in item.values())


def test_the_page_goes_out_whole() -> None:
    drafts = read(PAGE).drafts
    text = _write(*(_stored(draft, f"key{index}") for index, draft in enumerate(drafts)))
    items = json.loads(text)
    assert [item["title"] for item in items] == [draft.plain("title") for draft in drafts]
    assert [item["abstract"] for item in items] == [draft.plain("abstract") for draft in drafts]
    assert [item["issued"]["date-parts"][0][0] for item in items] == [draft.year for draft in drafts]
    assert "Veličković" in text
    assert CslJsonExporter().count(text) == 23


def _stored(draft: Draft, key: str) -> Paper:
    return Paper(type=draft.type, key=key, fields=draft.fields, people=draft.people)


def test_counting_reads_the_text_again() -> None:
    assert CslJsonExporter().count(_write(*PAPERS)) == len(PAPERS)
    assert CslJsonExporter().count(_write()) == 0
    assert CslJsonExporter().count(_write(*PAPERS)[:-20]) == 0
    assert CslJsonExporter().count('{"id": 1}') == 0
    assert _write() == "[]\n"


def test_what_has_no_place_is_told() -> None:
    told = [[problem.message for problem in CslJsonExporter().problems(one)] for one in PAPERS]
    assert told == [
        ["CSL-JSON cannot say that more authors follow."],
        [],
        ["CSL-JSON has no place for Title addition."],
        *([[]] * 5),
    ]


def test_each_paper_is_one_piece() -> None:
    assert len(list(CslJsonExporter().write(PAPERS, ExportContext()))) == len(PAPERS) + 1
