"""Who else is there: other programs on the same library, cloud folders, files that are no library of ours."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from refman.domain.errors import ConflictError, RefmanError
from tests.faults.children import Acknowledge, spawn
from tests.faults.harness import Harness
from tests.faults.session import Session
from tests.faults.tally import Tally
from tests.faults.workloads.papers import ids

_PATIENCE_S = 300.0
_WRITERS = 3
_EDITS = 12


def racing(harness: Harness, tally: Tally) -> None:
    """Several programs write notes at the same time, one is killed: every acknowledged note is there (A9)."""
    known = harness.reference("writing_notes")
    for _ in range(harness.count(4, 200)):
        folder = harness.copy(known.folder)
        location = str(folder / "papers.refman")
        before = _notes(location)
        said = _race(harness, folder, tally)
        lost = said - (_notes(location) - before)
        if lost:
            tally.lost += len(lost)
            tally.fail("programs racing", f"lost {sorted(lost)}")
        if problem := _unsound(location):
            tally.take_problem("programs racing", problem)
        harness.forget(folder)


def _race(harness: Harness, folder: Path, tally: Tally) -> set[str]:
    """What the programs acknowledged."""
    writers = [
        spawn(partial(_write_notes, folder, number), folder.with_name(f"{folder.name}.{number}.log"))
        for number in range(_WRITERS)
    ]
    for child in writers:
        child.go()
    writers[0].run_for(harness.chance.uniform(0.05, 0.6))
    if writers[0].status is None:
        writers[0].kill()
        tally.faults += 1
    for child in writers[1:]:
        if not child.wait(_PATIENCE_S):
            tally.hang("programs racing")
        elif child.status:
            tally.bug("programs racing", child.said)
    tally.runs += 1
    return {line for child in writers for line in child.lines if line.startswith("note")}


def _write_notes(folder: Path, number: int, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.clock.number = number
    paper = ids(session)[0]
    for count in range(_EDITS):
        text = f"note {number} {count}"
        session.library.add_note(paper, text)
        acknowledge(text)
    session.close()


def _notes(location: str) -> set[str]:
    with closing(sqlite3.connect(f"file:{location}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute("SELECT text FROM note")}


def _unsound(location: str) -> str:
    with closing(sqlite3.connect(f"file:{location}?mode=ro", uri=True)) as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    return "" if verdict == "ok" else str(verdict)


Deed = Callable[[Session], None]


def _edits(session: Session, statement: str) -> None:
    with closing(sqlite3.connect(session.location, isolation_level=None, timeout=5)) as other:
        other.execute(statement)


def _changed_below(session: Session) -> None:
    """Somebody else's title is seen at once, and undoing our own edit does not wipe it out."""
    paper = ids(session)[0]
    session.library.edit(paper, {"title": "Ours"})
    _edits(
        session, f"UPDATE paper SET title = 'Theirs', fields = json_set(fields, '$.title', 'Theirs') WHERE id = {paper}"
    )
    with suppress(ConflictError):
        session.library.undo()
    with closing(sqlite3.connect(session.location)) as other:
        title = other.execute("SELECT title FROM paper WHERE id = ?", (paper,)).fetchone()[0]
    assert title in ("Theirs", "Ours"), title


def _vacuumed(session: Session) -> None:
    """The file is written anew by another program, then by us."""
    _edits(session, "VACUUM")
    session.library.edit(ids(session)[0], {"title": "After"})
    assert session.library.papers(ids(session)[:1])[0].plain("title") == "After"


def _other_log_mode(session: Session) -> None:
    """Another program switches the log off while we are open, or may not."""
    with suppress(sqlite3.OperationalError):
        _edits(session, "PRAGMA journal_mode=DELETE")
    session.library.edit(ids(session)[0], {"title": "After"})
    assert session.library.papers(ids(session)[:1])[0].plain("title") == "After"


def _older_file_put_back(session: Session) -> None:
    """A cloud client puts an older file in place while we are open: what we write must not vanish without a word."""
    older = f"{session.location}.cloud"
    session.opener.open(session.location).close()
    with closing(sqlite3.connect(session.location)) as source, closing(sqlite3.connect(older)) as target:
        source.backup(target)
    session.library.edit(ids(session)[0], {"title": "Newer"})
    os.replace(older, session.location)
    try:
        session.library.edit(ids(session)[0], {"title": "After"})
    except RefmanError:
        return
    raise AssertionError("an edit was acknowledged on a file that is not there any more")


def _conflicted_copy(session: Session) -> None:
    """A copy of another name beside it, whose log must not be taken for ours."""
    copy = session.location.replace("papers.", "papers (conflicted copy).")
    shutil.copyfile(session.location, copy)
    shutil.copyfile(session.location, f"{copy}-wal")
    session.library.edit(ids(session)[0], {"title": "After"})
    session.close()
    assert session.library.papers(ids(session)[:1])[0].plain("title") == "After"


