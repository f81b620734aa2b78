"""The .bib of a project for arXiv or a co-author: what is cited with all it needs, and nothing that is private."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.leaks import Leak, LeakKind, local_preambles, without_leaks
from refman.formats.bibfile.used_strings import without_unused_strings
from refman.services.linking.cited import sources_of
from refman.services.linking.projects import bibs_of, documents_of, exported_project, project_place
from refman.services.outcome import count_of

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
    folder = project_place(folder)
    document = document_of(exported_project(folder))
    uses_keywords = any(_BY_KEYWORD.search(path.read_bytes().decode("utf-8", "replace")) for path in sources_of(folder))
    cleaned, leaks = without_leaks(document, keeps_keywords=uses_keywords)
    # What a field that stayed here used alone.
    cleaned, strings = without_unused_strings(cleaned)
    found = (*leaks, *strings, *local_preambles(cleaned), *_texts_between(folder))
    return Bundle(cleaned.text, tuple(entry.key for entry in cleaned.entries), found)


def _texts_between(folder: Path) -> Iterator[Leak]:
    """What people wrote between entries, a line a file: none of it leaves."""
    bibs = bibs_of(folder)
    for path, document in zip(bibs, documents_of(bibs), strict=True):
        texts = [document.raw(part) for part in document.others if part.kind == "comment"]
        if texts:
            first = next(iter(texts[0].split("\n")))
            yield Leak(path.name, count_of(len(texts), "piece"), LeakKind.TEXT, first)
