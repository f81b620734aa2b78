"""Which export profile an export goes by, and the way to change them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from refman.domain.export_profile import ExportProfile
from refman.domain.settings import Settings
from refman.ui.theme import ThemeController
from refman.ui.widgets.looks import button


class ProfilePicker(QWidget):
    """A box with the names; `changed` when another profile is chosen or the chosen one says something else."""

    changed = Signal()

    def __init__(
        self,
        profiles: Sequence[ExportProfile],
        edit: Callable[[str], object] | None,
        *,
        themes: ThemeController,
    ) -> None:
        super().__init__()
        self.box = QComboBox()
        self.edit = button(self.tr("Profiles…"))
        self.setFocusProxy(self.box)
        self._profiles: tuple[ExportProfile, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.metrics.s)
        row.addWidget(self.box, 1)
        row.addWidget(self.edit)
        self.show_profiles(profiles)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())
        if edit is None:
            self.edit.hide()
        else:
            self.edit.clicked.connect(lambda _=False: edit(str(self.box.currentData() or "")))

    @property
    def chosen(self) -> ExportProfile | None:
        """The profile; None for everything as it was read."""
        name = self.box.currentData()
        return next((profile for profile in self._profiles if profile.name == name), None)

    def show_profiles(self, profiles: Sequence[ExportProfile]) -> None:
        """Offers these; the chosen one stays while it exists."""
        before, wanted = self.chosen, self.box.currentData()
        self._profiles = tuple(profiles)
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(self.tr("None: everything as it was read"), "")
        for one in self._profiles:
            self.box.addItem(one.name, one.name)
        self.box.setCurrentIndex(max(self.box.findData(wanted), 0))
        self.box.blockSignals(False)
        if before != self.chosen:
            self.changed.emit()

    def follow(self, changed: SignalInstance) -> None:
        """Offers the profiles of the Settings that this signal carries; ends with the picker."""
        changed.connect(self._take)

    def _take(self, settings: Settings) -> None:
        self.show_profiles(settings.export_profiles)
