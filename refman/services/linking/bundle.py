"""The .bib of a project for arXiv or a co-author: what is cited with all it needs, and nothing that is private."""

import re
from dataclasses import dataclass
from pathlib import Path

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.leaks import Leak, without_leaks
from refman.services.linking.cited import sources_of
from refman.services.linking.projects import exported_project, project_folder

# \printbibliography[keyword=primary], \DeclareBibliographyCategory has no need of them.
_BY_KEYWORD = re.compile(r"\b(?:not)?keyword\s*=")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The text, the keys of its entries, and what would have left with a plain copy."""

    text: str
    keys: tuple[str, ...]
    leaks: tuple[Leak, ...]


def bundle_of(folder: Path) -> Bundle:
    """Raises: NotFound."""
    folder = project_folder(folder)
    document = document_of(exported_project(folder))
    uses_keywords = any(_BY_KEYWORD.search(path.read_bytes().decode("utf-8", "replace")) for path in sources_of(folder))
    cleaned, leaks = without_leaks(document, keeps_keywords=uses_keywords)
    return Bundle(cleaned.text, tuple(entry.key for entry in cleaned.entries), tuple(leaks))
