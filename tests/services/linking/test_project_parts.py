"""Where a .bib is found, what is mended, what a search for citations means for one paper."""

import gc
import os
from pathlib import Path

import pytest

from refman.domain.errors import NotFound
from refman.domain.query_files import Cited, InFile, Membership, is_cited, is_in_file
from refman.services.library import Library
from refman.services.linking.bib_inputs import found_bib
from refman.services.linking.memory import without_collections
from refman.services.linking.mending import mend
from refman.services.linking.rename_folder import has_records

_REFS = Membership("/home/Ann/Thesis/refs.bib", "/home/Ann/Thesis", "smith2020")


def test_a_name_means_a_file_or_a_project() -> None:
    assert is_in_file(InFile("thesis/refs.bib"), [_REFS])
    assert not is_in_file(InFile("efs.bib"), [_REFS])
    assert is_cited(Cited("thesis", keys=frozenset({"smith2020"})), "other", [_REFS])
    assert not is_cited(Cited("talk", keys=frozenset({"smith2020"})), "other", [_REFS])
    assert is_cited(Cited("", is_missing=True, keys=frozenset({"k"})), "k", [])
    assert not is_cited(Cited("", is_missing=True, keys=frozenset({"k"})), "k", [_REFS])


def test_kpsewhich_is_asked_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "far.bib").write_text("@misc{a}")
    program = tmp_path / "bin" / "kpsewhich"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$3" = far.bib ] && echo "{tmp_path}/far.bib"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.delenv("BIBINPUTS", raising=False)
    assert found_bib("far.bib", (tmp_path / "bin",)) == tmp_path / "far.bib"
    assert found_bib("nowhere.bib", (tmp_path / "bin",)) is None
    assert found_bib("./far.bib", (tmp_path / "bin",)) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found_bib("never-asked.bib", (tmp_path / "bin",)) is None


def test_a_citation_is_mended(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "main.tex"
    source.write_text("\\cite{vasvani2017,b}\n")
    assert mend(library.store, tmp_path, "vasvani2017", "vaswani2017").message == (
        "vasvani2017 is vaswani2017 now: 1 place in 1 file"
    )
    assert source.read_text() == "\\cite{vaswani2017,b}\n"
    assert has_records(library.store.location)
    with pytest.raises(NotFound):
        mend(library.store, tmp_path, "vasvani2017", "vaswani2017")
    assert library.undo().message == "Undone: Rename the key vasvani2017 to vaswani2017 (1 file)"
    assert source.read_text() == "\\cite{vasvani2017,b}\n"


def test_the_collector_is_as_it_was_afterwards() -> None:
    was = gc.isenabled()
    gc.enable()
    with without_collections():
        assert not gc.isenabled()
        with without_collections():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    if not was:
        gc.disable()
