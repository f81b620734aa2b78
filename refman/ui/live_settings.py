"""The settings in force, for the whole window: read as a value, changed in one place, everybody told."""

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from refman.domain.setting import SettingValue
from refman.domain.settings import Settings, setting_named
from refman.ui.theme import ThemeController

if TYPE_CHECKING:
    from refman.domain.export_profile import ExportProfile


class Values(Protocol):
    """Settings or the answers of an export profile, by name."""

    def value(self, name: str) -> SettingValue:
        """One of them."""


class LiveValues(Protocol):
    """What a line of a form keeps in step with; `changed` carries the new Values."""

    @property
    def values(self) -> Values:
        """Those in force."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted after every change."""

    def change(self, name: str, value: SettingValue) -> None:
        """Raises: InvalidValue."""

    def reset(self, name: str) -> None:
        """Back to the default."""


class LiveSettings(QObject):
    """Built once by app, which also keeps the file in step by listening to `changed` (it carries the new Settings)."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value = settings

    @property
    def values(self) -> Settings:
        """Those in force, as every form reads them."""
        return self.value

    def change(self, name: str, value: SettingValue) -> None:
        """Sets one preference, at once.

        Raises:
            InvalidValue: the setting cannot hold the value; nothing changed.
        """
        settings = self.value.changed(name, value)
        if settings != self.value:
            self.value = settings
            self.changed.emit(settings)

    def reset(self, name: str) -> None:
        """Back to the default."""
        self.change(name, setting_named(name).default)

    def keep_profiles(self, profiles: "tuple[ExportProfile, ...]") -> None:
        """These are the export profiles from now on."""
        if profiles != self.value.export_profiles:
            self.value = replace(self.value, export_profiles=profiles)
            self.changed.emit(self.value)


def show_in_theme(live: LiveSettings, themes: ThemeController) -> None:
    """Lets the looks of the window follow the settings from now on."""

    def follow(settings: Settings) -> None:
        themes.set_mode(settings.theme)
        themes.set_font_scale(settings.font_scale_percent / 100)

    follow(live.value)
    live.changed.connect(follow)
