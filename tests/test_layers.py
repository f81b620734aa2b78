"""Each layer contract of pyproject.toml is proven by breaking it on purpose."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, free to be broken."""
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_ROOT / "refman", tmp_path / "refman", ignore=ignored)
    return tmp_path


# Contract, and the wrong imports it must name: a new module and what stands in it.
_WRONG = {
    "layers": {
        "domain/a.py": "import refman.services",
        "services/a.py": "import refman.ui",
        "services/b.py": "import refman.cli",
        "cli/a.py": "import refman.ui",
        "ui/a.py": "import refman.cli",
        "ui/b.py": "def late():\n    import refman.app",
        "formats/a.py": "import refman.providers",
        "workers/a.py": "import refman.storage",
        "app/a.py": "import refman.__main__",
        "attic/__init__.py": "",
    },
    "worlds": {
        "storage/a.py": "import refman.formats",
        "storage/b.py": "import refman.providers",
        "providers/a.py": "import refman.storage",
    },
    "ports": {
        "services/a.py": "import refman.storage",
        "services/b.py": "import refman.workers",
        "cli/a.py": "import refman.storage",
        "ui/a.py": "import refman.workers",
    },
    "qt": {
        "services/a.py": "import PySide6.QtCore",
        "cli/a.py": "from PySide6 import QtCore",
        "domain/a.py": "def late():\n    import shiboken6",
    },
    "database": {
        "services/a.py": "import sqlite3",
        "ui/a.py": "import sqlalchemy.orm",
        "app/a.py": "import alembic.command",
    },
    "bibtex": {
        "formats/a.py": "import bibtexparser",
        "services/a.py": "import pylatexenc.latex2text",
    },
    "web": {
        "services/a.py": "import httpx2",
        "ui/a.py": "import requests",
    },
}


@pytest.mark.parametrize("contract", _WRONG)
def test_the_contract_names_every_wrong_import(house: Path, contract: str) -> None:
    for module, text in _WRONG[contract].items():
        path = house / "refman" / _broken(module)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n")
    status, report = _lint(house, "--contract", contract)
    names = {_dotted(_broken(module)) for module in _WRONG[contract]}
    assert status == 1
    assert {name for name in names if name in report} == names, report


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    status, report = _lint(house)
    assert status == 0, report
    assert f"{len(_WRONG)} kept, 0 broken" in report


def _broken(module: str) -> str:
    return module.replace("/a.py", "/wrong_a.py").replace("/b.py", "/wrong_b.py")


def _dotted(module: str) -> str:
    return "refman." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _lint(house: Path, *options: str) -> tuple[int, str]:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--no-logo", *options],
        cwd=house,
        # Wide, so that a name is never broken at the end of a line.
        env={**os.environ, "COLUMNS": "1000"},
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr
