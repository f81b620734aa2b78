"""The export dialog: what, in which format, where to; with the problems and the first entries before it writes."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.settings import ExportFormat, setting_named
from refman.services.exporting import exporter_of
from refman.services.library import Library
from refman.ui.dialogs.files import ask_where_to_save
from refman.ui.door import LibraryDoor
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE_PX = (640, 560)
_PREVIEWED = 3
_CHECKED_MOST = 2000
_PROBLEMS_MOST = 4
# Asking the exporters would load them, which reads files and so is no work for this thread.
_EXTENSIONS = {
    ExportFormat.BIBTEX: "bib",
    ExportFormat.BIBLATEX: "bib",
    ExportFormat.CSL_JSON: "json",
    ExportFormat.RIS: "ris",
}


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """Something that can be exported: its label, how many papers, which."""

    label: str
    count: int
    papers: "Listing | array[int]"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the person wants."""

    papers: "Listing | array[int]"
    count: int
    format: ExportFormat
    path: Path


@dataclass(frozen=True, slots=True)
class _Foresight:
    text: str
    problems: tuple[str, ...]
    checked: int


class ExportDialog(QDialog):
    """Open it with `open()`."""

    confirmed = Signal(object)
    """The ExportRequest."""

    def __init__(
        self,
        library: LibraryDoor,
        choices: Sequence[ExportChoice],
        *,
        format: ExportFormat,
        folder: Path,
        themes: ThemeController,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._choices = [choice for choice in choices if choice.count]
        self._folder = folder
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        open_at(self, _SIZE_PX, themes=themes)
        self.what = QComboBox()
        for choice in self._choices:
            self.what.addItem(f"{choice.label} ({choice.count:,})")
        self.format = QComboBox()
        for one in setting_named("export_format").choices:
            self.format.addItem(one.label, one.value)
        self.format.setCurrentIndex(self.format.findData(format))
        self.path = QLineEdit()
        self.path.setPlaceholderText(self.tr("File to write"))
        self.choose = button(self.tr("Choose…"))
        self.problems = label("", TextRole.SECONDARY, wrap=True)
        self.preview = QPlainTextEdit()
        self.go = button("", ButtonKind.PRIMARY)
        self._lay_out()
        self._connect()
        self._suggest()
        self._look_ahead()
        self.path.setFocus()

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        form = QFormLayout()
        form.setHorizontalSpacing(metrics.lg)
        form.setVerticalSpacing(metrics.s)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        file = QHBoxLayout()
        file.setSpacing(metrics.s)
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        for words, field, named in (
            (self.tr("What"), self.what, self.what),
            (self.tr("Format"), self.format, self.format),
            (self.tr("File"), file, self.path),
        ):
            caption = label(words, TextRole.SECONDARY)
            caption.setBuddy(named)
            named.setAccessibleName(words)
            caption.setFixedHeight(named.sizeHint().height())
            form.addRow(caption, field)
        self.preview.setReadOnly(True)
        self.preview.setProperty("kind", "field")
        self.preview.setProperty("role", TextRole.MONO.value)
        self.preview.setAccessibleName(self.tr("How the file begins"))
        self.preview.setFont(metrics.font(TextRole.MONO))
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.s)
        buttons.addStretch()
        self.cancel = button(self.tr("Cancel"))
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        self.go.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.setSpacing(metrics.m)
        column.addLayout(form)
        column.addWidget(self.preview, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _: self._look_ahead())
        self.format.currentIndexChanged.connect(lambda _: self._change_format())
        self.path.textChanged.connect(lambda _: self._show_count())
        self.choose.clicked.connect(lambda _=False: self._ask_for_place())
        self.cancel.clicked.connect(lambda _=False: self.reject())
        self.go.clicked.connect(lambda _=False: self._confirm())

    @property
    def chosen_format(self) -> ExportFormat:
        """The format in the box."""
        return ExportFormat(self.format.currentData())

    @property
    def chosen(self) -> ExportChoice | None:
        """What is to be exported; None when there is no paper at all."""
        place = self.what.currentIndex()
        return self._choices[place] if 0 <= place < len(self._choices) else None

    def _suggest(self) -> None:
        self.path.setText(str(self._folder / f"references.{_EXTENSIONS[self.chosen_format]}"))

    def _change_format(self) -> None:
        if self.path.text().strip():
            path = Path(self.path.text().strip())
            self.path.setText(str(path.with_suffix(f".{_EXTENSIONS[self.chosen_format]}")))
        self._look_ahead()

    def _ask_for_place(self) -> None:
        extension = _EXTENSIONS[self.chosen_format]
        dialog = ask_where_to_save(
            self,
            self.windowTitle(),
            f"*.{extension};;{self.tr('All files')} (*)",
            suffix=extension,
            verb=self.tr("Choose"),
            chosen=lambda path: self.path.setText(str(path)),
        )
        dialog.selectFile(self.path.text())

    # Before it is written ----------------------------------------------------------------------------------------

    def _look_ahead(self) -> None:
        self._show_count()
        choice, name = self.chosen, self.chosen_format
        if choice is None:
            return
        self._library.read(
            lambda library: _foresee(library, choice.papers, name), self._show, owner=self, slot="export.preview"
        )

    def _show(self, seen: _Foresight) -> None:
        self.preview.setPlainText(seen.text)
        lines = list(seen.problems[:_PROBLEMS_MOST])
        rest = len(seen.problems) - len(lines)
        if rest > 0:
            lines.append(self.tr("and {0} more").format(f"{rest:,}"))
        self.problems.setText("\n".join(lines) or self.tr("No problems for this format."))
        self.problems.setAccessibleName(self.problems.text())

    def _show_count(self) -> None:
        count = self.chosen.count if self.chosen else 0
        words = self.tr("Export 1 paper") if count == 1 else self.tr("Export {0} papers").format(f"{count:,}")
        self.go.setText(words)
        self.go.setEnabled(bool(count) and bool(self.path.text().strip()))

    def _confirm(self) -> None:
        choice = self.chosen
        if choice is not None:
            path = Path(self.path.text().strip()).expanduser()
            request = ExportRequest(choice.papers, choice.count, self.chosen_format, path)
            self.accept()
            self.confirmed.emit(request)


def _foresee(library: Library, papers: "Listing | array[int]", name: str) -> _Foresight:
    """The first entries, and what the format cannot say about the first papers."""
    ids = library.ids(papers, limit=_CHECKED_MOST) if isinstance(papers, Listing) else papers[:_CHECKED_MOST]
    found = library.papers([PaperId(number) for number in ids])
    text = "\n\n".join(library.preview(paper, name).strip() for paper in found[:_PREVIEWED])
    exporter = exporter_of(name)
    problems = tuple(
        f"{paper.key or paper.plain('title')}: {problem.message}"
        for paper in found
        for problem in exporter.problems(paper)
    )
    return _Foresight(text, problems, len(found))
