"""Files that are not UTF-8 and say in their head what they are."""

from pathlib import Path

import pytest

from refman.formats import text_file
from refman.formats.bibfile.bytes_of_text import encoding_of
from refman.formats.bibfile.document import Splice, read_document, spliced
from refman.formats.decoding import decode
from refman.formats.text_file import text_blocks, text_form


@pytest.mark.parametrize(
    ("header", "codec", "word"),
    [
        ("% Encoding: windows-1251", "cp1251", "Пушкин"),
        ("% Encoding: ISO8859_2", "iso8859-2", "Lukács, Wałęsa"),
        ("% Encoding: Cp1252", "cp1252", "Gödel – “été”"),
        ("% Encoding: MacRoman", "mac-roman", "Gödel – “été”"),
        ("% Encoding: Shift_JIS", "shift_jis", "表ソ日本"),
        ("% Encoding: SJIS", "cp932", "①髙橋"),
        ("% Encoding: KOI8_R", "koi8-r", "Пушкин"),
        ("% Encoding: ISO8859_1", "iso8859-1", "Gödel"),
        ("% Encoding: ISO8859_1", "cp1252", "Gödel – x"),
        ("%% -*- coding: latin-2 -*-", "iso8859-2", "Wałęsa"),
        ("% -*- mode: bibtex; coding: iso-latin-2-unix; -*-", "iso8859-2", "Wałęsa"),
        ("% This file was created with JabRef 2.6.\n% Encoding: EUC_JP", "euc_jp", "日本"),
        ("% vim: set fileencoding=gbk :", "gbk", "中文"),
        ("%% Saved with string encoding Western (Mac OS Roman) ", "mac-roman", "été"),
        ("@comment{x-kbibtex-encoding=latin2}", "iso8859-2", "Wałęsa"),
    ],
)
def test_an_honest_header_is_believed_and_the_bytes_survive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str, codec: str, word: str
) -> None:
    text = f"{header}\r\n\r\n@misc{{k,\r\n  title = {{{word}}},\r\n  year = 2001\r\n}}\r\n"
    data = text.encode(codec)
    decoded = decode(data, "x.bib")
    assert (decoded.text, decoded.encoding, decoded.problems) == (text, codec, ())
    (tmp_path / "x.bib").write_bytes(data)
    monkeypatch.setattr(text_file, "BLOCK_BYTES", 5)
    form = text_form(tmp_path / "x.bib", "x.bib")
    assert ("".join(text_blocks(tmp_path / "x.bib", form)), form.problems) == (text, ())
    document = read_document(data, "x.bib")
    assert document.data == data
    year = text.index("2001")
    assert spliced(document, [Splice(year, year + 4, "2002")]).data == data.replace(b"2001", b"2002")


@pytest.mark.parametrize(
    "head",
    [
        *(
            b"% Encoding: UTF-8",
            b"% Encoding: UTF8",
            b"% Encoding: nonsense",
            b"% Encoding: rot13",
            b"% Encoding: utf-7",
        ),
        *(b"% Encoding: US-ASCII", b"% Encoding: ISO8859_2 \x85", b"% Encoding: Shift_JIS", b"% nothing"),
        *(b"% Encoding: unicode_escape", b"% Encoding: UTF-16LE", b"% Encoding: cp037"),
    ],
)
def test_a_header_that_lies_or_says_nothing_is_not_believed(head: bytes) -> None:
    decoded = decode(head + b"\n@misc{k, title = {G\xf6\xff}}", "x.bib")
    assert (decoded.encoding, [one.code for one in decoded.problems]) == ("Windows-1252", ["guessed-encoding"])


def test_a_file_that_is_utf_8_stays_so_whatever_its_header_says() -> None:
    assert decode("% Encoding: Cp1252\n@misc{k, title = {Gödel}}".encode(), "x.bib").encoding == "UTF-8"


def test_such_an_encoding_says_what_it_cannot_hold() -> None:
    encoding = encoding_of("% Encoding: Cp1251\n@misc{k, title = {Пушкин}}".encode("cp1251"), "x.bib")
    assert (encoding.can_write("é"), encoding.can_write("я"), encoding.is_unicode) == (False, True, False)
    assert encoding.label == "CP1251"
