"""All there is to say of a LaTeX project: what is cited, what is missing and why, what the last build complained of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from refman.domain.ports import Reader
from refman.formats.bibfile.document import Document
from refman.formats.bibtex.parts import EntryPart
from refman.formats.build_note import BuildNote
from refman.formats.tex_logs import blg_notes, log_notes
from refman.services.linking.other_bibs import keys_of_titles
from refman.services.linking.projects import Missing, Project, documents_of, entries_by_key, read_project

_LARGEST = 50_000_000
_QUOTED = re.compile(r"macro \"([^\"]+)\"")


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
    """`in_library` are missing keys that papers of the library have, `in_trash` those of papers in its trash."""

    project: Project
    warnings: tuple[BuildWarning, ...]
    retired: tuple[Retired, ...] = ()
    in_library: tuple[str, ...] = ()
    in_trash: tuple[str, ...] = ()

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
    retired = [Retired(key, new) for key, new in keys_now(reader, missing).items()]
    trashed = {row.id for row in reader.rows(list(here.values())) if row.is_trashed}
    in_trash = tuple(key for key in missing if here.get(key) in trashed)
    in_library = tuple(key for key in missing if key in here and key not in in_trash)
    return ProjectReport(project, warnings_of(project), tuple(retired), in_library, in_trash)


def _with_titles(project: Project, titles: Mapping[str, str]) -> Project:
    """Papers of the library that the .bib files have under another key."""
    if not titles:
        return project
    same = keys_of_titles(titles.values(), entries_by_key(documents_of(project.bibs)))
    missing = [
        replace(one, near=tuple(dict.fromkeys((*_others(same.get(titles.get(one.key, ""), ()), one.key), *one.near))))
        for one in project.missing
    ]
    return replace(project, missing=tuple(missing))


def _others(keys: Iterable[str], key: str) -> Iterator[str]:
    return (one for one in keys if one != key)


def warnings_of(project: Project) -> tuple[BuildWarning, ...]:
    """What .blg and .log of the last build say, each on its entry."""
    entries = _Entries(project)
    found = []
    for path in sorted((*project.folder.rglob("*.blg"), *project.folder.rglob("*.log"))):
        if not path.is_file() or path.stat().st_size > _LARGEST:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for note in (blg_notes if path.suffix == ".blg" else log_notes)(text):
            found.append(entries.placed(path, note))
    return tuple(found)


class _Entries:
    """The entries of a project by key and by line."""

    def __init__(self, project: Project) -> None:
        self._files: list[tuple[Path, Document]] = list(zip(project.bibs, documents_of(project.bibs), strict=True))
        self._by_key: dict[str, tuple[Path, int]] = {}
        for path, document in reversed(self._files):
            self._by_key |= {entry.key: (path, entry.line) for entry in reversed(document.entries)}

    def placed(self, said_by: Path, note: BuildNote) -> BuildWarning:
        """The warning on its entry: that of its key, else that of the line that it names."""
        name = Path(note.file).name
        found = next(((path, document) for path, document in self._files if path.name == name), None)
        if found is not None and note.line:
            entry = _entry_at(found[1], note)
            key = note.key or (entry.key if entry else "")
            return BuildWarning(said_by, replace(note, key=key), found[0], note.line)
        bib, line = self._by_key.get(note.key, (None, 0))
        return BuildWarning(said_by, note, bib, line)


def _entry_at(document: Document, note: BuildNote) -> EntryPart | None:
    """The entry at a line. biber names the line behind a value: then the one before has what is quoted."""
    before = [entry for entry in document.entries if entry.line <= note.line][-2:]
    quoted = _QUOTED.search(note.message)
    fitting = [entry for entry in before if quoted and quoted[1] in document.raw(entry)]
    return next(iter((fitting or before)[-1:]), None)


def keys_now(reader: Reader | None, keys: Iterable[str]) -> dict[str, str]:
    """For keys that papers had before they were renamed or merged the keys that these papers have now."""
    if reader is None:
        return {}
    wanted = list(keys)
    here = reader.ids_of_keys(wanted)
    trashed = {row.id for row in reader.rows(list(here.values())) if row.is_trashed}
    return {key: now for key in wanted if (key not in here or here[key] in trashed) and (now := _key_now(reader, key))}


def _key_now(reader: Reader, key: str) -> str:
    owner = reader.owner_of_exported(key)
    paper = reader.paper(owner) if owner is not None else None
    return paper.key if paper and paper.trashed is None and paper.key != key else ""
