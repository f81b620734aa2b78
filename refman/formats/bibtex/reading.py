"""A whole .bib as drafts, blocks and problems."""

from collections.abc import Iterable, Iterator, Sequence, Set

from bibtexparser.model import ExplicitComment, Preamble, String

from refman.domain.errors import Problem
from refman.domain.paper import Draft
from refman.domain.sources import Block
from refman.formats.base import ImportResult
from refman.formats.bibtex.commented import entries_in_comment
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.drafts import read_raw
from refman.formats.bibtex.inheritance import nested_crossrefs, with_inherited
from refman.formats.bibtex.jabref_groups import Groups
from refman.formats.bibtex.key_lines import KeyLines
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.origin_dialect import DialectSigns
from refman.formats.bibtex.raw_entries import RawEntry
from refman.formats.bibtex.splitter import Piece, split
from refman.formats.bibtex.types import CONTROL_TYPES
from refman.formats.bibtex.values import evaluate

PART_CHARACTERS = 2 << 20
"""A part of a streamed file ends after so many: each costs some twenty bytes until it is stored."""


def read_text(text: str) -> ImportResult:
    """Everything in a .bib; a text without any entry has one problem that says so."""
    reader = _Reader()
    for piece in split(text):
        reader.take(piece)
    reader.take_nested(reader.drafts)
    reader.end()
    problems = reader.problems
    if not reader.drafts:
        problems = [*problems, _no_entry()]
    drafts = map(reader.groups.with_tags, with_inherited(reader.drafts, reader.data))
    return ImportResult(tuple(drafts), blocks=tuple(reader.blocks), problems=tuple(problems))


def read_in_parts(
    pieces: Iterable[Piece | Problem], *, size: int, parents: Sequence[Draft] = (), data: Sequence[Draft] = ()
) -> Iterator[ImportResult]:
    """What `read_text` gives, `size` drafts at a time, or fewer where they are long; problems stand with their drafts.

    `parents` and `data` are what entries inherit from, wherever they stand (`read_parents`). Groups of JabRef whose
    tree stands behind their entries become tags of one level.
    """
    reader = _Reader()
    count = begun = 0
    for piece in pieces:
        if isinstance(piece, Problem):
            reader.problems.append(piece)
            continue
        reader.take(piece)
        # One draft stays, so that the end knows that there were some.
        ready = len(reader.drafts) - 1
        if ready >= size or (ready > 0 and piece.span.end - begun > PART_CHARACTERS):
            count += ready
            begun = piece.span.start
            reader.take_nested(reader.drafts[:ready], parents)
            yield reader.give(ready, parents, data)
    reader.take_nested(reader.drafts, parents)
    reader.end()
    if not count and not reader.drafts:
        reader.problems.append(_no_entry())
    yield reader.give(size, parents, data)


def read_parents(
    pieces: Iterable[Piece | Problem], keys: Set[str], *, most: int
) -> tuple[Sequence[Draft], Sequence[Draft]]:
    """The first `most` entries with one of these lower-case keys, and the `@xdata`, as drafts."""
    reader = _Reader()
    wanted = set(keys)
    for piece in pieces:
        if isinstance(piece, Problem) or piece.entry is None:
            if isinstance(piece, Piece) and isinstance(piece.block, String):
                reader.take(piece)
            continue
        keys_here = {piece.entry.key.lower(), *_ids(piece.entry)}
        if not wanted.isdisjoint(keys_here) and len(reader.drafts) + len(reader.data) < most:
            reader.take(piece)
            wanted -= keys_here
    return reader.drafts, reader.data


def _ids(entry: RawEntry) -> list[str]:
    """The other keys of an entry, in lower case."""
    return [
        key.strip(' {}"\t\r\n').lower()
        for name, expression, *_ in entry.fields
        if name.lower() == "ids"
        for key in expression.split(",")
    ]


def _no_entry() -> Problem:
    return Problem(0, "no-entry", "There is no BibTeX entry in this text.")


