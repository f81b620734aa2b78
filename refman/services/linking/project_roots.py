"""From a part of a LaTeX project, a chapter or a folder of chapters, to the folder where LaTeX runs (decision 0116)."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from refman.domain.ports import Reader
from refman.formats.pandoc_citations import ENDINGS as PANDOC_ENDINGS
from refman.formats.tex_projects import bibliographies, inputs, is_main
from refman.services.linking.cited import cited_keys, sources_of
from refman.services.linking.cited_sources import LARGEST
from refman.services.linking.projects import named_main, project_folder, project_place

_ENDINGS = (".tex", ".ltx", ".Rnw")
_HEAD = 1 << 16
"""So far into a source its class is looked for."""

Linked = Callable[[], Collection[Path]]
"""The folders of linked projects; asked only where the sources do not say enough by themselves."""


class FoundBy(StrEnum):
    """Why a folder counts as that of the project."""

    GIVEN = "given"
    NAMED = "named"
    LINKED = "linked"
    READ_IN = "read-in"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ProjectRoot:
    """The folder of a project. `main` is the file that a source named or that reads the part in; `document` the main
    file where that itself was named: then its document is meant, not all of the folder."""

    folder: Path
    found_by: FoundBy
    main: Path | None = None
    document: Path | None = None

    @property
    def place(self) -> Path:
        """What is meant, as `read_project` takes it."""
        return self.document or self.folder


def linked_projects(reader: Reader | None) -> frozenset[Path]:
    """The folders with which .bib files are linked, none without a library."""
    links = reader.linked_files() if reader else ()
    folders = (Path(link.project) for link in links if link.project)
    return frozenset((one.parent if one.is_file() else one).resolve() for one in folders)


def root_of_project(path: Path, linked: Linked) -> ProjectRoot:
    """A main file and a folder that has one are taken as given; else the nearest folder above that is linked or whose
    main file reads in what was named. Never above a git work tree, the home folder or the file system.

    Cost: a look at the sources of each folder on the way, and at what their main files read in. Raises: NotFound.
    """
    folder = project_folder(path)
    once = cache(linked)
    found = _root_of_file(path.resolve(), folder, once) if path.is_file() else _root_of_folder(folder, once)
    place = project_place(path)
    return replace(found, document=place) if place.is_file() else found


def _root_of_file(path: Path, folder: Path, linked: Linked) -> ProjectRoot:
    if main := named_main(path):
        return ProjectRoot(folder, _unless(FoundBy.NAMED, folder == path.parent), main.resolve())
    if is_main(_text(path, _HEAD)):
        return ProjectRoot(folder, FoundBy.GIVEN, path)
    found = _climbed(folder, path, linked)
    return found or _root_of_folder(folder, linked)


def _root_of_folder(folder: Path, linked: Linked) -> ProjectRoot:
    if mains := _mains(folder):
        return ProjectRoot(folder, FoundBy.GIVEN, mains[0])
    return _named_root(folder) or _climbed(folder, folder, linked) or _as_given(folder)


def _named_root(folder: Path) -> ProjectRoot | None:
    """What the sources of a folder name as their main file, where that is on the way up or below."""
    above = list(_upwards(folder))
    for source in _sources(folder):
        main = named_main(source)
        if main is None:
            continue
        place = main.resolve().parent
        if place in above:
            return ProjectRoot(place, _unless(FoundBy.NAMED, place == folder), main.resolve())
    return None


def _climbed(folder: Path, target: Path, linked: Linked) -> ProjectRoot | None:
    projects = linked()
    for place in _upwards(folder):
        main = next((main for main in _mains(place) if _reads_in(main, target)), None)
        if place in projects:
            return ProjectRoot(place, _unless(FoundBy.LINKED, place == folder), main)
        if main:
            return ProjectRoot(place, _unless(FoundBy.READ_IN, place == folder), main)
    return None


def _as_given(folder: Path) -> ProjectRoot:
    """The folder itself: its main file lies deeper, or it is Markdown that cites, or nobody knows what it is."""
    sources = sources_of(folder)
    is_markdown = all(one.name.endswith(PANDOC_ENDINGS) for one in sources) and bool(cited_keys(folder))
    has_main = any(one.name.endswith(_ENDINGS) and is_main(_text(one, _HEAD)) for one in sources)
    return ProjectRoot(folder, _unless(FoundBy.NOTHING, is_markdown or has_main))


def _unless(found_by: FoundBy, is_given: bool) -> FoundBy:
    return FoundBy.GIVEN if is_given else found_by


def _upwards(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the top of its git work tree, the home folder or the file system."""
    home = Path(os.path.expanduser("~")).resolve()
    device = _device(folder)
    while True:
        yield folder
        is_last = home.is_relative_to(folder) or os.path.lexists(folder / ".git")
        if is_last or folder.parent == folder or _device(folder.parent) != device:
            return
        folder = folder.parent


def _device(folder: Path) -> int | None:
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def _mains(folder: Path) -> list[Path]:
    return [path for path in _sources(folder) if is_main(_text(path, _HEAD))]


def _sources(folder: Path) -> list[Path]:
    """The LaTeX sources that lie in a folder itself, none of one that may not be looked into."""
    try:
        with os.scandir(folder) as found:
            return sorted(Path(one) for one in found if one.name.endswith(_ENDINGS) and one.is_file())
    except OSError:
        return []


def _reads_in(main: Path, target: Path) -> bool:
    """True when a document reads the target in, or something below it; a .bib file counts."""
    known = {main.resolve()}
    waiting = list(known)
    while waiting:
        source = waiting.pop()
        text = _text(source, LARGEST)
        # LaTeX looks from the folder it runs in; what `\import` read in, from its own.
        places = (main.parent, source.parent)
        read_in = {path for name in inputs(text) if (path := _found(name, places, (".tex", "")))}
        named = {path for name in bibliographies(text) if (path := _found(name, places, ("",)))}
        if any(path.is_relative_to(target) for path in read_in | named):
            return True
        waiting += read_in - known
        known |= read_in
    return False


def _found(name: str, places: Collection[Path], endings: Collection[str]) -> Path | None:
    tries = (place / f"{name}{ending}" for place in places for ending in endings)
    return next((one.resolve() for one in tries if os.path.isfile(one)), None)


def _text(path: Path, most: int) -> str:
    try:
        with path.open("rb") as file:
            return file.read(most).decode("utf-8", "surrogateescape")
    except OSError:
        return ""
