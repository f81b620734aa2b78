"""The `@string`s of a linked file beside those that the library keeps of it: which side gets the other's.

The kept source of a file that was linked carries a mark with its path; its blocks are what the macros of that file mean
in the library, where the person changes them. A macro goes into the file when a paper of the file reads otherwise for
it, and comes out of it when others changed it there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from refman.domain.fields import canonical_name
from refman.domain.paper import FieldValue, Paper, People, SourceId, Span
from refman.domain.ports import Writer
from refman.domain.sources import Block, SourceText
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.string_edits import StringEdit, last_before_entries
from refman.formats.bibtex.macros import STYLE_MACROS
from refman.formats.bibtex.parts import EntryPart, OtherPart, shown
from refman.formats.bibtex.values import is_macro, macros_of, operands
from refman.services.entries.macro_texts import library_source
from refman.services.linking.sync_plan import StringTaken

LINKED_KIND = "linked"
"""The kind of the block without text that marks the kept source of a linked file; its name is the path."""
_MEANT = ("string", "preamble")
_Blocks = Sequence[tuple[SourceId, Block]]


def source_of_link(blocks: _Blocks, path: str) -> SourceId | None:
    """The kept source with the macros of a linked file, of the last time it was linked; None where it had none."""
    marked = [source for source, block in blocks if (block.kind, block.name) == (LINKED_KIND, path)]
    return marked[-1] if marked else None


def keep_source_of_link(writer: Writer, path: str, when: datetime, blocks: Sequence[Block] = ()) -> SourceId:
    """Keeps the macros and preambles of a linked file; a number in the text lets no two files share one."""
    number = 1 + sum(block.kind == LINKED_KIND for _, block in writer.blocks())
    text = "\n".join((f"@comment{{Macros of linked file {number}}}", *(block.raw for block in blocks)))
    source = writer.keep_source(SourceText(path, "bibtex", text, when))
    writer.add_blocks(source, [mark_of_link(path), *blocks])
    return source


def keeps_already(known: _Blocks, path: str, wanted: Sequence[Block]) -> bool:
    """True where the file was linked before with the very same macros and preambles."""
    source = source_of_link(known, path)
    kept = [(one.kind, one.name, one.value) for at, one in known if at == source and one.kind in _MEANT]
    return source is not None and kept == [(one.kind, one.name, one.value) for one in wanted]


def block_of(document: Document, part: OtherPart, span: Span) -> Block:
    """A block as the library keeps it; stray bytes of the file are what they are shown as, for a library is UTF-8."""
    return Block(part.kind, shown(part.name), shown(part.value), shown(document.raw(part)), span)


def mark_of_link(path: str) -> Block:
    """What makes a kept source that of a linked file."""
    return Block(LINKED_KIND, path, "", "", Span(0, 0, 0))


def take_strings(writer: Writer, source: SourceId, taken: Sequence[StringTaken]) -> None:
    """Keeps what others changed."""
    place = 1 + max((block.span.end for one, block in writer.blocks() if one == source), default=0)
    for number, one in enumerate(taken):
        if one.old is not None:
            writer.replace_block(source, one.old, one.new)
        else:
            span = Span(place + number, place + number, 0)
            new = one.new
            writer.add_blocks(source, [Block(new.kind, new.name, new.value, new.raw, span)])


@dataclass(slots=True)
class FileStrings:
    """Collects the macros that the file is to get (`edits`) and those that the library does (`taken`)."""

    base: Document
    now: Document
    blocks: _Blocks
    path: str
    edits: list[StringEdit] = field(default_factory=list)
    taken: list[StringTaken] = field(default_factory=list)
    _kept: dict[str, Block] = field(init=False)
    _added: dict[str, Block] = field(init=False)
    _before: dict[str, OtherPart] = field(init=False)
    _here: dict[str, OtherPart] = field(init=False)
    _theirs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        source, library = source_of_link(self.blocks, self.path), library_source(self.blocks)
        self._kept = _strings(self.blocks, source)
        self._added = _strings(self.blocks, library)
        self._before, self._here = _defined(self.base), _defined(self.now)

    def take_theirs(self, *, is_all: bool) -> None:
        """What others changed and the library did not; with `is_all` also where both did."""
        for name, part in self._here.items():
            kept, before = self._kept.get(name), self._before.get(name)
            if kept is not None and _is_same(kept.value, part.value):
                continue
            is_changed = before is None or not _is_same(before.value, part.value)
            is_mine = kept is not None and (before is None or not _is_same(kept.value, before.value))
            if (is_changed and not is_mine) or (is_all and kept is not None):
                self._theirs.add(name)
                span = kept.span if kept else Span(0, 0, 0)
                self.taken.append(StringTaken(kept, block_of(self.now, part, span)))

    def want(self, paper: Paper, entry: EntryPart, names: set[str]) -> None:
        """Lets the file say what the library does with these fields of a paper, as far as macros say it."""
        for name in names:
            value: FieldValue | People | None = paper.fields.get(name) or paper.people.get(name)
            source = value.source if value is not None and not value.is_guess else ""
            if source:
                for macro in self._closure(macros_of(source)):
                    self._want(macro, entry, name, source)

    def _want(self, macro: str, entry: EntryPart, name: str, source: str) -> None:
        here, kept = self._here.get(macro), self._kept.get(macro)
        is_open = here is None and macro in self.now.own_macros
        if is_open or macro in self._theirs or any(one.name.lower() == macro for one in self.edits):
            return
        if here is not None:
            if kept is not None and not _is_same(kept.value, here.value):
                self.edits.append(StringEdit(here.name, here.name, kept.value))
            return
        wanted = kept or self._added.get(macro)
        old = self._former_name(macro, entry, name, source)
        if wanted is not None and old is not None:
            self.edits.append(StringEdit(old.name, wanted.name, wanted.value))
        elif wanted is not None and last_before_entries(self.now) is not None:
            self.edits.append(StringEdit("", wanted.name, wanted.value))

    def _former_name(self, macro: str, entry: EntryPart, name: str, source: str) -> OtherPart | None:
        """The macro that stands in the file where the library has this one, and that the library has no more."""
        present = next((one for one in entry.fields if canonical_name(one.name) == name), None)
        mine, theirs = operands(source), operands(present.value) if present else ()
        if len(mine) != len(theirs):
            return None
        for new, old in zip(mine, theirs, strict=True):
            if is_macro(new) and new.lower() == macro and is_macro(old) and old.lower() not in self._kept:
                return self._here.get(old.lower())
        return None

    def _closure(self, names: Sequence[str], above: frozenset[str] = frozenset()) -> Iterator[str]:
        """The macros with those that they are made of, those first."""
        for name in names:
            block = self._kept.get(name) or self._added.get(name)
            if name not in above and (name not in STYLE_MACROS or block is not None or name in self._here):
                yield from self._closure(macros_of(block.value) if block else (), above | {name})
                yield name


def _strings(blocks: _Blocks, source: SourceId | None) -> dict[str, Block]:
    return {block.name.lower(): block for one, block in blocks if one == source and block.kind == "string"}


def _defined(document: Document) -> dict[str, OtherPart]:
    """The definitions of a file that stand once; of others it is not certain which one is meant."""
    strings = [part for part in document.others if part.kind == "string"]
    counts = Counter(part.name.lower() for part in strings)
    return {part.name.lower(): part for part in strings if counts[part.name.lower()] == 1}


def _is_same(one: str, other: str) -> bool:
    """True for expressions that differ in delimiters and blanks at most."""
    return [*map(_bare, operands(shown(one)))] == [*map(_bare, operands(shown(other)))]


def _bare(operand: str) -> str:
    return operand[1:-1] if operand[0] in '{"' else operand.lower()
