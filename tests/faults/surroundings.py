"""What the surroundings do: no room, no right, somebody else's lock, stale logs, flipped bits, a stop."""

import os
import resource
import shutil
import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from refman.domain.errors import RefmanError
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.storage.keeper import SqliteKeeper
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.operations import acknowledged, perform, refusal, start
from tests.faults.session import Session
from tests.faults.tally import Tally
from tests.faults.workloads import workload

_MINUTES_S = 65.0
_PATIENCE_S = 120.0


def no_room(harness: Harness, tally: Tally) -> None:
    """A file may not grow beyond a size, as with a full disk or a quota (A5, A6); afterwards the same works again."""
    for name in ("importing", "bulk_editing", "attaching", "exporting", "backing_up", "restoring"):
        known = harness.reference(name)
        size = (known.folder / "papers.refman").stat().st_size
        for _ in range(harness.count(3, 30)):
            folder = harness.copy(known.folder)
            most = int(size * harness.chance.uniform(0.1, 1.6))
            child = spawn(partial(_with_limit, name, folder, most), folder.with_name(f"{folder.name}.log"))
            child.go()
            tally.runs += 1
            tally.faults += 1
            if not child.wait(_PATIENCE_S):
                tally.hang(f"{name} with files of at most {most} bytes")
            elif child.status:
                tally.bug(f"{name} with files of at most {most} bytes", child.said)
            at = acknowledged(child, 0)
            tally.take(harness.check(known, folder, at, last=at + 1), f"{name} with files of at most {most} bytes")
            harness.forget(folder)


def _with_limit(name: str, folder: Path, most: int, acknowledge: Acknowledge) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    perform(workload(name), folder, 1, 3, acknowledge)


def stopped(harness: Harness, tally: Tally) -> None:
    """SIGSTOP at a random moment, then SIGCONT; and SIGTERM and SIGHUP, as at the end of a session (A16, A17)."""
    for name in ("editing", "importing", "backing_up"):
        known = harness.reference(name)
        for number in range(harness.count(4, 60)):
            folder = harness.copy(known.folder)
            child = start(known.workload, folder, 1, known.workload.OPERATIONS)
            child.go()
            # The first one early: in the long run it is to be at work when it falls asleep for minutes.
            child.run_for(harness.chance.uniform(0, known.seconds / (1 if number else 10)))
            is_ending = number % 2
            if child.status is None:
                child.kill((signal.SIGSTOP, signal.SIGTERM, signal.SIGSTOP, signal.SIGHUP)[number % 4])
                tally.faults += 1
                if not is_ending:
                    child.run_for(_MINUTES_S if harness.is_long and not number else 0.2)
                    child.kill(signal.SIGCONT)
                if not child.wait(_PATIENCE_S):
                    tally.hang(f"{name} stopped")
            tally.runs += 1
            at = acknowledged(child, 0)
            if not is_ending and at < known.workload.OPERATIONS:
                tally.bug(f"{name} stopped and continued", refusal(child) or child.said)
            tally.take(harness.check(known, folder, at, last=at + 1), f"{name} stopped")
            harness.forget(folder)


