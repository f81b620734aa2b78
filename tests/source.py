"""The project's own source text, read once, for the tests of its rules."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Source:
    """A Python file; `name` is its path from the root of the project, with `/`."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed when it is asked for: half of the rules need no tree of most files."""
        return ast.parse(self.text)

    def mentions(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands anywhere in the text; what does not cannot be a name in the tree either."""
        return re.search("|".join(map(re.escape, words)), self.text) is not None

    def comments(self) -> list[tuple[int, str]]:
        """Line number and text of every comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return [(t.start[0], t.string) for t in tokens if t.type == tokenize.COMMENT]


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """Every Python file below a folder of the project, by name."""
    return tuple(_read(path) for path in sorted((ROOT / folder).rglob("*.py")))


@pytest.fixture(scope="module")
def trees_are_dropped() -> Iterator[None]:
    """At the end of a module: a million nodes would slow every later collection of garbage in this process."""
    yield
    sources.cache_clear()


def _read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
