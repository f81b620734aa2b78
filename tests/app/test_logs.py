"""The log: in the state folder, turned over when it grows, never in the way."""

import logging
from pathlib import Path

import pytest

from refman.app import logs
from refman.app.logs import log_to


def test_what_is_logged_stands_in_the_file(tmp_path: Path) -> None:
    with log_to(tmp_path / "logs") as path:
        logging.getLogger("refman.services").info("imported %d papers", 23)
        logging.getLogger("refman.services").debug("not this")
    logging.getLogger("refman.services").info("too late")
    (line,) = path.read_text("utf-8").splitlines()
    assert path == tmp_path / "logs" / "refman.log"
    assert line.endswith("refman.services: imported 23 papers")
    assert (tmp_path / "logs").stat().st_mode & 0o077 == 0


def test_the_file_is_turned_over_when_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_LONGEST", 300)
    with log_to(tmp_path):
        for number in range(50):
            logging.getLogger("refman").info("line %d", number)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["refman.log", "refman.log.1", "refman.log.2", "refman.log.3"]
    assert all(path.stat().st_size <= 300 for path in tmp_path.iterdir())


def test_without_a_place_to_write_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with log_to(tmp_path / "file" / "logs"):
        logging.getLogger("refman").info("lost")
    assert (tmp_path / "file").read_text() == "x"


def test_the_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    with log_to(tmp_path / "state") as path:
        logging.getLogger("refman").info("what happened")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
