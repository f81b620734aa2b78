"""What a person has written stands in no log and no crash report, whatever goes wrong."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from refman.app import window as building
from refman.app.logs import log_to
from refman.app.main import main
from refman.app.wiring import Wiring
from refman.domain.errors import DiskFull
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services import private_files
from refman.services.library import Library
from refman.services.outcome import Outcome
from refman.ui.dialogs.crash import CrashDialog
from tests.ui.main_window.conftest import OpenWindow
from tests.ui.main_window.person import Person

_MARK = "ZZMARK"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Where the log of the program goes."""
    with log_to(tmp_path / "logs") as path:
        yield path


@pytest.fixture
def marked(library: Path, tmp_path: Path, open_window: OpenWindow, log: Path) -> Person:
    """A window over a library in which everything carries the mark."""
    opened = Wiring().open_library(str(library))
    opened.new_paper("article", {"title": f"{_MARK} title", "authors": f"{_MARK}, Ada", "doi": f"10.1/{_MARK}"})
    [paper_id] = [PaperId(one) for one in opened.ids(Listing())]
    opened.tag([paper_id], [f"{_MARK} tag"])
    opened.add_note(paper_id, f"{_MARK} note")
    (tmp_path / f"{_MARK}.pdf").write_bytes(b"%PDF-1.4")
    opened.attach(paper_id, tmp_path / f"{_MARK}.pdf", copy=True)
    opened.save_search(f"{_MARK} search", f"title:{_MARK}")
    opened.close()
    person = open_window(library)
    person.sees_papers(1)
    return person


def _quoting(work: Callable[[Library], object]) -> Callable[[Library], Outcome]:
    """Work with a bug that quotes what it was about, as Python and the database do."""

    def fail(library: Library) -> Outcome:
        [paper] = library.papers([PaperId(one) for one in library.ids(Listing())])
        try:
            work(library)
            with closing(sqlite3.connect(":memory:")) as other:
                other.execute(f"SELECT * FROM {paper.plain('title')}")
        except sqlite3.Error as error:
            raise ValueError(paper, [note.text for note in paper.stored_notes], paper.attachments) from error
        raise AssertionError(paper)

    return fail


def test_bugs_that_quote_the_library(marked: Person, log: Path, logged: list[logging.LogRecord]) -> None:
    marked.context.adapter.write(_quoting(lambda library: library.tags()), owner=marked.window)
    marked.sees(lambda: bool(marked.window.findChildren(CrashDialog)))
    marked.context.adapter.read(_quoting(lambda library: library.undoable()), lambda _: None, owner=marked.window)
    marked.sees(lambda: log.exists() and log.read_text("utf-8").count("a fault of refman") == 2)
    [dialog] = marked.window.findChildren(CrashDialog)
    assert "ValueError" in dialog.report_text() and "OperationalError (SQLITE_ERROR)" in log.read_text("utf-8")
    assert _MARK not in dialog.report_text()
    assert _MARK not in log.read_text("utf-8")
    assert all(_MARK not in record.getMessage() for record in logged)
    dialog.close()


def test_a_search_that_fails(marked: Person, log: Path, logged: list[logging.LogRecord]) -> None:
    def refuse(library: Library) -> object:
        raise DiskFull("no-room", f"There is no room for {_MARK}.", _MARK)

    marked.context.adapter.read(refuse, lambda _: None, owner=marked.window)
    marked.sees(lambda: log.exists() and "DiskFull (no-room)" in log.read_text("utf-8"))
    assert _MARK not in log.read_text("utf-8")


def test_exports_are_logged_without_their_place(marked: Person, log: Path, tmp_path: Path) -> None:
    marked.knows(lambda library: library.export_file(Listing(), "bibtex", tmp_path / f"{_MARK}.bib"))
    marked.sees(lambda: log.exists() and "exported 1 papers as bibtex" in log.read_text("utf-8"))
    assert _MARK not in log.read_text("utf-8")


def test_typed_text_goes_into_a_file_where_one_can_be_written_and_never_into_the_log(
    log: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
) -> None:
    state = own_home / "state" / "refman"
    state.mkdir(parents=True, exist_ok=True)
    (state / "unsaved").write_text("a file where the folder should be")
    kept = Path(building._keep_text(f"{_MARK} typed"))
    assert kept.read_text("utf-8") == f"{_MARK} typed"
    assert kept.stat().st_mode & 0o077 == 0
    assert "what was typed cannot be kept" in log.read_text("utf-8")

    def full(path: Path, produce: object) -> None:
        raise DiskFull("no-room-beside", f"There is no room to write {path}.", str(path))

    monkeypatch.setattr(private_files, "write_private", full)
    assert building._keep_text(f"{_MARK} typed") == ""
    assert _MARK not in log.read_text("utf-8")
    assert {record.levelname for record in logged} == {"ERROR"}


def test_faults_of_the_command_line(
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    own_home: Path,
    logged: list[logging.LogRecord],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"{_MARK} is no query")

    monkeypatch.setattr("refman.services.library_reads.parse_query", fail)
    assert main(["--library", str(library), "search", f"title:{_MARK}"]) == 1
    assert _MARK not in capsys.readouterr().err
    written = (own_home / "state" / "refman" / "logs" / "refman.log").read_text("utf-8")
    assert "ValueError" in written
    assert _MARK not in written
