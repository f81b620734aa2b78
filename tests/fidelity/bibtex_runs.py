"""Runs of the real BibTeX on a text: which entries it sees, and the bibliography it makes."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

STYLES = ("plain", "alpha", "abbrv", "plainnat")
CHUNK = 8_000
"""BibTeX's tables hold so many citations of large entries."""

# Writes one line an entry and asks for nothing else; `crossref` tells the children.
_LISTING = """ENTRY { title } {} {}
FUNCTION {default.type} { cite$ crossref missing$ { "" } { "|" crossref * } if$ * write$ newline$ }
READ
ITERATE {call.type$}
"""
_ERROR = re.compile(r"---line (\d+) of file")
# Said of every entry once its key is read, and of what stops BibTeX inside one.
_ENTRY_OR_STOP = re.compile(
    r"^(?:Warning--entry type for \"(?P<key>.*)\" isn't style-file defined"
    r"|Repeated entry.*|(?P<stop>I'm skipping whatever remains of this entry))$",
    re.MULTILINE,
)
_BAD_REFERENCE = re.compile(
    r"^A bad cross reference---entry \".*\"\s+refers to entry \"(.*)\", which doesn't exist$", re.MULTILINE
)
_ITEM = re.compile(r"\\bibitem(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\])?\{([^}]*)\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seen:
    """What BibTeX reads of a text: keys in order, those of children of a crossref, lines where it complains.

    `broken` are the keys of entries that it breaks off inside, for a fault in them. Keys are bytes read as Latin-1.
    """

    keys: tuple[str, ...]
    children: tuple[str, ...]
    error_lines: tuple[int, ...]
    broken: tuple[str, ...]


def seen(text: bytes) -> Seen:
    """The entries that BibTeX finds, each once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "listing.bst").write_text(_LISTING, "ascii")
        bbl, said = _run(folder, text, "listing", ("*",))
    # Not splitlines: of a letter in UTF-8 one byte may be an end of line to Python.
    lines = [line.partition("|") for line in bbl.split("\n") if line.strip(" ")]
    keys = tuple(dict.fromkeys(key for key, _, _ in lines))
    children = tuple(dict.fromkeys(key for key, bar, _ in lines if bar))
    return Seen(keys, children, tuple(int(number) for number in _ERROR.findall(said)), tuple(_broken(said)))


def printed(text: bytes, style: str) -> str:
    """What a style (the text of a .bst) prints of all entries; bytes read as Latin-1."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "own.bst").write_text(style, "ascii")
        return _run(folder, text, "own", ("*",))[0]


def _broken(said: str) -> Iterator[str]:
    key = ""
    for match in _ENTRY_OR_STOP.finditer(said):
        if match["stop"] and key:
            yield key
        key = match["key"] or ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A .bbl, and the keys of the parents that BibTeX did not find behind their children."""

    bbl: str
    missed: frozenset[str]


def bibliography(text: bytes, style: str, keys: Sequence[str]) -> Bibliography:
    """What these citations give."""
    with tempfile.TemporaryDirectory() as name:
        bbl, said = _run(Path(name), text, style, keys)
    return Bibliography(bbl, frozenset(key.lower() for key in _BAD_REFERENCE.findall(said)))


def items(bbl: str) -> dict[str, str]:
    """The text of each item by its key, labels included."""
    starts = list(_ITEM.finditer(bbl))
    ends = [*(match.start() for match in starts[1:]), len(bbl)][: len(starts)]
    return {match.group(1): bbl[match.start() : end].strip() for match, end in zip(starts, ends, strict=True)}


def _run(folder: Path, text: bytes, style: str, keys: Sequence[str]) -> tuple[str, str]:
    (folder / "x.bib").write_bytes(text)
    cited = b"".join(b"\\citation{" + key.encode("latin-1") + b"}\n" for key in keys)
    (folder / "x.aux").write_bytes(cited + b"\\bibdata{x}\n\\bibstyle{" + style.encode() + b"}\n")
    environment = {**os.environ, "max_print_line": "1000000"}
    done = subprocess.run(
        ["bibtex", "x"], cwd=folder, env=environment, capture_output=True, timeout=600, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    bbl = folder / "x.bbl"
    return (bbl.read_text("latin-1") if bbl.exists() else ""), done.stdout.decode("latin-1")
