"""Where the papers of one leaf of a search are found: SELECTs of ids, each over one narrow index."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from refman.domain.addresses import ADDRESS_STARTS
from refman.domain.fields import NAME_FIELDS
from refman.domain.frozen import dataclass
from refman.domain.query import (
    AddedRange,
    Address,
    Category,
    Eprint,
    Has,
    Identifier,
    InTrash,
    Node,
    OfType,
    Tagged,
    Text,
    TextField,
    YearRange,
    fields_meant,
)
from refman.domain.query_files import Cited, InFile, is_called, is_of_project
from refman.domain.query_match import PDF_MEDIA_TYPE
from refman.storage.mapping import WIDE_FIELDS, fold_key
from refman.storage.search.match import phrase
from refman.storage.search.scope import Scope
from refman.storage.search.sql import Sql
from refman.storage.values import to_json

_MANY_TAGS = 500
_LAST_CHAR = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Source:
    """A set of papers: the rows of `table` where `condition`; `column` is the id of the paper.

    `index` is the one to walk when the set is collected. `is_distinct`: no paper comes twice. `is_lookup`: cheaper
    looked up paper by paper than collected. `match` is the expression of a source that is the main index alone, `tags`
    are those of a source that is the papers with any of these tags.
    """

    table: str
    column: str
    condition: Sql
    index: str = ""
    is_distinct: bool = True
    is_lookup: bool = False
    match: str = ""
    tags: tuple[int, ...] = ()

    def collected(self) -> Sql:
        """A SELECT of all ids, as `id`."""
        hint = f" INDEXED BY {self.index}" if self.index else ""
        return f"SELECT {self.column} AS id FROM {self.table}{hint} WHERE " + self.condition

    def within(self, first: int, last: int) -> "Source":
        """The papers of the set whose ids lie between these; cheap where they are few, whatever the set has."""
        condition = self.condition + Sql(f" AND {self.column} BETWEEN ? AND ?", (first, last))
        # By rowid or primary key, which both begin with the id: an index would be walked from end to end.
        hint = "" if self.match or self.is_lookup else " NOT INDEXED"
        return replace(self, table=self.table + hint, condition=condition, index="")

    def looked_up(self, paper_id: str) -> Sql:
        """A SELECT of that one paper, if it is in the set."""
        return f"SELECT 1 FROM {self.table} WHERE {self.column} = {paper_id} AND " + self.condition


def main_source(match: str) -> Source:
    """Papers by an expression over the main index, sorted by id."""
    return Source("paper_index", "paper_index.rowid", Sql("paper_index MATCH ?", (match,)), match=match)


class Sources:
    """The sources of leaves in one snapshot of a library; what has to be looked up is looked up once."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection = connection
        self._scope = scope
        self._beside: dict[Text, list[Source]] = {}
        self._known: dict[Node, list[Source]] = {}

    def is_main(self, leaf: Text) -> bool:
        """True when no tag has the leaf: then the text index knows all its papers."""
        return not self._beside_main(leaf)

    def of(self, leaf: Node) -> list[Source]:
        """The papers of a leaf are those of all its sources together."""
        if leaf not in self._known:
            self._known[leaf] = self._of_text(leaf) if isinstance(leaf, Text) else _READERS[type(leaf)](self, leaf)
        return self._known[leaf]

    def _of_text(self, leaf: Text) -> list[Source]:
        column = "" if leaf.field is TextField.ANY else f"{leaf.field} : "
        return [main_source(column + phrase(leaf)), *self._beside_main(leaf)]

    def _beside_main(self, leaf: Text) -> list[Source]:
        """Where else the words of a bare leaf occur; most words are in no tag."""
        if leaf.field is not TextField.ANY:
            return []
        if leaf not in self._beside:
            self._beside[leaf] = self._look_beside(leaf)
        return self._beside[leaf]

    def _look_beside(self, leaf: Text) -> list[Source]:
        words = f" {' '.join(leaf.tokens)}{' ' if leaf.is_whole else ''}"
        tags = Sql("SELECT id FROM tag WHERE instr(' ' || words || ' ', ?) > 0", (words,))
        tag_ids = list(tags.run(self._connection).scalars())
        return [_tagged(tag_ids)] if tag_ids else []

    def _papers(self, index: str, condition: str, *parameters: Any) -> Source:
        """Papers of the scope by a column whose index is `index` (see `tables.py`)."""
        in_scope = Sql(f"{self._scope.value} AND {condition}", parameters)
        return Source(_PAPER, "q.id", in_scope, index="" if self._scope is Scope.ALL else index)

    def _of_tag(self, leaf: Tagged) -> list[Source]:
        # The character after the slash ends the range of what begins with the tag and a slash.
        tags = Sql(
            "SELECT id FROM tag WHERE folded = ? OR (folded >= ? AND folded < ?)",
            (leaf.folded, leaf.folded + "/", leaf.folded + "0"),
        )
        return [_tagged(list(tags.run(self._connection).scalars()))]

    def _of_identifier(self, leaf: Identifier) -> list[Source]:
        last = leaf.folded + _LAST_CHAR
        return [self._papers("paper_doi_order", "doi_folded BETWEEN ? AND ?", leaf.folded, last)]

    def _of_eprint(self, leaf: Eprint) -> list[Source]:
        last = leaf.folded + _LAST_CHAR
        return [self._papers("paper_eprint_order", "eprint_folded BETWEEN ? AND ?", leaf.folded, last)]

    def _of_address(self, leaf: Address) -> list[Source]:
        return [_url_beginning(start + leaf.folded for start in ADDRESS_STARTS)]

    def _of_type(self, leaf: OfType) -> list[Source]:
        return [self._papers("paper_type_order", "type = ?", leaf.type)]

    def _of_years(self, leaf: YearRange) -> list[Source]:
        return [self._papers("paper_year_order", *_range("year_sort", leaf.low, leaf.high))]

    def _of_added(self, leaf: AddedRange) -> list[Source]:
        start = None if leaf.start is None else math.ceil(leaf.start.timestamp())
        end = None if leaf.end is None else math.ceil(leaf.end.timestamp()) - 1
        return [self._papers("paper_added_order", *_range("added", start, end))]

    def _of_category(self, leaf: Category) -> list[Source]:
        archive = leaf.folded + "."
        return [
            self._papers("paper_category_code_order", "category_code = ?", leaf.folded),
            self._papers("paper_primaryclass", "primaryclass = ?", leaf.folded),
            self._papers("paper_primaryclass", "primaryclass BETWEEN ? AND ?", archive, archive + _LAST_CHAR),
        ]

    def _of_trash(self, _leaf: InTrash) -> list[Source]:
        return [TRASH]

    def _of_file(self, leaf: InFile) -> list[Source]:
        files = [number for number, path, _ in self._linked_files() if is_called(path, leaf.name)]
        return [Source(_PAPER, "q.id", _in_files(files))]

    def _of_citations(self, leaf: Cited) -> list[Source]:
        files = [number for number, _, project in self._linked_files() if is_of_project(project, leaf.project)]
        keys = sorted(leaf.keys)
        folded = to_json(sorted({fold_key(key) for key in keys}))
        own = Sql(
            'q.key_folded IN (SELECT value FROM json_each(?)) AND q."key" IN (SELECT value FROM json_each(?))',
            (folded, to_json(keys)),
        )
        if leaf.is_missing:
            return [Source(_PAPER, "q.id", own + " AND NOT (" + _in_files(files) + ")")]
        here = _in_files(files, Sql("key IN (SELECT value FROM json_each(?))", (to_json(keys),)))
        return [Source(_PAPER, "q.id", own), Source(_PAPER, "q.id", here)]

    def _linked_files(self) -> list[tuple[int, str, str]]:
        rows = Sql("SELECT id, path, project FROM linked_file").run(self._connection)
        return [(number, path, project) for number, path, project in rows]

    def _of_has(self, leaf: Has) -> list[Source]:
        beside = _BESIDE.get(leaf.field)
        if beside is not None:
            return [beside]
        if leaf.field == "author":
            return [_texts("author <> '[]'")]
        if leaf.field in NAME_FIELDS:
            return [_texts("json_array_length(people, ?) > 0", f'$."{leaf.field}"[3]')]
        return [_field(name) for name in fields_meant(leaf.field)]


