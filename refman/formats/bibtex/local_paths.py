"""Fields that say where something lies on this machine: nobody else can open it, and a path tells who works where."""

import re

from refman.formats.bibfile.leaks import LeakKind, leak_kind

_ON_THE_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_DELIMITERS = '{}" \t\r\n'


def holds_local_path(name: str, value: str) -> bool:
    """True for a field of files (the list that `project bundle` and profiles use), which no style prints.

    `value` is the text or the value expression. An address of the web in such a field (`pdf = {https://...}`) is none.
    What a style prints (`url = {file:///...}`) is part of the reference: without it the bibliography would be another.
    """
    return leak_kind(name, "") is LeakKind.FILE and _ON_THE_WEB.match(value.lstrip(_DELIMITERS)) is None
