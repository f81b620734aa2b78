"""Writing every readable paper of a damaged library into a new one.

What is read is put in through the same writer as any paper, so the new library is sound whatever the old one holds.
Ids are new; keys, tags, notes, files, sources, profiles and searches come along, and what lay in the trash. The journal
stays behind.
"""

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from refman.domain.changes import OperationKind
from refman.domain.errors import RefmanError
from refman.domain.keeping import Rescue
from refman.domain.listing import SavedSearch
from refman.domain.paper import Attachment, AttachmentId, Draft, PaperId, SourceId, Span
from refman.domain.ports import Clock
from refman.domain.profile import Capture
from refman.domain.sources import Block, SourceText
from refman.storage.damaged_rows import DamagedRows, Row
from refman.storage.failures import damaged, translated
from refman.storage.mapping import WIDE_FIELDS, fields_of, fold_key, people_of
from refman.storage.opener import SqliteOpener
from refman.storage.rescued_trash import lying_in, put_into_trash
from refman.storage.tables import paper_text
from refman.storage.values import to_time
from refman.storage.writer import SqliteWriter

T = TypeVar("T")

_AT_ONCE = 500
_NO_TEXT: Row = {column.name: None for column in paper_text.columns}
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError, zlib.error)
"""What values raise that a flipped bit has turned into something else."""


def rescue_into(path: str, target: str, *, clock: Clock) -> Rescue:
    """Makes the library `target` of what can be read of the damaged file `path`, which stays as it is.

    Raises: LibraryDamaged when not even its tables can be found, DiskFull.
    """
    try:
        rows = DamagedRows(path)
    except sqlite3.Error as error:
        raise damaged(path, str(error)) from error
    try:
        content = _Content(rows)
    finally:
        rows.close()
    if not content.drafts and rows.lost.get("paper"):
        raise damaged(path, "no paper in it can be read")
    opener = SqliteOpener(clock)
    opener.create(target)
    store = opener.open(target)
    try:
        with translated(target), store.write() as writer:
            writer.journal(OperationKind.IMPORT, "Rescue from a damaged library")
            content.write(writer)
        with translated(target):
            lying, unclear = put_into_trash(store, content.lying, content.ids, when=clock.now())
        with store.read() as reader:
            counts, tags = reader.counts(), len(reader.tags())
    finally:
        store.close()
    unclear += content.unclear
    lost = [*content.told(), *([f"{unclear} things of the trash could not be understood."] if unclear else [])]
    return Rescue(counts.papers + counts.trashed, content.note_count, tags, tuple(lost), lying)


class _Content:
    """What was read, by the old ids."""

    def __init__(self, rows: DamagedRows) -> None:
        self._damage = rows
        self._broken: dict[str, int] = defaultdict(int)
        self.note_count = 0
        self.ids: dict[int, PaperId] = {}
        self._looks = [row for row in rows.rows("tag") if isinstance(row["name"], str)]
        tags = {row["id"]: row["name"] for row in self._looks}
        self._tags_of = _grouped((row["paper_id"], tags.get(row["tag_id"])) for row in rows.rows("paper_tag"))
        texts = {row["paper_id"]: row for row in rows.rows("paper_text")}
        papers = rows.rows("paper")
        self._lost_texts = sum(row["id"] not in texts for row in papers)
        self.drafts = {
            row["id"]: (row, draft)
            for row in papers
            if (draft := self._try("papers", partial(_draft, row, texts.get(row["id"], _NO_TEXT)))) is not None
        }
        self._notes = rows.rows("note")
        self._attachments = rows.rows("attachment")
        self._profiles = {row["id"]: row for row in rows.rows("profile")}
        self._captures = rows.rows("capture")
        self._searches = rows.rows("saved_search")
        self._sources = rows.rows("source")
        self._pieces = _grouped((row["source_id"], (row["position"], row["data"])) for row in rows.rows("source_chunk"))
        self._spans = rows.rows("paper_source")
        self._blocks = rows.rows("block")
        self._exported = rows.rows("exported_key")
        self.lying, self.unclear = lying_in(rows, self.drafts)

    def _try(self, what: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except (*_UNREADABLE, RefmanError):
            self._broken[what] += 1
            return None

    def told(self) -> Iterator[str]:
        """What was lost, in sentences."""
        for table, ranges in self._damage.lost.items():
            if ranges:
                yield f"The table {table} is damaged: some of its rows could not be read."
        if self._lost_texts:
            yield f"{self._lost_texts} papers have lost their abstract and the full names of their people."
        for what, number in self._broken.items():
            yield f"{number} {what} could not be understood."

    def write(self, writer: SqliteWriter) -> None:
        """Puts everything into an empty library."""
        ids = self.ids = dict(self._write_papers(writer))
        for row in self._looks:
            self._try("tags", partial(_write_look, writer, row))
        for row in self._notes:
            if row["paper_id"] in ids and self._try("notes", partial(_write_note, writer, ids, row)):
                self.note_count += 1
        for row in self._attachments:
            if row["paper_id"] in ids:
                self._try("files", partial(_write_attachment, writer, ids, row))
        for row in self._captures:
            self._try("captures", partial(_write_capture, writer, self._profiles, row))
        for row in self._searches:
            self._try("searches", partial(_write_search, writer, row))
        self._write_sources(writer, ids)
        trashed = [ids[old] for old, (row, _) in self.drafts.items() if isinstance(row["trashed"], int) and old in ids]
        writer.set_trashed(trashed, writer.workspace.clock.now())
        kept = {row["key"]: ids[row["paper_id"]] for row in self._exported if row["paper_id"] in ids}
        writer.remember_exported(kept)

    def _write_papers(self, writer: SqliteWriter) -> Iterator[tuple[int, PaperId]]:
        seen: set[str] = set()
        by_time: dict[int, list[tuple[int, Draft]]] = defaultdict(list)
        for old, (row, draft) in self.drafts.items():
            key = draft.key if fold_key(draft.key) not in seen else ""
            seen.add(fold_key(key))
            tags = tuple(name for name in self._tags_of.get(old, ()) if name)
            by_time[row["added"] if isinstance(row["added"], int) else 0].append(
                (old, Draft(draft.type, key, draft.fields, draft.people, tags))
            )
        for added in sorted(by_time):
            for part in _parts(by_time[added]):
                ids = writer.add_papers([draft for _, draft in part], added=to_time(added))
                yield from zip((old for old, _ in part), ids, strict=True)

    def _write_sources(self, writer: SqliteWriter, ids: dict[int, PaperId]) -> None:
        sources: dict[int, SourceId] = {}
        for row in self._sources:
            kept = self._try("sources", partial(self._keep_source, writer, row))
            if kept is not None:
                sources[row["id"]] = kept
        for row in self._spans:
            if row["paper_id"] in ids and row["source_id"] in sources:
                self._try("places in sources", partial(_write_span, writer, (ids, sources), row))
        for row in self._blocks:
            if row["source_id"] in sources:
                self._try("blocks", partial(_write_block, writer, sources, row))

    def _keep_source(self, writer: SqliteWriter, row: Row) -> SourceId:
        data = b"".join(zlib.decompress(piece) for _, piece in sorted(self._pieces.get(row["id"], [])))
        return writer.keep_source(SourceText(row["name"], row["format"], data.decode(), to_time(row["imported"])))


def _grouped(pairs: Iterable[tuple[Any, T]]) -> dict[Any, list[T]]:
    groups: dict[Any, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))


