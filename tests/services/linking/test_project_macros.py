"""Macros of a .bib that its project defines: in another .bib or in the style."""

from pathlib import Path

import pytest

from refman.formats.bibfile.document import read_document
from refman.formats.bibtex.style_file import macros_of_style
from refman.formats.tex_projects import styles
from refman.services.linking import project_macros
from refman.services.linking.project_macros import with_macros_beside

_STYLE = """ENTRY { author }{}{}
% MACRO {gone} {"Gone"}
MACRO {JMLR} {"Journal of Machine
  Learning Research"}
macro{apj}{"Astrophysical {J}."}
FUNCTION {article} { author write$ }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A thesis whose style and first .bib define macros."""
    (tmp_path / "own.bst").write_text(_STYLE)
    (tmp_path / "main.tex").write_text(
        "% \\bibliographystyle{plain}\n\\bibliographystyle{own}\n\\bibliography{strings,refs,later}\n"
    )
    (tmp_path / "strings.bib").write_text('@string{mine = "Mine"}\n')
    (tmp_path / "later.bib").write_text('@string{late = "Late"}\n')
    (tmp_path / "refs.bib").write_text("@misc{a, journal = jmlr, note = mine # late # gone}\n")
    return tmp_path


def _found(path: Path, project: str = "") -> dict[str, str]:
    return dict(with_macros_beside(read_document(path.read_bytes(), path.name), path, {}, project=project))


def test_the_style_and_the_files_before_define_macros(folder: Path) -> None:
    found = {"jmlr": "Journal of Machine\n  Learning Research", "apj": "Astrophysical {J}.", "mine": "Mine"}
    assert _found(folder / "refs.bib") == found
    assert _found(folder / "refs.bib", str(folder / "main.tex")) == found


def test_the_style_of_the_last_build_counts_and_tex_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = folder / "tree"
    tree.mkdir()
    (folder / "own.bst").rename(tree / "classy.bst")
    (folder / "main.tex").write_text("\\documentclass{classy}\\bibliography{refs}")
    (folder / "main.aux").write_text("\\citation{a}\n\\bibstyle{classy}\n")
    monkeypatch.setattr(project_macros, "_known_to_tex", lambda name: tree / f"{name}.bst")
    assert set(_found(folder / "refs.bib")) == {"jmlr", "apj"}


def test_nothing_is_looked_for_without_need(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (folder / "sound.bib").write_text('@string{x = "X"}\n@misc{a, journal = x, month = jan, year = 2001, note = {q}}\n')
    assert _found(folder / "sound.bib") == {}
    lone = tmp_path_factory.mktemp("lone") / "deep" / "refs.bib"
    lone.parent.mkdir()
    lone.write_text("@misc{a, journal = jmlr}\n")
    assert _found(lone) == {}


def test_what_a_style_defines_and_what_a_source_names() -> None:
    assert set(macros_of_style(_STYLE)) == {"jmlr", "apj"}
    assert styles("\\bibliographystyle{a}%\\bibliographystyle{b}\n\\bibliographystylesec{ c }") == ["a", "c"]
