"""RIS as the specification and the programs that read it want it."""

from pathlib import Path

import pytest

from refman.domain.paper import Paper
from refman.formats.base import ExportContext
from refman.formats.ris import RisExporter
from tests.formats.page import PAGE, read
from tests.formats.samples import PAPERS, paper

_SAMPLE = Path(__file__).parent.parent / "data/ris/samples.ris"


def _write(*papers: Paper) -> str:
    return "".join(RisExporter().write(papers, ExportContext()))


def _tags(one: Paper) -> list[tuple[str, str]]:
    return [(line[:2], line[6:]) for line in _write(one).split("\r\n") if line]


def test_the_samples_give_the_same_bytes_as_ever() -> None:
    assert _write(*PAPERS) == _SAMPLE.read_bytes().decode("utf-8")


def test_an_article_with_everything() -> None:
    assert _write(PAPERS[0]) == (
        "TY  - JOUR\r\n"
        "ID  - author2020article\r\n"
        "TI  - Amplifying {human} performance: A <second> “part”\r\n"
        "AU  - Veličković, Petar\r\n"
        "AU  - von Glehn, Ingrid\r\n"
        "AU  - King, Martin Luther, Jr.\r\n"
        "AU  - The ATLAS Collaboration\r\n"
        "PY  - 2020\r\n"
        "DA  - 2020/11/03/\r\n"
        "Y2  - 2024/05/06/\r\n"
        "T2  - Journal of Things & Others\r\n"
        "J2  - J. Things\r\n"
        "VL  - 12\r\n"
        "SN  - 1234-5678\r\n"
        "DO  - 10.1000/xyz\r\n"
        "UR  - https://example.org/a?b=1&c=2\r\n"
        "LA  - english\r\n"
        "AB  - First paragraph with $77.1\\%$. Second paragraph.\r\n"
        "N1  - A note\r\n"
        "IS  - 3\r\n"
        "SP  - 101\r\n"
        "EP  - 119\r\n"
        "KW  - rl\r\n"
        "KW  - planning\r\n"
        "KW  - graph networks\r\n"
        "ER  - \r\n"
        "\r\n"
    )


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        ("misc", {}, [("TY", "GEN")]),
        ("inproceedings", {"booktitle": "B"}, [("TY", "CONF"), ("T2", "B")]),
        ("techreport", {"number": "7", "institution": "MIT"}, [("TY", "RPRT"), ("PB", "MIT"), ("M1", "7")]),
        ("phdthesis", {}, [("TY", "THES"), ("M3", "PhD thesis")]),
        ("online", {"url": "https://a"}, [("TY", "ELEC"), ("UR", "https://a")]),
        ("dataset", {"pages": "7"}, [("TY", "DATA"), ("SP", "7")]),
        ("book", {"pages": "1, 7--9"}, [("TY", "BOOK"), ("SP", "1, 7-9")]),
        ("misc", {"year": "2026", "month": "5"}, [("TY", "GEN"), ("PY", "2026"), ("DA", "2026/05//")]),
        ("misc", {"year": "2026", "day": "5"}, [("TY", "GEN"), ("PY", "2026")]),
        ("misc", {"date": "2019/2021"}, [("TY", "GEN"), ("PY", "2019")]),
        ("misc", {"year": "in press"}, [("TY", "GEN"), ("PY", "in press")]),
        ("misc", {"urldate": "2019~"}, [("TY", "GEN"), ("Y2", "2019~")]),
    ],
)
def test_types_and_what_goes_with_them(
    entry_type: str, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    first, *rest = expected
    assert _tags(paper("k", entry_type, fields)) == [first, ("ID", "k"), *rest, ("ER", "")]


def test_a_preprint_keeps_its_id_and_only_a_certain_class() -> None:
    assert ("AN", "arXiv:2605.06651 [cs.AI]") in _tags(PAPERS[3])
    assert ("AN", "arXiv:2605.06652") in _tags(PAPERS[4])


def test_no_value_can_begin_a_line_of_its_own() -> None:
    text = _write(paper("k", "misc", {"title": "a\r\nER  - \r\nTY  - BOOK", "abstract": "x\n\n\ty"}))
    assert text == "TY  - GEN\r\nID  - k\r\nTI  - a ER - TY - BOOK\r\nAB  - x y\r\nER  - \r\n\r\n"
    assert RisExporter().count(text) == 1


def test_the_page_goes_out_whole() -> None:
    drafts = read(PAGE).drafts
    stored = [
        Paper(type=draft.type, key=f"key{index}", fields=draft.fields, people=draft.people)
        for index, draft in enumerate(drafts)
    ]
    text = _write(*stored)
    assert RisExporter().count(text) == 23
    titles = [line[6:] for line in text.split("\r\n") if line.startswith("TI  - ")]
    assert titles == [draft.plain("title") for draft in drafts]
    assert text.count("\nAU  - ") == sum(len(draft.authors) for draft in drafts)


def test_counting_reads_the_text_again() -> None:
    text = _write(*PAPERS)
    assert RisExporter().count(text) == len(PAPERS)
    assert RisExporter().count(text.replace("\r\n", "\n")) == len(PAPERS)
    assert RisExporter().count(text[: text.rindex("ER")]) == len(PAPERS) - 1
    assert RisExporter().count("") == 0


def test_what_has_no_place_is_told() -> None:
    told = [[problem.message for problem in RisExporter().problems(one)] for one in PAPERS]
    assert told == [
        ["RIS cannot say that more authors follow."],
        ["RIS has no place for Page total."],
        ["RIS has no place for Title addition."],
        [],
        ["RIS cannot say the date 2019/2021; only its first year is written."],
        [],
        ["RIS cannot say the date 2002-21; only its first year is written."],
        [],
    ]
