"""One export profile while it is edited: what a form changes is kept at once."""

from PySide6.QtCore import QObject, Signal

from refman.domain.export_profile import PROFILE_SETTINGS, ExportProfile, with_profile
from refman.domain.setting import SettingValue
from refman.ui.live_settings import LiveSettings


class LiveProfile(QObject):
    """The profile of one name; `values` is the profile."""

    changed = Signal(object)
    """The ExportProfile."""

    def __init__(self, live: LiveSettings, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._name = name

    @property
    def values(self) -> ExportProfile:
        """The profile as it is kept."""
        return self._live.value.profile(self._name)

    def change(self, name: str, value: SettingValue) -> None:
        """Sets one answer, at once. Raises: InvalidValue; then nothing changed."""
        before = self.values
        profile = before.changed(name, value)
        if profile != before:
            self._live.keep_profiles(with_profile(self._live.value.export_profiles, profile))
            self.changed.emit(profile)

    def reset(self, name: str) -> None:
        """Back to the default."""
        self.change(name, next(setting.default for setting in PROFILE_SETTINGS if setting.name == name))
