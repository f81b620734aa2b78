"""The refman of tomorrow, with one revision more: it copies a table of texts and counts the words of every paper."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection

from refman.storage import migrate as migrating
from refman.storage.schema import REVISION, SCHEMA_VERSION

VERSION = SCHEMA_VERSION + 1
_REVISION = "r9999"
_OURS = Path(migrating.__file__).parent / "migrations" / "versions"
_BODY = f'''
from alembic import op

revision = "{_REVISION}"
down_revision = "{REVISION}"


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    made = run("SELECT sql FROM sqlite_master WHERE name = 'paper_text'").scalar_one()
    run("CREATE TABLE old_text AS SELECT * FROM paper_text")
    run("DELETE FROM paper_text")
    run("INSERT INTO paper_text SELECT * FROM old_text")
    run("DROP TABLE old_text")
    run("CREATE TABLE paper_words (paper_id INTEGER PRIMARY KEY REFERENCES paper (id), words INTEGER) STRICT")
    run("INSERT INTO paper_words SELECT id, length(title) - length(replace(title, ' ', '')) FROM paper")
    run("UPDATE paper SET title = title")
    run("PRAGMA user_version = {VERSION}")
    assert made
'''


def write_revisions(folder: Path) -> Path:
    """Ours and tomorrow's, as Alembic reads them."""
    versions = folder / "versions"
    shutil.copytree(_OURS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    (versions / f"{_REVISION}.py").write_text(_BODY, "utf-8")
    return folder


@contextmanager
def tomorrow(folder: Path) -> Iterator[None]:
    """Inside, opening a library of today upgrades it."""

    today = migrating.migrate

    def migrate(connection: Connection, location: str) -> None:
        today(connection, location, folder=folder)

    with ExitStack() as stack:
        stack.enter_context(patch("refman.storage.opener.REVISION", _REVISION))
        stack.enter_context(patch("refman.storage.identify.REVISION", _REVISION))
        stack.enter_context(patch("refman.storage.identify.SCHEMA_VERSION", VERSION))
        stack.enter_context(patch("refman.storage.migrate.migrate", migrate))
        yield
