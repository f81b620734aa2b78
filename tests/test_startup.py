"""What a start loads: each import is time that a person waits for, or a layer that leaks."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_WEB = {"aiohttp", "httpx", "httpx2", "requests", "urllib3", "http.client"}


def _loaded(*arguments: str) -> set[str]:
    """The modules that a fresh interpreter loads for these arguments; the run must succeed."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    lines = done.stderr.splitlines()
    imports = {line for line in lines if line.startswith("import time:")}
    assert done.returncode == 0, "\n".join(line for line in lines if line not in imports)
    return {line.rsplit("|", 1)[1].strip() for line in imports}


def test_version_is_told_before_anything_is_loaded() -> None:
    loaded = _loaded("-m", "refman", "--version")
    heavy = {"argparse", "importlib.metadata", "logging", "multiprocessing", "PySide6", "sqlalchemy"}
    assert loaded & heavy == set()
    assert {name for name in loaded if name.startswith("refman")} <= {"refman", "refman.__main__"}


def test_the_application_starts_without_migrations_formats_or_web() -> None:
    loaded = _loaded("-c", "import refman.app.world, refman.app.window")
    assert loaded & ({"alembic", "bibtexparser"} | _WEB) == set()


_LATER = {
    "refman.app.safety",
    "refman.domain.citekeys",
    "refman.services.backing_up",
    "refman.services.importing",
    "refman.services.linking.facade",
    "refman.storage.backup",
    "refman.storage.keeper",
    "refman.storage.text_dump",
    "refman.storage.writer",
    "refman.ui.detail.form",
    "refman.ui.detail.notes_tab",
    "refman.ui.detail.one_paper",
    "refman.ui.dialogs.preferences",
    "refman.ui.linked.review",
    "refman.ui.sidebar.colour_grid",
    "refman.ui.sidebar.prompts",
}
"""What the first rows do without."""


def test_what_the_first_rows_do_without_is_loaded_later() -> None:
    assert all(find_spec(name) for name in _LATER)
    assert _loaded("-c", "import refman.app.world, refman.app.window") & _LATER == set()


def test_nothing_heavy_is_loaded_before_collection_is_off() -> None:
    assert _loaded("-c", "import refman.app.main") & {"PySide6", "sqlalchemy", "refman.domain.paper"} == set()


def test_the_command_line_needs_no_qt() -> None:
    assert _loaded("-c", "import refman.cli.main") & {"PySide6", "shiboken6"} == set()


def test_a_command_needs_no_qt(tmp_path: Path) -> None:
    library = str(tmp_path / "papers.refman")
    _loaded("-m", "refman", "--library", library, "init")
    loaded = _loaded("-m", "refman", "--library", library, "search", "")
    assert loaded & ({"PySide6", "alembic", "bibtexparser"} | _WEB) == set()


_SOAK = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
"""


def test_pyside_survives_200_000_calls_that_return_none() -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after about 5,300: docs/decisions/0001-pyside-pin.md."""
    subprocess.run([sys.executable, "-c", _SOAK], check=True)
