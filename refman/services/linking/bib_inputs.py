"""Where TeX looks for a .bib: beside the sources, in BIBINPUTS, in the trees of the TeX installation."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from refman.services.tex_tree import known_to_tex


def found_bib(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of this name, None when there is none. Runs `kpsewhich` when it is neither here nor in BIBINPUTS."""
    places = [*folders, *bib_input_folders(folders[-1])]
    here = next((place / name for place in places if (place / name).is_file()), None)
    if here is not None or os.path.isabs(name) or name.startswith("."):
        return here
    return _known_to_tex(name)


def bib_input_folders(folder: Path) -> list[Path]:
    """The folders that BIBINPUTS names, as seen from a folder."""
    return _bib_inputs(os.environ.get("BIBINPUTS", ""), folder)


def _bib_inputs(said: str, folder: Path) -> list[Path]:
    """`a:b//:` as folders; `//` means all below, an empty part is TeX's own default."""
    found: list[Path] = []
    for part in filter(None, said.split(os.pathsep)):
        place = folder / os.path.expanduser(part.rstrip("/") or "/")
        found.append(place)
        if part.endswith("//"):
            found += [Path(below) for below, _, _ in os.walk(place)][1:]
    return found


@cache
def _known_to_tex(name: str) -> Path | None:
    return known_to_tex(name, kind="bib")
