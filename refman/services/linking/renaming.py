"""Renaming a citation key everywhere: the sources that cite it, the .bib files, the library; all of it or nothing.

Comments of the sources are told of, not changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import ConflictError, NotFound, RefmanError
from refman.formats.bibfile.document import Document, Splice, read_document, spliced
from refman.formats.bibtex.parts import EntryPart, FieldPart
from refman.formats.tex_citations import citations
from refman.services.citekeys import parse_key
from refman.services.linking.cited import sources_of
from refman.services.linking.file_bytes import Snapshot, read_bytes, replace_bytes, sha256_of
from refman.services.linking.projects import bibs_of

_KEY_FIELDS = frozenset({"crossref", "xref", "xdata", "related", "entryset", "ids"})


@dataclass(frozen=True, slots=True)
class FileRename:
    """One file: its lines that change (1-based), what it holds now and what it would hold."""

    path: Path
    lines: tuple[int, ...]
    before: Snapshot
    after: bytes


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """Every file with the key; `in_comments` are (file, line) of comments that name it and stay."""

    old: str
    new: str
    files: tuple[FileRename, ...]
    in_comments: tuple[tuple[Path, int], ...]

    @property
    def places(self) -> int:
        """How many places change."""
        return sum(len(one.lines) for one in self.files)


def plan_rename(old: str, new: str, folders: Sequence[Path], bibs: Sequence[Path]) -> RenamePlan:
    """Looks for the key in projects and further .bib files; writes nothing.

    Raises: InvalidValue for a bad new key, ConflictError when a .bib has the new key already, UnreadableInput.
    """
    new = parse_key(new)
    sources = dict.fromkeys(path for folder in folders for path in sources_of(folder))
    files = [*(one for path in sources if (one := _in_source(path, old, new)))]
    all_bibs = dict.fromkeys(
        path.resolve() for path in (*(one for folder in folders for one in bibs_of(folder)), *bibs)
    )
    files += [one for path in all_bibs if (one := _in_bib(path, old, new))]
    comments = [place for path in sources for place in _comments(path, old)]
    return RenamePlan(old, new, tuple(files), tuple(comments))


def apply_rename(plan: RenamePlan) -> None:
    """Writes every file; when one cannot be written those before it get their bytes back.

    Raises: ConflictError, ExportRefused, DiskFull; then every file is as it was.
    """
    done: list[FileRename] = []
    try:
        for one in plan.files:
            replace_bytes(one.path, one.after, expected=one.before.sha256, check=_checked(one.after))
            done.append(one)
    except RefmanError:
        take_back(done)
        raise


def take_back(files: Iterable[FileRename]) -> None:
    """Gives files their bytes back; one that somebody changed since keeps what it has. Raises: as `replace_bytes`."""
    for one in files:
        replace_bytes(one.path, one.before.data, expected=sha256_of(one.after), check=_checked(one.before.data))


def check_found(plan: RenamePlan, *, is_in_library: bool) -> None:
    """Raises: NotFound when the key is nowhere."""
    if not plan.files and not is_in_library:
        raise NotFound("no-key", f"The key {plan.old} is nowhere to be found; check its spelling.", plan.old)


class _checked:
    """A check that what was read back is what was meant."""

    def __init__(self, wanted: bytes) -> None:
        self._wanted = wanted

    def __call__(self, written: bytes) -> None:
        if written != self._wanted:
            raise ConflictError("rename-unsound", "A file does not read back as it was written; nothing was changed.")


def _in_source(path: Path, old: str, new: str) -> FileRename | None:
    before = read_bytes(path)
    text = before.data.decode("utf-8", "surrogateescape")
    found = [one for one in citations(text) if one.key == old]
    if not found:
        return None
    for one in reversed(found):
        text = text[: one.start] + new + text[one.start + len(old) :]
    return FileRename(path, tuple(one.line for one in found), before, text.encode("utf-8", "surrogateescape"))


def _in_bib(path: Path, old: str, new: str) -> FileRename | None:
    before = read_bytes(path)
    document = read_document(before.data, path.name)
    keys = {entry.key.lower() for entry in document.entries}
    if new.lower() in keys and new.lower() != old.lower() and old in {entry.key for entry in document.entries}:
        raise ConflictError("key-taken", f"{path} has the key {new} already; choose another one.", new, str(path))
    splices = [one for entry in document.entries for one in _in_entry(document, entry, old, new)]
    if not splices:
        return None
    after = spliced(document, splices)
    lines = tuple(document.text.count("\n", 0, one.start) + 1 for one in splices)
    return FileRename(path, lines, before, after.data)


def _in_entry(document: Document, entry: EntryPart, old: str, new: str) -> Iterator[Splice]:
    if entry.key == old:
        yield Splice(entry.key_start, entry.key_end, new)
    for one in entry.fields:
        if one.name.lower() in _KEY_FIELDS:
            yield from _in_list(document, one, old, new)
        elif "cite" in one.value:
            for found in citations(one.value):
                if found.key == old:
                    start = one.value_start + found.start
                    yield Splice(start, start + len(old), new)


def _in_list(document: Document, field: FieldPart, old: str, new: str) -> Iterator[Splice]:
    for match in re.finditer(r"[^\s,{}\"]+", field.value):
        if match.group() == old:
            yield Splice(field.value_start + match.start(), field.value_start + match.end(), new)


def _comments(path: Path, old: str) -> Iterator[tuple[Path, int]]:
    pattern = re.compile(rf"(?<![\w:.-]){re.escape(old)}(?![\w:.-])")
    text = path.read_bytes().decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        comment = re.search(r"(?<!\\)%.*", line)
        if comment and pattern.search(comment.group()):
            yield path, number
