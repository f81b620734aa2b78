"""A whole .bib as drafts, blocks and problems."""

from bibtexparser.model import Entry, ExplicitComment, Preamble, String

from refman.domain.errors import Problem
from refman.domain.paper import Draft
from refman.domain.sources import Block
from refman.formats.base import ImportResult
from refman.formats.bibtex.drafts import read_draft
from refman.formats.bibtex.grammar import LINE_START_PATTERN
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.splitter import Piece, split
from refman.formats.bibtex.values import evaluate


def read_text(text: str) -> ImportResult:
    """Everything in a .bib; a text without any entry has one problem that says so."""
    reader = _Reader()
    for piece in split(text):
        reader.take(piece)
    problems = reader.problems
    if not reader.drafts:
        problems = [*problems, Problem(0, "no-entry", "There is no BibTeX entry in this text.")]
    return ImportResult(tuple(reader.drafts), blocks=tuple(reader.blocks), problems=tuple(problems))


class _Reader:
    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._macros: dict[str, str] = dict(STYLE_MACROS)
        self._lines_of_keys: dict[str, int] = {}

    def take(self, piece: Piece) -> None:
        """Adds one block; an `@string` counts from here on, as in BibTeX."""
        self.problems.extend(piece.problems)
        match piece.block:
            case Entry():
                self._take_entry(piece.block, piece)
            case String():
                self._macros[piece.block.key.lower()] = evaluate(piece.block.value, self._macros).tex
                self._keep("string", piece, name=piece.block.key, value=piece.block.value)
            case Preamble():
                self._keep("preamble", piece)
            case ExplicitComment():
                self._take_comment(piece)
            case _:
                self._keep("other", piece)

    def _take_entry(self, entry: Entry, piece: Piece) -> None:
        draft, problems = read_draft(entry, piece.span, self._macros)
        self.drafts.append(draft)
        self.problems.extend(problems)
        if not draft.key:
            return
        first = self._lines_of_keys.get(draft.key.lower())
        if first is None:
            self._lines_of_keys[draft.key.lower()] = piece.span.line
        else:
            message = f"The key {draft.key} stands on line {first} already; BibTeX reads the first entry only."
            self.problems.append(Problem(piece.span.line, "duplicate-key", message, (draft.key, str(first))))

    def _take_comment(self, piece: Piece) -> None:
        raw = piece.block.raw or ""
        if LINE_START_PATTERN.search(raw, 1):
            message = "BibTeX reads the entry inside this @comment; biber and refman do not."
            self.problems.append(Problem(piece.span.line, "entry-in-comment", message))
        self._keep("comment", piece)

    def _keep(self, kind: str, piece: Piece, *, name: str = "", value: str = "") -> None:
        self.blocks.append(Block(kind, name, value, piece.block.raw or "", piece.span))
