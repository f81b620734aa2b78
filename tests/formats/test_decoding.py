"""Files in every encoding that reference files come in, and files that are no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.errors import Problem, UnreadableInput
from refman.formats.decoding import Decoded, decode

_TEXT = "@misc{v, author = {Petar Veličković}, title = {“Ünï” – test}}\r\nsecond\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (_TEXT.encode("utf-8"), "UTF-8"),
        (codecs.BOM_UTF8 + _TEXT.encode("utf-8"), "UTF-8"),
        (codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + _TEXT.encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF32_BE + _TEXT.encode("utf-32-be"), "UTF-32"),
        (_TEXT.encode("utf-16-le"), "UTF-16"),
        (_TEXT.encode("utf-16-be"), "UTF-16"),
    ],
)
def test_unicode_is_recognised_with_and_without_mark(data: bytes, encoding: str) -> None:
    assert decode(data, "a.bib") == Decoded(_TEXT, encoding)


def test_windows_1252_is_a_guess_that_is_told() -> None:
    text = "first\nGödel – “été” €"
    message = "The file is not UTF-8; it was read as Windows-1252, so look at accents and dashes."
    problem = Problem(2, "guessed-encoding", message, ("Windows-1252",))
    assert decode(text.encode("cp1252"), "a.bib") == Decoded(text, "Windows-1252", (problem,))


def test_one_latin_1_letter_is_enough_to_guess() -> None:
    assert decode("Gödel".encode("latin-1"), "a").text == "Gödel"


def test_bytes_that_windows_1252_lacks_do_not_stop_it() -> None:
    assert decode(b"a\x81\x8d\xe9", "a").text == "a\x81\x8d\xe9"


def test_a_utf_8_file_with_a_few_odd_bytes_stays_utf_8() -> None:
    message = "Bytes that are not UTF-8 (1, the first in line 2) were read as Windows-1252."
    problem = Problem(2, "not-utf-8", message, ("1", "2"))
    data = "Veličković, Müller\n".encode() + b"G\xf6del"
    assert decode(data, "a") == Decoded("Veličković, Müller\nGödel", "UTF-8", (problem,))


def test_a_file_cut_inside_a_character_stays_utf_8() -> None:
    assert decode("Veličković ć".encode()[:-1], "a").text.startswith("Veličković ")


def test_damaged_utf_16_is_told_with_its_line() -> None:
    data = codecs.BOM_UTF16_LE + "ab\ncd".encode("utf-16-le") + b"x"
    message = "Some characters from line 2 on are damaged (UTF-16); they show as \ufffd."
    assert decode(data, "a") == Decoded(
        "ab\ncd\ufffd", "UTF-16", (Problem(2, "damaged-text", message, ("2", "UTF-16")),)
    )


def test_a_replacement_character_that_was_there_is_no_damage() -> None:
    assert decode("a \ufffd b".encode(), "a") == Decoded("a \ufffd b", "UTF-8")
    assert decode("a \ufffd b".encode("utf-16"), "a").problems == ()


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_LE + b"\n\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as refused:
        decode(data, "a.bib")
    assert refused.value.code == "empty-input"
    assert refused.value.message == 'There is nothing to read in "a.bib"; it is empty. Choose another file or text.'
    assert refused.value.arguments == ("a.bib",)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14", "a ZIP archive or office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"some text and a zero\0", "a binary file"),
        (b"text " * 20_000 + b"\0", "a binary file"),
        (bytes(range(256)), "a binary file"),
        (bytes(range(1, 32)) * 9, "a binary file"),
    ],
)
def test_a_binary_file_is_refused_by_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        decode(data, "paper.pdf")
    assert refused.value.code == "binary-input"
    assert refused.value.message.startswith(f'"paper.pdf" is {what}, not text; choose ')


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a").text == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "a")
    except UnreadableInput:
        return
    assert decoded.text
    decoded.text.encode("utf-8")
