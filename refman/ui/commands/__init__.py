"""Every command of the window, one module a group; the order here is the order in menus and palette."""

from typing import Any

from refman.ui.actions import Command, collect
from refman.ui.commands import bibtex, cite, edit, file, go, links, paper, quality, tags, trash, view, window_help

MODULES = (file, links, edit, quality, view, paper, trash, bibtex, cite, tags, go, window_help)


def all_commands() -> tuple[Command[Any], ...]:
    """Raises: ValueError when an id or a key is declared twice."""
    return collect(MODULES)
