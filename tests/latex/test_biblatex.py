"""Exports compile with the real biber and biblatex without a complaint."""

import re
from pathlib import Path

import pytest

from refman.domain.names import Name
from tests.formats.bibtex.bib import BIBLATEX, DATA, paper, read, stored, write
from tests.latex.papers import arxiv_papers, nasty_papers, page_papers
from tests.latex.programs import run_biber, validate

pytestmark = pytest.mark.needs("pdflatex", "biber")


def entries(bbl: str) -> int:
    return len(re.findall(r"\\entry\{", bbl))


@pytest.mark.parametrize("style", ["authoryear", "numeric"])
def test_the_author_page_compiles(tmp_path: Path, style: str) -> None:
    bbl, complaints = run_biber(tmp_path, write(*page_papers(), dialect=BIBLATEX), style)
    assert (complaints, entries(bbl)) == ([], 23)


def test_papers_of_arxiv_compile(tmp_path: Path) -> None:
    text = write(*arxiv_papers(), dialect=BIBLATEX)
    bbl, complaints = run_biber(tmp_path, text, "authoryear")
    assert (complaints, entries(bbl), text.count("@online{")) == ([], 23, 23)


def test_nasty_values_and_other_scripts_compile(tmp_path: Path) -> None:
    papers = [*nasty_papers(), paper(Name(family="王"), key="zcjk", title="日本語 and 😀", year="2020")]
    # The letters that pdfLaTeX has no font for; they arrive as they are and the document may set them.
    letters = "".join(f"\\DeclareUnicodeCharacter{{{ord(char):04X}}}{{x}}" for char in "王日本語😀")
    bbl, complaints = run_biber(tmp_path, write(*papers, dialect=BIBLATEX), "numeric", preamble=letters + "\n")
    assert (complaints, entries(bbl)) == ([], len(papers))
    assert "日本語 and 😀" in bbl


def test_the_data_model_finds_nothing(tmp_path: Path) -> None:
    for papers in (page_papers(), arxiv_papers(), nasty_papers()):
        assert validate(tmp_path, write(*papers, dialect=BIBLATEX)) == []


def test_files_of_both_dialects_leave_as_sound_as_they_came(tmp_path: Path) -> None:
    for name in ("biblatex/sample.bib", "bibtex/sample.bib"):
        source = (DATA / name).read_text("utf-8")
        result = read(source)
        macros = {block.name.lower(): block.value for block in result.blocks if block.kind == "string"}
        text = write(*map(stored, result.drafts), dialect=BIBLATEX, macros=macros)
        # By itself biber's check does not look into the parent of a crossref.
        assert set(validate(tmp_path, text)) <= set(validate(tmp_path, source))