def _draft(row: Row, text: Row) -> Draft:
    """Raises: one of `_UNREADABLE`."""
    try:
        fields, people = fields_of(row, text), people_of(text)
    except _UNREADABLE:
        # Its JSON is broken; the columns of their own are worth having.
        bare = {**row, "fields": None}
        fields, people = fields_of(bare, {**_NO_TEXT, "abstract": text["abstract"]}), {}
    wide = {name for name in WIDE_FIELDS if not isinstance(row[name], str | None)}
    plain = {name: value for name, value in fields.items() if name not in wide and isinstance(value.plain, str)}
    return Draft(str(row["type"] or "misc"), str(row["key"] or ""), plain, people)


def _write_look(writer: SqliteWriter, row: Row) -> None:
    writer.create_tag(row["name"])
    if row["colour"] or row["number_key"]:
        writer.set_tag_look(row["name"], colour=row["colour"], number_key=row["number_key"])


def _write_note(writer: SqliteWriter, ids: dict[int, PaperId], row: Row) -> bool:
    writer.add_note(ids[row["paper_id"]], row["text"], when=to_time(row["added"]))
    return True


def _write_attachment(writer: SqliteWriter, ids: dict[int, PaperId], row: Row) -> None:
    file = Attachment(
        AttachmentId(0),
        row["path"],
        row["title"],
        row["media_type"],
        is_stored=bool(row["is_stored"]),
        sha256=row["sha256"],
    )
    writer.add_attachment(ids[row["paper_id"]], file)


def _write_search(writer: SqliteWriter, row: Row) -> None:
    writer.save_search(SavedSearch(row["name"], row["text"]))


def _write_capture(writer: SqliteWriter, profiles: dict[int, Row], row: Row) -> None:
    profile = profiles[row["profile_id"]]
    capture = Capture(
        date.fromisoformat(row["captured_on"]),
        row["h_index"],
        row["paper_count"],
        row["citation_count"],
        row["novelty_percent"],
        row["ai_score"],
    )
    writer.put_capture(profile["name"], profile["category_code"], capture)


def _write_span(writer: SqliteWriter, known: tuple[dict[int, PaperId], dict[int, SourceId]], row: Row) -> None:
    ids, sources = known
    span = Span(row["start"], row["end"], row["line"])
    writer.add_spans(sources[row["source_id"]], [(ids[row["paper_id"]], span)], when=to_time(row["imported"]))


def _write_block(writer: SqliteWriter, sources: dict[int, SourceId], row: Row) -> None:
    span = Span(row["start"], row["end"], row["line"])
    block = Block(row["kind"], row["name"], row["value"], row["raw"], span)
    writer.add_blocks(sources[row["source_id"]], [block])