class _Reader:
    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.data: list[Draft] = []
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._nested: list[Problem] = []
        self._macros: dict[str, str] = dict(STYLE_MACROS)
        self._lines_of_keys = KeyLines()
        self.groups = Groups()
        self._signs = DialectSigns()

    def take(self, piece: Piece) -> None:
        """Adds one block; an `@string` counts from here on, as in BibTeX."""
        if piece.problems:
            self.problems.extend(piece.problems)
        if piece.entry is not None:
            self._take_entry(piece.entry, piece)
            return
        match piece.block:
            case String():
                self._macros[piece.block.key.lower()] = evaluate(piece.block.value, self._macros).tex
                self._keep("string", piece, name=piece.block.key, value=piece.block.value)
            case Preamble():
                self._keep("preamble", piece)
            case ExplicitComment():
                self._take_comment(piece)
            case _:
                self._keep("other", piece)

    def give(self, count: int, parents: Sequence[Draft], data: Sequence[Draft]) -> ImportResult:
        """The first `count` drafts with all blocks and problems so far; they are forgotten here."""
        # The parents in front: of two entries with one key the first is the parent.
        drafts = with_inherited((*parents, *self.drafts[:count]), data)[len(parents) :]
        given = ImportResult(
            tuple(map(self.groups.with_tags, drafts)), blocks=tuple(self.blocks), problems=tuple(self.problems)
        )
        del self.drafts[:count], self.data[:], self.blocks[:], self.problems[:]
        return given

    def take_nested(self, drafts: Sequence[Draft], parents: Sequence[Draft] = ()) -> None:
        """Notes children of children. Whether that matters only the end of the text tells, by its dialect."""
        self._nested += (problem for _, problem in nested_crossrefs(drafts, parents))

    def end(self) -> None:
        """Adds what only the whole text says."""
        if self._signs.dialect is not Dialect.BIBLATEX:
            self.problems += self._nested
        dialect = self._signs.block()
        if dialect and self.drafts:
            self.blocks.insert(0, dialect)

    def _take_entry(self, entry: RawEntry, piece: Piece) -> None:
        self._signs.take_names(entry.type, [field[0] for field in entry.fields])
        if entry.type in CONTROL_TYPES and entry.key:
            self._take_control(entry, piece)
            return
        draft, problems = read_raw(entry, piece.span, macros=self._macros, line_of=piece.line_of)
        self.drafts.append(draft)
        if problems:
            self.problems += problems
        if not draft.key:
            return
        first = self._lines_of_keys.first(draft.key, piece.span.line)
        if first is not None:
            message = f"The key {draft.key} stands on line {first} already; BibTeX reads the first entry only."
            self.problems.append(Problem(piece.span.line, "duplicate-key", message, (draft.key, str(first))))

    def _take_control(self, entry: RawEntry, piece: Piece) -> None:
        """It prints nothing, so it is no paper; what others inherit from an `@xdata` is known all the same."""
        self._keep("control", piece, name=entry.key)
        if entry.type == "xdata":
            read = RawEntry(entry.type, entry.key, entry.key_start, entry.fields, entry.end)
            self.data.append(read_raw(read, piece.span, macros=self._macros, line_of=piece.line_of)[0])

    def _take_comment(self, piece: Piece) -> None:
        raw = piece.block.raw or ""
        self._signs.take_comment(raw)
        known = len(self.groups.searches)
        self.groups.take_comment(raw)
        if len(self.groups.searches) > known:
            self.blocks += self.groups.search_blocks(piece.span)
            self.problems += self.groups.search_problems(piece.span.line)
        if commented := entries_in_comment(raw, piece.span.line):
            self.problems.append(commented)
        self._keep("comment", piece)

    def _keep(self, kind: str, piece: Piece, *, name: str = "", value: str = "") -> None:
        self.blocks.append(Block(kind, name, value, piece.block.raw or "", piece.span))
