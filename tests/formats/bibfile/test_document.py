"""Bytes in, the same bytes out, and the exact place of everything."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import UnreadableInput
from refman.formats.bibfile.document import document_of, read_document, spliced
from refman.formats.bibtex.parts import EntryPart
from tests.formats.bibfile.files import HOUSES, PLAIN, tex_live

_SIGNS = st.text(st.sampled_from('@{}()",=#% \n\r\tabcé\\\x01'), max_size=80)


@given(_SIGNS)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    data = text.encode()
    try:
        document = read_document(data, "x.bib")
    except UnreadableInput:
        return
    assert document.data == data
    assert spliced(document, []) is document


@given(_SIGNS)
def test_fields_stand_where_they_are_said_to_stand(text: str) -> None:
    document = document_of(text)
    for entry in document.entries:
        assert document.text[entry.key_start : entry.key_end] == entry.key or not entry.is_sound
        for one in entry.fields:
            assert document.text[one.start :].startswith(one.name)
            assert document.text[one.value_start : one.end] == one.value


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "latin-1"),
    ],
)
def test_encodings_and_marks_are_kept(mark: bytes, codec: str) -> None:
    data = mark + "@misc{müller, title = {Über é è ü ö ä allem}}\r\n".encode(codec)
    document = read_document(data, "x.bib")
    assert document.data == data
    assert [entry.key for entry in document.entries] == ["müller"]


def test_windows_1252_keeps_its_dashes_and_undefined_bytes() -> None:
    data = b"@misc{a, title = {x \x96 y \x81 \xe9 \x80}}"
    document = read_document(data, "x.bib")
    assert document.entries[0].fields[0].value == "{x – y \x81 é €}"
    assert document.data == data
    assert not document.encoding.can_write("漢")
    assert document.encoding.can_write("“é”")


def test_stray_bytes_in_utf_8_are_kept() -> None:
    data = "@misc{a, title = {é è à ü and ".encode() + b"\xe9}}"
    assert read_document(data, "x.bib").data == data


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="damaged UTF-16"):
        read_document(codecs.BOM_UTF16_LE + "@misc{a}".encode("utf-16-le") + b"x", "x.bib")
    with pytest.raises(UnreadableInput):
        read_document(b"%PDF-1.4\0\0\0", "x.bib")


def test_an_empty_file_is_a_document_without_parts() -> None:
    assert read_document(b"", "x.bib").parts == ()
    assert read_document(b"\n\n", "x.bib").data == b"\n\n"


def test_parts_and_macros_of_a_file() -> None:
    document = document_of(PLAIN)
    assert [entry.key for entry in document.entries] == ["adams2001", "baker2002", "carter2003"]
    assert [other.kind for other in document.others] == ["comment", "string", "comment", "comment"]
    assert dict(document.own_macros) == {"jmlr": "Journal of Machine Learning Research"}
    assert all(entry.is_sound for entry in document.entries)


def test_a_faulty_entry_is_not_sound() -> None:
    text = "@misc{a, title = {x} year = 2}\n@misc{, title = {no key}}\n@misc{b, title = {good}}"
    document = document_of(text)
    assert [(entry.key, entry.is_sound) for entry in document.entries] == [("a", False), ("", False), ("b", True)]


def test_keys_that_stand_twice_are_told_apart() -> None:
    document = document_of("@misc{a}@misc{b}@misc{a}")
    assert list(document.by_id) == [("a", 0), ("b", 0), ("a", 1)]


@pytest.mark.uncovered
def test_every_file_of_tex_live_is_read_to_the_byte() -> None:
    for path in tex_live():
        data = path.read_bytes()
        document = read_document(data, path.name)
        assert document.data == data, path


def test_houses_hold_sound_entries_only() -> None:
    for house in HOUSES:
        assert all(part.is_sound for part in document_of(house).parts if isinstance(part, EntryPart))
