"""The encoding that the head of a file names: of JabRef, BibDesk and KBibTeX, of Emacs, vim and TeX editors.

A header is only believed where it is honest: every byte is a character in that encoding, none of them a control, and
the characters give the very same bytes again.
"""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

_HEAD_BYTES = 4096
# `% Encoding: Cp1252`, `%% -*- coding: latin-2 -*-`, `% vim: fileencoding=latin1`, `@comment{x-kbibtex-encoding=...`
_HEADER = re.compile(
    rb"(?:\A|[\r\n])[ \t]*+(?:(?:%|@comment)[^\r\n]{0,300}?|en)coding[ \t]*+[:=][ \t]*+([\w.:-]++)", re.IGNORECASE
)
_BIBDESK = re.compile(rb"%% Saved with string encoding ([^\r\n]{1,60})")
_NAMES = MappingProxyType(
    {
        "western (mac os roman)": "mac_roman",
        "western (windows latin 1)": "cp1252",
        "western (iso latin 1)": "latin_1",
        "western (iso latin 9)": "iso8859_15",
        "central european (iso latin 2)": "iso8859_2",
        "central european (windows latin 2)": "cp1250",
        "cyrillic (windows)": "cp1251",
        "japanese (shift jis)": "shift_jis",
        "japanese (euc)": "euc_jp",
        "macosroman": "mac_roman",
        "isolatin": "latin_1",
        "isolatin2": "iso8859_2",
        "isolatin9": "iso8859_15",
    }
)
"""Names of BibDesk and TeXShop that Python lacks."""
_WIDER = MappingProxyType(
    {
        "iso8859-1": "cp1252",
        "iso8859-9": "cp1254",
        "shift_jis": "cp932",
        "gb2312": "gbk",
        "euc_kr": "cp949",
    }
)
"""What files by programs of Windows hold under these names (https://encoding.spec.whatwg.org, section 4.2)."""
# They are no encodings of a file, or their letters are not those of ASCII.
_NEVER = frozenset({"raw-unicode-escape", "unicode-escape"})
_ASCII = bytes(range(0x20, 0x7F))
_CONTROLS = re.compile("[\x80-\x9f]")


def declared_codecs(beginning: bytes) -> Iterator[str]:
    """The codecs of Python that the head of a file may mean, the likeliest first; none without a header.

    UTF-8 and its kin are left out: bytes that are UTF-8 need no header, and others lie.
    """
    head = beginning[:_HEAD_BYTES]
    for match in (*_HEADER.finditer(head), *_BIBDESK.finditer(head)):
        name = _codec(match.group(1).decode("latin-1"))
        if name:
            yield name
            if wider := _WIDER.get(name):
                yield wider


def declared_text(data: bytes) -> tuple[str, str]:
    """The text and the codec by which the header honestly stands for these bytes; both "" when there is none."""
    for codec in declared_codecs(data):
        try:
            text = data.decode(codec)
            if text.encode(codec) == data and not _CONTROLS.search(text):
                return text, codec
        except UnicodeError:
            continue
    return "", ""


def is_honest(blocks: Iterable[bytes], codec: str) -> bool:
    """The same question about bytes that come in blocks."""
    decoder, encoder = codecs.getincrementaldecoder(codec)(), codecs.getincrementalencoder(codec)()
    before, after = hashlib.sha256(), hashlib.sha256()
    try:
        for data in _ended(blocks):
            text = decoder.decode(data, not data)
            if _CONTROLS.search(text):
                return False
            before.update(data)
            after.update(encoder.encode(text, not data))
    except UnicodeError:
        return False
    return before.digest() == after.digest()


def _ended(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks that are not empty, and one that is."""
    yield from filter(None, blocks)
    yield b""


def _codec(name: str) -> str:
    """The name of the codec as Python writes it, "" for none that a file beside UTF-8 can be in."""
    lowered = name.strip().lower()
    lowered = re.sub(r"^x-(?=\D)|-(?:unix|dos|mac)$", "", lowered)
    lowered = re.sub(r"^(?:iso[-_])?latin[-_](?=\d)", "latin", lowered)
    try:
        codec = codecs.lookup(_NAMES.get(lowered, lowered)).name
        is_text = (
            codec.replace("_", "-") not in _NEVER
            and not codec.startswith("utf")
            and _ASCII.decode(codec) == _ASCII.decode("ascii")
        )
    except (LookupError, UnicodeError, ValueError):
        return ""
    return codec if is_text and codec != "ascii" else ""
