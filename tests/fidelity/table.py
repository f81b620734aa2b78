"""Rows of measures and the page that they make."""

import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
_HEAD = """# What refman keeps of real .bib files

Made by `./dev fidelity`, which runs the real programs on the .bib files of TeX Live and of the tests; nothing here is
written by hand. `--only PART` measures one part anew and keeps the others.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure; `notes` name what falls short."""

    measure: str
    target: str
    found: str
    is_met: bool
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one part, the day on which they were measured (ISO), and of what."""

    day: str
    of: str
    rows: Sequence[Row]


def share(part: int, whole: int) -> str:
    """`412 of 415 (99.3 %)`."""
    percent = 100 * part / whole if whole else 100.0
    return f"{part:,} of {whole:,} ({percent:.4g} %)"


def page(parts: Sequence[Part]) -> str:
    """The whole page."""
    lines = [
        f"| {row.measure} | {row.target} | {row.found} | {'yes' if row.is_met else 'no'} | {part.day}, {part.of} |"
        for part in parts
        for row in part.rows
    ]
    notes = [f"- {row.measure}: {note}" for part in parts for row in part.rows for note in row.notes]
    text = f"{_HEAD}Programs: {_programs()}.\n\n"
    text += "| measure | target | found | met | measured |\n|---|---|---|---|---|\n" + "\n".join(lines) + "\n"
    return text + ("\nWhat differs:\n\n" + "\n".join(notes) + "\n" if notes else "")


def _programs() -> str:
    found = [f"Python {platform.python_version()}", f"bibtexparser {version('bibtexparser')}"]
    for program in ("bibtex", "biber"):
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        found.append(said.splitlines()[0] if said else f"no {program}")
    return ", ".join(found)
