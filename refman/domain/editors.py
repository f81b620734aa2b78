"""The editors that citations can be pushed to."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Editor(StrEnum):
    """By the word of the settings file."""

    TEXSTUDIO = "texstudio"
    TEXWORKS = "texworks"
    TEXMAKER = "texmaker"
    KILE = "kile"
    LYX = "lyx"
    EMACS = "emacs"
    VIM = "vim"


EDITOR_NAMES: Mapping[Editor, str] = MappingProxyType(
    {
        Editor.TEXSTUDIO: "TeXstudio",
        Editor.TEXWORKS: "TeXworks",
        Editor.TEXMAKER: "Texmaker",
        Editor.KILE: "Kile",
        Editor.LYX: "LyX",
        Editor.EMACS: "Emacs",
        Editor.VIM: "Vim",
    }
)
"""As people call them."""
