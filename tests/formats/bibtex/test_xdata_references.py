"""References to one field of an `@xdata`; what is expected here is what biber 2.18 prints for the same entries."""

import pytest

from refman.formats.bibfile.document import read_document
from refman.formats.bibtex.streaming import read_blocks
from refman.formats.bibtex.xdata_keys import keys_in
from refman.formats.bibtex.xdata_references import reference_of
from refman.services.quality.file_quality import look_at
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX, exported, read

_DATA = (
    '@string{press = "In press"}\n'
    "@xdata{house, publisher = {Spring {\\&} Co and Wiley}, location = {Berlin}, author = {xdata=folk-editor},\n"
    "  title = {An {Old} Title}}\n"
    "@xdata{folk, editor = {Ann Lee and Bob Ray}, note = press}\n"
)


def _entry(fields: str) -> str:
    return f"@book{{k, {fields}, date = {{2001}}}}\n"


@pytest.mark.parametrize(
    ("field", "name", "plain", "written"),
    [
        ("publisher = {xdata=house-publisher-1}", "publisher", "Spring & Co", "publisher = {Spring \\& Co}"),
        (
            "publisher = {Foo and xdata=house-publisher-2}",
            "publisher",
            "Foo and Wiley",
            "publisher = {Foo and Wiley}",
        ),
        (
            'publisher = "XData=house-publisher"',
            "publisher",
            "Spring & Co and Wiley",
            "publisher = {Spring {\\&} Co and Wiley}",
        ),
        ("location = {xdata=house-location}", "address", "Berlin", "address = {Berlin}"),
        ("note = {xdata=folk-note}", "note", "In press", "note = press"),
        ("title = {xdata=house-title}", "title", "An Old Title", "title = {An {Old} Title}"),
        ("publisher = {xdata=house-publisher-9}", "publisher", "xdata=house-publisher-9", "xdata=house-publisher-9"),
        ("publisher = {xdata=none-publisher}", "publisher", "xdata=none-publisher", "xdata=none-publisher"),
        ("publisher = {see xdata=house-publisher}", "publisher", "see xdata=house-publisher", "{see xdata=house"),
        ("publisher = {{xdata=house-publisher}}", "publisher", "xdata=house-publisher", "{{xdata=house-publisher}}"),
    ],
)
def test_a_field_shows_what_it_refers_to_and_leaves_for_bibtex_so(
    field: str, name: str, plain: str, written: str
) -> None:
    text = _DATA + _entry(field)
    (draft,) = read(text).drafts
    assert draft.plain(name) == plain
    assert not draft.fields[name].is_guess
    assert written in exported(text, BIBTEX)
    assert _entry(field) in exported(text, BIBLATEX)


@pytest.mark.parametrize(
    ("people", "shown", "written"),
    [
        ("xdata=folk-editor", "Ann Lee, Bob Ray", "author = {Ann Lee and Bob Ray}"),
        ("Zed Zee and xdata=folk-editor-2 and others", "Zed Zee, Bob Ray", "{Zee, Zed and Ray, Bob and others}"),
        ("xdata=house-author-1", "Ann Lee", "author = {Lee, Ann}"),
        ("xdata=folk-editor-3", "xdata=folk-editor-3", "author = {xdata=folk-editor-3}"),
    ],
)
def test_people_show_whom_they_refer_to_and_leave_for_bibtex_so(people: str, shown: str, written: str) -> None:
    text = _DATA + _entry(f"author = {{{people}}}")
    (draft,) = read(text).drafts
    assert ", ".join(name.display for name in draft.authors) == shown
    assert written in exported(text, BIBTEX)
    assert f"author = {{{people}}}" in exported(text, BIBLATEX)


def test_the_data_that_single_fields_need_leaves_with_them() -> None:
    written = exported(_DATA + _entry("publisher = {Foo}, author = {xdata=house-author}"), BIBLATEX)
    assert "@xdata{house" in written and "@xdata{folk" in written
    assert "@xdata" not in exported(_DATA + _entry("publisher = {Foo}"), BIBLATEX)


def test_an_entry_of_bibtex_with_a_reference_is_written_anew() -> None:
    text = "@xdata{h, publisher = {P}}\n@book{k, author = {A B}, publisher = {xdata=h-publisher}, year = 2001}\n"
    assert "publisher = {P}" in exported(text, BIBTEX)


def test_what_is_referred_to_is_not_missing() -> None:
    text = _DATA + "@book{k, author = {xdata=folk-editor}, title = {xdata=house-title}, date = {2001}}\n"
    assert look_at(read_document(text.encode(), "x.bib")) == []


def test_a_file_in_parts_knows_the_data_wherever_it_stands() -> None:
    text = _entry("publisher = {xdata=house-publisher-1}") + "@misc{z, title = {Z}}\n" * 3 + _DATA
    shown = [one.plain("publisher") for part in read_blocks(lambda: iter([text]), size=1) for one in part.drafts]
    assert shown[0] == "Spring & Co"


def test_data_that_refers_to_itself_ends() -> None:
    text = "@xdata{a, note = {xdata=b-note}}\n@xdata{b, note = {xdata=a-note}}\n" + _entry("note = {xdata=a-note}")
    assert read(text).drafts[0].plain("note").startswith("xdata=")
    assert "xdata=" in exported(text, BIBTEX)


def test_only_whole_items_are_references() -> None:
    assert keys_in("{A and xdata=b-c-1 and xdata=d-e}") == ["b", "d"]
    assert keys_in("{xdata=b} and {my xdata =b-c}") == keys_in(None) == []
    assert reference_of("xdata=b-c-d-e") is None
