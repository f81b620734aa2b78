"""Texts among the arguments; names of files may be any bytes, what goes into a library may not."""

import argparse
import os
from pathlib import Path

from refman.domain.errors import InvalidValue

_PATHS = frozenset({"library", "files"})


def not_empty(text: str) -> str:
    """A name of a file: a script whose variable is empty means none, and certainly not the folder it runs in."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty; name a file")
    return text


def path_of(text: str) -> Path:
    """A file that is named."""
    return Path(not_empty(text))


def read_texts(arguments: argparse.Namespace) -> None:
    """Makes texts of the arguments that Python could not read in the locale (`LC_ALL=C`) but that are UTF-8.

    Raises: InvalidValue for one that is not (Python holds its bytes as lone surrogates).
    """
    for name, value in list(vars(arguments).items()):
        if name not in _PATHS:
            setattr(arguments, name, _read(value))


def _read(value: object) -> object:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return type(value)(_read(part) for part in value)
    return value


def _text(text: str) -> str:
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
        raise InvalidValue("not-utf-8", f'"{shown}" is not UTF-8, so nothing was done.', shown) from None