def _gone(session: Session) -> None:
    """The folder of the library vanished: that is told, and no empty library is made."""
    session.close()
    os.rename(session.location, f"{session.location}.away")
    try:
        session.library.undoable()
    except RefmanError:
        assert not os.path.exists(session.location)
        return
    raise AssertionError("a missing library was opened")


def _drive_away(session: Session) -> None:
    """The folder goes while the library is open: nothing is acknowledged meanwhile, and all goes on when it is back."""
    paper = ids(session)[0]
    session.library.edit(paper, {"title": "Before"})
    folder = os.path.dirname(session.location)
    os.rename(folder, f"{folder}.away")
    try:
        session.library.edit(paper, {"title": "Meanwhile"})
    except RefmanError as error:
        assert session.location in error.message, error.message
    else:
        raise AssertionError("an edit was acknowledged on a drive that is not there")
    finally:
        assert not os.path.exists(session.location)
        os.rename(f"{folder}.away", folder)
    assert session.library.papers([paper])[0].plain("title") == "Before"
    session.library.edit(paper, {"title": "After"})
    session.close()
    assert session.library.papers([paper])[0].plain("title") == "After"


DEEDS: tuple[Deed, ...] = (
    _changed_below,
    _vacuumed,
    _other_log_mode,
    _older_file_put_back,
    _conflicted_copy,
    _gone,
    _drive_away,
)


def foreign_programs(harness: Harness, tally: Tally) -> None:
    """What other programs and cloud folders do to a library that is open (A10, A13)."""
    known = harness.reference("writing_notes")
    for deed in DEEDS * harness.count(1, 10):
        folder = harness.copy(known.folder)
        child = spawn(partial(_do, deed, folder), folder.with_name(f"{folder.name}.log"))
        child.go()
        tally.runs += 1
        tally.faults += 1
        if not child.wait(_PATIENCE_S):
            tally.hang(deed.__name__)
        elif child.status:
            tally.bug(deed.__name__, child.said)
        location = str(folder / "papers.refman")
        if os.path.exists(location) and (problem := _unsound(location)):
            tally.take_problem(deed.__name__, problem)
        harness.forget(folder)


def _do(deed: Deed, folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    session.clock.number = 500
    deed(session)
    session.close()
    acknowledge(deed.__name__)


def refused_files(harness: Harness, tally: Tally) -> None:
    """Newer and foreign files, and what is no file at all: refused, and no byte of or beside them changes (A23)."""
    known = harness.reference("writing_notes")
    for name, make in _FOREIGN.items():
        folder = harness.copy(known.folder)
        make(folder / "papers.refman", harness.chance)
        before = _everything(folder)
        child = spawn(partial(_try_to_open, folder), folder.with_name(f"{folder.name}.log"))
        child.go()
        tally.runs += 1
        tally.faults += 1
        if not child.wait(_PATIENCE_S):
            tally.hang(name)
        elif child.status or child.lines != ["refused"] * 4:
            tally.bug(name, f"{child.lines} {child.said}")
        if _everything(folder) != before:
            tally.take_problem(name, "bytes of it or beside it changed")
        harness.forget(folder)


def _everything(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
        if not path.name.endswith(".lock")
    }


def _try_to_open(folder: Path, acknowledge: Acknowledge) -> None:
    session = Session(folder)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: session.library,
        lambda: session.opener.create(session.location),
        lambda: session.backups.back_up_if_due(),
        lambda: session.opener.restore(session.location, str(folder / "other.refman")),
    )
    for deed in deeds:
        try:
            deed()
        except RefmanError:
            acknowledge("refused")


def _pragma(statement: str, path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(statement)


def _bytes(data: bytes, path: Path, chance: random.Random) -> None:
    path.write_bytes(data)


def _other_database(path: Path, chance: random.Random) -> None:
    path.unlink()
    _pragma("CREATE TABLE theirs (x)", path, chance)


def _noise(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(200_000))


def _folder(path: Path, chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


_FOREIGN: dict[str, Callable[[Path, random.Random], None]] = {
    "the next schema": partial(_pragma, "PRAGMA user_version = 2"),
    "a schema of years to come": partial(_pragma, "PRAGMA user_version = 1000"),
    "another program's number": partial(_pragma, "PRAGMA application_id = 7"),
    "another program's database": _other_database,
    "text": partial(_bytes, b"@misc{a, title = {No library}}\n"),
    "zero bytes": partial(_bytes, b""),
    "zeros": partial(_bytes, bytes(100_000)),
    "encrypted": _noise,
    "a folder": _folder,
}
