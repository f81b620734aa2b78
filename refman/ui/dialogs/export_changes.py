"""What an export would change in the file that it replaces, asked in the background once the person pauses."""

from array import array
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.formats.bibtex.dialects import Dialect
from refman.services.export_difference import ExportDifference
from refman.ui.door import LibraryDoor

_PAUSE_MS = 300
MOST_PAPERS = 5_000
"""Larger exports are not compared in the dialog; `refman diff` compares files of any size."""
_SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}", "changed": "~", "renamed": "~"}
_SHOWN_MOST = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be written where."""

    papers: "Listing | array[int]"
    count: int
    format: str
    profile: ExportProfile | None
    path: Path


class ExportChanges(QObject):
    """Compares once nothing changed for a moment; the newest question counts."""

    told = Signal(str, str)
    """A few words for the tab, and the text of it."""

    def __init__(self, library: LibraryDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._planned: Planned | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    def plan(self, planned: Planned | None) -> None:
        """This is what the dialog says now; None for nothing that could be written."""
        self._planned = planned
        self._timer.start()

    def _ask(self) -> None:
        planned = self._planned
        title = _tr("Changes")
        if planned is None or planned.format not in set(Dialect):
            self.told.emit(title, _tr("Only .bib files are compared with the file on disk."))
            return
        if planned.count > MOST_PAPERS:
            text = _tr("An export of more than {0} papers is not compared here; refman diff compares the files.")
            self.told.emit(title, text.format(f"{MOST_PAPERS:,}"))
            return
        self.told.emit(title, _tr("Comparing with the file on disk…"))
        self._library.read(
            lambda library: library.export_difference(
                planned.papers, planned.format, planned.path, profile=planned.profile
            ),
            lambda found: self._tell(found, planned.path),
            owner=self,
            failed=lambda error: self.told.emit(title, str(error)),
            slot="export.changes",
        )

    def _tell(self, found: ExportDifference, path: Path) -> None:
        title = _tr("Changes")
        if found.is_new:
            self.told.emit(title, _tr("{0} does not exist yet; it will be made.").format(path.name))
        elif not found.entries:
            self.told.emit(title, _tr("Every entry of {0} stays as it is.").format(path.name))
        else:
            self.told.emit(f"{title} ({len(found.entries):,})", changes_text(found))


def changes_text(found: ExportDifference) -> str:
    """A line for each entry, and one for each side of a field."""
    lines: list[str] = []
    for entry in found.entries[:_SHOWN_MOST]:
        lines.append(f"{_SIGNS[entry.what.value]} {entry.key}")
        if entry.what.value in {"changed", "renamed"}:
            for field in entry.fields:
                sides = (("\N{MINUS SIGN}", field.before), ("+", field.after))
                lines += [f"    {sign} {field.name} = {' '.join(value.split())}" for sign, value in sides if value]
    if (rest := len(found.entries) - _SHOWN_MOST) > 0:
        lines.append(_tr("and {0} more").format(f"{rest:,}"))
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportChanges", text)
