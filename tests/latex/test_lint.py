"""What the checks say of a file, held against BibTeX, LaTeX and biber themselves."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from refman.domain.quality import CheckName
from refman.formats.bibfile.document import document_of
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.file_fixes import fixed_document
from refman.services.quality.file_quality import FileLooking, look_at
from refman.services.quality.file_slips import Fixes
from tests.latex.programs import run_bibtex, validate

_STOPS = """@article{a, author={A. Ask}, title={Bits & bytes: 100% of a_b #1}, journal={J &amp; K}, year={2001},
  month={May}, pages={1-2}}
@book{b, author={B. Bow}, title={On DNA and <i>H</i><sub>2</sub>O}, publisher={P_Q & Co}, year={2002}}
@misc{c, author={C. Cod}, title={Caf&eacute; u\u0308ber &lt; all}, note={see a_b & c}, year={2003}}
"""
_FIELDS = {
    "author": "A. Ask",
    "editor": "E. Eel",
    "title": "T",
    "journaltitle": "J",
    "booktitle": "B",
    "institution": "I",
    "type": "x",
    "number": "1",
    "url": "http://x.y",
    "date": "2001",
    "publisher": "P",
}
_TYPES = (
    "article", "book", "mvbook", "inbook", "bookinbook", "suppbook", "booklet", "collection", "mvcollection",
    "reference", "mvreference", "incollection", "suppcollection", "inreference", "dataset", "manual", "misc",
    "software", "online", "patent", "periodical", "proceedings", "mvproceedings", "inproceedings", "report", "thesis",
    "unpublished",
)  # fmt: skip


_BIBTEX_TYPES = (
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis",
    "misc", "phdthesis", "proceedings", "techreport", "unpublished",
)  # fmt: skip
_BIBTEX_FIELDS = {
    **{name: text for name, text in _FIELDS.items() if name not in {"journaltitle", "date"}},
    "journal": "J",
    "school": "S",
    "chapter": "2",
    "pages": "1",
    "note": "N",
    "year": "2001",
    "key": "k",
}


def _each_left_out(types: Sequence[str], fields: Mapping[str, str], unwanted: Mapping[str, str] | None = None) -> str:
    """Entries `TYPE-FIELD` that lack this field, and `TYPE-nothing` with all of them."""
    entries = []
    for kind in types:
        for left_out in ("nothing", *fields):
            gone = {left_out, "" if left_out == "author" else (unwanted or {}).get(kind, "")}
            lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if name not in gone)
            entries.append(f"@{kind}{{{kind}-{left_out},\n{lines}}}\n")
    return "".join(entries)


@pytest.mark.needs("pdflatex", "bibtex")
def test_what_stops_latex_is_named_and_its_fixes_compile(tmp_path: Path) -> None:
    checks = (CheckName.LATEX, CheckName.HTML, CheckName.NFC, CheckName.MONTH)
    document = document_of(_STOPS)
    assert {one.key for one in look_at(document, FileLooking((CheckName.LATEX,)))} == {"a", "b", "c"}
    (tmp_path / "before").mkdir()
    assert run_bibtex(tmp_path / "before", document.text, "plain")[1] != []
    mended, _ = fixed_document(document, Fixes(checks), FileLooking())
    bbl, complaints = run_bibtex(tmp_path, mended.text, "plain")
    assert complaints == []
    assert "100\\% of a\\_b \\#1" in bbl


@pytest.mark.needs("pdflatex", "bibtex")
def test_required_fields_are_those_of_plain(tmp_path: Path) -> None:
    """One field after the other is left out of an entry of each type; an author makes an editor too much."""
    text = _each_left_out(_BIBTEX_TYPES, _BIBTEX_FIELDS, unwanted={"book": "editor", "inbook": "editor"})
    _, complaints = run_bibtex(tmp_path, text, "plain")
    missing = {match[1] for line in complaints if (match := re.match(r"Warning--empty .* in ([a-z]+-[a-z]+)$", line))}
    found = look_at(document_of(text), FileLooking((CheckName.REQUIRED,), Dialect.BIBTEX))
    assert len(missing) > len(_BIBTEX_TYPES)
    assert {one.key for one in found} == missing


@pytest.mark.needs("biber")
def test_required_fields_are_those_of_biber(tmp_path: Path) -> None:
    """One field after the other is left out of an entry of each type."""
    text = _each_left_out(_TYPES, _FIELDS)
    complaints = validate(tmp_path, text)
    missing = {
        match[1]
        for line in complaints
        if "issing mandatory" in line and (match := re.search(r"'([a-z]+-[a-z]+)'", line))
    }
    found = look_at(document_of(text), FileLooking((CheckName.REQUIRED,), Dialect.BIBLATEX))
    assert len(missing) > len(_TYPES)
    assert {one.key for one in found} == missing
