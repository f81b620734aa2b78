"""Texts, views, deep checks and rescue of libraries."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import LibraryDamaged, LibraryExists, NotALibrary, UnreadableInput
from refman.domain.keeping import Keeper
from refman.domain.listing import SavedSearch
from refman.domain.paper import Attachment, AttachmentId, Draft, PaperId, Span
from refman.domain.profile import Capture
from refman.domain.progress import NoProgress
from refman.domain.sources import Block, SourceText
from refman.storage.keeper import SqliteKeeper
from refman.storage.opener import SqliteOpener
from refman.storage.store import SqliteStore
from refman.storage.text_dump import table_names
from tests.fakes import FakeClock
from tests.storage.papers import ADDED, add, content, draft, redo, set_title, step, undo


@pytest.fixture
def keeper(clock: FakeClock) -> Keeper:
    return SqliteKeeper(clock)


@pytest.fixture
def full(store: SqliteStore) -> SqliteStore:
    """Something of every kind, and a journal with undone steps."""
    with step(store, "Import") as writer:
        source_id = writer.keep_source(SourceText("refs.bib", "bibtex", "@misc{a}\n% ünï\n" * 9000, ADDED))
        ids = writer.add_papers([draft(f"Paper {n}", f"key{n}", abstract="æøå") for n in range(30)], added=ADDED)
        writer.add_spans(source_id, [(one, Span(1, 9, 1)) for one in ids], when=ADDED)
        writer.add_blocks(source_id, [Block("string", "jan", "{January}", "@string{jan = {January}}", Span(0, 5, 1))])
        writer.put_tags(ids[:10], ["rl/planning", "to read"])
        writer.set_tag_look("rl", colour=3, number_key=2)
        writer.create_tag("empty")
        writer.add_note(ids[0], "# Ünï\nsecond line", when=ADDED)
        writer.add_attachment(ids[1], Attachment(AttachmentId(0), "a.pdf", "A", "application/pdf", is_stored=True))
        writer.save_search(SavedSearch("Mine", "tag:rl"))
        writer.put_capture("Ada", "cs", Capture(date(2026, 11, 22), 5, 6, 7, 8, 9.5))
        writer.remember_exported({"key3": ids[3]})
    with step(store, "Trash") as writer:
        writer.set_trashed([PaperId(5), PaperId(6)], ADDED)
    with step(store, "Purge") as writer:
        writer.purge([PaperId(5)])
    set_title(store, PaperId(2), "Changed")
    add(store, draft("Undone"))
    undo(store)
    return store


def tables(path: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in table_names()}
        rows["sqlite_sequence"] = sorted(connection.execute("SELECT * FROM sqlite_sequence").fetchall())
    return rows


def text_of(keeper: Keeper, location: str) -> str:
    pieces: list[str] = []
    keeper.dump(location, pieces.append, progress=NoProgress())
    return "".join(pieces)


def lines_of(text: str) -> Iterator[str]:
    return iter(text.splitlines(keepends=True))


def test_a_library_made_of_its_text_is_the_same_library(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, opener: SqliteOpener
) -> None:
    text = text_of(keeper, full.location)
    again = str(tmp_path / "again.refman")
    assert keeper.rebuild(lines_of(text), again) == 29
    assert tables(again) == tables(full.location)
    assert text_of(keeper, again) == text
    rebuilt = opener.open(again)
    assert rebuilt.check() == []
    # The journal came along: what was undone is done again, and everything is undone.
    redo(full)
    redo(rebuilt)
    assert content(rebuilt) == content(full)
    for _ in range(5):
        undo(rebuilt)
    with rebuilt.read() as reader:
        assert reader.counts().papers == 0
    rebuilt.close()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: "", "the first line"),
        (lambda text: "@article{a, title={b}}", "the first line"),
        (lambda text: text.replace('"schema": 1', '"schema": 99'), "newer refman"),
        (lambda text: text[:-20], "line|end is missing"),
        (lambda text: text.replace('"paper": [', '"papers": ['), "no table papers"),
        (lambda text: text.replace('"title":', '"titel":'), "no column titel"),
        (lambda text: text.replace('{"id":3,', '{"id":2,', 1), "UNIQUE"),
        (lambda text: text.replace('"base64":"', '"base64":"*', 1), "bytes that are none"),
        (lambda text: text.replace('"paper_id":2', '"paper_id":777'), "belong to no row"),
        (lambda text: text.replace('{"id":3,', "{" * 100_000, 1), "line"),
    ],
)
def test_a_text_that_is_no_library_makes_none(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, change: object, told: str
) -> None:
    assert callable(change)
    with pytest.raises(UnreadableInput, match=told):
        keeper.rebuild(lines_of(change(text_of(keeper, full.location))), str(tmp_path / "new.refman"))
    assert [path.name for path in tmp_path.glob("new*")] == []


def test_a_rebuild_replaces_no_file(full: SqliteStore, keeper: Keeper) -> None:
    with pytest.raises(LibraryExists):
        keeper.rebuild(lines_of(text_of(keeper, full.location)), full.location)


def test_a_backup_is_looked_at_without_changing_a_byte(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, location: str
) -> None:
    copy = tmp_path / "copy.refman"
    keeper.copy(location, str(copy))
    before = sorted(path.name for path in tmp_path.iterdir()), copy.stat()
    with keeper.view(str(copy)) as viewed, viewed.read() as reader:
        assert reader.counts().papers == 28
        assert not viewed.is_writable
    after = copy.stat()
    assert (sorted(path.name for path in tmp_path.iterdir()), after.st_mtime_ns) == (before[0], before[1].st_mtime_ns)
    assert copy.stat().st_mode & 0o777 == 0o600


def test_the_mark_of_a_library_follows_every_write(store: SqliteStore, keeper: Keeper, location: str) -> None:
    marks = [keeper.mark(location)]
    for _ in range(3):
        add(store)
        marks.append(keeper.mark(location))
        assert keeper.mark(location) == marks[-1]
    assert marks[0] == ""
    assert len(set(marks)) == 4


def test_a_sound_library_has_no_problems_however_deep_one_looks(full: SqliteStore, keeper: Keeper) -> None:
    assert keeper.examine(full.location, progress=NoProgress()) == []


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE operation SET version = 999", "a step is newer than the library"),
        ("UPDATE change SET image = x'00' WHERE image IS NOT NULL", "papers that cannot be read"),
        ("UPDATE change SET image = NULL", "has lost its papers"),
        ("UPDATE change SET before = '{' WHERE kind = 'field'", "is not readable"),
        ("UPDATE change SET kind = 'strange' WHERE id = 2", "unknown kind strange"),
        ("UPDATE change SET operation_id = 99 WHERE id = 1", "row 1 of change belongs to no row of operation"),
        ("UPDATE operation SET state = 'undone' WHERE id = 1", "after steps that are undone"),
        ("UPDATE operation SET state = 'running', owner = '' WHERE id = 4", "was not ended"),
        ("UPDATE source SET sha256 = 'x'", "is not what was kept"),
        ("UPDATE source_chunk SET data = x'00'", "cannot be read"),
        ("UPDATE change SET last_id = last_id + 1 WHERE kind = 'purged'", "instead of 2"),
        ("UPDATE change SET image = x'00' WHERE kind = 'added' AND operation_id = 1", "that are in the library"),
        ("DELETE FROM paper_text WHERE paper_id = 3", "lost its texts"),
    ],
)
def test_what_is_wrong_inside_is_told(full: SqliteStore, keeper: Keeper, harm: str, told: str) -> None:
    location = full.location
    full.close()
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(harm)
        connection.commit()
    assert told in " ".join(keeper.examine(location, progress=NoProgress()))


# Rescue


def papers_of(store: SqliteStore) -> list[Draft]:
    """What a rescue has to bring back of each paper, whatever its id."""
    with store.read() as reader:
        ids = [PaperId(row[0]) for row in reader.connection.exec_driver_sql("SELECT id FROM paper ORDER BY id")]
        return [
            Draft(one.type, one.key, one.fields, one.people, tuple(sorted(one.tags)), one.notes)
            for one in reader.papers(ids)
        ]


def test_a_sound_library_is_rescued_whole(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, opener: SqliteOpener
) -> None:
    target = str(tmp_path / "rescued.refman")
    rescue = keeper.rescue(full.location, target)
    assert (rescue.papers, rescue.notes, rescue.lost) == (29, 1, ())
    rescued = opener.open(target)
    assert papers_of(rescued) == papers_of(full)
    before, after = content(full), content(rescued)
    for kind in ("tags", "profiles", "searches", "blocks"):
        assert after[kind] == before[kind]
    with rescued.read() as reader:
        assert reader.counts().trashed == 1
        assert reader.attachments(PaperId(2))[0].path == "a.pdf"
        assert not reader.key_is_free("key3", None)
    assert rescued.check() == []
    rescued.close()


def test_what_lay_in_the_trash_lies_there_again(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, opener: SqliteOpener
) -> None:
    with full.read() as reader:
        [(note, owner)] = reader.connection.exec_driver_sql("SELECT id, paper_id FROM note").all()
        [file] = reader.attachments(PaperId(2))
        tags = reader.tags()
    with step(full, "Delete", kind=OperationKind.NOTE) as writer:
        writer.delete_note(note)
    with step(full, "Delete", kind=OperationKind.ATTACH) as writer:
        writer.remove_attachment(file.id)
    with step(full, "Delete", kind=OperationKind.TRASH) as writer:
        writer.delete_tag("to read")
    with step(full, "Note", kind=OperationKind.NOTE) as writer:
        writer.add_note(PaperId(owner), "there", when=ADDED)
    before = discards_of(full)
    assert len(before) == 3
    target = str(tmp_path / "rescued.refman")
    rescue = keeper.rescue(full.location, target)
    assert (rescue.notes, rescue.discards, rescue.lost) == (1, 3, ())
    rescued = opener.open(target)
    assert discards_of(rescued) == before
    with rescued.read() as reader:
        ids = [one.id for one in reader.discards()]
    with step(rescued, "Restore", kind=OperationKind.RESTORE) as writer:
        writer.restore_discards(ids)
    with rescued.read() as reader:
        assert {tag.name: tag.count for tag in reader.tags()} == {tag.name: tag.count for tag in tags}
        assert reader.attachments(PaperId(2))[0].path == "a.pdf"
    assert rescued.check() == []
    rescued.close()


def test_what_makes_no_sense_in_the_trash_is_counted(
    full: SqliteStore, keeper: Keeper, tmp_path: Path, opener: SqliteOpener
) -> None:
    with full.read() as reader:
        [(note, owner)] = reader.connection.exec_driver_sql("SELECT id, paper_id FROM note").all()
    with step(full, "Delete", kind=OperationKind.NOTE) as writer:
        writer.delete_note(note)
        writer.delete_note(writer.add_note(PaperId(owner), "kept", when=ADDED))
    full.close()
    with closing(sqlite3.connect(full.location)) as connection, connection:
        connection.execute(
            "UPDATE change SET before = json_set(before, '$[1]', 'nobody') WHERE before LIKE '%second line%'"
        )
        connection.execute("UPDATE change SET before = '[' WHERE before LIKE '%kept%'")
    rescue = keeper.rescue(full.location, str(tmp_path / "rescued.refman"))
    assert (rescue.papers, rescue.discards) == (29, 0)
    assert rescue.lost == ("1 things of the trash could not be understood.",)


def discards_of(store: SqliteStore) -> set[tuple[str, str, str, int]]:
    """What lies in the trash beside papers, without the ids of the library."""
    with store.read() as reader:
        return {(one.kind.value, one.what, one.paper, one.papers) for one in reader.discards()}


PAGE = 4096


def test_a_page_that_was_hit_costs_few_papers(
    store: SqliteStore, location: str, keeper: Keeper, tmp_path: Path, opener: SqliteOpener
) -> None:
    add(store, *[draft(f"Paper {number}", abstract="word " * 9) for number in range(4000)])
    store.close()
    data = bytearray(Path(location).read_bytes())
    # A leaf of the table of papers, in its middle; 13 is the flag of table leaves (fileformat2.html section 1.6).
    places = [place for place in range(0, len(data), PAGE) if data[place] == 13]
    hit = next(place for place in places if b"Paper 1000" in data[place : place + PAGE])
    data[hit : hit + PAGE] = bytes(PAGE)
    harmed = tmp_path / "harmed.refman"
    harmed.write_bytes(data)
    with pytest.raises(LibraryDamaged):
        keeper.copy(str(harmed), str(tmp_path / "copy.refman"))
    rescue = keeper.rescue(str(harmed), str(tmp_path / "rescued.refman"))
    assert rescue.papers >= 4000 * 0.99
    assert rescue.lost
    rescued = opener.open(str(tmp_path / "rescued.refman"))
    assert rescued.check() == []
    rescued.close()


def test_another_file_is_not_rescued(keeper: Keeper, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ada, " * 1000)
    with pytest.raises((NotALibrary, LibraryDamaged)):
        keeper.rescue(str(other), str(tmp_path / "rescued.refman"))
    assert not (tmp_path / "rescued.refman").exists()
