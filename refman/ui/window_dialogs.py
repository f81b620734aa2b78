"""The dialogs of the main window, each opened without blocking it."""

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMainWindow

from refman.domain.listing import Listing, SidebarCounts
from refman.domain.paper import PaperId
from refman.domain.progress import Progress
from refman.services.library import Library
from refman.ui.backup_timer import BackupTimer
from refman.ui.icons import Icons
from refman.ui.library import LibraryAdapter
from refman.ui.live_settings import LiveSettings
from refman.ui.menus import Actions
from refman.ui.theme import ThemeController
from refman.ui.voice import Voice
from refman.ui.window_state import WindowState

if TYPE_CHECKING:
    from refman.ui.dialogs.confirm import ConfirmDialog, Question
    from refman.ui.dialogs.export import ExportRequest

_PALETTE = "palette"
"""Under which name the commands that the palette ran are kept."""
_LATELY_MOST = 12


class WindowDialogs:
    """Opens them over one window."""

    def __init__(
        self,
        window: QMainWindow,
        adapter: LibraryAdapter,
        voice: Voice,
        *,
        live: LiveSettings,
        kept: WindowState,
        themes: ThemeController,
        icons: Icons,
    ) -> None:
        self._kept = kept
        self._window = window
        self._adapter = adapter
        self._voice = voice
        self._live = live
        self._themes = themes
        self._icons = icons
        self._export_folder = Path.home()

    def open_palette(self, actions: Actions) -> None:
        """Every command by a few letters."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.command_palette import CommandPalette

        lately = self._kept.text(_PALETTE).split()
        palette = CommandPalette(actions, themes=self._themes, window=self._window, lately=lately)
        palette.ran.connect(self._remember_command)
        palette.open_over(self._window)

    def _remember_command(self, command_id: str) -> None:
        others = [one for one in self._kept.text(_PALETTE).split() if one != command_id]
        self._kept.keep_text(_PALETTE, " ".join([command_id, *others][:_LATELY_MOST]))

    def open_shortcuts(self, actions: Actions) -> None:
        """Every key."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(actions, themes=self._themes, window=self._window).open()

    def open_preferences(self) -> None:
        """The preferences; what is changed holds at once."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.key_examples import KEY_EXAMPLES
        from refman.ui.dialogs.preferences import PreferencesDialog

        PreferencesDialog(
            self._live,
            themes=self._themes,
            icons=self._icons,
            examples=KEY_EXAMPLES,
            edit_profiles=self.open_export_profiles,
            window=self._window,
        ).open()

    def open_export_profiles(self, chosen: str = "") -> None:
        """The named ways to export; above the dialog that asks for them."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.export_profiles import ExportProfilesDialog

        above = QApplication.activeModalWidget() or self._window
        dialog = ExportProfilesDialog(self._live, self._adapter, themes=self._themes, icons=self._icons, parent=above)
        dialog.choose(chosen)
        dialog.open()

    def open_about(self) -> None:
        """What this is."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.about import AboutDialog

        AboutDialog(themes=self._themes, window=self._window).open()

    def ask(self, question: "Question", do: Callable[[], object]) -> "ConfirmDialog":
        """A question of the window itself; `do` is called if the person agrees."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.confirm import ask

        return ask(question, do, themes=self._themes, icons=self._icons, window=self._window)

    def ask_to_save_search(self, text: str) -> None:
        """A name for the search that is on."""
        tr = self._window.tr
        if not text.strip():
            self._voice.say(tr("Type a search first; then it can be saved."))
            return
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

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
        # Late: a start need not pay for it.
        from refman.ui.sidebar.prompts import NamePrompt

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
        # Late: a start need not pay for it.
        from refman.ui.dialogs.tag_editor import TagEditor

        TagEditor(self._adapter, ids, themes=self._themes, icons=self._icons, parent=self._window).open()

    def open_safety(self, backups: BackupTimer, *, restore: Callable[[], object]) -> None:
        """What protects the library; `restore` asks which backup is to come back."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.safety import SafetyDialog

        dialog = SafetyDialog(backups, themes=self._themes, icons=self._icons, window=self._window)
        dialog.restore_asked.connect(restore)
        dialog.open()

    def open_history(self) -> None:
        """The journal."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.history import HistoryDialog

        HistoryDialog(self._adapter, themes=self._themes, icons=self._icons, parent=self._window).open()

    def open_strings(self) -> None:
        """The macros of the library."""
        # Late: loads the formats.
        from refman.ui.dialogs.strings import StringsDialog

        StringsDialog(
            self._adapter, is_writable=self._adapter.is_writable, themes=self._themes, parent=self._window
        ).open()

    def open_export(self, selected: "array[int]", listing: Listing, *, listed: int) -> None:
        """What to write, as what, where to: the selected papers, those listed, or all."""
        # Late: a start need not pay for it.
        from refman.ui.dialogs.export import ExportChoice, ExportDialog

        def ask(counts: SidebarCounts) -> None:
            tr = self._window.tr
            choices = (
                ExportChoice(tr("Selected papers"), len(selected), selected),
                ExportChoice(tr("Papers listed"), listed if listed != counts.papers else 0, listing),
                ExportChoice(tr("Whole library"), counts.papers, Listing()),
            )
            dialog = ExportDialog(
                self._adapter,
                choices,
                format=self._live.value.export_format,
                folder=self._export_folder,
                themes=self._themes,
                icons=self._icons,
                parent=self._window,
                profiles=self._live.value.export_profiles,
                edit_profiles=self.open_export_profiles,
            )
            dialog.confirmed.connect(self._export)
            dialog.profile.follow(self._live.changed)
            dialog.open()

        self._adapter.read(lambda library: library.sidebar_counts(), ask, owner=self._voice)

    def _export(self, wanted: "ExportRequest") -> None:
        self._export_folder = wanted.path.parent
        tr = self._window.tr
        one, several = tr("Wrote 1 paper to {1}."), tr("Wrote {0} papers to {1}.")

        def work(library: Library, progress: Progress) -> tuple[str, list[str]]:
            report = library.export_file(wanted.papers, wanted.format, wanted.path, progress, profile=wanted.profile)
            text = (one if report.count == 1 else several).format(f"{report.count:,}", report.path)
            return text, [f"{p.key}: {p.problem.message}" for p in report.problems]

        told = self._voice.say_with_problems
        self._voice.run(tr("Exporting"), work, lambda said: told(*said), is_careful=True)

    def _make_tag(self, name: str) -> None:
        self._adapter.write(lambda library: library.create_tag(name), owner=self._voice)

    def _save_search(self, name: str, text: str) -> None:
        self._adapter.write(lambda library: library.save_search(name, text), owner=self._voice)
