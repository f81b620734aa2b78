"""Which attached files are given to the system at once, and which only after a question: a file may be a program."""

import os
from pathlib import Path

_TEXTS = "pdf ps eps dvi djvu djv epub mobi txt md rst tex bib csv tsv rtf doc docx odt ppt pptx odp xls xlsx ods"
_MEDIA = "png jpg jpeg gif tif tiff bmp webp mp3 ogg wav mp4 webm mkv"
_DOCUMENTS = frozenset(f".{ending}" for ending in f"{_TEXTS} {_MEDIA}".split())
"""Endings of what programs show and do not run; SVG and HTML run scripts, archives hold anything."""


def is_document(path: Path) -> bool:
    """True for a regular file that the system only shows; never for a device, a pipe, a folder or a program."""
    return path.suffix.lower() in _DOCUMENTS and os.path.isfile(path)
