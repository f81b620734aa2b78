"""The real command line, as a script calls it."""

from unittest.mock import patch

from refman.app import wiring
from refman.app.main import main
from tests.faults.session import Session, bib_text

NAME = "command line"
OPERATIONS = 20


def prepare(session: Session) -> None:
    bib = session.folder / "given.bib"
    bib.write_text(bib_text("cli", 40), "utf-8")
    _run(session, "import", str(bib), "--captured-on", "2026-01-01")


def operate(session: Session, number: int) -> None:
    match number % 5:
        case 1:
            _run(session, "edit", f"cli{number}", f"title=Typed {number}")
        case 2:
            _run(session, "tag", "add", f"tag/{number}", f"cli{number}", f"cli{number + 1}")
        case 3:
            _run(session, "note", "add", f"cli{number}", f"Note {number}")
        case 4:
            _run(session, "delete", f"cli{number}")
        case _:
            _run(session, "undo")


def _run(session: Session, *arguments: str) -> None:
    session.close()
    # The times of the rows must be those of every other run.
    with patch.object(wiring, "SystemClock", lambda: session.clock):
        status = main(["--library", session.location, *arguments])
    if status:
        raise RuntimeError(f"refman {arguments[0]} ended with {status}")
