"""The form of one export profile, made of its declared answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from refman.domain.export_profile import PROFILE_SETTINGS
from refman.domain.setting import Setting
from refman.ui.dialogs.files import ask_for_file
from refman.ui.dialogs.setting_controls import translated
from refman.ui.dialogs.setting_row import SettingRow
from refman.ui.icons import Icons
from refman.ui.live_profile import LiveProfile
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import Surface, button, stand_on

_CAPTION_WIDTH = 128
_TOP = Qt.AlignmentFlag.AlignTop
_WORDS = "protected_words"
_FILES = {"style": "*.bst", "abbreviations": "*.csv *.txt"}
"""Answers that name a file, and how such files are called."""


class ProfileForm(QScrollArea):
    """Shows a profile and keeps what is changed. `words_wanted`: somebody asks for words to protect."""

    words_wanted = Signal()

    def __init__(self, live: LiveProfile, *, themes: ThemeController, icons: Icons) -> None:
        super().__init__()
        metrics = themes.metrics
        page = QWidget()
        stand_on(page, Surface.WINDOW)
        live.setParent(page)
        self._live = live
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.m)
        grid.setVerticalSpacing(metrics.m)
        grid.setColumnMinimumWidth(0, metrics.px(_CAPTION_WIDTH))
        grid.setColumnStretch(1, 1)
        self.rows: dict[str, SettingRow] = {}
        for number, setting in enumerate(PROFILE_SETTINGS):
            row = self.rows[setting.name] = SettingRow(setting, live, themes=themes, icons=icons)
            if row.caption is None:
                grid.addWidget(row, number, 0, 1, 2)
            else:
                grid.addWidget(row.caption, number, 0, _TOP)
                grid.addWidget(row, number, 1)
            grid.addWidget(row.reset, number, 2, _TOP)
            if setting.name in _FILES:
                self._add_chooser(row, setting)
            if setting.name == _WORDS:
                self.propose = button(self.tr("Propose words…"))
                self.propose.clicked.connect(lambda _=False: self.words_wanted.emit())
                row.add_below(self.propose)
        column = QVBoxLayout(page)
        column.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        column.addLayout(grid)
        column.addStretch()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The controls in it take the focus, the page itself does not.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _add_chooser(self, row: SettingRow, setting: Setting) -> None:
        choose = button(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose a file: {0}").format(translated(setting.label)))
        kinds = f"{_FILES[setting.name]};;{self.tr('All files')} (*)"
        choose.clicked.connect(
            lambda _=False: ask_for_file(
                self, translated(setting.label), kinds, chosen=lambda path: self._live.change(setting.name, str(path))
            )
        )
        row.add_below(choose)
