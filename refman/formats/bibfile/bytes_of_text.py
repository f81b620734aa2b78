"""The encoding of a .bib such that reading and writing it gives the same bytes."""

import codecs
from dataclasses import dataclass

from refman.domain.errors import UnreadableInput
from refman.formats.decoding import decode

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF_8 = "utf-8"
_WINDOWS = "windows-1252"
# The five bytes that Windows-1252 leaves undefined stand for themselves.
_CP1252 = {
    byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore")) and char != "\ufffd"
}
_BACK = {ord(char): byte for byte, char in _CP1252.items()}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file stand for its text; `mark` is its byte-order mark.

    `codec` is one of Unicode, Windows-1252, or what an honest header of the file names.
    """

    codec: str = _UTF_8
    mark: bytes = b""

    @property
    def is_unicode(self) -> bool:
        """True when every character can be written."""
        return self.codec.startswith("utf")

    @property
    def label(self) -> str:
        """The name to show to a person."""
        return "Windows-1252" if self.codec == _WINDOWS else self.codec.upper()

    def encode(self, text: str) -> bytes:
        """The bytes. Raises: UnicodeEncodeError for a character that the encoding lacks."""
        if self.codec == _WINDOWS:
            return text.translate(_BACK).encode("latin-1")
        errors = "surrogateescape" if self.codec == _UTF_8 else "strict"
        return self.mark + text.encode(self.codec, errors)

    def decode(self, data: bytes) -> str:
        """The text without the mark. Raises: UnicodeDecodeError."""
        if self.codec == _WINDOWS:
            return data.decode("latin-1").translate(_CP1252)
        errors = "surrogateescape" if self.codec == _UTF_8 else "strict"
        return data.removeprefix(self.mark).decode(self.codec, errors)

    def can_write(self, text: str) -> bool:
        """True when every character of the text can be written."""
        try:
            self.encode(text)
        except UnicodeEncodeError:
            return False
        return True


PLAIN = Encoding()
"""UTF-8 without a mark."""


def encoding_of(data: bytes, name: str) -> Encoding:
    """The encoding of a file, one under which its bytes survive.

    Raises: UnreadableInput for what is no text, or damaged UTF-16.
    """
    if not data.strip():
        return PLAIN
    said = decode(data, name).encoding
    for encoding in _candidates(data, said):
        if _survives(data, encoding):
            return encoding
    raise UnreadableInput(
        "damaged-encoding", f'"{name}" holds damaged {said} text; mend it in an editor, then try again.', name, said
    )


def _candidates(data: bytes, said: str) -> list[Encoding]:
    if said == "Windows-1252":
        return [Encoding(_WINDOWS)]
    marked = next((Encoding(codec, mark) for mark, codec in _MARKS if data.startswith(mark)), None)
    if marked:
        return [marked]
    if said == "UTF-8":
        return [Encoding()]
    # Else the codec that the header of the file names.
    return [Encoding("utf-16-le"), Encoding("utf-16-be")] if said.startswith("UTF") else [Encoding(said)]


def _survives(data: bytes, encoding: Encoding) -> bool:
    try:
        text = encoding.decode(data)
        return encoding.encode(text) == data and ("\0" not in text)
    except UnicodeError:
        return False