def _tagged(tag_ids: list[int]) -> Source:
    # Tag by tag where there are few tags; the plus makes it paper by paper, which needs no sorting.
    walked = "+tag_id" if len(tag_ids) > _MANY_TAGS else "tag_id"
    condition = Sql(f"{walked} IN (SELECT value FROM json_each(?))", (to_json(tag_ids),))
    return Source("paper_tag", "paper_tag.paper_id", condition, is_distinct=len(tag_ids) < 2, tags=tuple(tag_ids))


def _in_files(files: list[int], more: Sql | None = None) -> Sql:
    """Whether the paper has an entry in one of the files that nobody took out there; it may be gone itself."""
    entries = Sql("instr(seen, '\"@gone\"') = 0 AND file_id IN (SELECT value FROM json_each(?))", (to_json(files),))
    wanted = entries if more is None else entries + " AND " + more
    return "q.id IN (SELECT paper_id FROM linked_entry WHERE " + wanted + ")"


def _texts(condition: str, *parameters: Any) -> Source:
    return Source("paper_text", "paper_text.paper_id", Sql(condition, parameters), is_lookup=True)


def _field(name: str) -> Source:
    if name == "abstract":
        return _texts("abstract <> ''")
    if name in WIDE_FIELDS:
        return Source(_PAPER, "q.id", Sql(f"q.{name} <> ''"), is_lookup=True)
    # Few papers have the field; looking for its name is cheaper than reading the JSON of all.
    condition = "instr(q.fields, ?) > 0 AND json_extract(q.fields, ?) <> ''"
    return Source(_PAPER, "q.id", Sql(condition, (f'"{name}":', f'$."{name}"')), is_lookup=True)


