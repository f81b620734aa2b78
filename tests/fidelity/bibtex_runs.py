"""Runs of the real BibTeX on a text: which entries it sees, and the bibliography it makes."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
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
_ITEM = re.compile(r"\\bibitem(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\])?\{([^}]*)\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seen:
    """What BibTeX reads of a text: keys in order, those of children of a crossref, lines where it complains."""

    keys: tuple[str, ...]
    children: tuple[str, ...]
    error_lines: tuple[int, ...]


def seen(text: bytes) -> Seen:
    """The entries that BibTeX finds, each once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "listing.bst").write_text(_LISTING, "ascii")
        bbl, said = _run(folder, text, "listing", ("*",))
    lines = [line.partition("|") for line in bbl.splitlines() if line.strip()]
    keys = tuple(dict.fromkeys(key for key, _, _ in lines))
    children = tuple(dict.fromkeys(key for key, bar, _ in lines if bar))
    return Seen(keys, children, tuple(int(number) for number in _ERROR.findall(said)))


def bibliography(text: bytes, style: str, keys: Sequence[str]) -> str:
    """The .bbl of these citations."""
    with tempfile.TemporaryDirectory() as name:
        return _run(Path(name), text, style, keys)[0]


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
