"""Every preference, declared once: the form, the settings file and the help follow from `Settings`."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from refman.domain.declaring import Said, declared
from refman.domain.editors import EDITOR_NAMES, Editor
from refman.domain.errors import InvalidValue, Problem
from refman.domain.frozen import dataclass
from refman.domain.setting import Setting, SettingGroup, SettingValue

if TYPE_CHECKING:
    # Late where it is used: most people have no profile, and a start need not load what they are made of.
    from refman.domain.export_profile import ExportProfile

PROFILES = "export_profiles"
"""The name of the profiles in a settings table."""


class ThemeMode(StrEnum):
    """Which of the two themes is shown."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class RowHeight(StrEnum):
    """How close the rows of the list stand."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
    DENSE = "dense"


class ExportFormat(StrEnum):
    """The export formats by the names of the command line."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    CSL_JSON = "csl-json"
    RIS = "ris"


class CiteCommand(StrEnum):
    """What copying a citation writes: a LaTeX command, or the form of pandoc's Markdown or of Typst."""

    CITE = "\\cite"
    CITEP = "\\citep"
    CITET = "\\citet"
    AUTOCITE = "\\autocite"
    PARENCITE = "\\parencite"
    TEXTCITE = "\\textcite"
    PANDOC = "pandoc"
    TYPST = "typst"


