"""The two dialects of .bib files."""

from enum import StrEnum


class Dialect(StrEnum):
    """BibTeX: ASCII with TeX escapes, for bibtex and its styles. biblatex: UTF-8, for biber."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
