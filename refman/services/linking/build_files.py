"""The files of the last build of a LaTeX project: all below its folder, or those of one document."""

import os
from collections.abc import Iterator
from pathlib import Path

from refman.formats.tex_builds import aux_inputs, recorded

_SOURCES = (".tex", ".ltx")
_LARGEST = 100_000_000


def built_files(place: Path, ending: str) -> list[Path]:
    """The files with this ending (`.aux`, `.bcf`, `.fls`, ...) below a folder; of a main file those of its document:
    they have its name, or its build wrote them or read them in."""
    if not place.is_file():
        return sorted(place.rglob(f"*{ending}"))
    found = dict.fromkeys(_of_same_name(place, ending))
    if ending != ".fls":
        found |= dict.fromkeys(path for path in _written(place) if path.suffix == ending)
    waiting = [path for path in found if ending == ".aux"]
    while waiting:
        new = [path for path in _aux_read_in(waiting.pop()) if path not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return sorted(found)


def is_of_build(main: Path, path: Path) -> bool:
    """True for a file of a build (a .log, a .blg) that may be one of this document."""
    is_own = path.stem == main.stem and (path.parent == main.parent or not _has_source(path))
    return is_own or path in _written(main)


def recorded_sources(main: Path) -> tuple[list[Path], int]:
    """The files that the last build of a document read below or beside its folder, and when that was (ns; 0: never)."""
    paths: dict[Path, None] = {}
    latest = 0
    for fls in built_files(main, ".fls"):
        latest = max(latest, fls.stat().st_mtime_ns)
        paths |= dict.fromkeys(_recorded(main, fls, "INPUT"))
    return list(paths), latest


def _written(main: Path) -> list[Path]:
    return [path for fls in built_files(main, ".fls") for path in _recorded(main, fls, "OUTPUT")]


def _recorded(main: Path, fls: Path, kind: str) -> Iterator[Path]:
    """LaTeX ran in the folder of the main file; what it read from the TeX installation has an absolute name."""
    folder = main.parent
    for name in dict.fromkeys(recorded(text_of_build(fls), kind)):
        path = folder / name
        if (not os.path.isabs(name) or path.is_relative_to(folder)) and path.is_file():
            yield path.resolve()


def _of_same_name(main: Path, ending: str) -> Iterator[Path]:
    """Beside the main file, or in a folder for what is made (`-output-directory`)."""
    for path in main.parent.rglob(f"*{ending}"):
        if path.stem == main.stem and (path.parent == main.parent or not _has_source(path)):
            yield path


def _has_source(path: Path) -> bool:
    """True when a source of another document of this name lies beside it."""
    return any(path.with_name(f"{path.stem}{ending}").is_file() for ending in _SOURCES)


def _aux_read_in(aux: Path) -> list[Path]:
    return [path.resolve() for name in aux_inputs(text_of_build(aux)) if (path := aux.parent / name).is_file()]


def text_of_build(path: Path) -> str:
    """The text of a file of a build, "" for one that cannot be read or that is too large to be one."""
    try:
        return path.read_bytes().decode("utf-8", "replace") if path.stat().st_size <= _LARGEST else ""
    except OSError:
        return ""
