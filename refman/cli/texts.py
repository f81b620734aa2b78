"""Texts among the arguments; names of files may be any bytes, what goes into a library may not."""

import argparse
from collections.abc import Iterator

from refman.domain.errors import InvalidValue

_PATHS = frozenset({"library", "files"})


def check_texts(arguments: argparse.Namespace) -> None:
    """Raises: InvalidValue for a text that is no UTF-8 (Python holds its bytes as lone surrogates)."""
    for name, value in vars(arguments).items():
        for text in _texts(value) if name not in _PATHS else ():
            if any("\ud800" <= char <= "\udfff" for char in text):
                shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
                raise InvalidValue("not-utf-8", f'"{shown}" is not UTF-8, so nothing was done.', shown)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
