"""A large import that is killed leaves nothing half: at the next start all of it is taken back."""

import subprocess
import sys
from pathlib import Path

import pytest

from refman.app.wiring import Wiring
from refman.domain.listing import Listing
from refman.services.library import Library

_ROOT = Path(__file__).parents[2]
_COUNT = 500


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    """Papers, some of which are others again."""
    entries = (
        f"@article{{k{one % 480}, title = {{Title {one % 480}}}, author = {{Ann Smith}}, keywords = {{one, two}},\n"
        f"  doi = {{10.1000/{one % 480}}}, abstract = {{{'Some words of a text. ' * 20}}}}}\n"
        for one in range(_COUNT)
    )
    path = tmp_path / "papers.bib"
    path.write_text("".join(entries), encoding="utf-8")
    return path


def _run(location: Path, bib: Path, *, lines: int | None) -> None:
    """Imports in a process that is killed after so many lines."""
    command = [sys.executable, "-m", "tests.services.killed_import", str(location), str(bib)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout, 1):
            if number == lines:
                process.kill()
                break
        process.stdout.read()
    assert process.returncode == (0 if lines is None else -9)


def _opened(location: Path) -> Library:
    return Wiring().open_library(str(location))


@pytest.mark.parametrize("lines", [2, 5, 9])
def test_nothing_is_left_of_a_killed_import(tmp_path: Path, bib: Path, lines: int) -> None:
    location = tmp_path / "papers.refman"
    Wiring().create_library(str(location))
    _run(location, bib, lines=lines)
    library = _opened(location)
    assert len(library.ids(Listing())) == 0
    assert library.history() == []
    assert library.store.check() == []
    with library.store.read() as reader:
        assert reader.source_named_by(bib.read_text(encoding="utf-8")) is None
    library.close()
    # Nothing stands in the way of the same import.
    _run(location, bib, lines=None)
    library = _opened(location)
    assert len(library.ids(Listing())) == 480
    assert [one.name for one in library.history()] == ["Import 500 papers from papers.bib"]
    assert library.store.check() == []
    with library.agreed():
        library.undo()
    assert len(library.ids(Listing())) == 0
    assert library.store.check() == []
    library.close()