_THEMES = {ThemeMode.SYSTEM: "As the system", ThemeMode.LIGHT: "Light", ThemeMode.DARK: "Dark"}
_CITE_COMMANDS = {CiteCommand.PANDOC: "pandoc: [@key]", CiteCommand.TYPST: "Typst: @key"}
_ROW_HEIGHTS = {RowHeight.COMFORTABLE: "Comfortable", RowHeight.COMPACT: "Compact", RowHeight.DENSE: "Dense"}
_EXPORT_FORMATS = {
    ExportFormat.BIBTEX: "BibTeX",
    ExportFormat.BIBLATEX: "biblatex",
    ExportFormat.CSL_JSON: "CSL-JSON",
    ExportFormat.RIS: "RIS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The preferences of a person, by name. A new preference is one entry here."""

    theme: Annotated[
        ThemeMode,
        Said(group=SettingGroup.APPEARANCE, label="Theme", labels=_THEMES),
    ] = ThemeMode.SYSTEM
    row_height: Annotated[
        RowHeight,
        Said(group=SettingGroup.APPEARANCE, label="Rows of the list", labels=_ROW_HEIGHTS),
    ] = RowHeight.COMFORTABLE
    font_scale_percent: Annotated[
        int,
        Said(
            group=SettingGroup.APPEARANCE,
            label="Text size",
            help="Everything in the window grows with its text.",
            minimum=80,
            maximum=200,
            step=10,
            unit=" %",
        ),
    ] = 100
    abstract_font_px: Annotated[
        int,
        Said(
            group=SettingGroup.APPEARANCE,
            label="Text size of abstracts",
            help="At a text size of 100 %.",
            minimum=11,
            maximum=24,
            unit=" px",
        ),
    ] = 14
    citation_key_pattern: Annotated[
        str,
        Said(
            group=SettingGroup.CITING,
            label="Citation keys",
            help="The pattern for new keys. A key that exists is never changed by it.",
        ),
    ] = "[auth:lower][year][veryshorttitle:lower]"
    citation_keys_of_types: Annotated[
        str,
        Said(
            group=SettingGroup.CITING,
            label="Keys of single types",
            help="Other patterns for some entry types: book, collection = [edtr][year]; thesis = [auth][year].",
        ),
    ] = ""
    citation_keys_of_libraries: Annotated[
        str,
        Said(
            group=SettingGroup.CITING,
            label="Keys of single libraries",
            help="Other patterns for some libraries, by their names: thesis = [auth][shortyear].",
        ),
    ] = ""
    cite_command: Annotated[
        CiteCommand,
        Said(
            group=SettingGroup.CITING,
            label="Copy citations with",
            help="The one that was used last.",
            labels=_CITE_COMMANDS,
        ),
    ] = CiteCommand.CITE
    editor: Annotated[
        Editor,
        Said(
            group=SettingGroup.CITING,
            label="Push citations to",
            help="The one that was used last.",
            labels=EDITOR_NAMES,
        ),
    ] = Editor.TEXSTUDIO
    export_format: Annotated[
        ExportFormat,
        Said(
            group=SettingGroup.CITING,
            label="Export as",
            help="What the export dialog proposes.",
            labels=_EXPORT_FORMATS,
        ),
    ] = ExportFormat.BIBTEX
    preview_before_import: Annotated[
        bool,
        Said(group=SettingGroup.IMPORTING, label="Show a preview before more than one paper is imported"),
    ] = True
    keywords_become_tags: Annotated[
        bool,
        Said(
            group=SettingGroup.IMPORTING,
            label="Make tags of the keywords of imported papers",
            help="They stay in the field keywords as well.",
        ),
    ] = False
    undo_message_seconds: Annotated[
        int,
        Said(
            group=SettingGroup.MESSAGES,
            label="Messages with Undo stay",
            help="Undo in the Edit menu has no time limit.",
            minimum=3,
            maximum=60,
            unit=" s",
        ),
    ] = 8

    second_backup_folder: Annotated[
        str,
        Said(
            group=SettingGroup.SAFETY,
            label="Second place for backups",
            help="A folder on another disk that gets a copy of every backup; empty for none.",
        ),
    ] = ""

    export_profiles: "tuple[ExportProfile, ...]" = ()
    """Named ways to export; the form of the preferences has a dialog of its own for them."""

    def profile(self, name: str) -> "ExportProfile":
        """The export profile of a name, in any case. Raises: InvalidValue, naming those that exist."""
        # Late: see above.
        from refman.domain.export_profile import profile_named

        return profile_named(self.export_profiles, name)

    def changed(self, name: str, value: object) -> "Settings":
        """These settings with one of them set.

        Raises:
            InvalidValue: the setting cannot hold the value.
            KeyError: there is no such setting, which is a bug.
        """
        change: dict[str, Any] = {name: setting_named(name).parse(value)}
        return replace(self, **change)

    def value(self, name: str) -> SettingValue:
        """The value of one setting by its name."""
        value: SettingValue = getattr(self, name)
        return value

    def differing(self) -> dict[str, SettingValue]:
        """The values that are not the default, by name, in the order of declaration."""
        return {s.name: self.value(s.name) for s in SETTINGS if self.value(s.name) != s.default}

    def table(self) -> dict[str, object]:
        """What `settings_of` reads back: the values that are not the default, and the export profiles."""
        if not self.export_profiles:
            return {**self.differing()}
        # Late: see above.
        from refman.domain.export_profile import profiles_to_table

        return {**self.differing(), PROFILES: profiles_to_table(self.export_profiles)}


SETTINGS: tuple[Setting, ...] = declared(Settings())
"""All preferences in the order of declaration."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting_named(name: str) -> Setting:
    """Raises: KeyError when there is no such setting, which is a bug."""
    return _BY_NAME[name]


def settings_of(table: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a table of names and values; a bad value is a problem and its default is used.

    Names that this version does not know are passed over: a newer refman may have written them.
    """
    settings, problems = Settings(), list[Problem]()
    for name, value in table.items():
        if name == PROFILES:
            # Late: see above.
            from refman.domain.export_profile import profiles_of

            profiles, found = profiles_of(value)
            settings = replace(settings, export_profiles=profiles)
            problems += found
        if name not in _BY_NAME:
            continue
        try:
            settings = settings.changed(name, value)
        except InvalidValue as error:
            problems.append(Problem(0, error.code, error.message, error.arguments))
    return settings, tuple(problems)