def _url_beginning(starts: Iterable[str]) -> Source:
    """No index has addresses: it reads the fields of all papers, 0.4 µs each."""
    url = """lower(json_extract(q.fields, '$."url"'))"""
    texts = list(starts)
    alternatives = " OR ".join(f"substr({url}, 1, ?) = ?" for _ in texts)
    parameters = tuple(part for text in texts for part in (len(text), text))
    # The name first: most papers have no address, and finding that out is cheaper than reading their JSON.
    return Source(
        _PAPER, "q.id", Sql(f"instr(q.fields, '\"url\":') > 0 AND ({alternatives})", parameters), is_lookup=True
    )


def _range(column: str, low: int | None, high: int | None) -> tuple[Any, ...]:
    """The condition with its parameters; NULL is in no range."""
    ends = [(f"{column} >= ?", low), (f"{column} <= ?", high)]
    given = [(condition, end) for condition, end in ends if end is not None]
    conditions = [condition for condition, _ in given] or [f"{column} IS NOT NULL"]
    return " AND ".join(conditions), *(end for _, end in given)


def _attached(condition: str, *parameters: Any) -> Source:
    return Source("attachment", "attachment.paper_id", Sql(condition, parameters), is_distinct=False, is_lookup=True)


# Not called `paper`: a source can be looked up inside a query over `paper`.
_PAPER = "paper AS q"
TRASH = Source(_PAPER, "q.id", Sql("q.trashed IS NOT NULL"), index="paper_added_order")
"""Papers in the trash."""

_BESIDE = {
    "note": Source("note", "note.paper_id", Sql("true"), is_distinct=False, is_lookup=True),
    "tag": Source("paper_tag", "paper_tag.paper_id", Sql("true"), is_distinct=False, is_lookup=True),
    "file": _attached("true"),
    "pdf": _attached("media_type = ?", PDF_MEDIA_TYPE),
    "key": Source(_PAPER, "q.id", Sql('q."key" IS NOT NULL'), is_lookup=True),
}

_READERS: dict[type, Callable[[Sources, Any], list[Source]]] = {
    Tagged: Sources._of_tag,
    Identifier: Sources._of_identifier,
    Eprint: Sources._of_eprint,
    Address: Sources._of_address,
    OfType: Sources._of_type,
    YearRange: Sources._of_years,
    AddedRange: Sources._of_added,
    Category: Sources._of_category,
    InTrash: Sources._of_trash,
    InFile: Sources._of_file,
    Cited: Sources._of_citations,
    Has: Sources._of_has,
}
