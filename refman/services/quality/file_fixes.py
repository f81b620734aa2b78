"""Checking .bib files on disk, and mending them: only the bytes of the fields in question change."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from difflib import unified_diff
from pathlib import Path

from refman.domain.errors import ExportRefused
from refman.domain.frozen import dataclass
from refman.domain.quality import ENTRY, HEAD_KEY, HEAD_TYPE
from refman.formats.bibfile.document import Document, EntryId, read_document
from refman.formats.bibfile.entry_edits import EntryChange
from refman.formats.bibfile.file_edits import Edits, edited
from refman.formats.bibfile.markers import has_markers
from refman.formats.bibtex.text_to_latex import escape_non_ascii
from refman.services.linking.file_bytes import Snapshot, read_bytes, replace_bytes
from refman.services.linking.project_macros import with_macros_beside
from refman.services.quality.file_quality import FileLooking, dialect_of, look_at
from refman.services.quality.file_slips import Fixes, readable_document
from refman.services.quality.fixing import expression, field_part
from refman.services.quality.found_in_file import FileFinding

_ROUNDS = 4
_HEADS = frozenset({ENTRY, HEAD_KEY, HEAD_TYPE})


@dataclass(frozen=True, slots=True)
class FileReport:
    """What stands in a file now, in how many places something was mended before, and the strings it defines.

    `difference` is what fixes would change, as `diff -u` shows it, where they were only foreseen.
    """

    findings: tuple[FileFinding, ...]
    fixed: int = 0
    macros: Mapping[str, str] = field(default_factory=dict)
    difference: str = ""


def lint_file(path: Path, wanted: FileLooking) -> FileReport:
    """Looks at a file; nothing is written. Raises: UnreadableInput."""
    document = read_document(read_bytes(path).data, str(path))
    wanted = _in_project(path, document, wanted)
    return FileReport(tuple(look_at(document, wanted)), macros=document.own_macros)


def fix_file(path: Path, wanted: FileLooking, fixes: Fixes) -> FileReport:
    """Does the fixes that are wanted, then looks at the file by all checks that are.

    Raises: UnreadableInput, ExportRefused (conflict markers among others), ConflictError, DiskFull: nothing is written.
    """
    snapshot = read_bytes(path)
    document = _without_markers(path, snapshot)
    wanted = _in_project(path, document, wanted)
    readable, entries = readable_document(document, fixes, wanted)
    mended, fields = fixed_document(readable, fixes, wanted)
    if entries or fields:

        def check(written: bytes) -> None:
            if read_document(written, path.name).text != mended.text or not _is_like(readable, mended):
                raise ExportRefused(
                    "fix-unsound", f"What was fixed in {path} does not read back; it is as it was.", str(path)
                )

        replace_bytes(path, mended.data, expected=snapshot.sha256, check=check)
    return FileReport(tuple(look_at(mended, wanted)), entries + fields, mended.own_macros)


def foresee_fixes(path: Path, wanted: FileLooking, fixes: Fixes) -> FileReport:
    """What `fix_file` would do; nothing is written. `fixed` counts the places, findings are those of the file as it is.

    Raises: UnreadableInput, ExportRefused (conflict markers).
    """
    document = _without_markers(path, read_bytes(path))
    wanted = _in_project(path, document, wanted)
    readable, entries = readable_document(document, fixes, wanted)
    mended, fields = fixed_document(readable, fixes, wanted)
    before, after = (one.text.splitlines(keepends=True) for one in (document, mended))
    lines = unified_diff(before, after, str(path), str(path), n=1)
    difference = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
    return FileReport(tuple(look_at(document, wanted)), entries + fields, document.own_macros, difference)


def _in_project(path: Path, document: Document, wanted: FileLooking) -> FileLooking:
    """With what the project of the file defines."""
    return replace(wanted, macros=with_macros_beside(document, path, wanted.macros))


def _without_markers(path: Path, snapshot: Snapshot) -> Document:
    document = read_document(snapshot.data, str(path))
    if has_markers(document.text):
        raise ExportRefused(
            "conflict-markers",
            f"Conflict markers stand in {path}; settle the merge first, nothing was fixed.",
            str(path),
        )
    return document


def fixed_document(document: Document, fixes: Fixes, wanted: FileLooking) -> tuple[Document, int]:
    """The document with the fixes of values, and how many there were."""
    looking = FileLooking(fixes.checks, wanted.dialect or dialect_of(document), wanted.macros)
    count = 0
    for _ in range(_ROUNDS):
        changed: dict[EntryId, dict[str, str | None]] = {}
        is_done = True
        for found in look_at(document, looking):
            name, value = _change(document, found, with_unsure=fixes.with_unsure)
            if not value or not found.entry:
                continue
            of_entry = changed.setdefault(found.entry, {})
            # Of two fixes of one field the second is looked for again in what the first one left; a type wants others.
            is_done = is_done and name not in of_entry and name != HEAD_TYPE
            of_entry.setdefault(name, value)
        count += sum(map(len, changed.values()))
        document = edited(document, Edits({entry: _as_change(fields) for entry, fields in changed.items()}))
        if is_done:
            break
    return document, count


def _change(document: Document, found: FileFinding, *, with_unsure: bool) -> tuple[str, str]:
    """The field as it is called in the file and its new value expression, "" where it cannot be mended.

    A field that is not there yet is called as BibTeX and biblatex both do.
    """
    fix = found.finding.fix
    entry = document.by_id.get(found.entry) if found.entry else None
    if fix is None or not (fix.is_certain or with_unsure) or entry is None or not entry.is_sound:
        return "", ""
    if fix.field in _HEADS:
        return fix.field, fix.text
    part = field_part(entry, fix.field)
    before = part.value if part else ""
    value = expression(before, fix)
    if not document.encoding.can_write(value):
        value = escape_non_ascii(value)
    name = part.name if part else fix.field
    return name, value if value != before and document.encoding.can_write(value) else ""


def _as_change(wanted: dict[str, str | None]) -> EntryChange:
    fields = {name: value for name, value in wanted.items() if name not in _HEADS}
    return EntryChange(fields, type=wanted.get(HEAD_TYPE), as_given=True)


def _is_like(before: Document, after: Document) -> bool:
    """The same entries with all the fields they had, whatever these hold; some may have more."""
    if [entry.key for entry in before.entries] != [entry.key for entry in after.entries]:
        return False
    pairs = zip(before.entries, after.entries, strict=True)
    return len(before.parts) == len(after.parts) and all(
        Counter(one.name for one in entry.fields) <= Counter(one.name for one in other.fields) for entry, other in pairs
    )
