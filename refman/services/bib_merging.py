"""Comparing and merging .bib files without a library, for people and for git."""

import os
from dataclasses import dataclass
from pathlib import Path

from refman.domain.errors import ExportRefused
from refman.formats.bibfile.compare import EntryDifference, OtherDifference, entry_differences, other_differences
from refman.formats.bibfile.document import Document, read_document
from refman.formats.bibfile.markers import marked
from refman.formats.bibfile.merge import Conflict, merge
from refman.services.linking.file_bytes import read_bytes, replace_bytes, sha256_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two files: entries in the order of the second, then strings, preambles and comments."""

    entries: tuple[EntryDifference, ...]
    others: tuple[OtherDifference, ...]

    @property
    def is_equal(self) -> bool:
        """True when both say the same; layout and order do not count."""
        return not self.entries and not self.others


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge left for a person: the conflicts whose both sides stand between markers in the file."""

    conflicts: tuple[Conflict, ...]
    other_conflicts: int


def compare_files(before: Path, after: Path) -> Comparison:
    """Compares two files; the null device, which git names for a file that is not there, is an empty one.

    Raises: UnreadableInput.
    """
    old, new = _read(before)[0], _read(after)[0]
    return Comparison(tuple(entry_differences(old, new)), tuple(other_differences(old, new)))


def merge_files(
    base: Path, mine: Path, theirs: Path, *, marker_size: int = 7, labels: tuple[str, str] = ("ours", "theirs")
) -> MergeReport:
    """Merges what `theirs` changed since `base` into the file `mine`, as git's merge drivers do.

    Raises: UnreadableInput, ExportRefused, ConflictError, DiskFull; then `mine` is as it was.
    """
    own, sha256 = _read(mine)
    merged = merge(_read(base)[0], own, _read(theirs)[0])
    text = (
        merged.document.text if merged.is_clean else marked(merged, size=marker_size, mine=labels[0], theirs=labels[1])
    )
    data = _encoded(merged.document, text, mine)

    def check(written: bytes) -> None:
        if merged.is_clean and len(read_document(written, mine.name).entries) != len(merged.document.entries):
            raise ExportRefused("merge-unsound", f"The merge of {mine} does not read back; it is as it was.", str(mine))

    if sha256_of(data) != sha256:
        replace_bytes(mine, data, expected=sha256, check=check)
    return MergeReport(merged.conflicts, len(merged.others))


def _encoded(document: Document, text: str, path: Path) -> bytes:
    try:
        return document.encoding.encode(text)
    except UnicodeEncodeError as error:
        sign = text[error.start]
        raise ExportRefused(
            "sign-not-in-encoding",
            f"{path} is {document.encoding.label} and cannot hold {sign}; save both files as UTF-8, then merge again.",
            str(path),
            sign,
        ) from error


def _read(path: Path) -> tuple[Document, str]:
    if str(path) == os.devnull:
        return Document(""), ""
    snapshot = read_bytes(path)
    return read_document(snapshot.data, path.name), snapshot.sha256
