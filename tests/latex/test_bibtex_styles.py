"""Exports compile with the real BibTeX and LaTeX without a complaint."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from refman.domain.names import Name
from refman.domain.paper import Paper
from refman.formats.bibtex.latex_to_text import latex_to_text
from refman.formats.bibtex.names import read_name, split_names
from tests.formats.bibtex.bib import DATA, paper, read, read_one, stored, write
from tests.latex.papers import arxiv_papers, nasty_papers, page_papers
from tests.latex.programs import run_bibtex

pytestmark = pytest.mark.needs("pdflatex", "bibtex")

STYLES = ("plain", "alpha", "abbrv", "unsrt", "plainnat", "abbrvnat", "unsrtnat")


def items(bbl: str) -> int:
    return len(re.findall(r"^\\bibitem", bbl, re.MULTILINE))


@pytest.mark.parametrize("style", STYLES)
def test_the_author_page_compiles(tmp_path: Path, style: str) -> None:
    bbl, complaints = run_bibtex(tmp_path, write(*page_papers()), style)
    assert (complaints, items(bbl)) == ([], 23)


@pytest.mark.parametrize("style", ["plain", "plainnat"])
def test_papers_of_arxiv_compile(tmp_path: Path, style: str) -> None:
    bbl, complaints = run_bibtex(tmp_path, write(*arxiv_papers()), style)
    assert (complaints, items(bbl)) == ([], 23)


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrvnat"])
def test_nasty_values_compile(tmp_path: Path, style: str) -> None:
    papers = [*nasty_papers(), paper(Name("Ann", family="Lee"), key="greek", title="Ο λόγος: αλφάβητος", year="2020")]
    bbl, complaints = run_bibtex(tmp_path, write(*papers), style)
    assert (complaints, items(bbl)) == ([], len(papers))


@pytest.mark.parametrize("style", STYLES)
def test_names_without_an_escape_are_never_cut_in_half(tmp_path: Path, style: str) -> None:
    papers = [
        paper(Name("小明", family="王"), key="cjk", kind="article", title="日本語", journal="J", year="2020"),
        paper(Name("Иван", family="Петров"), key="cyr", kind="article", title="Книга", journal="J", year="2021"),
        stored(read_one("@article{raw, author={Иван Сидоров}, title={О}, journal={J}, year=2022}")),
    ]
    run_bibtex(tmp_path, write(*papers), style)
    bbl = (tmp_path / "main.bbl").read_bytes().decode("utf-8")
    assert items(bbl) == 3
    assert "Сидоров" in latex_to_text(bbl)


def test_styles_keep_the_capitals_that_matter(tmp_path: Path) -> None:
    bbl, _ = run_bibtex(tmp_path, write(*page_papers()), "plain")
    text = latex_to_text(bbl)
    assert "Pushing the limits of self-supervised ResNets: Can we outperform" in text
    assert "The locally linear latent variable model (LL-LVM)" in text
    assert "Combining Q-learning and search with amortized" in text
    assert "et al" in text


def test_children_inherit_from_a_parent_that_is_not_cited(tmp_path: Path) -> None:
    papers = [
        paper(key="a-parent", kind="proceedings", title="Proceedings of X", booktitle="Proceedings of X", year="2020"),
        paper(Name("Jane", family="Doe"), key="child", kind="inproceedings", title="Child", crossref="a-parent"),
    ]
    bbl, complaints = run_bibtex(tmp_path, write(*papers), "plain", cited=("child",))
    assert complaints == []
    assert "In {\\em Proceedings of {X}}, 2020." in " ".join(bbl.split())


def test_what_was_read_gives_the_same_bibliography(tmp_path: Path) -> None:
    text = (DATA / "bibtex/sample.bib").read_text("utf-8")
    result = read(text)
    macros = {block.name.lower(): block.value for block in result.blocks if block.kind == "string"}
    preambles = tuple(block.raw for block in result.blocks if block.kind == "preamble")
    papers = sorted(map(stored, result.drafts), key=_key)
    exported = write(*papers, macros=macros, preambles=preambles)
    for style in ("plain", "alpha"):
        assert run_bibtex(tmp_path, exported, style) == run_bibtex(tmp_path, text, style)


def test_a_biblatex_file_compiles_with_bibtex(tmp_path: Path) -> None:
    papers = [stored(draft) for draft in read((DATA / "biblatex/sample.bib").read_text("utf-8")).drafts]
    bbl, complaints = run_bibtex(tmp_path, write(*papers), "plain")
    assert (complaints, items(bbl)) == ([], len(papers))


def _key(one: Paper) -> str:
    return one.key


_NAME_WORDS = (
    "Ludwig", "van", "de", "la", "Beethoven", "{von}", "{Van}", "{\\'E}ric", "{\\'e}a", "Jean-Baptiste", "al-Khwarizmi",
    "jean-Luc", "Sanchez-Gonzalez", "J.", "{Ford Jr.}", "{\\OE}uvre", "{\\o}re", "\\v{S}koda", "d'Angelo", "D'Angelo",
    "{\\relax Ab}c", "A~B", "x~Y", "{and}", "1st", "'t", ",", ",", "{{x}}", "and",
)  # fmt: skip


def test_names_are_split_as_bibtex_splits_them(tmp_path: Path) -> None:
    fields = [_name_field(number) for number in range(1500)]
    shutil.copy(DATA / "bibtex/nameparts.bst", tmp_path)
    bib = "".join(f"@article{{k{number}, author = {{{tex}}}}}\n" for number, tex in enumerate(fields))
    (tmp_path / "refs.bib").write_text(bib, "utf-8")
    (tmp_path / "main.aux").write_text("\\citation{*}\n\\bibdata{refs}\n\\bibstyle{nameparts}\n", "utf-8")
    subprocess.run(["bibtex", "main"], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    theirs: dict[str, list[tuple[str, ...]]] = {}
    for line in re.sub(r"\n  +", " ", (tmp_path / "main.bbl").read_text("utf-8")).splitlines():
        key, *parts = line.split("|")
        theirs.setdefault(key, []).append(tuple(map(latex_to_text, parts)))
    ours = {f"k{number}": [_parts(name) for name in split_names(tex)] for number, tex in enumerate(fields)}
    assert {key: names for key, names in ours.items() if theirs[key] != names} == {}


def _name_field(number: int) -> str:
    """Words in an order that differs for every number."""
    words = [
        _NAME_WORDS[(number * 7919 + place * (number % 29 + 1) * 31) % len(_NAME_WORDS)]
        for place in range(number % 6 + 1)
    ]
    return " ".join(words).replace(" ,", ",")


def _parts(tex: str) -> tuple[str, ...]:
    name = read_name(tex)
    return name.given, name.prefix, name.family or name.literal, name.suffix
