"""Which format a text is in, by its content; what no format knows is refused by name."""

import subprocess
import sys
from pathlib import Path

import pytest

from refman.domain.errors import UnreadableInput
from refman.formats import EXPORTERS, IMPORTERS, detect
from tests.formats.page import HEAD, PAGE, PAPERS

_SAMPLES = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PAGE, "profile"),
        (HEAD, "profile"),
        ("\n".join(PAPERS[0].lines), "profile"),
        ("@misc{a,\n title = {T}\n}", "bibtex"),
        (f"@comment{{{PAGE}}}\n@misc{{a,\n title = {{T}}\n}}", "bibtex"),
        ("10.1000/xyz", "identifier"),
        ("https://arxiv.org/abs/2605.06651", "identifier"),
    ],
)
@pytest.mark.parametrize("file_name", ["", "a.txt", "a.bib", "a.json"])
def test_the_content_decides_and_not_the_name(text: str, name: str, file_name: str) -> None:
    assert detect(text, file_name).name == name


@pytest.mark.parametrize("path", sorted((_SAMPLES / "bibtex").glob("*.bib")), ids=lambda path: path.name)
def test_every_bib_sample_is_bibtex(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert IMPORTERS["profile"].confidence(text, path.name) == 0
    assert IMPORTERS["identifier"].confidence(text, path.name) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Cited by\nAll\tSince 2021\nCitations\t2,191\t1,204\nh-index\t13\t11\nJane Doe\nA title\nJ Doe\n2018\n",
        "Jane Doe\nPublications\n34\nh-index\n22\nCitations\n4,912\nA title\n",
    ],
)
def test_the_head_of_another_site_is_no_author_page(text: str) -> None:
    with pytest.raises(UnreadableInput):
        detect(text, "")


_TRIED = "author page (profile), BibTeX (bibtex), DOI or arXiv id (identifier)"


@pytest.mark.parametrize("text", ["Hello", "1, 2, 3", PAPERS[0].abstract, "{not json"])
def test_a_text_of_no_format_is_refused_with_the_formats_tried(text: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        detect(text, "notes.txt")
    assert refused.value.code == "unknown-format"
    assert refused.value.message == (
        f'refman cannot tell the format of "notes.txt"; the formats tried are {_TRIED}. '
        "Choose one if it is one of them."
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("TY  - JOUR\r\nTI  - T\r\nER  - \r\n", "RIS"),
        ('[\n {"id": "a", "type": "book", "title": "T"}\n]', "CSL-JSON"),
        ("PMID- 12345\nTI  - T\n", "PubMed (nbib)"),
        ("<?xml version='1.0'?><xml><records></records></xml>", "EndNote XML"),
        ("<!DOCTYPE html><html></html>", "HTML"),
        ("% comment\n\\documentclass{article}\n", "LaTeX"),
    ],
)
def test_a_format_that_cannot_be_read_yet_is_named(text: str, what: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        detect(text, "")
    assert refused.value.code == "foreign-format"
    assert refused.value.message == (
        f"refman cannot read the pasted text: it looks like {what}, which refman cannot read yet; "
        f"the formats tried are {_TRIED}."
    )


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        detect(text, "")
    assert refused.value.code == "empty-input"


def test_each_format_has_the_name_it_is_listed_under() -> None:
    assert [(name, importer.name) for name, importer in IMPORTERS.items()] == [
        (name, name) for name in ("profile", "bibtex", "identifier")
    ]
    assert [(name, exporter.name) for name, exporter in EXPORTERS.items()] == [
        (name, name) for name in ("bibtex", "biblatex", "csl-json", "ris")
    ]
    assert all(importer.label for importer in IMPORTERS.values())
    assert [exporter.extension for exporter in EXPORTERS.values()] == ["bib", "bib", "json", "ris"]


def test_an_unknown_name_is_no_format() -> None:
    assert "docx" not in IMPORTERS
    assert len(IMPORTERS) == 3


def test_importing_the_list_and_telling_a_page_loads_no_bibtexparser() -> None:
    code = (
        "import sys, refman.formats as f; assert 'refman.formats.profile' not in sys.modules\n"
        "f.detect('10.1000/xyz', ''); assert not {'bibtexparser', 'pylatexenc'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
