"""`refman` inside the test's process, with its own home and library."""

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from refman.app.main import main

_YOUNG_S = 300.0
PAGE = Path(__file__).resolve().parent.parent / "data" / "profile" / "lars-buesing.txt"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


Cli = Callable[..., Done]


class ImportedPage:
    """Everything in the home of a test after the import: 70 tests want it, and a copy costs a fiftieth."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: list[str] = []
        self._made = -inf

    @property
    def is_young(self) -> bool:
        """Kept a few minutes: what is due, such as a backup, depends on the time since the import."""
        return monotonic() - self._made < _YOUNG_S

    def keep(self, home: Path, keys: list[str]) -> None:
        """Takes the place of what was kept."""
        self._folder /= "again"
        logs = [path for path in home.rglob("*.refman-wal") if path.stat().st_size]
        assert not logs, "a library that is closed has taken its log in"
        shutil.copytree(home, self._folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
        self._keys, self._made = keys, monotonic()

    def put_into(self, home: Path) -> list[str]:
        """As if it had been imported there."""
        shutil.copytree(self._folder, home, dirs_exist_ok=True)
        return list(self._keys)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a command; `stdin` is what standard input gives. A status 0 is expected unless `fails` is another."""

    def run(*arguments: str | Path, stdin: bytes = b"", fails: int = 0) -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        status = main([os.fspath(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert status == fails, captured.err
        assert "Traceback" not in captured.err
        return Done(status, captured.out, captured.err)

    return run


@pytest.fixture
def library(own_home: Path) -> Path:
    """Where REFMAN_LIBRARY points; nothing is there yet."""
    return own_home / "library.refman"


@pytest.fixture(scope="session")
def imported_page() -> Iterator[ImportedPage]:
    """What a test left behind its import of the page, for those that come soon after it."""
    with tempfile.TemporaryDirectory() as folder:
        yield ImportedPage(Path(folder))


@pytest.fixture
def page(cli: Cli, own_home: Path, imported_page: ImportedPage) -> list[str]:
    """The real author page, imported by the command; the keys of its papers."""
    if imported_page.is_young:
        return imported_page.put_into(own_home)
    keys: list[str] = cli("import", PAGE, "--captured-on", "2026-11-22", "--json").json["keys"]
    imported_page.keep(own_home, keys)
    return keys


def content_of(cli: Cli) -> tuple[str, str, str]:
    """Everything the library says of itself."""
    return cli("search", "", "--json").out, cli("history", "--json").out, cli("profile", "list", "--json").out


@pytest.fixture
def unchanged(cli: Cli, page: list[str]) -> Iterator[None]:
    """The library with the page is afterwards what it was before."""
    before = content_of(cli)
    yield
    assert content_of(cli) == before
    assert cli("check").out.endswith("is sound\n")
