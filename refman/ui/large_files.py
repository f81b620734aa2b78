"""Large files among what is imported: they are not previewed but imported while they are read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from refman.domain.frozen import dataclass
from refman.domain.progress import Progress
from refman.services.import_plan import BigFile, BigReport, ImportInput, ImportOptions, Reading, Refusal
from refman.services.library import Library
from refman.ui.dialogs.confirm import Question

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class LargeImport:
    """Inputs of which some are too large for a preview; `refused` could not be opened."""

    inputs: tuple[Reading | BigFile, ...]
    options: ImportOptions
    refused: tuple[Refusal, ...]

    def carry_out(self, library: Library, progress: Progress) -> BigReport:
        """Imports them. Raises: as `Library.import_big`."""
        return library.import_big(self.inputs, self.options, progress)


def is_large(path: Path) -> bool:
    """True for a large .bib. Never ask about what may be a library."""
    # Late: loads the formats.
    from refman.services.file_reading import is_streamed

    return is_streamed(path, "")


def large_import(
    inputs: "Sequence[ImportInput | BigFile]", options: ImportOptions, refused: Sequence[Refusal]
) -> LargeImport | None:
    """What can be read of the inputs, the small ones read already; None when all are small."""
    if not any(isinstance(one, BigFile) for one in inputs):
        return None
    # Late: loads the formats.
    from refman.services.reading import read_inputs

    small = iter(read_inputs([one for one in inputs if isinstance(one, ImportInput)], options))
    return LargeImport(
        tuple(one if isinstance(one, BigFile) else next(small) for one in inputs), options, tuple(refused)
    )


def question_about(large: LargeImport) -> Question:
    """Asked instead of the preview."""
    translate = QCoreApplication.translate
    size = sum(one.path.stat().st_size for one in large.inputs if isinstance(one, BigFile)) / _MEGABYTE
    names = ", ".join(one.name for one in large.inputs)
    return Question(
        translate("LargeFiles", "Import {0}?").format(names),
        translate(
            "LargeFiles",
            "With {0} MB this is too large for a preview. It is imported while it is read; you can go on working, "
            "stop it, or undo it afterwards.",
        ).format(f"{size:,.0f}"),
        translate("LargeFiles", "Import"),
    )
