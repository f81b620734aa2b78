"""Libraries as released versions of refman left them; `python -m tests.storage.released` adds those of this schema.

Never made anew once their schema was released: what matters is what those versions wrote.
"""

import lzma
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import Settings
from refman.services.import_plan import ImportInput, ImportOptions
from refman.services.library import Library, open_library
from refman.storage.opener import SqliteOpener
from refman.storage.schema import REVISION
from tests.fakes import FakeClock

FOLDER = Path(__file__).parents[1] / "data" / "libraries"
_DAY = date(2026, 1, 1)
_ENTRY = "@article{{{key}, title = {{{title}}}, author = {{Byron, Ada and Doe, Jane}}, year = {year}}}\n"


def released() -> list[Path]:
    """The packed libraries, `r0001-small.refman.xz`."""
    return sorted(FOLDER.glob("*.refman.xz"))


def unpack(packed: Path, target: Path) -> Path:
    """The library file as it was."""
    target.write_bytes(lzma.decompress(packed.read_bytes()))
    target.chmod(0o600)
    return target


def _import(library: Library, text: str) -> None:
    library.apply_import(library.plan_import([ImportInput("given.bib", text)], ImportOptions(_DAY)))


def _ids(library: Library) -> list[PaperId]:
    return [PaperId(one) for one in library.ids(Listing())]


def _small(library: Library) -> None:
    _import(library, "".join(_ENTRY.format(key=f"k{n}", title=f"On {{DNA}} {n}", year=1990 + n) for n in range(20)))
    papers = _ids(library)
    library.tag(papers[:7], ["rl/planning", "Ünï"])
    library.add_note(papers[0], "# Read\n\nWith *care*.")
    library.edit(papers[1], {"title": "Typed by a person", "doi": "10.1000/182"})
    library.trash(papers[-2:])
    library.undo()
    library.trash(papers[-1:])


def _large(library: Library) -> None:
    texts = (_ENTRY.format(key=f"k{n}", title=f"Paper number {n}", year=1900 + n % 120) for n in range(10_000))
    _import(library, "".join(texts))
    library.tag(_ids(library)[:5_000], ["half"])


def _hostile(library: Library) -> None:
    odd = "\u202e\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u200d\U0001f469\u200d\U0001f52c e\u0301 \ufffd "
    odd += "<script>alert(1)</script> '; DROP TABLE paper; --"
    _import(library, "".join(_ENTRY.format(key=f"k{n}", title=odd, year=n) for n in range(5)))
    authors = " and ".join(f"Name{n}, First{n}" for n in range(2_000))
    _import(library, f"@misc{{many, title = {{Many}}, author = {{{authors}}}}}\n")
    _import(library, f"@misc{{huge, title = {{Huge}}, abstract = {{{'word ' * 60_000}}}}}\n")
    _import(library, '@string{a = b}\n@comment{kept}\n@preamble{"\\write18{ls}"}\n' + "@misc{same, title={A}}\n" * 3)
    papers = _ids(library)
    library.tag(papers, ["/".join("abcdefgh"), "\u202etag", "<b>bold</b>"])
    library.add_note(papers[0], "![](file:///etc/passwd)\n" + "nested\n> " * 2_000)
    for number in range(30):
        library.edit(papers[0], {"title": f"{odd} {number}"})
    library.undo()


_MAKERS: dict[str, Callable[[Library], None]] = {"small": _small, "10000": _large, "hostile": _hostile}


def _make(name: str) -> None:
    clock = FakeClock()
    opener = SqliteOpener(clock)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "papers.refman")
        opener.create(str(path))
        library = open_library(opener, str(path), clock=clock, settings=Settings())
        _MAKERS[name](library)
        library.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{REVISION}-{name}.refman.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9))


if __name__ == "__main__":
    for wanted in sys.argv[1:] or _MAKERS:
        _make(wanted)
