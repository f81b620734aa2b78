"""What a LaTeX project cites: the sources below its folder, Markdown with pandoc's citations among them.

A project is named by its folder, which means all in it, or by a main file, which means that document alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path

from refman.formats.tex_projects import aux_keys, bcf_keys
from refman.services.linking.build_files import built_files, text_of_build
from refman.services.linking.cited_sources import Source, known_outside, read_sources, stamp_of_source
from refman.services.linking.document_sources import document_sources, is_document
from refman.services.linking.folder_sources import sources_below


@dataclass(frozen=True, slots=True)
class CitedAt:
    """A place that cites a key; `start` is the offset of the key in the text of the file."""

    key: str
    path: Path
    line: int
    start: int


def read_project_sources(place: Path) -> Mapping[Path, Source]:
    """The sources of a project with those outside of its folder that they read in. Cost: as `cited_at`."""
    return document_sources(place) if is_document(place) else read_sources(place, sources_of(place))


def cited_at(folder: Path) -> Iterator[CitedAt]:
    """Every citation of a project, by file and place. Files that cannot be read are passed over.

    Cost: a look at every source; only those that changed since the last time are read.
    """
    for path, source in read_project_sources(folder).items():
        for one in source.citations:
            yield CitedAt(one.key, path, one.line, one.start)


def cited_keys(folder: Path) -> frozenset[str]:
    """The keys that the sources of a project cite, none for a folder that is gone. Cost: as `cited_at`. Any thread."""
    return frozenset(citation_counts(folder))


def citation_counts(folder: Path) -> Counter[str]:
    """Each cited key with the number of its places. Cost: as `cited_at`."""
    sources = read_project_sources(folder).values()
    return Counter(one.key for source in sources for one in source.citations)


def stamp_of_sources(folder: Path) -> str:
    """Differs after any source came, went or changed. Cost: a look at every source."""
    digest = blake2s(digest_size=8)
    outside = () if is_document(folder) else known_outside(folder)
    for path in (*sources_of(folder), *outside):
        digest.update(f"{path}\0{stamp_of_source(path)}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def fresh_builds(folder: Path, ending: str) -> list[Path]:
    """The files of the last build with this ending; a build before the last change of a source says nothing."""
    changed = max((stamp_of_source(path)[1] for path in sources_of(folder)), default=0)
    return [path for path in built_files(folder, ending) if stamp_of_source(path)[1] >= changed]


def built_keys(folder: Path) -> list[str]:
    """The keys that the files of the last build cite."""
    keys: dict[str, None] = {}
    for ending, read in ((".aux", aux_keys), (".bcf", bcf_keys)):
        for path in fresh_builds(folder, ending):
            keys.update(dict.fromkeys(read(text_of_build(path))))
    return list(keys)


def followed_sources(folder: Path) -> list[Path]:
    """The sources of a whole folder, also where a main file names it, with those outside that they read in: who renames
    a key cannot leave out the other documents that share its .bib. Cost: as `cited_at`."""
    folder = folder.parent if folder.is_file() else folder
    return list(read_sources(folder, sources_below(folder)))


def sources_of(folder: Path) -> list[Path]:
    """The sources of a project by path; hidden folders are none of it, links to folders are not followed. Of a main
    file those of its document."""
    if is_document(folder):
        return list(document_sources(folder))
    return sources_below(folder.parent if folder.is_file() else folder)
