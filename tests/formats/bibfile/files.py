"""Small .bib files of many houses, and what a .bib says whatever it looks like."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from refman.formats.bibfile.document import Document, document_of
from refman.formats.bibtex.parts import EntryPart

PLAIN = """% refs of the thesis
@string{jmlr = "Journal of Machine Learning Research"}

@article{adams2001,
  author = {Adams, Ann},
  title = {On Things},
  journal = jmlr,
  year = 2001
}

% baker: read again
@book{baker2002,
  title = "Other {Things}", % not the first edition
  author = "Baker, Bob",
  year = 2002,
}

@Misc(carter2003,
  Title = {With = signs and @signs}, Note = "a" # jmlr # {b})

@comment{jabref-meta: databaseType:bibtex;}
"""
ALIGNED = """@ARTICLE{k1,
\tAuthor       = {A. A.},
\tTitle        = {T one},
\tJournal      = {J},
\tYear         = {1999}}
@ARTICLE{k2,
\tAuthor       = {B. B.},
\tTitle        = {T two},
\tHowpublished = {Web},
\tYear         = {2000}}
"""
ONE_LINE = "@misc{x, title={X}, year={2000}}\r\n@misc{y, title={Y}}\r\n@misc{z}\r\n"
EMPTY_FIELDS = "@misc{a,}\n\n@misc{b,\n}\n\n@misc{c,\n title = {C},% why\n % who\n}\n"
HOUSES = (PLAIN, ALIGNED, ONE_LINE, EMPTY_FIELDS)


def said(document: Document) -> list[Any]:
    """Every part in order without its layout."""
    return [
        (part.type, part.key, tuple((one.name.lower(), one.value) for one in part.fields))
        if isinstance(part, EntryPart)
        else (part.kind, document.raw(part))
        for part in document.parts
    ]


def said_of(text: str) -> list[Any]:
    """As `said`, of a text."""
    return said(document_of(text))


def tex_live() -> Iterator[Path]:
    """The .bib files that come with TeX Live, those not in UTF-8 too; none where it is not installed."""
    for folder in ("/usr/share/texlive/texmf-dist", "/usr/share/doc/texlive-doc"):
        yield from sorted(Path(folder).rglob("*.bib"))
