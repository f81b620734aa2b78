"""Adding, renaming, changing and removing macros, and making one of equal values; each is one step of undo.

The kept text of a file stays as it was imported: what a macro stands for is changed in the block that was read from
it. Papers that use a macro follow in what is shown; entries that leave as they were read go on doing so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from refman.domain.changes import OperationKind
from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.paper import PaperId, Span
from refman.domain.ports import Clock, Store, Writer
from refman.domain.progress import NoProgress, Progress
from refman.domain.sources import Block, SourceText
from refman.formats.bibtex.braces import is_value
from refman.formats.bibtex.definitions import LIBRARY_KIND
from refman.formats.bibtex.macros import MONTHS
from refman.formats.bibtex.values import macros_of, with_names
from refman.services.entries.macro_blocks import respelled
from refman.services.entries.macro_texts import library_source
from refman.services.entries.own_text import OwnTexts
from refman.services.entries.shared_values import shared_tex
from refman.services.entries.string_values import follow, naming, papers_of, rewrite
from refman.services.entries.strings import StringDef, StringTable, StringUse, key_of, macro_values, uses_of
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of

_LIBRARY_TEXT = "@comment{Macros that were added in refman}\n"
# What may stand in the name of a macro (bibtex.web section 90).
_NAME = re.compile(r"""(?![0-9])[^\x00-\x20"#%'(),={}~\\\x7f-\U0010ffff]+""")


@dataclass(frozen=True, slots=True)
class StringEdits:
    """The macros of one library, to change."""

    store: Store
    clock: Clock

    def add(self, name: str, value: str) -> Outcome:
        """Adds a macro of the library. Raises: InvalidValue, ConflictError when there is one of the name."""
        checked, expression = _checked_name(name), parse_string(value)

        with self.store.read() as reader:
            users = naming(reader, checked, NoProgress())

        def work(writer: Writer) -> None:
            before = StringTable(writer)
            _check_free(before, checked)
            _add(writer, checked, expression, self.clock.now())
            follow(writer, users, before, StringTable(writer))

        said = Sentence("string-added", f"Macro {checked} added", (checked,))
        return change(self.store, Step(OperationKind.EDIT, f"Add the macro {checked}"), work, done=said)

    def change(self, definition: StringDef, value: str, progress: Progress | None = None) -> Outcome:
        """Lets a macro stand for something else, and all papers that use it follow. Raises: InvalidValue, NotFound."""
        expression = parse_string(value)
        if definition.folded in macros_of(expression):
            message = f"{definition.name} cannot be made of itself; write what it stands for."
            raise InvalidValue("string-of-itself", message, definition.name)
        users = self._affected(definition, progress or NoProgress())

        def work(writer: Writer) -> None:
            before = StringTable(writer)
            block = _still_there(before, definition)
            writer.replace_block(definition.source_id, block, _block(block, block.name, expression))
            follow(writer, users, before, StringTable(writer))

        name = definition.name
        said = Sentence("string-changed", f"Macro {name} changed", (name,))
        return change(self.store, Step(OperationKind.EDIT, f"Change the macro {name}"), work, done=said)

    def rename(self, definition: StringDef, name: str, progress: Progress | None = None) -> Outcome:
        """Gives a macro another name, in every value that uses it. Raises: InvalidValue, ConflictError, NotFound."""
        checked = _checked_name(name)
        use = self._use(definition, progress or NoProgress())
        old = definition.folded

        def work(writer: Writer) -> None:
            table = StringTable(writer)
            block = _still_there(table, definition)
            if checked.lower() != old:
                _check_free(table, checked)
            writer.replace_block(definition.source_id, block, _block(block, checked, block.value))
            for other in table.definitions:
                if other.source_id == definition.source_id and old in macros_of(other.block.value):
                    value = with_names(other.block.value, {old: checked})
                    writer.replace_block(other.source_id, other.block, _block(other.block, other.name, value))
            for source, kept in writer.blocks():
                if source == definition.source_id and kept.kind in ("preamble", "control"):
                    writer.replace_block(source, kept, respelled(kept, old, checked))
            texts = OwnTexts(writer)
            for paper in papers_of(writer, use.papers):
                values = [(field, source) for field, source in macro_values(paper) if old in macros_of(source)]
                meant = {field: with_names(source, {old: checked}) for field, source in values}
                rewrite(writer, texts, paper, meant, now=self.clock.now())

        said = Sentence("string-renamed", f"Macro {definition.name} is {checked} now", (definition.name, checked))
        step = Step(OperationKind.EDIT, f"Rename the macro {definition.name} to {checked}")
        return change(self.store, step, work, done=said)

    def remove(self, definition: StringDef, progress: Progress | None = None) -> Outcome:
        """Removes a macro that nothing uses. Raises: ConflictError, saying what uses it, NotFound."""
        use = self._use(definition, progress or NoProgress())
        if use.papers or use.others:
            what = [count_of(len(use.papers), "paper")] if use.papers else []
            users = ", ".join([*what, *use.others])
            message = f"The macro {definition.name} is used by {users}, so it stays; change those first."
            raise ConflictError("string-used", message, definition.name, users)

        def work(writer: Writer) -> None:
            writer.replace_block(definition.source_id, _still_there(StringTable(writer), definition), None)

        said = Sentence("string-removed", f"Macro {definition.name} removed", (definition.name,))
        step = Step(OperationKind.EDIT, f"Remove the macro {definition.name}")
        return change(self.store, step, work, done=said)

    def make(self, name: str, field: str, tex: str, *, ids: Sequence[PaperId]) -> Outcome:
        """Makes a macro of a value that papers share; papers whose field says something else by now stay.

        Raises: InvalidValue, ConflictError when there is a macro of the name.
        """
        checked, expression = _checked_name(name), parse_string(f"{{{tex}}}")

        def work(writer: Writer) -> None:
            _check_free(StringTable(writer), checked)
            _add(writer, checked, expression, self.clock.now())
            texts = OwnTexts(writer)
            for paper in papers_of(writer, ids):
                if shared_tex(paper, field) == tex:
                    rewrite(writer, texts, paper, {field: checked}, now=self.clock.now())

        papers = count_of(len(ids), "paper")
        said = Sentence("string-made", f"{papers} share the macro {checked} now", (papers, checked))
        return change(self.store, Step(OperationKind.EDIT, f"Make the macro {checked}"), work, done=said)

    def _use(self, definition: StringDef, progress: Progress) -> StringUse:
        with self.store.read() as reader:
            return uses_of(reader, StringTable(reader), progress).get(key_of(definition), StringUse())

    def _affected(self, definition: StringDef, progress: Progress) -> tuple[PaperId, ...]:
        """The papers that use the macro, or one that is made of it."""
        with self.store.read() as reader:
            table = StringTable(reader)
            uses = uses_of(reader, table, progress)
        return tuple(
            dict.fromkeys(
                paper_id
                for one in table.definitions
                if one.source_id == definition.source_id
                for paper_id in uses[key_of(one)].papers
            )
        )


