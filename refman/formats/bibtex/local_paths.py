"""Fields that say where something lies on this machine: nobody else can open it, and a path tells who works where."""

import re

from refman.formats.bibfile.leaks import LeakKind, leak_kind

_ON_THE_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_FILE_ADDRESS = re.compile(r"(?:\\url\s*\{)?\s*file:/", re.IGNORECASE)
_DELIMITERS = '{}" \t\r\n'


def holds_local_path(name: str, value: str) -> bool:
    """True for a field of files (the list that `project bundle` and profiles use) and for any address `file:/...`.

    `value` is the text or the value expression. An address of the web in a field of files (`pdf = {https://...}`) is
    none, nor is text that only mentions a path.
    """
    start = value.lstrip(_DELIMITERS)
    if leak_kind(name, "") is LeakKind.FILE:
        return _ON_THE_WEB.match(start) is None
    return _FILE_ADDRESS.match(start) is not None
