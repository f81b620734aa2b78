"""The way of every import in the window: take in, plan, show what would happen, do it, tell what happened."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from refman.domain.errors import Problem, UnreadableInput
from refman.domain.progress import Progress, stop_if_cancelled
from refman.services.import_plan import BigFile, ImportInput, ImportOptions, ImportPlan, ImportReport, Refusal
from refman.services.library import Library
from refman.services.library_files import LIBRARY_SUFFIX, belongs_to_library, is_library_name
from refman.ui.icons import Icons
from refman.ui.large_files import LargeImport, is_large, large_import, question_about
from refman.ui.library import LibraryAdapter
from refman.ui.live_settings import LiveSettings
from refman.ui.messages import MessageAction, MessageKind
from refman.ui.mime import PAPERS, TAGS, files_of
from refman.ui.theme import ThemeController
from refman.ui.voice import Voice
from refman.ui.wording import sentence


def can_import(mime: QMimeData) -> bool:
    """Whether a paste or a drop could hold papers; what is dragged inside the window does not."""
    is_own = mime.hasFormat(PAPERS) or mime.hasFormat(TAGS)
    return not is_own and (mime.hasUrls() or mime.hasText() or mime.hasHtml())


class ImportFlow(QObject):
    """Any number of imports may be under way; nothing is modal while one runs."""

    imported = Signal(object)
    """The ImportReport of an import that was done."""
    library_chosen = Signal(str)
    """A library file was pasted or dropped: it wants to be opened."""

    def __init__(
        self, adapter: LibraryAdapter, voice: Voice, settings: LiveSettings, *, themes: ThemeController, icons: Icons
    ) -> None:
        super().__init__()
        self._adapter = adapter
        self._voice = voice
        self._settings = settings
        self._themes = themes
        self._icons = icons
        self.window: QWidget | None = None
        """Over which the preview opens."""
        self.next_deeds: Callable[[ImportReport], Sequence[MessageAction]] = lambda _: ()
        """What a person may want to do with what was imported."""
        self._under_way = 0
        self._is_last = False
        self._has_applied = False
        self._waiting: list[Callable[[], object]] = []
        adapter.pending.asked.connect(self._fall_behind)

    @property
    def is_under_way(self) -> bool:
        """True while something is read or imported."""
        return self._under_way > 0

    def after(self, deed: Callable[[], object]) -> None:
        """Does it now or, when an import is the last thing that was asked for, once that has ended.

        It is undo or redo: pressed right after a paste they mean that paste. One that would be asked about first is
        given up instead, and one that imported nothing leaves nothing to take back.
        """
        if not (self._under_way and self._is_last):
            deed()
            return
        self._waiting.append(deed)
        if self._voice.is_work_seen:
            self._voice.say(self.tr("This waits until the import has ended. Stop in the status bar takes it back now."))

    def _fall_behind(self) -> None:
        """Something else was asked for since."""
        self._is_last = False

    def _begin(self) -> None:
        self._under_way += 1
        self._is_last = True

    def _end(self) -> None:
        self._under_way -= 1
        if self._under_way:
            return
        waiting, self._waiting = self._waiting, []
        has_applied, self._has_applied = self._has_applied, False
        for deed in waiting if has_applied else ():
            deed()

    def take(self, mime: QMimeData) -> None:
        """Imports what was pasted, whatever it is."""
        if not self._take(mime, self.tr("Clipboard")):
            self._voice.say(self.tr("There is no text in the clipboard."), MessageKind.WARNING)

    def take_drop(self, mime: QMimeData) -> None:
        """Imports what was dropped, whatever it is."""
        if not self._take(mime, self.tr("Dropped text")):
            self._voice.say(self.tr("There is no text in what was dropped."), MessageKind.WARNING)

    def _take(self, mime: QMimeData, name: str) -> bool:
        """Whether there is something that could hold papers; text is a source of this name."""
        files = files_of(mime)
        if files:
            self.take_files(files)
        elif mime.hasText() or mime.hasHtml():
            self._plan([ImportInput(name, mime.text(), html=mime.html() if mime.hasHtml() else "")])
        else:
            return False
        return True

    def take_files(self, files: Sequence[Path], *, is_previewed: bool = True) -> None:
        """Imports files; a library among them is opened instead."""
        libraries = [file for file in files if file.suffix == LIBRARY_SUFFIX]
        if libraries:
            self.library_chosen.emit(str(libraries[0]))
            return
        self._plan(list(files), is_previewed=is_previewed)

    # Planning ----------------------------------------------------------------------------------------------------

    def _plan(self, inputs: "Sequence[Path | ImportInput]", *, is_previewed: bool = True) -> None:
        if not self._adapter.is_open:
            self._voice.say(self.tr("No library is open; nothing was imported."), MessageKind.WARNING)
            return
        if not self._adapter.is_writable:
            self._voice.say(self.tr("This library can only be read; nothing was imported."), MessageKind.WARNING)
            return
        shows_preview = is_previewed and self._settings.value.preview_before_import
        options = ImportOptions(
            captured_on=self._adapter.clock.today(),
            keywords_as_tags=self._settings.value.keywords_become_tags,
        )
        # The preview asks about keywords: what was read has no tags of them yet, so that a No leaves none.
        asked = replace(options, keywords_as_tags=options.keywords_as_tags and not shows_preview)

        def work(library: Library, progress: Progress) -> ImportPlan | LargeImport:
            read, refused = _read_all(library, inputs, progress)
            large = large_import(read, options, refused)
            if large is not None:
                return large
            small = [one for one in read if isinstance(one, ImportInput)]
            plan = library.plan_import(small, asked, progress)
            return replace(plan, options=options, refused=(*refused, *plan.refused))

        pasted = [one.text or one.html for one in inputs if isinstance(one, ImportInput)]

        def show(plan: ImportPlan | LargeImport) -> None:
            self._show_plan(plan, shows_preview, pasted)

        self._begin()
        self._voice.run(self.tr("Reading"), work, show, ended=self._end)

    def _show_plan(self, plan: ImportPlan | LargeImport, shows_preview: bool, pasted: Sequence[str]) -> None:
        if isinstance(plan, LargeImport):
            self._ask_about_large(plan, shows_preview)
        elif not plan.items and not plan.profiles:
            self._voice.say(_reason(plan) or self.tr("There is no paper in it."), MessageKind.ERROR)
        elif len(plan.items) > 1 and shows_preview and self._waiting:
            self._waiting.clear()
            self._voice.say(self.tr("Nothing was imported."))
        elif len(plan.items) > 1 and shows_preview:
            # Late: a start need not pay for it.
            from refman.ui.dialogs.import_preview import ImportPreview

            preview = ImportPreview(plan, self._themes, icons=self._icons, pasted=pasted, parent=self.window)
            preview.confirmed.connect(self.apply)
            self._adapter.read(
                lambda library: [tag.name for tag in library.tags()], preview.tags.set_known, owner=preview
            )
            preview.open()
        else:
            self.apply(plan)

    def _ask_about_large(self, large: LargeImport, shows_preview: bool) -> None:
        if not shows_preview or self.window is None:
            self._apply_large(large)
            return
        # Late: a start need not pay for it.
        from refman.ui.dialogs.confirm import ask

        self._waiting.clear()
        ask(
            question_about(large),
            lambda: self._apply_large(large),
            themes=self._themes,
            icons=self._icons,
            window=self.window,
        )

    # Doing -------------------------------------------------------------------------------------------------------

    def apply(self, plan: ImportPlan) -> None:
        """Does what the plan says; progress and cancel stand in the status bar."""
        self._begin()
        self._voice.run(
            self.tr("Importing {0} papers").format(f"{len(plan.items):,}"),
            lambda library, progress: library.apply_import(plan, progress),
            lambda report: self._tell(report, plan.refused),
            ended=self._end,
        )

    def _apply_large(self, large: LargeImport) -> None:
        """Imports large files while they are read."""
        self._begin()
        self._voice.run(
            self.tr("Importing {0}").format(", ".join(one.name for one in large.inputs)),
            large.carry_out,
            lambda done: self._tell(done.report, [*large.refused, *done.refused]),
            ended=self._end,
        )

    def _tell(self, report: ImportReport, refused: Sequence[Refusal]) -> None:
        self._has_applied = True
        problems = [*(r.message for r in refused), *_problem_lines(report)]
        self._voice.tell(report.outcome, problems=problems, next_deeds=self.next_deeds(report))
        self.imported.emit(report)


def _read_all(
    library: Library, inputs: "Sequence[Path | ImportInput]", progress: Progress
) -> tuple[list[ImportInput | BigFile], list[Refusal]]:
    read: list[ImportInput | BigFile] = []
    refused: list[Refusal] = []
    for given in inputs:
        stop_if_cancelled(progress)
        if isinstance(given, ImportInput):
            read.append(given)
            continue
        try:
            read.append(_read_one(library, given, progress))
        except UnreadableInput as error:
            # One bad file among several does not keep the others out.
            refused.append(Refusal(str(given), error.code, error.message, error.arguments))
    return read, refused


def _read_one(library: Library, path: Path, progress: Progress) -> ImportInput | BigFile:
    """Raises: UnreadableInput, Cancelled."""
    # Late: loads the formats.
    from refman.services.reading import read_file

    is_library = belongs_to_library(path, library.location) or is_library_name(path)
    if not is_library and is_large(path):
        return BigFile(path.name, path)
    return read_file(path, library=library.location, progress=progress)


def _reason(plan: ImportPlan) -> str:
    """Why nothing could be read, and what is odd: of the head of an author page, that its papers are missing."""
    refused = [Problem(0, r.code, r.message, r.arguments) for r in plan.refused]
    odd = [Problem(p.line, p.code, p.message, p.arguments) for p in plan.problems[:1]]
    return " ".join(sentence(problem) for problem in (*refused, *odd))


def _problem_lines(report: ImportReport) -> list[str]:
    return [f"{p.file}:{p.line}: {p.message}" if p.line else f"{p.file}: {p.message}" for p in report.problems]
