"""The dialogs of the main window, each opened without blocking it."""

from array import array
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QMessageBox

from refman import __version__
from refman.domain.citekeys import check_pattern, key_candidates
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, PaperId, People
from refman.domain.settings import ExportFormat
from refman.services.export_report import ExportReport
from refman.ui.dialogs.command_palette import CommandPalette
from refman.ui.dialogs.files import ask_where_to_save
from refman.ui.dialogs.preferences import PreferencesDialog
from refman.ui.dialogs.shortcuts import ShortcutsDialog
from refman.ui.icons import Icons
from refman.ui.library import LibraryAdapter
from refman.ui.live_settings import LiveSettings
from refman.ui.menus import Actions
from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.theme import ThemeController
from refman.ui.voice import Voice

_EXAMPLE = Draft(
    fields={"title": FieldValue("The AI Co-Mathematician"), "year": FieldValue("2026")},
    people={"author": People((Name(given="Daniel", family="Zheng"),))},
)
_SUFFIXES = {
    ExportFormat.BIBTEX: "bib",
    ExportFormat.BIBLATEX: "bib",
    ExportFormat.CSL_JSON: "json",
    ExportFormat.RIS: "ris",
}


class WindowDialogs:
    """Opens them over one window."""

    def __init__(
        self,
        window: QMainWindow,
        adapter: LibraryAdapter,
        voice: Voice,
        *,
        live: LiveSettings,
        themes: ThemeController,
        icons: Icons,
    ) -> None:
        self._window = window
        self._adapter = adapter
        self._voice = voice
        self._live = live
        self._themes = themes
        self._icons = icons

    def open_palette(self, actions: Actions) -> None:
        """Every command by a few letters."""
        CommandPalette(actions, themes=self._themes, window=self._window).open_over(self._window)

    def open_shortcuts(self, actions: Actions) -> None:
        """Every key."""
        ShortcutsDialog(actions, themes=self._themes, window=self._window).open()

    def open_preferences(self) -> None:
        """The preferences; what is changed holds at once."""
        examples = {"citation_key_pattern": example_key}
        PreferencesDialog(
            self._live, themes=self._themes, icons=self._icons, examples=examples, window=self._window
        ).open()

    def open_about(self) -> None:
        """What this is."""
        tr = self._window.tr
        box = QMessageBox(self._window)
        box.setObjectName("aboutDialog")
        box.setWindowTitle(tr("About refman"))
        box.setText(tr("refman {0}").format(__version__))
        box.setInformativeText(
            tr("A reference manager for people who write LaTeX. MIT licence. Icons by Lucide (ISC licence).")
        )
        box.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.open()

    def ask_to_save_search(self, text: str) -> None:
        """A name for the search that is on."""
        tr = self._window.tr
        if not text.strip():
            self._voice.say(tr("Type a search first; then it can be saved."))
            return
        prompt = NamePrompt(
            self._themes,
            title=tr("Save this search"),
            question=tr("Its name in the sidebar"),
            verb=tr("Save search"),
            text=text,
            parent=self._window,
        )
        prompt.answered.connect(lambda name: self._save_search(name, text))
        prompt.open()

    def ask_for_new_tag(self) -> None:
        """A name for an empty tag."""
        tr = self._window.tr
        prompt = NamePrompt(
            self._themes,
            title=tr("New tag"),
            question=tr("Name of the tag; / makes levels"),
            verb=tr("Make tag"),
            parent=self._window,
        )
        prompt.answered.connect(self._make_tag)
        prompt.open()

    def open_tag_editor(self, ids: list[PaperId]) -> None:
        """Tags of these papers."""

        def ask(names: list[str]) -> None:
            tr = self._window.tr
            prompt = NamePrompt(
                self._themes,
                title=tr("Tag"),
                question=tr("Put this tag on the selected papers; / makes levels"),
                verb=tr("Tag {0} papers").format(len(ids)) if len(ids) > 1 else tr("Tag the paper"),
                known=names,
                parent=self._window,
            )
            prompt.answered.connect(self._tagger(ids))
            prompt.open()

        self._adapter.read(lambda library: [tag.name for tag in library.tags()], ask, owner=self._voice)

    def _tagger(self, ids: list[PaperId]) -> Callable[[str], None]:
        return lambda name: self._adapter.write(lambda library: library.tag(ids, [name]), owner=self._voice)

    def open_export(self, ids: "array[int]") -> None:
        """Where to write these papers, in the format of the preferences."""
        tr, format = self._window.tr, self._live.value.export_format
        ask_where_to_save(
            self._window,
            tr("Export {0} papers").format(f"{len(ids):,}"),
            tr("All files (*)"),
            suffix=_SUFFIXES[format],
            verb=tr("Export"),
            chosen=lambda path: self._export(ids, format, path=path),
        )

    def _export(self, ids: "array[int]", format: ExportFormat, *, path: Path) -> None:
        tr = self._window.tr

        def tell(report: ExportReport) -> None:
            text = tr("Wrote {0} papers to {1}.").format(f"{report.count:,}", report.path)
            self._voice.say_with_problems(text, [f"{p.key}: {p.problem.message}" for p in report.problems])

        self._voice.run(
            tr("Exporting"),
            lambda library, progress: library.export_file(ids, format, path, progress),
            tell,
        )

    def _make_tag(self, name: str) -> None:
        self._adapter.write(lambda library: library.create_tag(name), owner=self._voice)

    def _save_search(self, name: str, text: str) -> None:
        self._adapter.write(lambda library: library.save_search(name, text), owner=self._voice)


def example_key(pattern: str) -> str:
    """What a pattern makes of a known paper. Raises: InvalidValue for a pattern that is none."""
    check_pattern(pattern)
    return next(iter(key_candidates(_EXAMPLE, pattern)))
