import gc
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

import pytest

from refman.domain.names import Name
from refman.domain.paper import FieldValue, Origin, Paper
from refman.formats.base import ExportContext
from refman.formats.bibtex import exporter
from refman.formats.bibtex.dialects import Dialect
from tests.formats.bibtex.bib import (
    BIBLATEX,
    BIBTEX,
    DATA,
    EXPORTERS,
    JANE,
    cut,
    paper,
    read,
    stored,
    with_field,
    write,
    written,
)


def test_a_typed_paper_as_bibtex() -> None:
    one = paper(
        Name("Éric", family="Moulines"),
        Name("Ingrid", "von", "Glehn"),
        key="moulines2026",
        title="Planning with ResNets & 5% more",
        abstract="It gains $77.1\\%$.\n\nMore.",
        year="2026",
        month="5",
        day="7",
        url="http://x/a%20b_c",
        score="95.5",
        category_code="AI",
        primaryclass="cs.AI",
        zfield="z",
    )
    assert write(cut(one)) == (
        "@misc{moulines2026,\n"
        "  author = {Moulines, {\\'E}ric and von Glehn, Ingrid and others},\n"
        "  title = {Planning with {ResNets} \\& 5\\% more},\n"
        "  year = {2026},\n"
        "  month = may,\n"
        "  url = {http://x/a%20b_c},\n"
        "  zfield = {z},\n"
        "  abstract = {It gains $77.1\\%$.\n\nMore.},\n"
        "}\n\n"
    )


def test_a_typed_paper_as_biblatex() -> None:
    one = paper(
        Name("Éric", family="Moulines"),
        key="moulines2026",
        kind="article",
        title="Über α & 5%",
        journal="Journal",
        address="Paris",
        annote="Good.",
        year="2026",
        month="5",
        day="7",
        school="MIT",
    )
    assert write(one, dialect=BIBLATEX) == (
        "@article{moulines2026,\n"
        "  author = {Moulines, Éric},\n"
        "  title = {Über {\\ensuremath{\\alpha}} \\& 5\\%},\n"
        "  journaltitle = {Journal},\n"
        "  date = {2026-05-07},\n"
        "  location = {Paris},\n"
        "  institution = {MIT},\n"
        "  annotation = {Good.},\n"
        "}\n\n"
    )


@pytest.mark.parametrize(
    ("fields", "dialect", "expected"),
    [
        ({"eprint": "2605.06651", "primaryclass": "cs.AI"}, BIBTEX, ("misc", "{2605.06651}", "{arXiv}", "{cs.AI}")),
        ({"eprint": "2605.06651", "primaryclass": "cs.AI"}, BIBLATEX, ("online", "{2605.06651}", "{arxiv}", "{cs.AI}")),
        ({"eprint": "hep-th/9711200", "primaryclass": "hep-th"}, BIBTEX, ("misc", "{hep-th/9711200}", "{arXiv}", "")),
        ({"primaryclass": "cs.AI", "archiveprefix": "arXiv"}, BIBTEX, ("misc", "", "", "")),
        ({"primaryclass": "cs.AI"}, BIBLATEX, ("misc", "", "", "")),
        ({"eprint": "1234", "archiveprefix": "hal"}, BIBLATEX, ("online", "{1234}", "{hal}", "")),
    ],
)
def test_eprints(fields: dict[str, str], dialect: Dialect, expected: tuple[str, ...]) -> None:
    one = paper(JANE, title="T", **fields)
    names = (
        ("eprint", "archiveprefix", "primaryclass") if dialect is BIBTEX else ("eprint", "eprinttype", "eprintclass")
    )
    kind = write(one, dialect=dialect).split("{")[0].removeprefix("@")
    assert (kind, *(written(one, name, dialect) for name in names)) == expected


def test_a_guess_and_a_cleared_field_never_leave() -> None:
    one = paper(JANE, title="T", eprint="2605.06651", note="n")
    one = with_field(one, "primaryclass", FieldValue("cs.AI", is_guess=True))
    one = with_field(one, "note", FieldValue("", origin=Origin.PERSON))
    assert (written(one, "primaryclass"), written(one, "note")) == ("", "")
    guessed = with_field(one, "eprint", FieldValue("2605.06651", is_guess=True))
    assert "eprint" not in write(guessed) + write(guessed, dialect=BIBLATEX)
    assert write(guessed, dialect=BIBLATEX).startswith("@misc{")


@pytest.mark.parametrize(
    ("kind", "fields", "bibtex", "biblatex"),
    [
        ("online", {"url": "http://x"}, "misc", "online"),
        ("online", {}, "misc", "misc"),
        ("misc", {"eprint": "2405.04967"}, "misc", "online"),
        ("misc", {"eprint": "2405.04967", "howpublished": "arXiv preprint"}, "misc", "misc"),
        ("thesis", {"type": "phdthesis"}, "phdthesis", "thesis"),
        ("thesis", {"type": "Master's thesis"}, "mastersthesis", "thesis"),
        ("phdthesis", {}, "phdthesis", "phdthesis"),
        ("report", {}, "techreport", "report"),
        ("software", {}, "misc", "software"),
        ("collection", {}, "book", "collection"),
        ("web_page", {}, "misc", "misc"),
        ("ieeetranbstctl", {}, "ieeetranbstctl", "ieeetranbstctl"),
    ],
)
def test_types_have_their_nearest_in_each_dialect(
    kind: str, fields: dict[str, str], bibtex: str, biblatex: str
) -> None:
    one = paper(JANE, kind=kind, title="T", **fields)
    kinds = [write(one, dialect=dialect).split("{")[0] for dialect in (BIBTEX, BIBLATEX)]
    assert kinds == [f"@{bibtex}", f"@{biblatex}"]


