"""A LaTeX project: what it cites, what of that is missing from its .bib files, what in them nobody cites."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from os.path import isfile
from pathlib import Path

from refman.domain.errors import NotFound, UnreadableInput
from refman.formats.bibfile.document import Document, document_of, read_document
from refman.formats.bibfile.used_strings import without_unused_strings
from refman.formats.bibtex.parts import EntryPart, draft_of
from refman.formats.bibtex.xdata_keys import keys_in
from refman.formats.tex_projects import root_of
from refman.services.linking.cited import CitedAt, built_keys, cited_at
from refman.services.linking.document_sources import is_document
from refman.services.linking.named_bibs import folder_of, look_for_bibs
from refman.services.linking.other_bibs import Elsewhere, found_elsewhere, keys_of_titles
from refman.services.linking.section_keys import keys_of_other_sections

_CONTROL_TYPES = frozenset({"ieeetranbstctl", "control", "set", "xdata"})
_LINKS = ("crossref", "xref", "xdata", "related", "entryset")
_NEAREST = 3
_HEAD = 4096
"""So far into a source an editor looks for its main file."""
_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class Missing:
    """A cited key that no .bib of the project has, or none that its section reads: where it is cited, and the keys it
    may stand for, best first.

    `near` are those of entries with the title that another .bib has under this key, then those that look like it;
    `elsewhere` is the entry of that other .bib.
    """

    key: str
    places: tuple[CitedAt, ...]
    near: tuple[str, ...]
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """What was found. `cited` are all cited keys; `unused` stand in a .bib, uncited and no parent of a cited entry.

    `lost` are .bib files that the sources name and that are found nowhere, as written. `document` is the main file
    where one was named: then all of it is about what that reads in.
    """

    folder: Path
    bibs: tuple[Path, ...]
    cited: tuple[str, ...]
    missing: tuple[Missing, ...]
    unused: tuple[str, ...]
    lost: tuple[str, ...] = ()
    document: Path | None = None


def read_project(path: Path) -> Project:
    """Looks at the sources, the files of the last build and the .bib files; of a main file at those of its document.

    Raises: NotFound.
    """
    place = project_place(path)
    folder = folder_of(place)
    places: dict[str, list[CitedAt]] = {}
    for cited in cited_at(place):
        places.setdefault(cited.key, []).append(cited)
    for key in built_keys(place):
        places.setdefault(key, [])
    named = look_for_bibs(place)
    bibs = named.found or _bibs_below(folder)
    documents = documents_of(bibs)
    entries = entries_by_key(documents)
    missing = [
        *_missing(folder, bibs, entries, places),
        *_misplaced(place, dict(zip(bibs, documents, strict=True)), places),
    ]
    used = closure(entries, places)
    return Project(
        folder,
        tuple(bibs),
        tuple(sorted(places)),
        tuple(sorted(missing, key=lambda one: one.key)),
        tuple(
            sorted(
                key
                for key, (_, entry) in entries.items()
                if key == entry.key and key not in used and not is_control(entry)
            )
        ),
        named.lost,
        place if place.is_file() else None,
    )


def exported_project(path: Path) -> str:
    """A .bib of the cited entries with all they need: parents, sets, strings, preambles, control entries; as written.

    Raises: NotFound.
    """
    place = project_place(path)
    documents = documents_of(bibs_of(place))
    entries = entries_by_key(documents)
    used = closure(entries, [*(one.key for one in cited_at(place)), *built_keys(place)])
    pieces = [
        document.raw(part) for document in documents for part in document.others if part.kind in {"string", "preamble"}
    ]
    children = [key for key, (_, entry) in entries.items() if key == entry.key and (key in used or is_control(entry))]
    parents = {key for one in children for key in _linked(entries[one][1])}
    ordered = [key for key in children if key not in parents] + [key for key in children if key in parents]
    pieces += [document.raw(entry) for document, entry in map(entries.__getitem__, ordered)]
    text = "\n\n".join(dict.fromkeys(pieces)) + "\n" if pieces else ""
    return without_unused_strings(document_of(text))[0].text


def bibs_of(place: Path) -> list[Path]:
    """The .bib files that the sources name, in their order; where none is named (or there), all of the folder."""
    return list(look_for_bibs(place).found or _bibs_below(folder_of(place)))


def _bibs_below(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*.bib") if not _is_made(path)))


def documents_of(bibs: Sequence[Path]) -> list[Document]:
    """The files read; one that is no text counts as empty."""
    return [_document(path) for path in bibs]


def closure(entries: Mapping[str, tuple[Document, EntryPart]], keys: Iterable[str]) -> set[str]:
    """The keys with all that their entries name by crossref, xref, xdata (single fields too), related or entryset."""
    used: set[str] = set()
    waiting = [entries[key][1].key for key in keys if key in entries]
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += [entries[one][1].key for one in _linked(entries[key][1]) if one in entries]
    return used


def is_control(entry: EntryPart) -> bool:
    """True for an entry that steers a style or biber and is never cited by people."""
    return entry.type in _CONTROL_TYPES


def _linked(entry: EntryPart) -> list[str]:
    named = [key for name in _LINKS for key in _names(entry, name)]
    return [*named, *(key for one in entry.fields for key in keys_in(one.value))]


def _names(entry: EntryPart, name: str) -> list[str]:
    """The keys that a field names."""
    value = entry.field(name)
    return [key.strip() for key in value.value.strip('{}"').split(",") if key.strip()] if value else []


def entries_by_key(documents: Iterable[Document]) -> dict[str, tuple[Document, EntryPart]]:
    """The entries under each key that names them, the first of equal ones; `ids` name entries as well."""
    found: dict[str, tuple[Document, EntryPart]] = {}
    for document in documents:
        for entry in document.entries:
            if entry.key:
                found.setdefault(entry.key, (document, entry))
    for document, entry in list(found.values()):
        # biblatex: further keys under which an entry is cited.
        for key in _names(entry, "ids"):
            found.setdefault(key, (document, entry))
    return found


def _missing(
    folder: Path,
    bibs: Sequence[Path],
    entries: Mapping[str, tuple[Document, EntryPart]],
    places: Mapping[str, Sequence[CitedAt]],
) -> Iterable[Missing]:
    keys = sorted(key for key in places if key not in entries)
    elsewhere = found_elsewhere(folder, bibs, keys)
    same = keys_of_titles([one.title for one in elsewhere.values()], entries)
    for key in keys:
        one = elsewhere.get(key)
        near = (*(same.get(one.title, ()) if one else ()), *_near(key, entries))
        # Of a section whose .bib lacks it the key itself is no proposal.
        yield Missing(key, tuple(places[key]), tuple(dict.fromkeys(name for name in near if name != key)), one)


def _misplaced(
    place: Path, documents: Mapping[Path, Document], places: Mapping[str, Sequence[CitedAt]]
) -> Iterable[Missing]:
    """Keys that a section cites and that only the .bib files of others have."""
    entries = {path: entries_by_key([document]) for path, document in documents.items()}
    for key, sure in keys_of_other_sections(place, entries).items():
        path = next(path for path, own in entries.items() if key in own)
        document, entry = entries[path][key]
        one = Elsewhere(path, entry.line, draft_of(entry, document.macros).plain("title"))
        yield Missing(key, sure or tuple(places.get(key, ())), (), one)


def _near(key: str, entries: Iterable[str]) -> tuple[str, ...]:
    folded = {one.lower(): one for one in entries}
    return tuple(folded[one] for one in get_close_matches(key.lower(), folded, n=_NEAREST, cutoff=_LIKENESS))


def _document(path: Path) -> Document:
    try:
        return read_document(path.read_bytes(), path.name)
    except (OSError, UnreadableInput):
        return document_of("")


def _is_made(path: Path) -> bool:
    """REVTeX writes `NAMENotes.bib` itself; hidden folders are none of the project."""
    return path.stem.endswith("Notes") or any(part.startswith(".") for part in path.parts[1:])


def project_place(path: Path) -> Path:
    """What a path means: a main file its document, all else a folder (`project_folder`). Raises: NotFound."""
    folder = project_folder(path)
    own = path.resolve()
    main = named_main(own) if own.is_file() else None
    return own if is_document(own) and (main is None or main.resolve() == own) else folder


def project_folder(path: Path) -> Path:
    """The folder of a project named by it, by its main file, or by a source that names that (`%!TeX root`, subfiles).

    `project_roots.root_of_project` climbs from a part of a project to its folder.

    Raises: NotFound.
    """
    if not path.exists():
        raise NotFound("no-project", f"There is no {path}; name the folder of your LaTeX sources.", str(path))
    if path.is_dir():
        return path.resolve()
    main = named_main(path)
    return (main or path).parent.resolve()


def named_main(path: Path) -> Path | None:
    """The main file that a source names, where it is there."""
    try:
        with path.open("rb") as source:
            root = root_of(source.read(_HEAD).decode("utf-8", "replace"))
    except OSError:
        return None
    tries = (path.parent / f"{root}{ending}" for ending in ("", ".tex"))
    return next((one for one in tries if isfile(one)), None) if root else None
