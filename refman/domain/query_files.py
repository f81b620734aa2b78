"""The leaves of a search that are about linked files and LaTeX projects, and what they mean for one paper."""

from collections.abc import Iterable

from refman.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class InFile:
    """Has an entry in a linked file of this name (`in:refs.bib`); `name` is folded by `fold_path`."""

    name: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Is cited by a project (`cited:thesis`), with `is_missing` by one whose linked files lack it (`missing:thesis`).

    `project` is folded, "" for any; `keys` are what the project cites, with `is_missing` what of it no .bib of the
    project has: whoever asks a library fills them in, for neither parser nor storage read documents.
    """

    project: str = ""
    is_missing: bool = False
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Membership:
    """A paper is in a linked file under this key; `project` is the folder that goes with the file, "" for none."""

    path: str
    project: str
    key: str


def fold_path(path: str) -> str:
    """A path as searches compare it."""
    return path.strip().replace("\\", "/").rstrip("/").casefold()


def is_called(path: str, name: str) -> bool:
    """True when `name` (folded) is the path, its end, or its last part without `.bib` or `.tex`."""
    folded = fold_path(path)
    last = folded.rpartition("/")[2]
    return folded.endswith("/" + name) or name in (folded, last, last.removesuffix(".bib"), last.removesuffix(".tex"))


def is_of_project(project: str, name: str) -> bool:
    """True when the folder of a linked file is meant; a file without one belongs to none."""
    return bool(project) and (not name or is_called(project, name))


def is_in_file(node: InFile, places: Iterable[Membership]) -> bool:
    """True when one of the files of the paper is meant."""
    return any(is_called(place.path, node.name) for place in places)


def is_cited(node: Cited, key: str, places: Iterable[Membership]) -> bool:
    """True when the paper is cited under its own key or that of a file of the project."""
    own = [place for place in places if is_of_project(place.project, node.project)]
    if node.is_missing:
        return key in node.keys and not own
    return key in node.keys or any(place.key in node.keys for place in own)
