"""Entries that steer a style or biber: kept with their file as blocks of the kind `control`, no papers.

`name` of such a block is the key. They leave with the papers of their file: what other entries take their fields from
(`@xdata`) where one does, a `@set` where all of its members do, the others with any paper of the file.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from refman.domain.paper import Draft, FieldValue, Paper, People, SourceId
from refman.domain.sources import Block
from refman.formats.base import ExportContext
from refman.formats.bibtex.as_read import EntryText, read_again
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.inheritance import other_keys
from refman.formats.bibtex.local_paths import holds_local_path
from refman.formats.bibtex.origin_dialect import dialects_of_sources
from refman.formats.bibtex.xdata_keys import referred_keys
from refman.formats.bibtex.xdata_references import resolved

BLOCK_KIND = "control"
_OF_BIBLATEX = frozenset({"set", "xdata"})
_DEEPEST = 10


class ControlEntries:
    """The control entries of the kept files; of two with one key the one read last counts."""

    def __init__(self, dialect: Dialect, context: ExportContext) -> None:
        self._dialect = dialect
        self._keeps_paths = context.local_paths
        self._dialects: Mapping[SourceId, Dialect] = dialects_of_sources(context.blocks)
        self._blocks: dict[str, tuple[SourceId, Block]] = {
            block.name.lower(): (source, block) for source, block in context.blocks if block.kind == BLOCK_KIND
        }
        self._aliases = {key: name for name in self._blocks for key in self._ids_of(name)}
        self._data = context.data

    def _ids_of(self, name: str) -> list[str]:
        raw = self._blocks[name][1].raw
        entry = read_again(raw) if "ids" in raw.lower() else None
        return other_keys(entry.draft) if entry else []

    def keys_of_data(self, paper: Draft) -> list[str]:
        """The keys in lower case of the `@xdata` that a paper takes something from, as far as they are here."""
        keys = referred_keys(paper)
        if "xdata" in paper.fields:
            keys += paper.plain("xdata").split(",")
        return [key for key in (one.strip().lower() for one in keys) if self._container(key)]

    def without_xdata(self, paper: Paper) -> Paper:
        """The paper with the fields of its `@xdata` in it, for BibTeX, which cannot look there."""
        meant = resolved(paper, self._container)
        paper = replace(paper, fields=meant.fields, people=meant.people)
        fields: dict[str, FieldValue] = {}
        people: dict[str, People] = {}
        for found in self._xdata_of(paper.plain("xdata"), depth=0):
            draft = resolved(found, self._container)
            fields = {**draft.fields, **fields}
            people = {**draft.people, **people}
        if not fields and not people:
            return paper
        own = {name: value for name, value in paper.fields.items() if name != "xdata" and not value.is_guess}
        own_people = {role: value for role, value in paper.people.items() if not value.is_guess}
        inherited = {name: value for name, value in fields.items() if name != "xdata"}
        return replace(paper, fields={**inherited, **own}, people={**people, **own_people})

    def leaving(self, sources: Collection[SourceId], keys: Collection[str], parents: Collection[str]) -> Iterator[str]:
        """The texts that go with an export of entries with these keys (lower case), read from these files."""
        wanted = set(parents)
        for data in self._xdata_of(",".join(sorted(wanted)), depth=0, with_references=True):
            wanted.add(data.key.lower())
        for name, (source, block) in self._blocks.items():
            found = self._entry(name)
            if found and source in sources and self._leaves(found, source, wanted=wanted, keys=keys):
                text = block.raw if self._keeps_paths else found.without(holds_local_path)
                yield text.replace("\r\n", "\n").replace("\r", "\n")

    def _leaves(self, entry: EntryText, source: SourceId, *, wanted: Collection[str], keys: Collection[str]) -> bool:
        if self._dialects.get(source, self._dialect) is not self._dialect:
            return False
        match entry.draft.type:
            case "xdata":
                return entry.draft.key.lower() in wanted
            case "set":
                members = entry.draft.plain("entryset").lower().split(",")
                return all(member.strip() in keys for member in members)
        return True

    def _xdata_of(self, keys: str, *, depth: int, with_references: bool = False) -> Iterator[Draft]:
        """Those named and those that they name in turn, nearest first; those that single fields refer to if wished."""
        for key in keys.lower().split(","):
            data = self._container(key.strip()) if depth < _DEEPEST else None
            if data:
                yield data
                further = [data.plain("xdata"), *(referred_keys(data) if with_references else ())]
                yield from self._xdata_of(",".join(further), depth=depth + 1, with_references=with_references)

    def _container(self, key: str) -> Draft | None:
        """What the `@xdata` of a key says: one of a file, else one that is a paper, as in linked files."""
        entry = self._entry(key.lower()) if key else None
        data = entry.draft if entry else self._data(key) if key else None
        return data if data and data.type == "xdata" else None

    def _entry(self, name: str) -> EntryText | None:
        found = self._blocks.get(name) or self._blocks.get(self._aliases.get(name, ""))
        return read_again(found[1].raw) if found else None
