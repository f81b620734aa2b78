"""Bringing a library of an older refman to the present schema."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from refman.storage.backup import write_backup
from refman.storage.failures import damaged

_MIGRATIONS = Path(__file__).parent / "migrations"


def back_up_before_migration(location: str, *, when: datetime) -> str:
    """A verified copy beside the library; gives its path."""
    stem = os.path.splitext(location)[0]
    target = f"{stem}.before-upgrade-{when:%Y%m%d-%H%M%S}.refman"
    write_backup(location, target)
    return target


def migrate(connection: Connection, location: str, *, folder: Path = _MIGRATIONS, to: str = "head") -> None:
    """Runs the missing revisions up to `to` inside the transaction of the caller, who commits.

    Raises: LibraryDamaged when the result is not sound; nothing is committed then.
    """
    # Late: 0.3 s that only a library of another version costs.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)

    # A revision may move rows about; what refers to nothing in the end is found by the check.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    def steps(revision: Any, _: object) -> Any:
        return script._upgrade_revs(to, revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    _check(connection, location)


def _check(connection: Connection, location: str) -> None:
    verdict = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if verdict != "ok" or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise damaged(location, "the upgrade would have damaged it; nothing was changed")
