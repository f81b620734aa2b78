"""A linked thesis over both libraries of `tests/services/conftest.py`."""

from pathlib import Path

import pytest

from refman.domain.settings import Settings
from refman.services.library import Library
from refman.storage.opener import SqliteOpener
from tests.empty_library import lay_empty_library
from tests.fakes import FakeClock
from tests.services.linking.thesis import REFS, Thesis


@pytest.fixture
def thesis(library: Library, tmp_path: Path) -> Thesis:
    """A folder with a file that is not linked yet."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    thesis = Thesis(folder, library)
    thesis.refs.write_text(REFS)
    return thesis


@pytest.fixture
def linked(thesis: Thesis) -> Thesis:
    """The same, linked."""
    thesis.link()
    return thesis


@pytest.fixture
def in_git(tmp_path: Path, clock: FakeClock) -> "Thesis":
    """A linked file in a git repository, over a real library."""
    folder = tmp_path / "repository"
    folder.mkdir()
    location = str(tmp_path / "git.refman")
    lay_empty_library(location)
    thesis = Thesis(folder, Library(SqliteOpener(clock).open(location), clock=clock, settings=Settings()))
    thesis.refs.write_text(REFS)
    thesis.git("init", "-q", "-b", "main")
    thesis.commit("base")
    thesis.link()
    return thesis
