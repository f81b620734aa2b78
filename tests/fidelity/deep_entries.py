"""Entries that no TeX can print: they are counted, and not measured."""

import re

from refman.formats.bibfile.document import document_of
from refman.formats.decoding import decode
from tests.fidelity.collections import BibFile

_KEY = re.compile(r"@\w+\s*[{(]\s*([^\s,{}]+)")


def too_deep(file: BibFile) -> set[str]:
    """The keys of entries with braces deeper than the 255 groups that TeX holds (docs/decisions/0076)."""
    document = document_of(decode(file.content, file.name).text)
    deep = [part for part in document.others if any(one.code == "nested-too-deep" for one in part.problems)]
    return {found[1] for part in deep if (found := _KEY.match(document.raw(part)))}
