"""What a file says otherwise than the library would say it there.

A paper that was pasted has more than a .bib holds (day, category, score), and plain text reads back otherwise than it
was typed (`$51$` shows as 51): a file that says what refman would write differs in nothing.
"""

from functools import cached_property

from refman.domain.paper import Draft, Paper
from refman.domain.ports import Reader
from refman.formats.bibfile.document import Document, document_of
from refman.formats.bibfile.style import learn_style
from refman.formats.bibtex.parts import draft_of
from refman.services.entries.macro_texts import certain_texts
from refman.services.linking.rendering import Renderer, renderer_for
from refman.services.linking.seen import differing_names


class Differing:
    """Compares papers with the entries of one file."""

    def __init__(self, document: Document, reader: Reader) -> None:
        self._document = document
        self._reader = reader

    def names(self, paper: Paper, draft: Draft) -> frozenset[str]:
        """The fields of which paper and entry would say different things in this file."""
        names = differing_names(paper, draft)
        # Rare, and dear: most papers of a file came from it.
        return frozenset(names & differing_names(self._read_back(paper), draft) if names else names)

    @cached_property
    def _renderer(self) -> Renderer:
        return renderer_for(self._document, learn_style(self._document), certain_texts(self._reader.blocks()))

    def _read_back(self, paper: Paper) -> Draft:
        """The paper as it would be read from this file."""
        entry = self._renderer.new_entry(paper, "key")
        fields = "".join(f"  {name} = {value},\n" for name, value in entry.fields)
        written = document_of(f"@{entry.type}{{key,\n{fields}}}\n")
        return draft_of(written.entries[0], self._document.macros)
