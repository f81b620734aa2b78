"""Files that lie in memory, for what Qt only takes from files: no disk is waited for, and none can be full.

What is given to Qt is what its `rcc` compiles, in the first version of that format, which every Qt since 4.2 reads:
https://github.com/qt/qtbase/blob/dev/src/corelib/io/qresource.cpp
"""

import struct
from collections.abc import Mapping

from PySide6.QtCore import qRegisterResourceData

_VERSION = 1
_IS_FOLDER = 2
_FOLDER = struct.Struct(">IHII")
"""Offset of the name, flags, number of children, number of the first child."""
_FILE = struct.Struct(">IHHHI")
"""Offset of the name, flags, territory, language, offset of the text."""
_ANY_TERRITORY, _ANY_LANGUAGE = 0, 1

_kept: dict[str, tuple[bytes, bytes, bytes]] = {}
"""Qt reads from these bytes as long as the program runs."""


def keep_in_memory(folder: str, files: Mapping[str, str]) -> str:
    """Offers `files` (name to text) to Qt below `:/folder`, and returns that; once for a folder, then they stay."""
    if folder not in _kept:
        _kept[folder] = _compiled(folder, files)
        qRegisterResourceData(_VERSION, *_kept[folder])
    return f":/{folder}"


def _compiled(folder: str, files: Mapping[str, str]) -> tuple[bytes, bytes, bytes]:
    """The tree of a root with one folder, the names and the texts."""
    # Qt looks for a name by halving.
    ordered = sorted(files, key=_hash)
    names, texts = bytearray(_name(folder)), bytearray()
    tree = [_FOLDER.pack(0, _IS_FOLDER, 1, 1), _FOLDER.pack(0, _IS_FOLDER, len(ordered), 2)]
    for name in ordered:
        tree.append(_FILE.pack(len(names), 0, _ANY_TERRITORY, _ANY_LANGUAGE, len(texts)))
        names += _name(name)
        text = files[name].encode()
        texts += struct.pack(">I", len(text)) + text
    return b"".join(tree), bytes(names), bytes(texts)


def _name(name: str) -> bytes:
    return struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")


def _hash(name: str) -> int:
    """That of Qt's `qt_hash`, over plain letters."""
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF000_0000) >> 23
        value &= 0x0FFF_FFFF
    return value