def test_a_thesis_has_a_school_in_bibtex_and_no_localisation_key() -> None:
    one = paper(JANE, kind="thesis", title="T", institution="MIT", type="phdthesis")
    assert (written(one, "school"), written(one, "institution"), written(one, "type")) == ("{MIT}", "", "")
    assert written(one, "type", BIBLATEX) == "{phdthesis}"


@pytest.mark.parametrize(
    ("fields", "bibtex", "biblatex"),
    [
        ({"year": "2026"}, "year = {2026}", "date = {2026}"),
        ({"year": "2026", "month": "1"}, "year = {2026} month = jan", "date = {2026-01}"),
        ({"year": "985"}, "year = {985}", "year = {985}"),
        ({"year": "in press"}, "year = {in press}", "year = {in press}"),
        (
            {"year": "2020", "month": "August/September"},
            "year = {2020} month = {August/September}",
            "date = {2020-08/2020-09}",
        ),
        ({"date": "1999/2001", "year": "1999"}, "year = {1999--2001} date = {1999/2001}", "date = {1999/2001}"),
        ({"date": "2012~"}, "year = {ca. 2012} date = {2012~}", "date = {2012~}"),
        (
            {"date": "2026-05-07", "year": "2026", "month": "5", "day": "7"},
            "year = {2026} month = may date = {2026-05-07}",
            "date = {2026-05-07}",
        ),
        ({"date": "2026-05-07", "year": "2025"}, "year = {2025}", "date = {2025}"),
        ({"month": "5"}, "month = may", "month = {5}"),
        ({"year": "985", "month": "5"}, "year = {985} month = may", "year = {985} month = {5}"),
    ],
)  # fmt: skip
def test_dates(fields: dict[str, str], bibtex: str, biblatex: str) -> None:
    def dates(dialect: Dialect) -> str:
        names = ("  year", "  month", "  date", "  day")
        return " ".join(
            line.strip(" ,") for line in write(paper(**fields), dialect=dialect).splitlines() if line.startswith(names)
        )

    assert (dates(BIBTEX), dates(BIBLATEX)) == (bibtex, biblatex)


def test_a_title_in_another_language_keeps_its_case() -> None:
    one = paper(JANE, title="Über DNA und Straßen", language="de-AT")
    assert written(one, "title") == '{{{\\"U}ber DNA und Stra{\\ss}en}}'
    assert (written(one, "title", BIBLATEX), written(one, "langid", BIBLATEX)) == ("{Über DNA und Straßen}", "{german}")
    english = paper(JANE, title="DNA", langid="british")
    assert (written(english, "title"), written(english, "langid")) == ("{{DNA}}", "{british}")
    assert written(paper(title="DNA", language="Klingon"), "langid", BIBLATEX) == ""


@pytest.mark.parametrize(
    ("name", "plain", "bibtex"),
    [
        ("pages", "12–34", "{12--34}"),
        ("pages", "12--34, A-B", "{12--34, A-B}"),
        ("doi", "10.1000/a_b%", "{10.1000/a_b%}"),
        ("url", "http://x/é}", "{http://x/%C3%A9%7D}"),
        ("file", "/home/ü_%.pdf", "{/home/ü_%.pdf}"),
        ("crossref", "a_b", "{a_b}"),
        ("note", "100% {x", "{100\\% {\\textbraceleft}x}"),
        ("journal", "IEEE & Co", "{IEEE \\& Co}"),
        ("booktitle", "Proceedings of ICML", "{Proceedings of {ICML}}"),
        ("bad name", "x", ""),
        ("2nd", "x", ""),
    ],
)
def test_values_by_kind_of_field(name: str, plain: str, bibtex: str) -> None:
    assert written(paper(**{name: plain}), name) == bibtex


# What was read leaves as it was read


# The whole file


def test_the_same_papers_give_the_same_bytes_and_are_counted() -> None:
    papers = [stored(draft) for draft in read((DATA / "bibtex/sample.bib").read_text("utf-8")).drafts]
    for one in EXPORTERS.values():
        texts = ["".join(one.write(iter(papers), ExportContext())) for _ in range(2)]
        assert texts[0] == texts[1]
        assert one.count(texts[0]) == len(papers)
        assert one.count(texts[0][: len(texts[0]) // 2]) < len(papers)
    assert EXPORTERS[BIBTEX].count("") == 0


def test_an_export_that_is_given_up_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[SpooledTemporaryFile[bytes]] = []

    class Watched(SpooledTemporaryFile[bytes]):
        def __init__(self, max_size: int) -> None:
            super().__init__(max_size)
            made.append(self)

    monkeypatch.setattr(exporter, "_IN_MEMORY_BYTES", 10)
    monkeypatch.setattr(exporter, "SpooledTemporaryFile", Watched)

    def papers() -> Iterator[Paper]:
        yield paper(key="a", abstract="x" * 1000)
        yield paper(key="b")

    pieces = EXPORTERS[BIBTEX].write(papers(), ExportContext())
    next(pieces)
    assert [spool.closed for spool in made] == [False]
    del pieces
    gc.collect()
    assert [spool.closed for spool in made] == [True]


def test_exporters_say_what_they_are() -> None:
    assert [(one.name, one.label, one.extension) for one in EXPORTERS.values()] == [
        ("bibtex", "BibTeX", "bib"),
        ("biblatex", "biblatex", "bib"),
    ]