def parse_string(text: str) -> str:
    """The value expression of what was typed: in quotes or braces as it stands, other text in braces.

    Raises: InvalidValue.
    """
    typed = " ".join(text.split())
    expression = typed if typed[:1] in ('"', "{") and is_value(typed) else f"{{{typed}}}"
    if not typed or not is_value(expression):
        raise InvalidValue("bad-string", "A macro needs a text, with a closing brace for each that opens.", text)
    return expression


def _checked_name(text: str) -> str:
    name = text.strip()
    if not _NAME.fullmatch(name):
        message = f'"{name}" cannot be the name of a macro; use letters, digits, - and _, with a letter first.'
        raise InvalidValue("bad-string-name", message, name)
    if name.lower() in MONTHS:
        raise InvalidValue("month-macro", f"{name} is a month in every style; choose another name.", name)
    return name


def _check_free(table: StringTable, name: str) -> None:
    found = table.named(name)
    if found:
        where = found[-1].source_name or "this library"
        message = f"There is a macro {found[-1].name} in {where} already; choose another name."
        raise ConflictError("string-taken", message, found[-1].name, where)


def _still_there(table: StringTable, definition: StringDef) -> Block:
    found = next((one for one in table.definitions if key_of(one) == key_of(definition)), None)
    if found is None:
        message = f"There is no macro {definition.name} here any more."
        raise NotFound("no-string", message, definition.name)
    return found.block


def _block(old: Block, name: str, value: str) -> Block:
    return replace(old, name=name, value=value, raw=f"@string{{{name} = {value}}}")


def _add(writer: Writer, name: str, expression: str, now: datetime) -> None:
    """Puts a macro behind those that were added before."""
    source = library_source(writer.blocks())
    if source is None:
        source = writer.keep_source(SourceText("refman", "bibtex-strings", _LIBRARY_TEXT, now))
        writer.add_blocks(source, [Block(LIBRARY_KIND, "", "", "", Span(0, 0, 0))])
    place = 1 + max((block.span.end for one, block in writer.blocks() if one == source), default=0)
    added = Block("string", name, expression, f"@string{{{name} = {expression}}}", Span(place, place, 0))
    writer.add_blocks(source, [added])
