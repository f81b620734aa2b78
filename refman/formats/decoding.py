"""Bytes of a file to text: the encodings that reference files come in, and what is no text at all."""

import codecs
import re
from dataclasses import dataclass

from refman.domain.errors import Problem, UnreadableInput
from refman.formats.declared_encoding import declared_text

MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
PEEK = 65_536
# No text holds them; ESC and form feed occur in old files.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
STRAY = re.compile("[\udc80-\udcff]")
# The five bytes that cp1252 leaves undefined are what Latin-1 says: C1 controls.
AS_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)} | {
    0xDC00 + byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

LATIN_1_AS_CP1252 = {code - 0xDC00: char for code, char in AS_CP1252.items()}
WINDOWS = "Windows-1252"
BLANK = "\ufeff\0 \t\r\n\f\v"
"""What a text may hold and be empty all the same."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte-order mark, the encoding by its usual name, and what had to be guessed.

    An encoding that the header of the file names has the name of its codec.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, file_name: str) -> Decoded:
    """Reads UTF-8, UTF-16 and UTF-32 by mark or form, anything else by its header if that is honest.

    Without one it is Windows-1252, with a problem that says so. A file that is UTF-8 but for some bytes stays UTF-8,
    only those bytes are read as Windows-1252. Line ends stay.

    Raises:
        UnreadableInput: the file is empty or no text.
    """
    decoded = _decode(data, file_name)
    if not decoded.text.strip(BLANK):
        raise empty_input(file_name)
    return decoded


def empty_input(file_name: str) -> UnreadableInput:
    """The error about a file without text."""
    return UnreadableInput(
        "empty-input",
        f'There is nothing to read in "{file_name}"; it is empty. Choose another file or text.',
        file_name,
    )


def _decode(data: bytes, file_name: str) -> Decoded:
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], codec, name)
    data = data.removeprefix(codecs.BOM_UTF8)
    codec = utf16_without_mark(data[:PEEK])
    if codec:
        return _decode_as(data, codec, "UTF-16")
    refuse_binary(data, file_name)
    return _decode_utf8(data)


def _decode_utf8(data: bytes) -> Decoded:
    text = data.decode("utf-8", "surrogateescape")
    first = STRAY.search(text)
    if not first:
        return Decoded(text, "UTF-8")
    line = text.count("\n", 0, first.start()) + 1
    strays = len(STRAY.findall(text))
    if strays <= sum(not char.isascii() for char in text) - strays:
        return Decoded(text.translate(AS_CP1252), "UTF-8", (stray_problem(strays, line),))
    declared, codec = declared_text(data)
    if codec:
        return Decoded(declared, codec)
    return Decoded(data.decode("latin-1").translate(LATIN_1_AS_CP1252), WINDOWS, (guess_problem(line),))


def _decode_as(data: bytes, codec: str, name: str) -> Decoded:
    """What the mark promises; damaged parts become U+FFFD and a problem."""
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        line = data[: error.start].decode(codec, "replace").count("\n") + 1
    return Decoded(text, name, (damage_problem(line, name),))


def stray_problem(strays: int, line: int) -> Problem:
    """Bytes in a UTF-8 file that are none; the first in this line."""
    message = f"Bytes that are not UTF-8 ({strays}, the first in line {line}) were read as Windows-1252."
    return Problem(line, "not-utf-8", message, (str(strays), str(line)))


def guess_problem(line: int) -> Problem:
    """A file that is no UTF-8 from this line on."""
    message = f"The file is not UTF-8; it was read as {WINDOWS}, so look at accents and dashes."
    return Problem(line, "guessed-encoding", message, (WINDOWS,))


def damage_problem(line: int, name: str) -> Problem:
    """Bytes that are not what the mark of the file promises."""
    message = f"Some characters from line {line} on are damaged ({name}); they show as \ufffd."
    return Problem(line, "damaged-text", message, (str(line), name))


def utf16_without_mark(beginning: bytes) -> str:
    """The codec, "" for anything else. Text of mostly Latin letters in UTF-16 has a zero in every second byte."""
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    half = len(beginning) // 2
    if half and max(even, odd) * 10 > half * 6 and min(even, odd) * 20 < half:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def is_wide(beginning: bytes) -> bool:
    """True for what is UTF-16 or UTF-32 by its mark or form: there a zero byte is nothing special."""
    return beginning.startswith(tuple(mark for mark, _, _ in MARKS)) or bool(utf16_without_mark(beginning))


def refuse_binary(data: bytes, file_name: str) -> None:
    """Raises: UnreadableInput for what is no text."""
    kind = next((kind for sign, kind in _KINDS if data.startswith(sign)), "")
    beginning = data[:PEEK]
    is_binary = 0 in data or len(_CONTROLS.findall(beginning)) * 100 > len(beginning)
    if kind or is_binary:
        what = kind or "a binary file"
        message = f'"{file_name}" is {what}, not text; choose a text file such as a .bib or a saved author page.'
        raise UnreadableInput("binary-input", message, file_name, what)