def locked(harness: Harness, tally: Tally) -> None:
    """Another program holds SQLite's own lock or writes at the same time: refused in words, or done (A8, A9)."""
    known = harness.reference("editing")
    for number in range(harness.count(4, 100)):
        folder = harness.copy(known.folder)
        location = str(folder / "papers.refman")
        with closing(sqlite3.connect(location, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE" if number % 2 else "BEGIN IMMEDIATE")
            child = start(known.workload, folder, 1, 2)
            child.go()
            child.run_for(harness.chance.uniform(0.1, 1.0))
            other.execute("ROLLBACK")
            tally.runs += 1
            tally.faults += 1
            if not child.wait(_PATIENCE_S):
                tally.hang("a library locked by another program")
            if child.status:
                tally.bug("a library locked by another program", child.said)
        at = acknowledged(child, 0)
        tally.take(harness.check(known, folder, at, last=at + 1), "a library locked by another program")
        harness.forget(folder)


def read_only(harness: Harness, tally: Tally) -> None:
    """File 0444, folder 0555: everything can be read, every write is refused, nothing changes (A7)."""
    known = harness.reference("tagging")
    for mode in (0o444, 0o600):
        folder = harness.copy(known.folder)
        library = folder / "papers.refman"
        library.chmod(mode)
        folder.chmod(0o700 if mode == 0o444 else 0o555)
        before = library.read_bytes(), sorted(os.listdir(folder))
        child = spawn(partial(_read_and_write, folder), harness.place / "read-only.log")
        child.go()
        tally.runs += 1
        tally.faults += 1
        if not child.wait(_PATIENCE_S):
            tally.hang("read-only")
        elif child.status or child.lines != ["150", "refused LibraryReadOnly"]:
            tally.bug(f"read-only {mode:o}", f"{child.lines} {child.said}")
        if (library.read_bytes(), [name for name in sorted(os.listdir(folder)) if "-" not in name]) != (
            before[0],
            before[1],
        ):
            tally.fail("read-only", "something was written")
        folder.chmod(0o700)
        harness.forget(folder)


def _read_and_write(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    acknowledge(str(len(session.library.ids(Listing()))))
    try:
        session.library.create_tag("new")
    except RefmanError as error:
        acknowledge(f"refused {type(error).__name__}")
    session.close()


def stale_logs(harness: Harness, tally: Tally) -> None:
    """A restore beside the log of another state; a log of another library, cut or torn: whole or refused (A12)."""
    known = harness.reference("restoring")
    other = harness.reference("editing")
    for number in range(harness.count(20, 200)):
        folder = harness.copy(known.folder)
        log = folder / "papers.refman-wal"
        kind = ("another library's", "cut", "torn", "empty")[number % 4]
        _put_log(harness, log, other.folder if kind.startswith("another") else known.folder, kind)
        tally.runs += 1
        tally.faults += 1
        child = spawn(partial(_restore_and_read, folder), harness.place / "stale.log")
        child.go()
        if not child.wait(_PATIENCE_S):
            tally.hang(f"log: {kind}")
        elif child.status:
            tally.bug(f"log: {kind}", child.said)
        tally.take(harness.check(known, folder, 1, last=1), f"restored beside a log: {kind}")
        harness.forget(folder)


def _put_log(harness: Harness, log: Path, source: Path, kind: str) -> None:
    """A log that belongs to other pages."""
    copy = harness.place / "log.refman"
    shutil.copyfile(source / "papers.refman", copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE foreign_rows (x)")
        connection.executemany("INSERT INTO foreign_rows VALUES (?)", [("x" * 500,)] * 200)
        connection.commit()
        data = bytearray(Path(f"{copy}-wal").read_bytes())
    if kind == "cut":
        del data[harness.chance.randrange(len(data)) :]
    elif kind == "torn":
        data[harness.chance.randrange(len(data))] ^= 0xFF
    log.write_bytes(b"" if kind == "empty" else data)


def _restore_and_read(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.opener.restore(str(folder / "a.refman"), session.location)
    acknowledge(session.library.name)
    session.close()


def flipped_bits(harness: Harness, tally: Tally) -> None:
    """1 to 16 bytes of a library are others, a page is zeros, its end is missing (A18, D7).

    It opens, or is refused as damaged; checks, copies and rescue end; and no damaged copy becomes a backup.
    """
    known = harness.reference("trashing")
    for number in range(harness.count(30, 2000)):
        folder = harness.copy(known.folder)
        _harm(harness, folder / "papers.refman", number)
        child = spawn(partial(_use_harmed, folder), harness.place / "flipped.log")
        child.go()
        tally.runs += 1
        tally.faults += 1
        where = f"flipped bits {number}"
        if not child.wait(_PATIENCE_S):
            tally.hang(where)
        elif child.status:
            tally.bug(where, child.said)
        elif "bad backup" in child.lines:
            tally.fail(where, "a damaged copy became a backup")
        if child.status:
            harness.keep(folder)
        harness.forget(folder)


def _harm(harness: Harness, library: Path, number: int) -> None:
    data = bytearray(library.read_bytes())
    if number % 10 == 8:
        del data[harness.chance.randrange(100, len(data)) :]
    elif number % 10 == 9:
        page = harness.chance.randrange(len(data) // 4096)
        data[page * 4096 : page * 4096 + 4096] = bytes(4096)
    else:
        for _ in range(harness.chance.randint(1, 16)):
            data[harness.chance.randrange(len(data))] = harness.chance.randrange(256)
    library.write_bytes(data)


def _use_harmed(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    keeper = SqliteKeeper(session.clock)
    for deed in (_look, _edit, _copy, _rescue):
        try:
            deed(session, keeper, folder)
        except RefmanError as error:
            acknowledge(f"refused {type(error).__name__}")
    session.close()
    if (folder / "backup.refman").exists():
        try:
            with closing(sqlite3.connect(f"file:{folder / 'backup.refman'}?mode=ro", uri=True)) as copy:
                is_sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            is_sound = False
        acknowledge("good backup" if is_sound else "bad backup")


def _look(session: Session, keeper: SqliteKeeper, folder: Path) -> None:
    session.library.papers([PaperId(one) for one in session.library.ids(Listing())])
    session.library.check()


def _edit(session: Session, keeper: SqliteKeeper, folder: Path) -> None:
    session.library.tag([PaperId(one) for one in session.library.ids(Listing())][:20], ["mark"])
    session.library.undo()


def _copy(session: Session, keeper: SqliteKeeper, folder: Path) -> None:
    keeper.copy(session.location, str(folder / "backup.refman"))


def _rescue(session: Session, keeper: SqliteKeeper, folder: Path) -> None:
    keeper.rescue(session.location, str(folder / "rescued.refman"))
    problems = keeper.examine(str(folder / "rescued.refman"), progress=NoProgress())
    if problems:
        raise RuntimeError(f"the rescued library is not sound: {problems}")


def hostile_files(harness: Harness, tally: Tally) -> None:
    """Triggers, foreign views and numbers, rows that say nonsense: refused in words, or harmless (D7)."""
    known = harness.reference("editing")
    for script in _HOSTILE:
        folder = harness.copy(known.folder)
        library = folder / "papers.refman"
        with closing(sqlite3.connect(library, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            for statement in script:
                connection.execute(statement)
        child = spawn(partial(_use_harmed, folder), harness.place / "hostile.log")
        child.go()
        tally.runs += 1
        tally.faults += 1
        if not child.wait(_PATIENCE_S):
            tally.hang(str(script))
        elif child.status:
            tally.bug(str(script), child.said)
        if (folder / "fired").exists():
            tally.fail(str(script), "code of the library ran")
        harness.forget(folder)


_HOSTILE = (
    ("PRAGMA user_version = 1000",),
    ("PRAGMA application_id = 7",),
    ("DROP TABLE alembic_version",),
    ("DROP TABLE paper_text",),
    ("CREATE TRIGGER t AFTER UPDATE ON paper BEGIN DELETE FROM paper; END",),
    ("CREATE TRIGGER t AFTER INSERT ON tag BEGIN SELECT load_extension('x'); END",),
    ("CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",),
    ("UPDATE paper SET fields = '[1,2'",),
    ("UPDATE paper_text SET author = '{\"a\":1}'",),
    ("UPDATE operation SET state = 'strange'",),
    ("UPDATE meta SET version = 9223372036854775807",),
    ("DELETE FROM meta",),
)
