"""What an export would change in the file that it replaces, entry by entry."""

from dataclasses import dataclass
from pathlib import Path

from refman.domain.export_profile import Shaping
from refman.domain.ports import Store
from refman.formats.bibfile.compare import EntryDifference, What, entry_differences
from refman.formats.bibfile.document import document_of, read_document
from refman.services.export_selection import Selection
from refman.services.exporting import foreseen_text
from refman.services.linking.file_bytes import read_bytes


@dataclass(frozen=True, slots=True)
class ExportDifference:
    """`is_new` when there is no file yet; `entries` in the order of the export, those that go last."""

    entries: tuple[EntryDifference, ...] = ()
    is_new: bool = False

    def keys(self, what: What) -> list[str]:
        """The keys of the entries that are added, removed, changed or renamed."""
        return [entry.key for entry in self.entries if entry.what is what]


def export_difference(
    store: Store,
    selection: Selection,
    *,
    format_name: str,
    pattern: str,
    path: Path,
    shaping: Shaping | None = None,
) -> ExportDifference:
    """Compares a .bib on disk with the export that would replace it; nothing is written. Raises: UnreadableInput."""
    if not path.is_file():
        return ExportDifference(is_new=True)
    old = read_document(read_bytes(path).data, path.name)
    text = foreseen_text(store, selection, format_name=format_name, pattern=pattern, shaping=shaping)
    return ExportDifference(tuple(entry_differences(old, document_of(text))))
