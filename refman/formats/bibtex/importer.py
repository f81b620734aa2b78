"""The importer of .bib files, BibTeX and biblatex alike."""

import re

from refman.formats.base import ImportResult, ReadContext

_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]\s*[^\s,{}()=]*\s*,", re.MULTILINE)
_BLOCK = re.compile(r"@\s*[A-Za-z][\w-]*\s*[{(]")


class BibtexImporter:
    """Reads what BibTeX or biber would read, and keeps the source of every value beside its plain text."""

    @property
    def name(self) -> str:
        return "bibtex"

    @property
    def label(self) -> str:
        return "BibTeX"

    def confidence(self, text: str, file_name: str) -> float:
        text = text.replace("\r", "\n") if "\r" in text else text
        if _ENTRY.search(text):
            return 0.95
        if not _BLOCK.search(text):
            return 0.0
        return 0.9 if file_name.lower().endswith((".bib", ".bibtex")) else 0.4

    def read(self, text: str, context: ReadContext) -> ImportResult:
        # Late: loads bibtexparser and pylatexenc, 80 ms that the start of the program must not pay.
        from refman.formats.bibtex.reading import read_text

        return read_text(text)
