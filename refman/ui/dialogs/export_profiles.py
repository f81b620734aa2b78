"""The export profiles: their names, and the answers of the one that is chosen. What is changed holds at once."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.domain.errors import InvalidValue
from refman.domain.export_profile import ExportProfile, parse_profile_name, with_profile
from refman.domain.settings import Settings
from refman.ui.dialogs.profile_form import ProfileForm
from refman.ui.dialogs.word_proposals import WordProposals
from refman.ui.door import LibraryDoor
from refman.ui.icons import Icons
from refman.ui.live_profile import LiveProfile
from refman.ui.live_settings import LiveSettings
from refman.ui.sidebar.prompts import NamePrompt
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button, label
from refman.ui.widgets.sheet_size import open_at

_SIZE_PX = (800, 640)
_LIST_PX = 200
_ROW_PX = 28


class ExportProfilesDialog(QDialog):
    """Never blocks and has no OK. `library` is asked for words to protect."""

    def __init__(
        self, live: LiveSettings, library: LibraryDoor, *, themes: ThemeController, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._library = library
        self._themes = themes
        self._icons = icons
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("exportProfilesDialog")
        self.setWindowTitle(self.tr("Export profiles"))
        open_at(self, _SIZE_PX, themes=themes)
        self.names = QListWidget()
        self.names.setProperty("framed", True)
        self.names.setAccessibleName(self.tr("Export profiles"))
        self.add = button(self.tr("New…"))
        self.copy = button(self.tr("Duplicate…"))
        self.remove = button(self.tr("Delete"))
        self.pages = QStackedWidget()
        self._lay_out()
        self.names.currentTextChanged.connect(lambda _: self._show_profile())
        self.add.clicked.connect(lambda _=False: self._ask_for_name(ExportProfile(name="")))
        self.copy.clicked.connect(lambda _=False: self._ask_for_name(self._live.value.profile(self.current)))
        self.remove.clicked.connect(lambda _=False: self._delete())
        live.changed.connect(self._follow)
        self._fill()

    @property
    def current(self) -> str:
        """The name of the chosen profile, "" for none."""
        return self.names.item(self.names.currentRow()).text() if self.names.currentRow() >= 0 else ""

    @property
    def form(self) -> ProfileForm | None:
        """The form that is shown."""
        page = self.pages.currentWidget()
        return page if isinstance(page, ProfileForm) else None

    def choose(self, name: str) -> None:
        """Shows the profile of this name."""
        for item in self.names.findItems(name, Qt.MatchFlag.MatchFixedString):
            self.names.setCurrentItem(item)

    def _lay_out(self) -> None:
        metrics = self._themes.metrics
        left = QVBoxLayout()
        left.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        left.setSpacing(metrics.s)
        self.names.setFixedWidth(metrics.px(_LIST_PX))
        left.addWidget(self.names, 1)
        for one in (self.add, self.copy, self.remove):
            left.addWidget(one)
        told = label(
            self.tr(
                "An export profile says what leaves for LaTeX and how: fields, order, style, abbreviations. "
                "Without one an export holds everything as it was read."
            ),
            TextRole.SECONDARY,
            wrap=True,
        )
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        told.setMargin(metrics.xl)
        self.pages.addWidget(told)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(line)
        row.addWidget(self.pages, 1)
        below = QFrame()
        below.setFrameShape(QFrame.Shape.HLine)
        close = button(self.tr("Close"))
        close.clicked.connect(lambda _=False: self.close())
        bottom = QHBoxLayout()
        bottom.setContentsMargins(metrics.lg, metrics.m, metrics.lg, metrics.m)
        bottom.addStretch()
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(below)
        column.addLayout(bottom)

    # Which profiles there are --------------------------------------------------------------------------------------

    def _follow(self, settings: Settings) -> None:
        known = [profile.name for profile in settings.export_profiles]
        if known != [self.names.item(row).text() for row in range(self.names.count())]:
            self._fill(self.current)

    def _fill(self, wanted: str = "") -> None:
        self.names.blockSignals(True)
        self.names.clear()
        for profile in self._live.value.export_profiles:
            item = QListWidgetItem(profile.name)
            item.setSizeHint(QSize(0, self._themes.metrics.px(_ROW_PX)))
            self.names.addItem(item)
        self.names.setCurrentRow(0 if self.names.count() else -1)
        self.names.blockSignals(False)
        self.choose(wanted)
        self._show_profile()

    def _show_profile(self) -> None:
        name = self.current
        for one in (self.copy, self.remove):
            one.setEnabled(bool(name))
        if old := self.form:
            self.pages.removeWidget(old)
            old.deleteLater()
        if not name:
            return
        form = ProfileForm(LiveProfile(self._live, name, self), themes=self._themes, icons=self._icons)
        form.words_wanted.connect(self._propose)
        self.pages.setCurrentIndex(self.pages.addWidget(form))

    def _ask_for_name(self, answers: ExportProfile) -> None:
        prompt = NamePrompt(
            self._themes,
            title=self.tr("New export profile"),
            question=self.tr("Its name"),
            verb=self.tr("Make profile"),
            text="",
            parent=self,
        )
        prompt.answered.connect(lambda name: self._add(name, answers))
        prompt.open()

    def _add(self, name: str, answers: ExportProfile) -> None:
        try:
            profile = replace(answers, name=parse_profile_name(name))
        except InvalidValue:
            return
        known = self._live.value.export_profiles
        if all(one.name.casefold() != profile.name.casefold() for one in known):
            self._live.keep_profiles(with_profile(known, profile))
        self.choose(profile.name)

    def _delete(self) -> None:
        gone = self.current
        self._live.keep_profiles(tuple(one for one in self._live.value.export_profiles if one.name != gone))

    # Words that keep their capitals --------------------------------------------------------------------------------

    def _propose(self) -> None:
        name, form = self.current, self.form
        if form is not None:
            form.propose.setEnabled(False)
            form.propose.setText(self.tr("Reading abstracts…"))
        self._library.read(
            lambda library: library.learned_words(), lambda words: self._offer(name, words), owner=self, slot="words"
        )

    def _offer(self, name: str, words: list[str]) -> None:
        if form := self.form:
            form.propose.setEnabled(True)
            form.propose.setText(form.tr("Propose words…"))
        if name != self.current:
            return
        known = set(self._live.value.profile(name).words("protected_words"))
        dialog = WordProposals([word for word in words if word not in known], themes=self._themes, parent=self)
        dialog.chosen.connect(lambda chosen: self._protect(name, chosen))
        dialog.open()

    def _protect(self, name: str, words: list[str]) -> None:
        profile = self._live.value.profile(name)
        text = " ".join([*profile.words("protected_words"), *words])
        changed = profile.changed("protected_words", text).changed("case_protection", "learned")
        self._live.keep_profiles(with_profile(self._live.value.export_profiles, changed))
        self._show_profile()
