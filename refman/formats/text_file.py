"""Text files too large for memory: decoded block by block into the very text that `decoding.decode` gives."""

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from refman.domain.errors import Problem
from refman.formats.declared_encoding import declared_codecs, is_honest
from refman.formats.decoding import (
    AS_CP1252,
    BLANK,
    LATIN_1_AS_CP1252,
    MARKS,
    PEEK,
    STRAY,
    damage_problem,
    empty_input,
    guess_problem,
    refuse_binary,
    stray_problem,
    utf16_without_mark,
)

BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class TextForm:
    """How the bytes of a file become text: `skip` bytes of a mark, then the codec with its way with what is damaged.

    `table` names the characters that are replaced afterwards: "" none, "stray" bytes in UTF-8, "latin" Windows-1252.
    """

    codec: str
    skip: int = 0
    errors: str = "strict"
    table: str = ""
    problems: tuple[Problem, ...] = ()


_TABLES = {"stray": AS_CP1252, "latin": LATIN_1_AS_CP1252}


def text_form(path: Path, file_name: str) -> TextForm:
    """Finds out how to decode a file; reads it once. Raises: UnreadableInput (empty or no text), OSError."""
    with open(path, "rb") as file:
        beginning = file.read(PEEK + 4)
    form = _by_mark(path, beginning)
    if form is None:
        skip = len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0
        codec = utf16_without_mark(beginning[skip:][:PEEK])
        form = _of_codec(path, codec, skip, "UTF-16") if codec else _of_bytes(path, beginning[skip:], skip, file_name)
    if not any(block.strip(BLANK) for block in text_blocks(path, form)):
        raise empty_input(file_name)
    return form


def text_blocks(path: Path, form: TextForm) -> Iterator[str]:
    """The text of the file in pieces of about a megabyte; joined they are the whole. Raises: OSError."""
    decoder = codecs.getincrementaldecoder(form.codec)(form.errors)
    table = _TABLES.get(form.table)
    for data, is_last in _byte_blocks(path, form.skip):
        text = decoder.decode(data, is_last)
        yield text.translate(table) if table and not text.isascii() else text


def utf8_pieces(path: Path, form: TextForm, size: int) -> Iterator[bytes]:
    """The text in UTF-8, cut into pieces of `size` bytes; the last one is shorter."""
    rest = b""
    for block in text_blocks(path, form):
        rest += block.encode()
        end = len(rest) - len(rest) % size
        yield from (rest[start : start + size] for start in range(0, end, size))
        rest = rest[end:]
    if rest:
        yield rest


class PassedOn:
    """A text whose blocks go to a reader; what the reader took is also kept as pieces in UTF-8 until asked for."""

    def __init__(self, blocks: Callable[[], Iterator[str]], size: int) -> None:
        self._blocks = blocks
        self._size = size
        self._digest = hashlib.sha256()
        self._rest = b""
        self._taken: list[bytes] = []

    def blocks(self) -> Iterator[str]:
        """The blocks, once."""
        for block in self._blocks():
            data = block.encode()
            self._digest.update(data)
            self._taken.append(data)
            yield block

    def pieces(self, *, is_over: bool = False) -> list[bytes]:
        """Pieces of `size` bytes of what was taken since the last call; at the end the shorter last one too."""
        data = self._rest + b"".join(self._taken)
        self._taken.clear()
        end = len(data) if is_over else len(data) - len(data) % self._size
        self._rest = data[end:]
        return [data[start : min(start + self._size, end)] for start in range(0, end, self._size)]

    @property
    def sha256(self) -> str:
        """Of what was taken, in hexadecimal."""
        return self._digest.hexdigest()


def text_size_and_sha256(path: Path, form: TextForm) -> tuple[int, str]:
    """How many characters the text has, and the SHA-256 of its UTF-8 in hexadecimal."""
    digest = hashlib.sha256()
    characters = 0
    for block in text_blocks(path, form):
        digest.update(block.encode())
        characters += len(block)
    return characters, digest.hexdigest()


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _byte_blocks(path: Path, skip: int) -> Iterator[tuple[bytes, bool]]:
    """The bytes behind `skip`; the last block, which may be empty, says that it is the last."""
    with open(path, "rb") as file:
        file.seek(skip)
        yield from _blocks_of(file)


def _blocks_of(file: _Reads) -> Iterator[tuple[bytes, bool]]:
    block = file.read(BLOCK_BYTES)
    while block:
        following = file.read(BLOCK_BYTES)
        yield block, not following
        block = following
    yield b"", True


def _by_mark(path: Path, beginning: bytes) -> TextForm | None:
    for mark, codec, name in MARKS:
        if beginning.startswith(mark):
            return _of_codec(path, codec, len(mark), name)
    return None


def _of_codec(path: Path, codec: str, skip: int, name: str) -> TextForm:
    """What the mark promises; damaged parts become U+FFFD and a problem."""
    form = TextForm(codec, skip)
    line = 1
    try:
        for block in text_blocks(path, form):
            line += block.count("\n")
    except UnicodeDecodeError:
        return TextForm(codec, skip, "replace", problems=(damage_problem(_first_damage(path, form), name),))
    return form


def _first_damage(path: Path, form: TextForm) -> int:
    """The line of the first character that cannot be decoded."""
    decoder = codecs.getincrementaldecoder(form.codec)("strict")
    line = 1
    for data, is_last in _byte_blocks(path, form.skip):
        state = decoder.getstate()
        try:
            line += decoder.decode(data, is_last).count("\n")
        except UnicodeDecodeError as error:
            # The decoder looks at what it kept of the block before, too.
            whole = state[0] + data
            return line + whole[: error.start].decode(form.codec, "replace").count("\n")
    return line


def _of_bytes(path: Path, beginning: bytes, skip: int, file_name: str) -> TextForm:
    """UTF-8, with or without bytes that are none, else what the header says, or Windows-1252."""
    refuse_binary(beginning, file_name)
    line = first = 0
    strays = others = 0
    lenient = TextForm("utf-8", skip, "surrogateescape")
    for text in text_blocks(path, lenient):
        if "\0" in text:
            refuse_binary(b"\0", file_name)
        if not text.isascii():
            found = STRAY.search(text)
            if found and not strays:
                first = line + text.count("\n", 0, found.start()) + 1
            strays_here = len(STRAY.findall(text)) if found else 0
            strays += strays_here
            others += len(text) - len(text.encode("ascii", "ignore")) - strays_here
        line += text.count("\n")
    if not strays:
        return TextForm("utf-8", skip)
    if strays <= others:
        return TextForm("utf-8", skip, "surrogateescape", "stray", (stray_problem(strays, first),))
    guessed = TextForm("latin-1", skip, table="latin", problems=(guess_problem(first),))
    return _of_header(path, beginning, skip) or guessed


def _of_header(path: Path, beginning: bytes, skip: int) -> TextForm | None:
    codecs_named = declared_codecs(beginning)
    honest = (one for one in codecs_named if is_honest((data for data, _ in _byte_blocks(path, skip)), one))
    codec = next(honest, "")
    return TextForm(codec, skip) if codec else None
