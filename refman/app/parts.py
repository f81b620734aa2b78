"""What the built program is made of, as a CycloneDX list that tools compare with known faults; `build.spec` writes it.

From what is installed, without the network; the same on every run.
"""

import json
import platform
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from refman import __version__

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write_parts(path: Path, *, sqlite: str) -> None:
    """`sqlite` is its version. Raises: OSError."""
    path.write_text(parts_text(sqlite=sqlite), "utf-8")


def parts_text(*, sqlite: str) -> str:
    """The packages that refman needs and what they need in turn, Python and SQLite, each with its version."""
    parts = [
        {"type": "platform", "name": "Python", "version": platform.python_version()},
        {"type": "library", "name": "SQLite", "version": sqlite},
        *sorted(map(_part, _needed("refman")), key=lambda part: part["name"].lower()),
    ]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "refman", "version": __version__}},
        "components": parts,
    }
    return json.dumps(bill, indent=2) + "\n"


def _part(found: Distribution) -> dict[str, str]:
    name, version = found.metadata["Name"], found.version
    return {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{_plain(name)}@{version}"}


def _needed(name: str) -> Iterator[Distribution]:
    known, waiting = {_plain(name)}, _requirements(distribution(name))
    while waiting:
        wanted = waiting.pop()
        if wanted in known:
            continue
        known.add(wanted)
        try:
            found = distribution(wanted)
        except PackageNotFoundError:
            # For another system or another Python.
            continue
        waiting += _requirements(found)
        yield found


def _requirements(found: Distribution) -> list[str]:
    """Their names, without those of extras."""
    return [
        _plain(match[0]) for line in found.requires or () if "extra ==" not in line and (match := _NAME.match(line))
    ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
