"""The export dialog: what, in which format, where to; with the problems and the first entries before it writes."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from refman.domain.export_profile import ExportProfile
from refman.domain.listing import Listing
from refman.domain.settings import ExportFormat, setting_named
from refman.ui.dialogs.confirm import Question, ask
from refman.ui.dialogs.export_changes import ExportChanges, Planned
from refman.ui.dialogs.export_check import Checked, ExportCheck
from refman.ui.dialogs.export_preview import first_entries, holds_something
from refman.ui.dialogs.files import ask_where_to_save
from refman.ui.dialogs.profile_picker import ProfilePicker
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE_PX = (640, 560)
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
    profile: ExportProfile | None = None


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
        icons: Icons,
        parent: QWidget,
        profiles: Sequence[ExportProfile] = (),
        edit_profiles: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._choices = [choice for choice in choices if choice.count]
        self._folder = folder
        self._themes = themes
        self._icons = icons
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        open_at(self, _SIZE_PX, themes=themes)
        self.what = QComboBox()
        for choice in self._choices:
            self.what.addItem(f"{choice.label} ({choice.count:,})")
        self.profile = ProfilePicker(profiles, edit_profiles, themes=themes)
        self.format = QComboBox()
        for one in setting_named("export_format").choices:
            self.format.addItem(one.label, one.value)
        self.format.setCurrentIndex(self.format.findData(format))
        self.path = QLineEdit()
        self.path.setPlaceholderText(self.tr("File to write"))
        self.choose = button(self.tr("Choose…"))
        self.problems = label("", TextRole.SECONDARY, wrap=True)
        self.preview = QPlainTextEdit()
        self.changes = QPlainTextEdit()
        self.tabs = QTabWidget()
        self.go = button("", ButtonKind.PRIMARY)
        self._check = ExportCheck(library, self)
        self._changes = ExportChanges(library, self)
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
            (self.tr("Profile"), self.profile, self.profile.box),
            (self.tr("Format"), self.format, self.format),
            (self.tr("File"), file, self.path),
        ):
            caption = label(words, TextRole.SECONDARY)
            caption.setBuddy(named)
            named.setAccessibleName(words)
            caption.setFixedHeight(named.sizeHint().height())
            form.addRow(caption, field)
        for pane, name, title in (
            (self.preview, self.tr("How the first entries look"), self.tr("Preview")),
            (self.changes, self.tr("What changes in the file"), self.tr("Changes")),
        ):
            pane.setReadOnly(True)
            pane.setProperty("kind", "field")
            pane.setProperty("role", TextRole.MONO.value)
            pane.setAccessibleName(name)
            pane.setFont(metrics.font(TextRole.MONO))
            pane.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.tabs.addTab(pane, title)
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
        column.addWidget(self.tabs, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _: self._look_ahead())
        self.format.currentIndexChanged.connect(lambda _: self._change_format())
        self.profile.changed.connect(self._change_profile)
        self.path.textChanged.connect(lambda _: self._plan())
        self._changes.told.connect(self._show_changes)
        self.choose.clicked.connect(lambda _=False: self._ask_for_place())
        self.cancel.clicked.connect(lambda _=False: self.reject())
        self.go.clicked.connect(lambda _=False: self._confirm())
        self._check.grown.connect(self._show_check)
        self.finished.connect(lambda _: self._check.stop())

    @property
    def chosen_format(self) -> ExportFormat:
        """The format in the box."""
        return ExportFormat(self.format.currentData())

    @property
    def chosen_profile(self) -> ExportProfile | None:
        """The profile in the box; None for everything as it was read."""
        return self.profile.chosen

    def _change_profile(self) -> None:
        """A profile is for one of the formats."""
        profile = self.chosen_profile
        self.format.setEnabled(profile is None)
        place = self.format.findData(ExportFormat(profile.engine.value)) if profile else -1
        if profile and place != self.format.currentIndex():
            self.format.setCurrentIndex(place)
        else:
            self._look_ahead()

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
        self._plan()
        choice, name, profile = self.chosen, self.chosen_format, self.chosen_profile
        if choice is None:
            return
        self._library.read(
            lambda library: first_entries(library, choice.papers, name, profile=profile),
            self.preview.setPlainText,
            owner=self,
            failed=lambda error: self.preview.setPlainText(str(error)),
            slot="export.preview",
        )
        self._check.begin(choice.papers, name, profile=profile)

    def _plan(self) -> None:
        self._show_count()
        choice, path = self.chosen, self.path.text().strip()
        planned = None
        if choice is not None and path:
            name, profile = self.chosen_format, self.chosen_profile
            planned = Planned(choice.papers, choice.count, name, profile, Path(path).expanduser())
        self._changes.plan(planned)

    def _show_changes(self, title: str, text: str) -> None:
        self.tabs.setTabText(1, title)
        self.changes.setPlainText(text)

    def _show_check(self, seen: Checked) -> None:
        """The first problems and how many there are; while papers are still being looked at, how many were."""
        lines = list(seen.problems[:_PROBLEMS_MOST])
        rest = seen.problem_count - len(lines)
        if rest > 0:
            lines.append(self.tr("and {0} more").format(f"{rest:,}"))
        if not seen.is_over:
            checked = self.tr("Looking for problems: {0} of {1} papers")
            lines.append(checked.format(f"{seen.done:,}", f"{seen.total:,}"))
        elif not lines:
            lines.append(self.tr("No problems for this format."))
        self.problems.setText("\n".join(lines))
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
            request = ExportRequest(choice.papers, choice.count, self.chosen_format, path, self.chosen_profile)
            answer = partial(self._answer, request)
            self._library.read(lambda _: holds_something(path), answer, owner=self, slot="export.go")

    def _answer(self, request: ExportRequest, is_there: bool) -> None:
        """What stands in a file is not written over without a question."""
        if not is_there:
            self._finish(request)
            return
        title = self.tr("Replace {0}?").format(request.path.name)
        text = self.tr("{0} exists. All that is in it will be replaced; Changes shows how its entries differ.")
        question = Question(title, text.format(request.path), self.tr("Replace the file"), is_destructive=True)
        ask(question, lambda: self._finish(request), themes=self._themes, icons=self._icons, window=self)

    def _finish(self, request: ExportRequest) -> None:
        self.accept()
        self.confirmed.emit(request)
