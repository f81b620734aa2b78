"""All there is to say of a LaTeX project: what is cited, what is missing and why, what the last build complained of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from refman.domain.ports import Reader
from refman.formats.bibfile.document import Document
from refman.formats.tex_logs import BuildNote, blg_notes, log_notes
from refman.services.linking.other_bibs import keys_of_titles
from refman.services.linking.projects import Missing, Project, documents_of, entries_by_key, read_project

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class BuildWarning:
    """A warning of a file of the last build, and where its entry stands: `bib`, `line` (1-based), or None and 0."""

    said_by: Path
    note: BuildNote
    bib: Path | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Retired:
    """A cited key under which a paper once left, and the key that it has now."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """`in_library` are missing keys that papers of the library have."""

    project: Project
    warnings: tuple[BuildWarning, ...]
    retired: tuple[Retired, ...] = ()
    in_library: tuple[str, ...] = ()

    def fix_for(self, missing: Missing) -> str:
        """The key that a missing one should be: that of its paper now, else the nearest one, "" for none."""
        now = next((one.new for one in self.retired if one.old == missing.key), "")
        return now or next(iter(missing.near), "")


def report_on(folder: Path, reader: Reader | None) -> ProjectReport:
    """Looks at sources, .bib files and the files of the last build, and asks a library about what is missing.

    Raises: NotFound.
    """
    project = read_project(folder)
    missing = [one.key for one in project.missing]
    if reader is None or not missing:
        return ProjectReport(project, warnings_of(project))
    here = reader.ids_of_keys(missing)
    project = _with_titles(project, {paper.key: paper.plain("title") for paper in reader.papers(list(here.values()))})
    retired = [Retired(key, new) for key in missing if key not in here and (new := _key_now(reader, key))]
    return ProjectReport(project, warnings_of(project), tuple(retired), tuple(key for key in missing if key in here))


def _with_titles(project: Project, titles: Mapping[str, str]) -> Project:
    """Papers of the library that the .bib files have under another key."""
    if not titles:
        return project
    same = keys_of_titles(titles.values(), entries_by_key(documents_of(project.bibs)))
    missing = [
        replace(one, near=tuple(dict.fromkeys((*same.get(titles.get(one.key, ""), ()), *one.near))))
        for one in project.missing
    ]
    return replace(project, missing=tuple(missing))


def warnings_of(project: Project) -> tuple[BuildWarning, ...]:
    """What .blg and .log of the last build say, each on its entry."""
    places = dict(_places(project))
    found = []
    for path in sorted((*project.folder.rglob("*.blg"), *project.folder.rglob("*.log"))):
        if not path.is_file() or path.stat().st_size > _LARGEST:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for note in (blg_notes if path.suffix == ".blg" else log_notes)(text):
            bib, line = places.get(note.key, (None, 0))
            found.append(BuildWarning(path, note, bib, line))
    return tuple(found)


def _places(project: Project) -> Iterator[tuple[str, tuple[Path, int]]]:
    documents: list[Document] = documents_of(project.bibs)
    for path, document in zip(project.bibs, documents, strict=True):
        for entry in reversed(document.entries):
            yield entry.key, (path, entry.line)


def _key_now(reader: Reader, key: str) -> str:
    owner = reader.owner_of_exported(key)
    paper = reader.paper(owner) if owner is not None else None
    return paper.key if paper and paper.trashed is None and paper.key != key else ""
