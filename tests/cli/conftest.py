"""`refman` inside the test's process, with its own home and library."""

import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from refman.app.main import main

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


@pytest.fixture
def page(cli: Cli) -> list[str]:
    """The real author page, imported; the keys of its papers."""
    keys: list[str] = cli("import", PAGE, "--captured-on", "2026-11-22", "--json").json["keys"]
    return keys
