"""Missing fields and unknown types: what the rest of the entry proposes for them."""

import pytest

from refman.domain.quality import HEAD_TYPE, CheckName, Fix
from refman.formats.bibfile.document import document_of
from refman.formats.bibtex.dialects import Dialect
from refman.services.library import Library
from refman.services.quality.file_fixes import fixed_document
from refman.services.quality.file_quality import FileLooking, look_at
from refman.services.quality.file_slips import Fixes
from refman.services.quality.found_in_file import FileFinding
from refman.services.quality.library_fixes import fix_all, fix_one
from refman.services.quality.library_quality import Looking, look
from tests.services.papers import import_texts, paper_of

_REQUIRED = CheckName.REQUIRED


def _found(entry: str) -> list[FileFinding]:
    return look_at(document_of(entry), FileLooking((_REQUIRED,), Dialect.BIBTEX))


def _fixes(entry: str) -> list[Fix]:
    return [fix for found in _found(entry) if (fix := found.finding.fix)]


@pytest.mark.parametrize(
    ("entry", "field", "text", "is_certain"),
    [
        ("@inproceedings{k, author={A}, title={T}, journal={Proc}, year=2001}", "booktitle", "{Proc}", False),
        ("@phdthesis{k, author={A}, title={T}, institution=mit, year=2001}", "school", "mit", False),
        ("@techreport{k, author={A}, title={T}, publisher={P}, year=2001}", "institution", "{P}", False),
        ("@book{k, author={A}, title={T}, organization={O}, year=2001}", "publisher", "{O}", False),
        ("@article{k, author={A}, title={T}, journal={J}, date={2001-03}}", "year", "2001", True),
        ("@article{k, author={A}, title={T}, journal={J}, eprint={2105.01234}}", "year", "2021", False),
    ],
)
def test_what_stands_elsewhere_is_proposed(entry: str, field: str, text: str, is_certain: bool) -> None:
    [fix] = _fixes(entry)
    assert (fix.field, fix.text, fix.is_certain) == (field, text, is_certain)


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, author={A}, title={T}, year=2001}",
        "@book{k, title={T}, publisher={P}, year=2001}",
        "@article{k, author={A}, title={T}, journal={J}, eprint={hep-th/9901001}}",
        "@qqqqqq{k, title={T}}",
    ],
)
def test_what_nothing_says_is_not_invented(entry: str) -> None:
    assert _found(entry)
    assert _fixes(entry) == []


def test_a_type_that_was_mistyped() -> None:
    assert _fixes("@artical{k, author={A}, title={T}, journal={J}, year=2001}") == [
        Fix(HEAD_TYPE, "article", is_certain=False)
    ]


def test_a_file_gets_the_field_and_the_type() -> None:
    text = "@artical{k,\n  author = {A},\n  title  = {T},\n  journal = {J},\n  date   = {2001},\n}\n"
    wanted = FileLooking(dialect=Dialect.BIBTEX)
    document, count = fixed_document(document_of(text), Fixes((_REQUIRED,), with_unsure=True), wanted)
    assert count == 2
    assert document.text.startswith("@article{k,")
    assert "  year   = {2001},\n" in document.text or "  year = {2001},\n" in document.text
    assert fixed_document(document, Fixes((_REQUIRED,), with_unsure=True), wanted)[1] == 0


def test_a_paper_of_the_library_gets_them(library: Library) -> None:
    import_texts(
        library,
        "@artical{one, author={A}, title={T}, journal={J}, year=2001}\n"
        "@book{two, author={A}, title={T}, organization={O \\& Co}, year=2001}\n",
    )
    wanted = Looking((_REQUIRED,))
    book = next(one for one in look(library.store, wanted) if one.key == "two")
    fix_one(library.store, book, dialect=wanted.dialect, clock=library.clock)
    assert paper_of(library, "two").fields["publisher"].source == "{O \\& Co}"
    assert paper_of(library, "two").plain("publisher") == "O & Co"
    assert fix_all(library.store, wanted, clock=library.clock).is_nothing
    fix_all(library.store, wanted, clock=library.clock, with_unsure=True)
    assert paper_of(library, "one").type == "article"
    library.undo()
    assert paper_of(library, "one").type == "artical"


def test_a_field_called_key_is_no_citation_key(library: Library) -> None:
    import_texts(library, "@misc{one, title={T}, key={Mu\u0308ller}}\n")
    found = next(iter(look(library.store, Looking((CheckName.NFC,)))))
    fix_one(library.store, found, dialect=Looking().dialect, clock=library.clock)
    paper = paper_of(library, "one")
    assert (paper.key, paper.plain("key")) == ("one", "M\u00fcller")
