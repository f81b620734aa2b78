"""The preferences: a form made of the declared settings. What is changed holds at once."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from refman.domain.setting import Setting, SettingGroup
from refman.domain.settings import SETTINGS
from refman.ui.dialogs.own_files import FileDialog
from refman.ui.dialogs.setting_controls import translated
from refman.ui.dialogs.setting_row import Example, SettingRow
from refman.ui.icons import Icons
from refman.ui.live_settings import LiveSettings
from refman.ui.theme import Metrics, TextRole, ThemeController
from refman.ui.widgets.looks import Surface, button, label, stand_on
from refman.ui.widgets.sheet_size import open_at

_SIZE = (640, 680)
_CAPTION_WIDTH = 176
_FOLDER = "second_backup_folder"
"""The setting that names a folder."""
_TOP = Qt.AlignmentFlag.AlignTop


class PreferencesDialog(QDialog):
    """Never blocks and has no OK. `examples` adds to text settings, by name, what they would do and their check."""

    def __init__(
        self,
        live: LiveSettings,
        *,
        themes: ThemeController,
        icons: Icons,
        examples: Mapping[str, Example] | None = None,
        edit_profiles: Callable[[], object] | None = None,
        window: QWidget | None = None,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        metrics = themes.metrics
        self.profiles = button(self.tr("Export profiles…"))
        if edit_profiles is None:
            self.profiles.hide()
        else:
            self.profiles.clicked.connect(lambda _=False: edit_profiles())
        open_at(self, _SIZE, themes=themes)
        self._rows = [
            SettingRow(setting, live, themes=themes, icons=icons, example=(examples or {}).get(setting.name))
            for setting in SETTINGS
        ]
        for row, setting in zip(self._rows, SETTINGS, strict=True):
            if setting.name == _FOLDER:
                self._add_chooser(row, setting, live)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_scroller(self._page(metrics)))
        column.addLayout(self._bottom(metrics))

    def _add_chooser(self, row: SettingRow, setting: Setting, live: LiveSettings) -> None:
        def ask() -> None:
            dialog = FileDialog(self, translated(setting.label), str(live.values.value(setting.name)))
            dialog.setFileMode(FileDialog.FileMode.Directory)
            dialog.setOption(FileDialog.Option.ShowDirsOnly)
            dialog.fileSelected.connect(lambda chosen: live.change(setting.name, chosen))
            dialog.open()

        choose = button(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose a folder: {0}").format(translated(setting.label)))
        choose.clicked.connect(lambda _=False: ask())
        row.add_below(choose)

    def _page(self, metrics: Metrics) -> QWidget:
        page = QWidget()
        stand_on(page, Surface.WINDOW)
        column = QVBoxLayout(page)
        column.setContentsMargins(metrics.xl, metrics.xl, metrics.xl, metrics.lg)
        column.setSpacing(metrics.xl)
        for group in SettingGroup:
            column.addLayout(self._section(group, metrics))
        column.addStretch()
        return page

    def _section(self, group: SettingGroup, metrics: Metrics) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.m)
        grid.setVerticalSpacing(metrics.m)
        grid.setColumnMinimumWidth(0, metrics.px(_CAPTION_WIDTH))
        grid.setColumnStretch(1, 1)
        own = [row for row, setting in zip(self._rows, SETTINGS, strict=True) if setting.group is group]
        for number, row in enumerate(own):
            if row.caption is None:
                grid.addWidget(row, number, 0, 1, 2)
            else:
                grid.addWidget(row.caption, number, 0, _TOP)
                grid.addWidget(row, number, 1)
            grid.addWidget(row.reset, number, 2, _TOP)
        if group is SettingGroup.CITING:
            grid.addWidget(self.profiles, len(own), 1, alignment=Qt.AlignmentFlag.AlignLeft)
        section = QVBoxLayout()
        section.setSpacing(metrics.m)
        section.addWidget(label(translated(group), TextRole.STRONG))
        section.addLayout(grid)
        return section

    def _bottom(self, metrics: Metrics) -> QVBoxLayout:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        close = button(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setContentsMargins(metrics.xl, metrics.m, metrics.xl, metrics.m)
        row.addStretch()
        row.addWidget(close)
        bottom = QVBoxLayout()
        bottom.setSpacing(0)
        bottom.addWidget(line)
        bottom.addLayout(row)
        return bottom


def _scroller(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # The controls in it take the focus, the page itself does not.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
